/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/join.h"

static void
leave_out(struct ref *r, size_t i)
{
	close(r->fd[i]);
	r->fd[i] = -1;
}

int
join_differing(struct ref *r)
{
	struct ns_key own, key;
	struct stat st;
	int types = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1)
			continue;
		if (fstat(r->fd[i], &st) == 0 &&
		    ns_key_self(&ns_types[i], &own) == 0) {
			key.dev = st.st_dev;
			key.ino = st.st_ino;
			if (ns_key_equal(&own, &key)) {
				leave_out(r, i);
				continue;
			}
		}
		types |= ns_types[i].flag;
	}
	return types;
}

/*
 * Enter what can be entered now, the user namespace or all others.  Returns
 * the first that could not be for want of privilege, or NULL.
 */
static const struct ns_type *
enter_some(struct ref *r, bool user)
{
	const struct ns_type *refused = NULL;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1 ||
		    (ns_types[i].flag == CLONE_NEWUSER) != user)
			continue;
		if (setns(r->fd[i], ns_types[i].flag) == 0) {
			leave_out(r, i);
			continue;
		}
		if (errno != EPERM)
			fail_errno(EXIT_CANCELED, "entering the %s",
			    ns_types[i].words);
		if (refused == NULL)
			refused = &ns_types[i];
	}
	return refused;
}

static int
types_of(const struct ref *r)
{
	int types = 0;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->fd[i] != -1)
			types |= ns_types[i].flag;
	return types;
}

/* All or nothing, all of one process; false: one by one, then. */
static bool
enter_whole(struct ref *r)
{
	if (setns(r->proc.pidfd, types_of(r)) == 0)
		return true;
	if (errno == ESRCH)
		fail_errno(
		    EXIT_CANCELED, "process %d has ended", (int)r->proc.pid);
	return false;
}

void
join_enter(struct ref *r, bool whole)
{
	const struct ns_type *refused;

	/* Nobody in there may trace us before the command runs. */
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
	if (types_of(r) == 0)
		return;
	if (whole && r->proc.pid > 0 && r->proc.pidfd != -1 && enter_whole(r))
		return;
	enter_some(r, false);
	if ((refused = enter_some(r, true)) == NULL)
		refused = enter_some(r, false);
	if (refused != NULL)
		fail_why(EXIT_CANCELED, EPERM,
		    "needs CAP_SYS_ADMIN in the user namespace that owns it",
		    "entering the %s", refused->words);
}
