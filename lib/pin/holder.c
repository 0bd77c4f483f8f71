/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/holder.h"
#include "lib/pin/record.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/uapi.h"

#define RELEASE_TRIES 50
#define RELEASE_WAIT_MS 100

#define FIRST_FD 3 /* as record_fd has it */

/* Where a holder has what it needs, after those of the eight types. */
enum { FD_UNTIL = FIRST_FD + NS_NTYPES, FD_INIT, FD_LINE, FD_COUNT };

/* No terminal, no directory, nobody's signals. */
static void
leave_caller(void)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t none;
	int null;

	(void)setsid();
	if (chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "/");
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) == -1)
		fail_errno(EXIT_CANCELED, "/dev/null");
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (dup2(null, fd) == -1)
			fail_errno(EXIT_CANCELED, "/dev/null");
	for (int sig = 1; sig < NSIG; sig++)
		(void)sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/*
 * Our words for ps(1), over the arguments.  That the last byte of those is no
 * longer '\0' tells the kernel that they are one string now.  setproctitle(3)
 * of libbsd marks the end of the first argument instead.
 */
static void
take_title(const char *name)
{
	char text[2048], title[256], *args;
	int64_t start, end;
	size_t size;

	(void)prctl(PR_SET_NAME, "nspin");
	if (file_get(AT_FDCWD, "/proc/self/stat", text, sizeof(text)) == -1 ||
	    proctext_stat(text, PROCTEXT_ARG_START, &start) == -1 ||
	    proctext_stat(text, PROCTEXT_ARG_END, &end) == -1 || start == 0 ||
	    end - start < (int64_t)sizeof("nspin: x"))
		return;
	args = (char *)(uintptr_t)start;
	size = (size_t)(end - start);
	/* The name may be one of them. */
	snprintf(title, sizeof(title), "nspin: %s", name);
	memset(args, 0, size);
	strlcpy(args, title, size);
	args[size - 1] = '.';
}

/* FROM becomes number TO, or TO is closed. */
static void
place(int from, int to)
{
	if (from == -1)
		close(to);
	else if (dup3(from, to, O_CLOEXEC) == -1)
		fail_errno(EXIT_CANCELED, "descriptor of the holder");
}

/*
 * Each descriptor at its number and no other open.  First all of them out of
 * the way of those numbers.
 */
static void
arrange(const struct holder_job *job, int line)
{
	int from[FD_COUNT] = { 0 };

	for (int i = FIRST_FD; i < FD_COUNT; i++)
		from[i] = i < FD_UNTIL ? job->fd[i - FIRST_FD] :
		    i == FD_UNTIL      ? job->until :
		    i == FD_INIT       ? job->init :
					 line;
	for (int i = FIRST_FD; i < FD_COUNT; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, FD_COUNT)) == -1)
			fail_errno(EXIT_CANCELED, "descriptor of the holder");
	/* The line first: those after it may take its old number. */
	for (int i = FD_COUNT - 1; i >= FIRST_FD; i--) {
		place(from[i], i);
		if (i == FD_LINE)
			fail_to(FD_LINE);
	}
	if (uapi_close_range(FD_COUNT, UINT_MAX, 0) == -1)
		fail_errno(EXIT_CANCELED, "descriptors of the holder");
}

static void
say(int line, const void *what, size_t len)
{
	ssize_t n;

	do
		n = send(line, what, len, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "line of the holder");
}

/* To go on without whoever made us; he has died or failed if he says nothing.
 */
static void
await_leave(int line)
{
	ssize_t n;
	char go;

	do
		n = recv(line, &go, 1, 0);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "line of the holder");
	if (n != 1)
		_exit(EXIT_CANCELED);
	say(line, "", 1);
	close(line);
}

