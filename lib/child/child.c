/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/channel.h"
#include "lib/child/child.h"
#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/sig.h"
#include "lib/uapi.h"

#define END_WAIT_MS 5000
#define TURN_MS 5

static long
start(int *pidfd, int types)
{
	const unsigned long flags = (unsigned long)(unsigned)types |
	    CLONE_PIDFD;
	struct uapi_clone_args args = {
		.flags = flags | UAPI_CLONE_CLEAR_SIGHAND,
		.pidfd = (uint64_t)(uintptr_t)pidfd,
		.exit_signal = SIGCHLD,
	};
	long pid = uapi_clone3(&args);

	/* Where a seccomp profile refuses that.  We have no handlers. */
	if (pid == -1 && (errno == ENOSYS || errno == EPERM))
		pid = uapi_clone(flags | SIGCHLD, pidfd);
	return pid;
}

static _Noreturn void
fail_create(int types, int errnum, const char *why)
{
	alias_fail(errnum, types != 0 ? "unshare failed" : "fork failed");
	fail_why(EXIT_CANCELED, errnum, why, "cannot create %s",
	    types != 0 ? "the namespaces" : "a child");
}

bool
child_start(struct child *c, int types)
{
	int end[2], errnum;

	if (channel_open(end) == -1 || channel_name_sender(end[0]) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "channel to the child");
	c->pid = (pid_t)start(&c->pidfd, types);
	if (c->pid == -1) {
		errnum = errno;
		fail_create(types, errnum, reason_create(types, errnum));
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
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "cannot start %s", what);
	if (pid != 0)
		_exit(0);
	return true;
}

bool
child_orphan(int channel[2], const char *what)
{
	pid_t pid;

	if (channel_open(channel) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "channel to %s", what);
	if ((pid = fork()) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "cannot start %s", what);
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

int
child_await_file(const struct child *c)
{
	int files[CHANNEL_FILES_MAX];
	size_t files_n;
	char go;
	ssize_t n;

	n = channel_receive_files(c->channel, &go, sizeof(go), files, &files_n);
	if (n == 0)
		_exit(EXIT_CANCELED);
	/* Too many open: the message has come, without the file. */
	if (n == -1 && errno != EMFILE)
		fail_errno(EXIT_CANCELED, "waiting for the parent");
	return n == -1 || files_n == 0 ? -1 : files[0];
}

void
child_await(const struct child *c)
{
	file_close(child_await_file(c));
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
child_wait(int channel, const sigset_t *mask)
{
	int sig = sig_await(channel, mask);

	if (sig == -1)
		fail_errno(EXIT_CANCELED, "waiting for the child");
	if (sig != 0) {
		fail_roll_back();
		sig_die(sig);
	}
}

void
child_release(const struct child *c)
{
	send_message(c, EXECUTES, "releasing the child");
}

void
child_release_file(const struct child *c, int file)
{
	const char go = 0;

	if (file == -1)
		child_release(c);
	else if (channel_send_files(c->channel, &go, sizeof(go), &file, 1) ==
	    -1)
		fail_errno(EXIT_CANCELED, "releasing the child");
}

void
child_executes(const struct child *c)
{
	send_message(c, EXECUTES, "reporting to the parent");
}

void
child_show(const struct child *c, bool open)
{
	if (open && prctl(PR_SET_DUMPABLE, 1) == -1)
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
	if (ended || (c->parent != 0 && getppid() != c->parent))
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

pid_t
child_wait_ready(const struct child *c, const sigset_t *mask)
{
	static struct fail_report report;
	pid_t pid;

	child_wait(c->channel, mask);
	switch (child_receive(c, &report, &pid, false)) {
	case CHILD_FAILED:
		fail(report.status, "%s", report.line);
	case CHILD_EXECUTES:
		return pid;
	default:
		fail(EXIT_CANCELED, "the child died before the command ran");
	}
}

void
child_sibling(const struct child *c, int types, int entered)
{
	const unsigned long flags = (unsigned long)(unsigned)types |
	    CLONE_PARENT | SIGCHLD;
	long pid = uapi_clone(flags, NULL);
	int errnum = errno;

	if (pid > 0)
		_exit(0);
	if (pid == -1)
		fail_create(
		    types, errnum, reason_create_in(entered, types, errnum));
	child_executes(c); /* the message has our PID */
}

void
child_adopt(struct child *c, const sigset_t *mask)
{
	pid_t pid = child_wait_ready(c, mask);

	if (proc_reap(c->pid, NULL) == -1)
		fail_errno(EXIT_CANCELED, "waiting for the child");
	c->pid = pid;
	close(c->pidfd);
	if ((c->pidfd = uapi_pidfd_open(pid, 0)) == -1)
		fail_why(EXIT_CANCELED, errno, reason_filter(errno),
		    "pidfd of the command");
}

int
child_signal(const struct child *c, int sig)
{
	if (uapi_pidfd_send_signal(c->pidfd, sig) == 0 || errno == ESRCH)
		return 0;
	/* Ours until reaped, so the number is safe where the call is not. */
	return kill(c->pid, sig);
}

/* Has it ended, or does it within MS?  It may have no pidfd yet. */
static bool
ends_within(const struct child *c, int ms)
{
	struct pollfd ended = { .fd = c->pidfd, .events = POLLIN };
	const int64_t until = clock_ms() + ms;
	siginfo_t si = { .si_pid = 0 };
	int64_t left;
	int rc;

	for (;;) {
		rc = waitid(
		    P_PID, (id_t)c->pid, &si, WEXITED | WNOHANG | WNOWAIT);
		if (rc == -1 ? errno != EINTR : si.si_pid == c->pid)
			return true;
		if ((left = until - clock_ms()) <= 0)
			return false;
		if (c->pidfd == -1 && left > TURN_MS)
			left = TURN_MS;
		(void)poll(&ended, 1, (int)left);
	}
}

/* The end of its channel tells it to end all that it has. */
static void
await_own_end(const struct child *c)
{
	close(c->init);
	(void)ends_within(c, END_WAIT_MS);
}

void
child_destroy(void *arg)
{
	struct child *c = arg;

	if (c->pid <= 0)
		return;
	if (c->joined)
		await_own_end(c);
	/* One that we may not kill any more ends with the channel. */
	if (child_signal(c, SIGKILL) == -1)
		close(c->channel);
	if (ends_within(c, END_WAIT_MS))
		(void)proc_reap(c->pid, NULL);
	c->pid = -1;
}
