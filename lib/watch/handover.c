/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/sig.h"
#include "lib/watch/handover.h"

const struct opt handover_options[] = {
	{ 'd', "detach",
	    .help = "print PID:INO of the command once it runs, and return",
	    OPT_BOOL(struct handover_request, detach) },
	{ 0, "hold-fd", .arg = "N",
	    .help = "execute only after a byte or the end of N",
	    OPT_FD(struct handover_request, hold_fd) },
	{ 0, "pidfd-fd", .arg = "N",
	    .help = "send a pidfd of the command over socket N",
	    OPT_FD(struct handover_request, pidfd_fd) },
	{ 0, "pidfile", .arg = "FILE",
	    .help = "its process ID, from before it runs to its end",
	    OPT_STRING(struct handover_request, pidfile) },
	{ 0, "status-fd", .arg = "N",
	    .help = "write what becomes of it on N, a line each",
	    OPT_FD(struct handover_request, status_fd) },
	{ 0 },
};

static bool
is_unix_socket(int fd)
{
	socklen_t len = sizeof(int);
	int domain = -1;

	return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) == 0 &&
	    domain == AF_UNIX;
}

/* Open, and for the direction that O_WRONLY or O_RDONLY is the wrong one of? */
static const char *
unfit(int fd, int wrong)
{
	int flags;

	if (fd == -1)
		return NULL;
	if ((flags = fcntl(fd, F_GETFL)) == -1)
		return strerror(errno);
	if (flags & O_PATH || (flags & O_ACCMODE) == wrong)
		return wrong == O_RDONLY ? "not open for writing" :
					   "not open for reading";
	return NULL;
}

int
handover_check(const struct handover_request *r, const char **errstr)
{
	const struct {
		const char *name;
		int fd, wrong;
	} fds[] = {
		{ "--hold-fd", r->hold_fd, O_WRONLY },
		{ "--pidfd-fd", r->pidfd_fd, O_RDONLY },
		{ "--status-fd", r->status_fd, O_RDONLY },
	};
	static char line[96];
	const char *why = NULL;

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
		why = unfit(fds[i].fd, fds[i].wrong);
		if (why == NULL && fds[i].fd != -1 &&
		    fds[i].fd == r->pidfd_fd && !is_unix_socket(fds[i].fd))
			why = "not a unix(7) socket";
		if (why == NULL)
			continue;
		snprintf(line, sizeof(line), "%s %d: %s", fds[i].name,
		    fds[i].fd, why);
		*errstr = line;
		return -1;
	}
	if (r->pidfile == NULL || *r->pidfile != '\0')
		return 0;
	*errstr = "--pidfile: empty name";
	return -1;
}

/*
 * A copy that is ours alone.  The caller's is not for the command, unless it is
 * one of the three that every program has.
 */
static int
take(int fd)
{
	int copy;

	if (fd == -1)
		return -1;
	copy = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (copy == -1 ||
	    (fd > STDERR_FILENO && fcntl(fd, F_SETFD, FD_CLOEXEC) == -1))
		fail_errno(EXIT_CANCELED, "descriptor %d", fd);
	return copy;
}

void
handover_begin(struct handover *h, const struct handover_request *r, int types,
    const sigset_t *mask)
{
	*h = (struct handover){
		.wanted = r->status_fd != -1 || r->hold_fd != -1 ||
		    r->pidfd_fd != -1 || r->pidfile != NULL || r->detach,
		.detached = r->detach,
		.types = types,
		.hold = take(r->hold_fd),
		.pidfd_fd = take(r->pidfd_fd),
		.background = { .foreground = -1, .null = -1 },
	};
	if (r->detach)
		daemon_begin(&h->background, mask);
	pidfile_place(&h->pidfile, r->pidfile);
	status_open(&h->status, take(r->status_fd));
}

/* CHANNEL ends when the command's process does. */
static bool
is_alive(int channel)
{
	int ended = channel_has_ended(channel);

	if (ended == -1)
		fail_errno(EXIT_CANCELED, "looking for the command");
	return !ended;
}

