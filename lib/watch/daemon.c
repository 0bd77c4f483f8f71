/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/sig.h"
#include "lib/watch/daemon.h"

/* What the supervisor says when the command runs. */
struct word {
	pid_t pid;
	uint64_t ino;
};

/* The line's end makes the supervisor take back what it made. */
static void
let_go(void *arg)
{
	struct child *c = arg;

	close(c->sock);
	while (waitpid(c->pid, NULL, 0) == -1 && errno == EINTR)
		continue;
}

static void
print(const struct word *w)
{
	char line[48];
	int len;

	if (w->ino != 0)
		len = snprintf(line, sizeof(line), "%d:%ju\n", (int)w->pid,
		    (uintmax_t)w->ino);
	else
		len = snprintf(line, sizeof(line), "%d\n", (int)w->pid);
	if (file_write_all(STDOUT_FILENO, line, (size_t)len) == -1)
		fail_errno(EXIT_CANCELED, "standard output");
}

static _Noreturn void
stay_in_front(struct child *c, const sigset_t *mask)
{
	static union {
		struct word word;
		struct fail_report report;
	} heard;
	ssize_t n;

	fail_undone(); /* it is not to be killed: it has things to undo */
	fail_undo(let_go, c);
	if (sig_mask(mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "restoring signals");
	do
		n = recv(c->sock, &heard, sizeof(heard), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		fail_errno(EXIT_CANCELED, "hearing from the supervisor");
	if (n == (ssize_t)sizeof(heard.report)) {
		heard.report.line[sizeof(heard.report.line) - 1] = '\0';
		fail(heard.report.status, "%s", heard.report.line);
	}
	if (n != (ssize_t)sizeof(heard.word))
		fail(EXIT_CANCELED,
		    "the supervisor died before the command ran");
	print(&heard.word);
	do
		n = send(c->sock, "", 1, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	/* A command that has ended already needs no supervisor. */
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "answering the supervisor");
	exit(0);
}

void
daemon_begin(struct daemon *d, const sigset_t *mask)
{
	static struct child c;

	/* Somewhere there is always something to read nothing from. */
	if ((d->null = open("/dev/null", O_RDWR | O_CLOEXEC)) == -1)
		fail_errno(EXIT_CANCELED, "/dev/null");
	if (!child_start(&c, 0, -1))
		stay_in_front(&c, mask);
	d->front = c.sock;
	if (setsid() == -1)
		fail_errno(EXIT_CANCELED, "a session for the supervisor");
}

static void
replace(int fd, int by)
{
	if (dup2(by, fd) == -1)
		fail_errno(EXIT_CANCELED, "--detach: descriptor %d", fd);
}

void
daemon_streams(const struct daemon *d)
{
	if (d->front == -1)
		return;
	if (isatty(STDERR_FILENO))
		replace(STDERR_FILENO, d->null);
	replace(STDOUT_FILENO, STDERR_FILENO);
	replace(STDIN_FILENO, d->null);
}

void
daemon_ready(const struct daemon *d, pid_t pid, uint64_t ino)
{
	struct word w = { .pid = pid, .ino = ino };
	ssize_t n;

	if (d->front == -1)
		return;
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		replace(fd, d->null);
	if (chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "/");
	do
		n = send(d->front, &w, sizeof(w), MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "reporting to the front");
}

bool
daemon_heard(struct daemon *d)
{
	ssize_t n;
	char ack;

	do
		n = recv(d->front, &ack, 1, 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	close(d->front);
	d->front = -1;
	if (n != 1)
		return false;
	/* Nobody is there to read what we might say from here on. */
	fail_local();
	return true;
}
