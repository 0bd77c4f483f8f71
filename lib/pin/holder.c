/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
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

#include "lib/channel.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/holder.h"
#include "lib/pin/record.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

#define RELEASE_TRIES 50
#define RELEASE_WAIT_MS 100

#define FIRST_FD 3 /* as record_fd has it */

/* Where a holder has what it needs, after those of the eight types. */
enum { FD_UNTIL = FIRST_FD + NS_NTYPES, FD_INIT, FD_CHANNEL, FD_COUNT };

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
	if ((null = file_open_null()) == -1)
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
arrange(const struct holder_job *job, int channel)
{
	int from[FD_COUNT] = { 0 };

	for (int i = FIRST_FD; i < FD_COUNT; i++)
		from[i] = i < FD_UNTIL ? job->fd[i - FIRST_FD] :
		    i == FD_UNTIL      ? job->until :
		    i == FD_INIT       ? job->init :
					 channel;
	for (int i = FIRST_FD; i < FD_COUNT; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, FD_COUNT)) == -1)
			fail_errno(EXIT_CANCELED, "descriptor of the holder");
	/* The channel first: those after it may take its old number. */
	for (int i = FD_COUNT - 1; i >= FIRST_FD; i--) {
		place(from[i], i);
		if (i == FD_CHANNEL)
			fail_to(FD_CHANNEL);
	}
	file_close_range(FD_COUNT, UINT_MAX);
}

static void
send_message(int channel, const void *message, size_t len)
{
	int rc = channel_send(channel, message, len);

	if (rc == 0)
		errno = EPIPE;
	if (rc != 1)
		fail_errno(EXIT_CANCELED, "channel of the holder");
}

/* To outlive the process that made us, which has died or failed otherwise. */
static void
await_leave(int channel)
{
	char go;
	ssize_t n = channel_receive(channel, &go, sizeof(go));

	if (n == -1)
		fail_errno(EXIT_CANCELED, "channel of the holder");
	if (n != 1)
		_exit(EXIT_CANCELED);
	send_message(channel, "", 1);
	close(channel);
}

static _Noreturn void
hold(const struct holder_job *job, int channel)
{
	struct pollfd until = { .fd = FD_UNTIL, .events = POLLIN };
	bool waits = job->until != -1;
	pid_t self = getpid();

	leave_caller();
	arrange(job, channel);
	take_title(job->name);
	send_message(FD_CHANNEL, &self, sizeof(self));
	await_leave(FD_CHANNEL);
	while (poll(&until, waits ? 1 : 0, -1) != 1)
		continue;
	for (int i = 0; i < RELEASE_TRIES && !job->release(job->arg); i++)
		(void)poll(NULL, 0, RELEASE_WAIT_MS);
	_exit(0);
}

/* Its next message, LEN bytes into BUF, or its failure, which is ours. */
static void
receive(int channel, void *buf, size_t len, int status)
{
	int rc = fail_receive(channel, buf, len);

	if (rc == -1)
		fail_errno(status, "receiving from the holder");
	if (rc == 0)
		fail(status, "the holder has died");
}

void
holder_prefer_report(const struct holder *h, int status)
{
	static struct fail_report report;
	int errnum = errno;

	if (fail_is_report(&report,
		channel_receive_now(h->channel, &report, sizeof(report))))
		fail(status, "%s", report.line);
	errno = errnum;
}

void
holder_start(struct holder *h, const struct holder_job *job, int status)
{
	int channel[2];
	pid_t pid;

	h->pid = 0;
	/* What it keeps is found through its /proc/PID/fd. */
	if (job->fd != NULL && !proc_counts_as_we())
		fail_why(status, 0, reason_proc_hidden(getpid()),
		    "%s: cannot be kept by a process", job->name);
	if (child_orphan(channel, "the holder"))
		hold(job, channel[0]);
	h->channel = channel[1];
	receive(h->channel, &pid, sizeof(pid), status);
	/* It lives while we have the channel, so the number is still its own.
	 */
	if ((h->pidfd = uapi_pidfd_open(pid, 0)) == -1) {
		holder_prefer_report(h, status);
		fail_why(
		    status, errno, reason_filter(errno), "pidfd of the holder");
	}
	h->pid = pid;
}

void
holder_stay(struct holder *h, int status)
{
	int rc = channel_send(h->channel, "", 1);
	char answer;

	if (rc == 0)
		errno = EPIPE;
	if (rc != 1) {
		holder_prefer_report(h, status);
		fail_errno(status, "telling the holder to stay");
	}
	receive(h->channel, &answer, 1, status);
	/* It closes its end, the last that it had of ours. */
	channel_wait_end(h->channel);
	close(h->channel);
	h->channel = -1;
}

void
holder_end(struct holder *h)
{
	if (h->channel != -1)
		close(h->channel);
	h->channel = -1;
	if (h->pid == 0)
		return;
	proc_kill(h->pidfd);
	close(h->pidfd);
	h->pid = 0;
}

/* Numbers of an init, which has no other descriptors. */
enum { INIT_CHANNEL = FIRST_FD, INIT_LIFE, INIT_COUNT };

static void
arrange_init(int channel, int lifeline)
{
	int from[2] = { channel, lifeline };

	for (int i = 0; i < 2; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, INIT_COUNT)) ==
			-1)
			fail_errno(EXIT_CANCELED, "descriptor of the init");
	place(from[0], INIT_CHANNEL);
	fail_to(INIT_CHANNEL);
	place(from[1], INIT_LIFE);
	file_close_range(INIT_COUNT, UINT_MAX);
}

void
holder_init(const struct child *c, const char *name, int lifeline)
{
	struct pollfd life = { .fd = INIT_LIFE, .events = POLLIN };
	struct child parent = { .channel = INIT_CHANNEL };

	child_await(c);
	leave_caller();
	arrange_init(c->channel, lifeline);
	take_title(name);
	/* Then the kernel reaps for us. */
	(void)signal(SIGCHLD, SIG_IGN);
	child_executes(&parent);
	close(INIT_CHANNEL);
	while (poll(&life, lifeline == -1 ? 0 : 1, -1) != 1)
		continue;
	_exit(0);
}
