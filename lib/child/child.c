/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/channel.h"
#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/step/cgroup.h"
#include "lib/uapi.h"

/* clone(2), for those whom a seccomp profile refuses clone3(2). */
static long
start_old(int *pidfd, int types, int cgroup)
{
	long pid = uapi_clone(
	    (unsigned long)types | CLONE_PIDFD | SIGCHLD, pidfd);

	if (pid == 0) {
		/* There is no CLONE_CLEAR_SIGHAND; we have no handlers. */
		if (cgroup != -1)
			cgroup_join(cgroup, 0);
	}
	return pid;
}

static long
start(int *pidfd, int types, int cgroup)
{
	struct uapi_clone_args args = {
		.flags = (uint64_t)(unsigned)types | CLONE_PIDFD |
		    UAPI_CLONE_CLEAR_SIGHAND,
		.pidfd = (uint64_t)(uintptr_t)pidfd,
		.exit_signal = SIGCHLD,
	};
	long pid;

	if (cgroup != -1) {
		args.flags |= UAPI_CLONE_INTO_CGROUP;
		args.cgroup = (uint64_t)cgroup;
	}
	pid = uapi_clone3(&args);
	if (pid == -1 && (errno == ENOSYS || errno == EPERM))
		pid = start_old(pidfd, types, cgroup);
	return pid;
}

bool
child_start(struct child *c, int types, int cgroup)
{
	int end[2], errnum;

	if (channel_open(end) == -1 || channel_name_sender(end[0]) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "channel to the child");
	c->pid = (pid_t)start(&c->pidfd, types, cgroup);
	if (c->pid == -1) {
		errnum = errno;
		if (cgroup != -1 &&
		    (errnum == EACCES || errnum == EBUSY ||
			errnum == EOPNOTSUPP || errnum == ENODEV))
			fail_why(EXIT_CANCELED, errnum, cgroup_reason(cgroup),
			    "--into-cgroup");
		alias_fail(
		    errnum, types != 0 ? "unshare failed" : "fork failed");
		fail_why(EXIT_CANCELED, errnum, reason_create(types, errnum),
		    "cannot create %s",
		    types != 0 ? "the namespaces" : "a child");
	}
	c->channel = end[c->pid == 0];
	close(end[c->pid != 0]);
	if (c->pid == 0) {
		fail_to(c->channel);
	} else {
		fail_prefer_report(c->channel);
		fail_undo(child_destroy, c);
	}
	return c->pid == 0;
}

/* The process in between ends at once, so the other one is not ours to reap. */
static bool
fork_twice(const char *what)
{
	pid_t pid = fork();

	if (pid == -1)
		fail_errno(EXIT_CANCELED, "cannot start %s", what);
	if (pid != 0)
		_exit(0);
	return true;
}

bool
child_orphan(int channel[2], const char *what)
{
	pid_t pid;

	if (channel_open(channel) == -1)
		fail_errno(EXIT_CANCELED, "channel to %s", what);
	if ((pid = fork()) == -1)
		fail_errno(EXIT_CANCELED, "cannot start %s", what);
	close(channel[pid == 0]);
	channel[pid == 0] = -1;
	if (pid == 0) {
		fail_to(channel[0]);
		return fork_twice(what);
	}
	/* Where SIGCHLD is ignored there is nothing left to reap. */
	(void)proc_reap(pid, NULL);
	return false;
}

void
child_await(const struct child *c)
{
	char go;
	ssize_t n = channel_receive(c->channel, &go, sizeof(go));

	if (n == 0)
		_exit(EXIT_CANCELED);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "waiting for the parent");
}

/* Messages that are no reports, by their length in bytes. */
enum { EXECUTES = 1, SHOWN = 2 };

/* That the other end has gone is not for here to notice. */
static void
send_message(const struct child *c, size_t len, const char *what)
{
	const char bytes[SHOWN] = { 0 };

	if (channel_send(c->channel, bytes, len) == -1)
		fail_errno(EXIT_CANCELED, "%s", what);
}

void
child_release(const struct child *c)
{
	send_message(c, EXECUTES, "releasing the child");
}

void
child_executes(const struct child *c)
{
	send_message(c, EXECUTES, "reporting to the parent");
}

void
child_show(const struct child *c)
{
	if (prctl(PR_SET_DUMPABLE, 1) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
	send_message(c, SHOWN, "reporting to the parent");
	child_await(c);
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
}

void
child_guard(const struct child *c, int sig)
{
	int ended;

	if (prctl(PR_SET_PDEATHSIG, sig) == -1)
		fail_errno(EXIT_CANCELED, "parent-death signal");
	if ((ended = channel_has_ended(c->channel)) == -1)
		fail_errno(EXIT_CANCELED, "looking for the parent");
	if (ended)
		_exit(EXIT_CANCELED);
}

enum child_message
child_receive(
    const struct child *c, struct fail_report *report, pid_t *pid, bool now)
{
	ssize_t n = channel_receive_from(
	    c->channel, report, sizeof(*report), pid, now);

	if (n == -1 && errno == EAGAIN)
		return CHILD_NONE;
	if (n == -1)
		fail_errno(EXIT_CANCELED, "receiving from the child");
	if (n == EXECUTES)
		return CHILD_EXECUTES;
	if (n == SHOWN)
		return CHILD_SHOWN;
	return fail_is_report(report, n) ? CHILD_FAILED : CHILD_CLOSED;
}

int
child_signal(const struct child *c, int sig)
{
	if (uapi_pidfd_send_signal(c->pidfd, sig) == 0 || errno == ESRCH)
		return 0;
	/* Ours until reaped, so the number is safe where the call is not. */
	return kill(c->pid, sig);
}

void
child_destroy(void *arg)
{
	struct child *c = arg;

	if (c->pid <= 0)
		return;
	/* One that we may not kill any more ends with the channel. */
	if (child_signal(c, SIGKILL) == -1)
		close(c->channel);
	(void)proc_reap(c->pid, NULL);
	c->pid = -1;
}
