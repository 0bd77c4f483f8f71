/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <linux/openat2.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/file.h"
#include "lib/pace.h"
#include "lib/scan/apart.h"
#include "lib/uapi.h"

#define PATIENCE_MS 1000
#define PEEK_MAX (256 << 10) /* bytes before the first descriptor */
#define QUEUED_MAX 253	     /* descriptors in one message, SCM_MAX_FD */

/* Where the process apart has the two descriptors that it keeps. */
enum { SUBJECT, REPORT };

/* A record that it sends: a descriptor, or at last a number. */
struct record {
	int count; /* -1: a descriptor comes with it */
};

/* What it does to the subject.  Nothing of ours may be in its hands then. */
struct job {
	void (*run)(const struct job *j);
	char *buf; /* memory that nobody else writes to */
	dev_t nsfs;
	const char *path;
};

static int
send_record(int count, int fd)
{
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(fd))];
	} control;
	struct record r = { count };
	struct iovec iov = { &r, sizeof(r) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (fd != -1) {
		memset(&control, 0, sizeof(control));
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
		msg.msg_control = &control;
		msg.msg_controllen = sizeof(control);
	}
	return sendmsg(REPORT, &msg, MSG_NOSIGNAL) == -1 ? -1 : 0;
}

/* A socket, or on nsfs?  Asked of the inode in memory, not of its server. */
static bool
is_harmless(int fd, dev_t nsfs)
{
	struct uapi_statx sx;

	return uapi_statx(fd, "", AT_EMPTY_PATH | UAPI_AT_STATX_DONT_SYNC,
		   UAPI_STATX_TYPE, &sx) == 0 &&
	    (S_ISSOCK(sx.stx_mode) ||
		makedev(sx.stx_dev_major, sx.stx_dev_minor) == nsfs);
}

/* Pass on what came with MSG.  Returns how many it were. */
static int
pass_on(struct msghdr *msg, dev_t nsfs)
{
	struct cmsghdr *c;
	int fd, n = 0;

	for (c = CMSG_FIRSTHDR(msg); c != NULL; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = CMSG_LEN(0); at + sizeof(fd) <= c->cmsg_len;
		     at += sizeof(fd), n++) {
			memcpy(&fd, (char *)c + at, sizeof(fd));
			if (is_harmless(fd, nsfs) && send_record(-1, fd) == -1)
				return -1;
		}
	}
	return n;
}

/* How many descriptors there were is the number. */
static void
peek(const struct job *j)
{
	union {
		struct cmsghdr align;
		char space[CMSG_SPACE(QUEUED_MAX * sizeof(int)) + 256];
	} control;
	struct iovec iov = { .iov_base = j->buf, .iov_len = PEEK_MAX };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	int n = 0;

	if (recvmsg(SUBJECT, &msg,
		MSG_PEEK | MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != -1)
		n = pass_on(&msg, j->nsfs);
	if (n != -1)
		send_record(n, -1);
}

/* The number is an errno. */
static void
look_up(const struct job *j)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH };
	int fd = uapi_openat2(SUBJECT, j->path, &how, sizeof(how));

	send_record(fd == -1 ? errno : -1, fd);
}

/* Have nothing but the two, and end by itself. */
static void
settle(int subject, int report)
{
	sigset_t none;

	sigemptyset(&none);
	signal(SIGALRM, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(PATIENCE_MS / 1000);
	/* Neither is 0 or 1: those are never closed (file_guard_standard). */
	if (dup2(subject, SUBJECT) == -1 || dup2(report, REPORT) == -1 ||
	    uapi_close_range(REPORT + 1, ~0U, 0) == -1 || chdir("/") == -1)
		_exit(1);
}

/*
 * A grandchild, so that it is waited for by somebody else if it hangs, and
 * none that a waitpid(2) of ours would meet.  Returns 0, or -1 and errno.
 */
static int
start(int subject, int report, const struct job *j)
{
	long pid = uapi_clone(0, NULL);
	int status;

	if (pid == -1)
		return -1;
	if (pid == 0) {
		if ((pid = uapi_clone(0, NULL)) != 0)
			_exit(pid == -1);
		settle(subject, report);
		j->run(j);
		/* Before what may hang. */
		shutdown(REPORT, SHUT_RDWR);
		_exit(0);
	}
	while (waitpid((pid_t)pid, &status, __WALL) == -1)
		if (errno != EINTR)
			return -1;
	errno = EAGAIN;
	return status == 0 ? 0 : -1;
}

/* The end of the channel on which it reports, or -1 and errno. */
static int
begin(int subject, const struct job *j)
{
	int ends[2], rc;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == -1)
		return -1;
	rc = start(subject, ends[1], j);
	file_close(ends[1]);
	if (rc == 0)
		return ends[0];
	file_close(ends[0]);
	return -1;
}

/* The next record in time.  Returns 0, or -1 and errno; *FD is -1 or open. */
static int
receive(int report, int64_t until, struct record *r, int *fd)
{
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(*fd))];
	} control;
	struct iovec iov = { r, sizeof(*r) };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };
	struct pollfd poll = { .fd = report, .events = POLLIN };
	struct cmsghdr *c;
	ssize_t n;

	*fd = -1;
	errno = ETIMEDOUT;
	if (pace_sleep(&poll, 1, until) == 0)
		return -1;
	n = recvmsg(report, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (n != (ssize_t)sizeof(*r)) {
		errno = n == -1 ? errno : ETIMEDOUT;
		return -1;
	}
	c = CMSG_FIRSTHDR(&msg);
	if (c != NULL && c->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(c), sizeof(*fd));
	return 0;
}

ssize_t
scan_apart_peek(int sock, dev_t nsfs, void (*fn)(void *arg, int fd), void *arg)
{
	int64_t until = clock_ms() + PATIENCE_MS;
	struct job job = { .run = peek, .nsfs = nsfs };
	struct record r = { -1 };
	int report, rc = 0, fd;

	job.buf = mmap(NULL, PEEK_MAX, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (job.buf == MAP_FAILED)
		return -1;
	report = begin(sock, &job);
	munmap(job.buf, PEEK_MAX);
	if (report == -1)
		return -1;
	while (rc == 0 && r.count == -1) {
		rc = receive(report, until, &r, &fd);
		if (fd == -1)
			continue;
		fn(arg, fd);
		close(fd);
	}
	file_close(report);
	return rc == -1 ? -1 : r.count;
}

int
scan_apart_open(int dir, const char *path)
{
	int64_t until = clock_ms() + PATIENCE_MS;
	const struct job job = { .run = look_up, .path = path };
	int report = begin(dir, &job), fd = -1;
	struct record r = { 0 };

	if (report == -1)
		return -1;
	if (receive(report, until, &r, &fd) == 0 && r.count != -1)
		errno = r.count;
	file_close(report);
	return fd;
}
