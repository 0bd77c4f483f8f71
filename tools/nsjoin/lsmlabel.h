/* SPDX-License-Identifier: ISC */
/*
 * lsmlabel - the security label of a process, SELinux's or AppArmor's, by the
 * files in /proc/PID/attr alone (proc(5)).
 */
#ifndef NSKIT_NSJOIN_LSMLABEL_H
#define NSKIT_NSJOIN_LSMLABEL_H

#include <stdbool.h>

#include "lib/proc.h"

struct lsmlabel {
	char *text; /* what the command is to have; NULL: what it gets anyway */
	int proc;   /* our own /proc, for when it is out of sight */
	bool apparmor;
	const char *hint; /* what does without it, or NULL */
};

/*
 * lsmlabel_read - the label of P.  Nothing remains to be done where the kernel
 * has no labels or ours is the same.  Outside; exits on failure.
 */
void lsmlabel_read(struct lsmlabel *l, const struct proc *p, const char *hint);

/*
 * lsmlabel_apply - give it to what this process executes next.  In the
 * command's own process; exits on failure.
 */
void lsmlabel_apply(const struct lsmlabel *l);

#endif
