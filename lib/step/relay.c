/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/sig.h"
#include "lib/step/relay.h"

#define CLOSED_MS 100 /* a poll(2) of the master would not wait */
#define LATER_MS 300  /* than the supervisor, who ends the command */

/* What was typed last; a report is where the terminal says its cursor is. */
enum escape { ESCAPE_NEWLINE, ESCAPE_REPORT, ESCAPE_TILDE, ESCAPE_NONE };

struct relay {
	const struct pty *p;
	pid_t child;
	int signals;
	int master;	  /* -1: not here yet */
	bool closed;	  /* nobody has its other end open */
	bool raw;	  /* the caller's terminal is */
	bool started;	  /* there was a master */
	int input;	  /* -1: it has ended */
	int64_t deadline; /* of clock_ms: nothing stops us any more; 0: none */
	enum escape escape;
	size_t n; /* bytes that are still to be typed */
	char typed[4096];
};

static void
set_raw(struct relay *r, bool raw)
{
	struct termios t = r->p->termios;

	if (!r->p->at_terminal || r->raw == raw || !r->started)
		return;
	/* Woken to end in the background, where it would stop us again. */
	if (raw && r->deadline != 0 && clock_ms() >= r->deadline &&
	    tcgetpgrp(STDIN_FILENO) != getpgrp())
		return;
	if (raw)
		cfmakeraw(&t);
	r->raw = tcsetattr(STDIN_FILENO, TCSADRAIN, &t) == 0 ? raw : r->raw;
}

/* A struct relay *; also where we fail. */
static void
restore(void *relay)
{
	set_raw(relay, false);
}

