/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/reason/reason.h"
#include "lib/ref/join.h"

static void
leave_out(struct ref *r, size_t i)
{
	close(r->fd[i]);
	r->fd[i] = -1;
}

/* The key of our own namespace of TYPE, also where there is no /proc. */
static int
key_self(const struct ns_type *type, struct ns_key *key)
{
	struct proc self;
	int fd, rc;

	if (ns_key_self(type, key) == 0)
		return 0;
	if (proc_open(&self, getpid(), false) == -1)
		return -1;
	fd = proc_ns(&self, type);
	proc_close(&self);
	if (fd == -1)
		return -1;
	rc = ns_key_fd(fd, key);
	close(fd);
	return rc;
}

/* Is the namespace FD of TYPE the one with KEY? */
static bool
is_key(int fd, const struct ns_key *key, const struct ns_type *type)
{
	struct ns_key is;

	if (ns_key_fd(fd, &is) == -1)
		fail_errno(EXIT_CANCELED, "%s", type->words);
	return ns_key_equal(&is, key);
}

int
join_differing(struct ref *r)
{
	struct ns_key own;
	int types = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1)
			continue;
		if (key_self(&ns_types[i], &own) == 0 &&
		    is_key(r->fd[i], &own, &ns_types[i]))
			leave_out(r, i);
		else
			types |= ns_types[i].flag;
	}
	return types;
}

/*
 * setns(2), which refuses mount and user namespaces to those that share their
 * root and working directory with another process, as some vfork-like starts
 * leave it: then not any more.
 */
static int
enter(int fd, int types)
{
	if (setns(fd, types) == 0)
		return 0;
	if (errno != EINVAL || (types & (CLONE_NEWNS | CLONE_NEWUSER)) == 0 ||
	    unshare(CLONE_FS) == -1)
		return -1;
	return setns(fd, types);
}

static _Noreturn void
fail_entering(
    const struct ref *r, size_t i, int errnum, const char *user_option)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER));

	fail_part(EXPLAIN_TYPE + (int)i);
	alias_fail(errnum, "reassociate to namespace 'ns/%s' failed",
	    ns_types[i].name);
	fail_why(EXIT_CANCELED, errnum,
	    reason_join(&ns_types[i], r->fd[i], errnum,
		r->fd[user] != -1 ? NULL : user_option),
	    "entering the %s", ns_types[i].words);
}

/*
 * Enter what can be entered now, the user namespace or all others.  Returns
 * the place of the first that could not be for want of privilege, or
 * NS_NTYPES.
 */
static size_t
enter_some(struct ref *r, bool user, const char *user_option)
{
	size_t refused = NS_NTYPES;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1 ||
		    (ns_types[i].flag == CLONE_NEWUSER) != user)
			continue;
		if (enter(r->fd[i], ns_types[i].flag) == 0) {
			leave_out(r, i);
			continue;
		}
		if (errno != EPERM)
			fail_entering(r, i, errno, user_option);
		if (refused == NS_NTYPES)
			refused = i;
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
	if (enter(r->proc.pidfd, types_of(r)) == 0)
		return true;
	if (errno == ESRCH)
		fail_why(EXIT_CANCELED, ESRCH, "it has ended", "process %d",
		    (int)r->proc.pid);
	return false;
}

static _Noreturn void
fail_way(void)
{
	fail_errno(
	    EXIT_CANCELED, "the way down to the user namespace of the target");
}

/* Does the user namespace USER own something that is still to be entered? */
static bool
owns_any(const struct ref *r, int user)
{
	struct ns_key key;
	bool owns = false;
	int owner;

	if (ns_key_fd(user, &key) == -1)
		fail_way();
	for (size_t i = 0; !owns && i < NS_NTYPES; i++) {
		if (r->fd[i] == -1 || ns_types[i].flag == CLONE_NEWUSER)
			continue;
		if ((owner = ns_owner(r->fd[i])) == -1) {
			if (errno != EPERM)
				fail_way();
			continue;
		}
		owns = is_key(owner, &key, &ns_types[i]);
		close(owner);
	}
	return owns;
}

/*
 * On the way to the user namespace USER: enter those of its ancestors, the
 * outermost first, that own something, and what they own.  bwrap(1) has two:
 * all namespaces belong to the outer one, the command is in the inner one.
 */
static void
descend(struct ref *r, int user, const char *user_option)
{
	int parent = ns_parent(user);

	if (parent == -1) {
		if (errno != EPERM) /* which says: that leads above us */
			fail_way();
		return;
	}
	descend(r, parent, user_option);
	if (owns_any(r, parent)) {
		if (enter(parent, CLONE_NEWUSER) == 0)
			enter_some(r, false, user_option);
		else if (errno != EPERM && errno != EINVAL) /* our own */
			fail_way();
	}
	close(parent);
}

void
join_enter(struct ref *r, bool whole, const char *user_option)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER)), refused;

	/* Nobody in there may trace us before the command runs. */
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
	if (types_of(r) == 0)
		return;
	if (whole && r->proc.pid > 0 && r->proc.pidfd != -1 && enter_whole(r))
		return;
	refused = enter_some(r, false, user_option);
	if (refused != NS_NTYPES && r->fd[user] != -1)
		descend(r, r->fd[user], user_option);
	if ((refused = enter_some(r, true, user_option)) == NS_NTYPES)
		refused = enter_some(r, false, user_option);
	if (refused != NS_NTYPES)
		fail_entering(r, refused, EPERM, user_option);
}
