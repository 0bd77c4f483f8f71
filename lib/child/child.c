/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
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
	int on = 1, line[2], errnum;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == -1 ||
	    setsockopt(line[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "socket to the child");
	c->pid = (pid_t)start(&c->pidfd, types, cgroup);
	if (c->pid == -1) {
		errnum = errno;
		if (cgroup != -1 &&
		    (errnum == EACCES || errnum == EBUSY ||
			errnum == EOPNOTSUPP || errnum == ENODEV))
			fail_why(EXIT_CANCELED, errnum, cgroup_reason(cgroup),
			    "--cgroup");
		fail_why(EXIT_CANCELED, errnum, reason_create(types, errnum),
		    "cannot create %s",
		    types != 0 ? "the namespaces" : "a child");
	}
	c->sock = line[c->pid == 0];
	close(line[c->pid != 0]);
	if (c->pid == 0) {
		fail_to(c->sock);
	} else {
		fail_prefer_report(c->sock);
		fail_undo(child_destroy, c);
	}
	return c->pid == 0;
}

/* The process in between ends at once: nobody of ours has to reap more. */
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
child_orphan(int line[2], const char *what)
{
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == -1)
		fail_errno(EXIT_CANCELED, "socket to %s", what);
	if ((pid = fork()) == -1)
		fail_errno(EXIT_CANCELED, "cannot start %s", what);
	close(line[pid == 0]);
	line[pid == 0] = -1;
	if (pid == 0) {
		fail_to(line[0]);
		return fork_twice(what);
	}
	/* With SIGCHLD ignored the kernel does it. */
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	return false;
}

void
child_await(const struct child *c)
{
	ssize_t n;
	char go;

	do
		n = recv(c->sock, &go, 1, 0);
	while (n == -1 && errno == EINTR);
	/* One that died with our word unread resets. */
	if (n == 0 || (n == -1 && errno == ECONNRESET))
		_exit(EXIT_CANCELED);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "waiting for the parent");
}

/* Words of the line that are no reports, by their length in bytes. */
enum { EXECUTES = 1, SHOWN = 2 };

/* LEN bytes over the line; a peer that is gone is no news here. */
static void
say(const struct child *c, size_t len, const char *what)
{
	ssize_t n;

	do
		n = send(c->sock, "\0", len, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "%s", what);
}

void
child_release(const struct child *c)
{
	say(c, EXECUTES, "releasing the child");
}

void
child_executes(const struct child *c)
{
	say(c, EXECUTES, "reporting to the parent");
}

void
child_show(const struct child *c)
{
	if (prctl(PR_SET_DUMPABLE, 1) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
	say(c, SHOWN, "reporting to the parent");
	child_await(c);
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
}

void
child_guard(const struct child *c, int sig)
{
	struct pollfd line = { .fd = c->sock };
	int n;

	if (prctl(PR_SET_PDEATHSIG, sig) == -1)
		fail_errno(EXIT_CANCELED, "parent-death signal");
	do
		n = poll(&line, 1, 0);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "looking for the parent");
	if (line.revents & (POLLHUP | POLLERR))
		_exit(EXIT_CANCELED);
}

/* The sender's process ID, which the kernel translates for us. */
static pid_t
sender(struct msghdr *msg)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(msg);
	struct ucred cred;

	if (c == NULL || c->cmsg_type != SCM_CREDENTIALS)
		return 0;
	memcpy(&cred, CMSG_DATA(c), sizeof(cred));
	return cred.pid;
}

enum child_word
child_hear(const struct child *c, struct fail_report *report, pid_t *pid)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct ucred))];
	struct iovec iov = { report, sizeof(*report) };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t n;

	/* One that died with our word unread resets: its own comes after. */
	do
		n = recvmsg(c->sock, &msg, MSG_DONTWAIT);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1 && errno == EAGAIN)
		return CHILD_NOTHING;
	if (n == -1)
		fail_errno(EXIT_CANCELED, "hearing from the child");
	*pid = n > 0 ? sender(&msg) : 0;
	if (n == EXECUTES)
		return CHILD_EXECUTES;
	if (n == SHOWN)
		return CHILD_SHOWN;
	if (n != (ssize_t)sizeof(*report))
		return CHILD_SILENT;
	report->line[sizeof(report->line) - 1] = '\0';
	return CHILD_FAILED;
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
	/* One of more privilege than we have by now sees the line's end. */
	if (child_signal(c, SIGKILL) == -1)
		close(c->sock);
	while (waitpid(c->pid, NULL, __WALL) == -1 && errno == EINTR)
		continue;
	c->pid = -1;
}