static void
resize(struct relay *r)
{
	struct winsize size;

	if (r->master != -1 && ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
		ioctl(r->master, TIOCSWINSZ, &size);
}

/* Stop as the child did, or was asked to; and go on with it. */
static void
stop(struct relay *r)
{
	set_raw(r, false);
	kill(r->child, SIGSTOP);
	sig_obey(SIGSTOP);
	set_raw(r, true);
	resize(r);
	kill(r->child, SIGCONT);
}

/* What has been printed up to now. */
static void
drain(struct relay *r)
{
	char buf[4096];
	ssize_t n;

	while (
	    r->master != -1 && (n = read(r->master, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		/*
		 * Were ours closed now a command that has closed its own, but
		 * has not ended, would be hung up.  It may open one again.
		 */
		r->closed = n == -1 && errno != EAGAIN;
		if (n == -1)
			return;
		/* Whose reader has gone the command is told, by a signal. */
		if (file_write_all(STDOUT_FILENO, buf, (size_t)n) == -1 &&
		    errno != EPIPE && errno != EIO)
			fail_errno(EXIT_CANCELED, "standard output");
	}
}

/*
 * What the child sends: the terminal, or that it has failed.  Returns false
 * when there is no more to come.
 */
static bool
receive(struct relay *r)
{
	static struct fail_report report;
	int files[CHANNEL_FILES_MAX];
	size_t n = 0;
	ssize_t len;

	len = channel_receive_files(
	    r->p->channel, &report, sizeof(report), files, &n);
	if (len == -1)
		fail_errno(EXIT_CANCELED, "--pty: receiving the terminal");
	if (len > 0 && fail_is_report(&report, len))
		fail(report.status, "%s", report.line);
	if (len == 1 && n == 1) {
		r->master = files[0];
		r->started = true;
		set_raw(r, true);
	}
	return len > 0;
}

static _Noreturn void
end(struct relay *r, int status)
{
	/* Nothing else has the other end: what comes now is the last. */
	while (receive(r))
		continue;
	drain(r);
	set_raw(r, false);
	if (WIFSIGNALED(status))
		sig_die(WTERMSIG(status));
	_exit(WEXITSTATUS(status));
}

static void
look_at_child(struct relay *r)
{
	int status;
	pid_t pid;

	do {
		pid = waitpid(r->child, &status, WNOHANG | WUNTRACED);
		if (pid > 0 && WIFSTOPPED(status))
			stop(r);
		else if (pid > 0)
			end(r, status);
	} while (pid > 0 || (pid == -1 && errno == EINTR));
	if (pid == -1)
		fail_errno(EXIT_CANCELED, "--pty: waiting for the command");
}

static void
take_signal(struct relay *r)
{
	struct signalfd_siginfo si;

	if (read(r->signals, &si, sizeof(si)) != sizeof(si))
		return;
	switch (si.ssi_signo) {
	case SIGCHLD:
		look_at_child(r);
		break;
	case SIGWINCH:
		resize(r);
		break;
	case SIGTSTP:
		stop(r);
		break;
	case SIGCONT:
		set_raw(r, true);
		break;
	default:
		kill(r->child, (int)si.ssi_signo);
	}
}

/*
 * What BYTE makes of the state BEFORE.  A line begins still after a report,
 * ESC [ ROW ; COLUMN R, for which busybox's shell asks at each prompt.
 */
static enum escape
next_escape(enum escape before, char byte)
{
	bool reports = before == ESCAPE_REPORT;

	if (byte == '\r' || byte == '\n' || (reports && byte == 'R'))
		return ESCAPE_NEWLINE;
	if ((before == ESCAPE_NEWLINE && byte == '\033') ||
	    (reports && byte != '\0' && strchr("[;0123456789", byte) != NULL))
		return ESCAPE_REPORT;
	return ESCAPE_NONE;
}

/* A byte that was typed; false: it is not for the command. */
static bool
passes(struct relay *r, char byte)
{
	enum escape before = r->escape;

	r->escape = next_escape(before, byte);
	if (!r->p->at_terminal)
		return true;
	if (before == ESCAPE_NEWLINE && byte == '~') {
		r->escape = ESCAPE_TILDE;
		return false;
	}
	if (before != ESCAPE_TILDE || byte == '~')
		return true;
	if (byte == '.' || byte == ('Z' & 037)) {
		r->escape = ESCAPE_NEWLINE;
		if (byte != '.')
			stop(r);
		else
			kill(r->child, SIGHUP);
		return false;
	}
	r->typed[r->n++] = '~';
	return true;
}

static void
take_input(struct relay *r)
{
	char buf[sizeof(r->typed) / 2];
	ssize_t n = read(r->input, buf, sizeof(buf));

	if (n == -1 && (errno == EINTR || errno == EAGAIN))
		return;
	for (ssize_t i = 0; i < n; i++)
		if (passes(r, buf[i]))
			r->typed[r->n++] = buf[i];
	if (n > 0)
		return;
	/*
	 * A terminal that has gone is a hangup; a file that ends is ^D, and one
	 * more to end a line that is not complete.
	 */
	r->input = -1;
	if (r->p->at_terminal) {
		kill(r->child, SIGHUP);
		return;
	}
	if (r->escape != ESCAPE_NEWLINE)
		r->typed[r->n++] = 'D' & 037;
	r->typed[r->n++] = 'D' & 037;
}

static void
type(struct relay *r)
{
	ssize_t n = write(r->master, r->typed, r->n);

	if (n <= 0)
		return;
	r->n -= (size_t)n;
	memmove(r->typed, r->typed + n, r->n);
}

static void
turn(struct relay *r)
{
	struct pollfd fds[] = {
		{ .fd = r->signals, .events = POLLIN },
		{ .fd = r->started ? -1 : r->p->channel, .events = POLLIN },
		{ .fd = r->closed ? -1 : r->master, .events = POLLIN },
		{ .fd = r->master != -1 && !r->closed && r->n == 0 ? r->input :
								     -1,
		    .events = POLLIN },
	};

	if (r->n > 0)
		fds[2].events |= POLLOUT;
	if (poll(fds, sizeof(fds) / sizeof(fds[0]),
		r->closed ? CLOSED_MS : -1) == -1) {
		if (errno != EINTR)
			fail_errno(EXIT_CANCELED, "--pty: waiting");
		return;
	}
	if (fds[1].revents & POLLIN)
		receive(r);
	if (fds[2].revents & POLLOUT)
		type(r);
	if (r->closed || (fds[2].revents & (POLLIN | POLLHUP | POLLERR)))
		drain(r);
	if (fds[3].revents != 0)
		take_input(r);
	if (fds[0].revents != 0)
		take_signal(r);
}

/* Signals are ours to pass on, but for those that are about our terminal. */
int
relay_signals(sigset_t *own)
{
	sigset_t set;

	sig_all(&set);
	sigdelset(&set, SIGTTIN);
	sigdelset(&set, SIGTTOU);
	if (sig_mask(&set, own) == -1)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void
relay_run(const struct pty *p, pid_t child, int signals, int64_t timeout)
{
	static struct relay r = { .master = -1, .input = STDIN_FILENO };
	int keep[] = { signals, p->channel };

	r.p = p;
	r.child = child;
	r.signals = signals;
	if (timeout != 0 && sig_wake(timeout + LATER_MS))
		r.deadline = clock_ms() + timeout;
	fail_undo(restore, &r);
	/* What else the caller has opened is the command's to close. */
	file_close_others(keep, sizeof(keep) / sizeof(keep[0]));
	for (;;)
		turn(&r);
}
