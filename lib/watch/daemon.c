/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proc.h"
#include "lib/sig.h"
#include "lib/watch/daemon.h"

/* From the supervisor, when the command runs. */
struct ready {
	pid_t pid;
	uint64_t ino;
};

/* The channel's end makes the supervisor roll back what it made. */
static void
release(void *arg)
{
	struct child *c = arg;

	close(c->channel);
	(void)proc_reap(c->pid, NULL);
}

static void
print(const struct ready *r)
{
	char line[48];
	int len;

	if (r->ino != 0)
		len = snprintf(line, sizeof(line), "%d:%ju\n", (int)r->pid,
		    (uintmax_t)r->ino);
	else
		len = snprintf(line, sizeof(line), "%d\n", (int)r->pid);
	if (file_write_all(STDOUT_FILENO, line, (size_t)len) == -1)
		fail_errno(EXIT_CANCELED, "standard output");
}

static _Noreturn void
wait_in_foreground(struct child *c, const sigset_t *mask)
{
	struct ready ready;
	int rc;

	fail_undone(); /* it is not to be killed: it has things to undo */
	fail_undo(release, c);
	if (sig_mask(mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "restoring signals");
	if ((rc = fail_receive(c->channel, &ready, sizeof(ready))) == -1)
		fail_errno(EXIT_CANCELED, "receiving from the supervisor");
	if (rc == 0)
		fail(EXIT_CANCELED,
		    "the supervisor died before the command ran");
	print(&ready);
	/* A command that has ended already needs no supervisor. */
	if (channel_send(c->channel, "", 1) == -1)
		fail_errno(EXIT_CANCELED, "answering the supervisor");
	exit(0);
}

void
daemon_begin(struct daemon *d, const sigset_t *mask)
{
	static struct child c;

	/* Open it now: later it may be out of reach. */
	if ((d->null = file_open_null()) == -1)
		fail_errno(EXIT_CANCELED, "/dev/null");
	if (!child_start(&c, 0))
		wait_in_foreground(&c, mask);
	d->foreground = c.channel;
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
	if (d->foreground == -1)
		return;
	if (!file_is_inherited(STDERR_FILENO) || isatty(STDERR_FILENO))
		replace(STDERR_FILENO, d->null);
	replace(STDOUT_FILENO, STDERR_FILENO);
	replace(STDIN_FILENO, d->null);
}

void
daemon_ready(const struct daemon *d, pid_t pid, uint64_t ino)
{
	const struct ready ready = { .pid = pid, .ino = ino };

	if (d->foreground == -1)
		return;
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		replace(fd, d->null);
	if (chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "/");
	if (channel_send(d->foreground, &ready, sizeof(ready)) == -1)
		fail_errno(
		    EXIT_CANCELED, "reporting to the foreground process");
}

bool
daemon_receive(struct daemon *d)
{
	char answer;
	ssize_t n = channel_receive(d->foreground, &answer, sizeof(answer));

	close(d->foreground);
	d->foreground = -1;
	if (n != 1)
		return false;
	/* From here on nobody reads what we might report. */
	fail_local();
	return true;
}