static _Noreturn void
hold(const struct holder_job *job, int line)
{
	struct pollfd until = { .fd = FD_UNTIL, .events = POLLIN };
	bool waits = job->until != -1;
	pid_t self = getpid();

	leave_caller();
	arrange(job, line);
	take_title(job->name);
	say(FD_LINE, &self, sizeof(self));
	await_leave(FD_LINE);
	while (poll(&until, waits ? 1 : 0, -1) != 1)
		continue;
	for (int i = 0; i < RELEASE_TRIES && !job->release(); i++)
		(void)poll(NULL, 0, RELEASE_WAIT_MS);
	_exit(0);
}

/* Its next word, LEN bytes into BUF, or its failure in words. */
static void
hear(int line, void *buf, size_t len, int status)
{
	static struct fail_report report;
	ssize_t n;

	do
		n = recv(line, &report, sizeof(report), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		fail_errno(status, "hearing from the holder");
	if (n == (ssize_t)sizeof(report))
		fail(status, "%s", report.line);
	if (n != (ssize_t)len)
		fail(status, "the holder has died");
	memcpy(buf, &report, len);
}

void
holder_prefer_report(const struct holder *h, int status)
{
	static struct fail_report report;
	int errnum = errno;

	if (recv(h->line, &report, sizeof(report), MSG_DONTWAIT) ==
	    (ssize_t)sizeof(report))
		fail(status, "%s", report.line);
	errno = errnum;
}

void
holder_start(struct holder *h, const struct holder_job *job, int status)
{
	int line[2];
	pid_t pid;

	h->pid = 0;
	if (child_orphan(line, "the holder"))
		hold(job, line[0]);
	h->line = line[1];
	hear(h->line, &pid, sizeof(pid), status);
	/* It lives while we have its line, so the number is still its own. */
	if ((h->pidfd = uapi_pidfd_open(pid, 0)) == -1) {
		holder_prefer_report(h, status);
		fail_errno(status, "pidfd of the holder");
	}
	h->pid = pid;
}

void
holder_stay(struct holder *h, int status)
{
	ssize_t n;
	char word;

	do
		n = send(h->line, "", 1, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1) {
		holder_prefer_report(h, status);
		fail_errno(status, "telling the holder to stay");
	}
	hear(h->line, &word, 1, status);
	/* It lets go of its end, the last that it had of ours. */
	do
		n = recv(h->line, &word, 1, 0);
	while (n > 0 || (n == -1 && errno == EINTR));
	close(h->line);
	h->line = -1;
}

void
holder_end(struct holder *h)
{
	if (h->line != -1)
		close(h->line);
	h->line = -1;
	if (h->pid == 0)
		return;
	proc_kill(h->pidfd);
	close(h->pidfd);
	h->pid = 0;
}

/* Numbers of an init, which has no other descriptors. */
enum { INIT_LINE = FIRST_FD, INIT_LIFE, INIT_COUNT };

static void
arrange_init(int line, int lifeline)
{
	int from[2] = { line, lifeline };

	for (int i = 0; i < 2; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, INIT_COUNT)) ==
			-1)
			fail_errno(EXIT_CANCELED, "descriptor of the init");
	place(from[0], INIT_LINE);
	fail_to(INIT_LINE);
	place(from[1], INIT_LIFE);
	if (uapi_close_range(INIT_COUNT, UINT_MAX, 0) == -1)
		fail_errno(EXIT_CANCELED, "descriptors of the init");
}

void
holder_init(const struct child *c, const char *name, int lifeline)
{
	struct pollfd life = { .fd = INIT_LIFE, .events = POLLIN };
	struct child line = { .sock = INIT_LINE };

	child_await(c);
	leave_caller();
	arrange_init(c->sock, lifeline);
	take_title(name);
	/* Then the kernel reaps for us. */
	(void)signal(SIGCHLD, SIG_IGN);
	child_executes(&line);
	close(INIT_LINE);
	while (poll(&life, lifeline == -1 ? 0 : 1, -1) != 1)
		continue;
	_exit(0);
}
