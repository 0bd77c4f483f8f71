/* SPDX-License-Identifier: ISC */
/*
 * seccomp - the seccomp(2) filters of a process, copied onto ourselves
 * (PTRACE_SECCOMP_GET_FILTER of ptrace(2)).
 */
#ifndef NSKIT_NSJOIN_SECCOMP_H
#define NSKIT_NSJOIN_SECCOMP_H

#include <stddef.h>

#include "lib/proc.h"

struct sock_filter;

struct seccomp {
	size_t len; /* instructions */
	struct sock_filter *code;
	unsigned long flags; /* SECCOMP_FILTER_FLAG_* it was installed with */
};

struct seccomp_list {
	size_t n;
	struct seccomp *list; /* the oldest first */
};

/*
 * seccomp_read - stop P for a moment and copy its filters.
 *
 * Outside.  Needs CAP_SYS_ADMIN in the first user namespace, and that we are
 * under no filter ourselves.  One that asks a supervisor
 * (SECCOMP_RET_USER_NOTIF) has none here and is refused.  A signal that P was
 * about to get is not lost.  Exits on failure; the message ends with HINT, what
 * does without them.
 */
void seccomp_read(
    struct seccomp_list *l, const struct proc *p, const char *hint);

/*
 * seccomp_install - put this process under them, in their order.  The last step
 * before execve(2); needs CAP_SYS_ADMIN or no_new_privs.  Exits on failure.
 */
void seccomp_install(const struct seccomp_list *l, const char *hint);

#endif
