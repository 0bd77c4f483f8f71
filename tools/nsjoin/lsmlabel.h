/* SPDX-License-Identifier: ISC */
/*
 * label - the security label of a process, SELinux's or AppArmor's, by the
 * files in /proc/PID/attr alone (proc(5)).
 */
#ifndef NSKIT_NSJOIN_LSMLABEL_H
#define NSKIT_NSJOIN_LSMLABEL_H

#include <stdbool.h>

#include "lib/proc.h"

struct label {
	char *text; /* what the command is to have; NULL: what it gets anyway */
	int proc;   /* our own /proc, for when it is out of sight */
	bool apparmor;
	const char *waiver; /* what does without it, or NULL */
};

/*
 * label_read - the label of P.  Nothing remains to be done where the kernel
 * has no labels or ours is the same.  Outside; exits on failure.
 */
void label_read(struct label *l, const struct proc *p, const char *waiver);

/*
 * label_apply - give it to what this process executes next.  In the command's
 * own process; exits on failure.
 */
void label_apply(const struct label *l);

#endif