static int
tell_namespace(struct handover *h, const struct proc *p,
    const struct ns_type *t, int channel)
{
	struct ns_identity id;
	int fd, errnum;

	if ((fd = proc_ns(p, t)) == -1 || ns_identify(fd, &id) == -1) {
		errnum = errno;
		if (!is_alive(channel))
			return -1;
		errno = errnum;
		fail_errno(EXIT_CANCELED, "the command's %s", t->words);
	}
	close(fd);
	if (id.id != 0)
		status_add(&h->status, "ns %s %ju %ju", t->name,
		    (uintmax_t)id.key.ino, (uintmax_t)id.id);
	else
		status_add(
		    &h->status, "ns %s %ju -", t->name, (uintmax_t)id.key.ino);
	return 0;
}

static void
send_pidfd(const struct handover *h, int pidfd)
{
	struct pollfd room = { .fd = h->pidfd_fd, .events = POLLOUT };
	int rc = -1;

	/* A reader that does not read is not for us to wait for. */
	errno = EAGAIN;
	if (poll(&room, 1, 0) != 0)
		rc = channel_send_files(h->pidfd_fd, "", 1, &pidfd, 1);
	if (rc == 0)
		errno = EPIPE;
	if (rc != 1)
		fail_errno(EXIT_CANCELED, "--pidfd-fd");
}

int
handover_give(struct handover *h, pid_t pid, int channel)
{
	struct proc p;
	int errnum, rc = 0;

	if (proc_open(&p, pid, false) == -1) {
		errnum = errno;
		if (!is_alive(channel))
			return -1;
		errno = errnum;
		fail_why(EXIT_CANCELED, errno, reason_filter(errno),
		    "pidfd of the command");
	}
	/* What we opened by number is the command's if that is alive now. */
	if (!is_alive(channel)) {
		proc_close(&p);
		return -1;
	}
	h->pid = pid;
	h->ino = p.ino;
	pidfile_put(&h->pidfile, pid);
	if (p.ino != 0)
		status_add(
		    &h->status, "start %d:%ju", (int)pid, (uintmax_t)p.ino);
	else
		status_add(&h->status, "start %d", (int)pid);
	for (size_t i = 0; h->status.fd != -1 && i < NS_NTYPES; i++)
		if (rc == 0 && (h->types & ns_types[i].flag))
			rc = tell_namespace(h, &p, &ns_types[i], channel);
	if (rc == 0 && h->pidfd_fd != -1)
		send_pidfd(h, p.pidfd);
	proc_close(&p);
	return rc;
}

bool
handover_released(struct handover *h)
{
	ssize_t n;
	char go;

	n = read(h->hold, &go, 1);
	if (n == -1 && (errno == EINTR || errno == EAGAIN))
		return false;
	if (n == -1 && errno != ECONNRESET && errno != EIO)
		fail_errno(EXIT_CANCELED, "--hold-fd");
	close(h->hold);
	h->hold = -1;
	return true;
}

void
handover_ready(struct handover *h)
{
	pidfile_keep(&h->pidfile);
	status_add(&h->status, "ready");
	daemon_ready(&h->background, h->pid, h->ino);
}

void
handover_ended(struct handover *h, int wstatus, bool executed)
{
	if (executed)
		pidfile_drop(&h->pidfile);
	if (WIFEXITED(wstatus))
		status_add(&h->status, "exit %d", WEXITSTATUS(wstatus));
	else
		status_add(
		    &h->status, "signal %s", sig_name(WTERMSIG(wstatus)));
	status_close(&h->status);
	if (!executed && h->background.foreground != -1 && WIFSIGNALED(wstatus))
		fail(EXIT_CANCELED,
		    "the command was killed by signal %s before it ran",
		    sig_name(WTERMSIG(wstatus)));
}

void
handover_explain(const struct handover_request *r, struct explain *e)
{
	if (r->detach)
		explain_seen(e, NULL, "in the background");
	if (r->pidfile != NULL)
		explain_seen(e, pidfile_reason(r->pidfile),
		    "process ID in the file %s", r->pidfile);
	if (r->status_fd != -1)
		explain_seen(
		    e, NULL, "status lines on descriptor %d", r->status_fd);
	if (r->pidfd_fd != -1)
		explain_seen(e, NULL, "pidfd over the socket %d", r->pidfd_fd);
	if (r->hold_fd != -1)
		explain_seen(e, NULL, "the command is held for descriptor %d",
		    r->hold_fd);
}
