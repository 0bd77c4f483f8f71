/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/init.h"
#include "lib/sig.h"

struct init {
	int line;      /* to the supervisor; -1 once it has gone */
	int signals;   /* signalfd */
	pid_t command; /* -1 once it has been reaped */
	int status;    /* its wait status then */
	bool stopped;
	int kill_sig;
	bool wait_all;
};

void
init_line(int line[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == -1)
		fail_errno(EXIT_CANCELED, "socket to the init");
}

static void
tell(struct init *in, enum init_kind kind, int status)
{
	struct init_event ev = { kind, status };
	ssize_t n;

	if (in->line == -1)
		return;
	do
		n = send(in->line, &ev, sizeof(ev), MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "reporting to the supervisor");
}

/* The last word: after it the kernel kills whatever else is here. */
static _Noreturn void
end(struct init *in)
{
	tell(in, INIT_ENDED, in->status);
	_exit(WIFEXITED(in->status) ? WEXITSTATUS(in->status) :
				      128 + WTERMSIG(in->status));
}

static void
note(struct init *in, pid_t pid, int status)
{
	if (pid != in->command)
		return;
	if (WIFSTOPPED(status)) {
		in->stopped = true;
		tell(in, INIT_STOPPED, WSTOPSIG(status));
	} else if (WIFCONTINUED(status)) {
		in->stopped = false;
		tell(in, INIT_CONTINUED, 0);
	} else {
		in->command = -1;
		in->status = status;
	}
}

/* Take note of every child that changed, and end when it is time to. */
static void
reap(struct init *in)
{
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED);
		if (pid == -1 && errno == EINTR)
			continue;
		if (pid <= 0)
			break;
		note(in, pid, status);
	}
	/* No children, though the command has not been reaped: not ours? */
	if (pid == -1 && (errno != ECHILD || in->command != -1))
		fail_errno(EXIT_CANCELED, "init: waiting for children");
	if (in->command == -1 && (!in->wait_all || pid == -1))
		end(in);
}

static void
pass_on(struct init *in, int sig)
{
	/* The terminal's group may have been continued before us. */
	if (sig == SIGCONT)
		reap(in);
	if (in->command != -1)
		kill(in->command, sig);
}

/* A stop that ended for the whole group is not to be ended once more. */
static void
resume(struct init *in)
{
	reap(in);
	if (in->stopped && in->command != -1)
		kill(in->command, SIGCONT);
}

static void
hear_supervisor(struct init *in)
{
	ssize_t n;
	int sig;

	do
		n = recv(in->line, &sig, sizeof(sig), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == (ssize_t)sizeof(sig)) {
		if (sig == -SIGCONT)
			resume(in);
		else
			pass_on(in, sig);
		return;
	}
	if (n == -1)
		fail_errno(EXIT_CANCELED, "hearing from the supervisor");
	/* The supervisor is dead. */
	if (in->kill_sig == SIGKILL)
		_exit(EXIT_CANCELED);
	if (in->kill_sig != 0)
		pass_on(in, in->kill_sig);
	close(in->line);
	in->line = -1;
}

/*
 * Signals that somebody inside sends to PID 1 are meant for the command.  From
 * outside (who has no PID here) they come to the whole process group, so they
 * have reached the command already: a shell's fg, for one.
 */
static void
hear_signal(struct init *in)
{
	struct signalfd_siginfo si;
	ssize_t n;

	do
		n = read(in->signals, &si, sizeof(si));
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "init: reading signals");
	if (si.ssi_signo == SIGCHLD)
		reap(in);
	else if (si.ssi_code <= 0 && si.ssi_pid != 0)
		pass_on(in, (int)si.ssi_signo);
}

static _Noreturn void
stay(struct init *in)
{
	struct pollfd fds[2];
	int n;

	for (;;) {
		fds[0] = (struct pollfd){ .fd = in->signals, .events = POLLIN };
		fds[1] = (struct pollfd){ .fd = in->line, .events = POLLIN };
		n = poll(fds, 2, -1);
		if (n == -1 && errno != EINTR)
			fail_errno(EXIT_CANCELED, "init: waiting");
		if (n <= 0)
			continue;
		/* The dead first: a signal must not reach a recycled PID. */
		if (fds[0].revents != 0)
			hear_signal(in);
		if (fds[1].revents != 0)
			hear_supervisor(in);
	}
}

void
init_become(
    const int line[2], const struct child *c, int kill_sig, bool wait_all)
{
	struct init in = {
		.line = line[1], .kill_sig = kill_sig, .wait_all = wait_all
	};
	sigset_t all;

	sig_all(&all);
	in.signals = signalfd(-1, &all, SFD_CLOEXEC);
	if (in.signals == -1)
		fail_errno(EXIT_CANCELED, "signalfd");
	if (kill_sig == SIGKILL)
		child_guard(c, SIGKILL);
	in.command = fork();
	if (in.command == -1)
		fail_errno(EXIT_CANCELED, "cannot start the command");
	if (in.command == 0) {
		close(in.signals);
		close(line[1]);
		return;
	}
	/* The line of the command must end when it executes. */
	fail_to(in.line);
	close(c->sock);
	prctl(PR_SET_NAME, "nskit-init");
	stay(&in);
}
