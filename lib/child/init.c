/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/child/init.h"
#include "lib/child/rest.h"
#include "lib/child/start.h"
#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/sig.h"

struct init {
	const struct init_request *r;
	int channel;   /* to the supervisor; -1 once it has gone */
	int signals;   /* signalfd */
	pid_t command; /* -1 once it has been reaped */
	int status;    /* its wait status then */
	bool executed; /* has it become another program? */
	int stopped;   /* by that signal, which the supervisor knows, or 0 */
	unsigned stop; /* how often it has been */
	bool reported; /* the last time; INIT_CHECK follows */
	struct rest rest;
	int asked_sig;	     /* the last that asked the command to end, or 0 */
	int64_t asked_at;    /* when that was */
	bool asked_all;	     /* and it was sent to all, not to the command */
	int64_t kill_at;     /* when all is over, 0: not known */
	int64_t grouped[65]; /* when our group got that signal, in ms */
};

#define TURN_MS 100
#define GROUPED_MS 1000 /* from our copy of a signal to the supervisor's */

void
init_channel(int end[2])
{
	if (channel_open(end) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "channel to the init");
}

static void
report(struct init *in, enum init_kind kind, int status)
{
	struct init_event ev = { kind, status, in->stop, in->executed };

	if (in->channel != -1 &&
	    channel_send(in->channel, &ev, sizeof(ev)) == -1)
		fail_errno(EXIT_CANCELED, "reporting to the supervisor");
}

/*
 * A kill(2) of a process group reaches the supervisor, us, and the command, if
 * that is still in the same group.
 */
static bool
shares_group(const struct init *in)
{
	return in->command != -1 && getpgid(in->command) == getpgrp();
}

/* Is SIG, that comes from the supervisor, one of which we had a copy? */
static bool
take_copy(struct init *in, int sig)
{
	int64_t *at = &in->grouped[sig];
	bool ours = *at != 0 && clock_ms() - *at <= GROUPED_MS;

	*at = 0;
	return ours;
}

/* Told once more to end, or alone, we do not wait for what is left. */
static bool
is_urgent(void *arg, int ms)
{
	struct init *in = arg;
	struct pollfd fds[] = { { .fd = in->channel, .events = POLLIN },
		{ .fd = in->signals, .events = POLLIN } };
	struct signalfd_siginfo si;
	struct init_order order;

	if (poll(fds, 2, ms) <= 0)
		return false;
	if (fds[0].revents != 0)
		return channel_receive(in->channel, &order, sizeof(order)) !=
		    (ssize_t)sizeof(order) ||
		    order.verb == INIT_KILL ||
		    (sig_asks_end(order.sig) && !take_copy(in, order.sig));
	return read(in->signals, &si, sizeof(si)) == (ssize_t)sizeof(si) &&
	    si.ssi_pid != 0 && sig_asks_end((int)si.ssi_signo);
}

/* As PID 1 the kernel kills whatever else is here after that. */
static _Noreturn void
end(struct init *in)
{
	int64_t deadline = in->asked_at + REST_GRACE_MS;
	bool asked = in->asked_sig != 0 && clock_ms() < deadline;

	if (asked && in->rest.pid1 && !in->asked_all) {
		kill(-1, in->asked_sig);
		kill(-1, SIGCONT);
	}
	rest_end(&in->rest, asked ? in->asked_sig : 0, deadline, is_urgent, in);
	report(in, INIT_ENDED, in->status);
	_exit(WIFEXITED(in->status) ? WEXITSTATUS(in->status) :
				      128 + WTERMSIG(in->status));
}

/* Nobody is left whom a status could be told. */
static _Noreturn void
end_at_once(struct init *in)
{
	if (in->command != -1 && in->r->joined) {
		kill(in->command, SIGKILL);
		(void)proc_reap(in->command, NULL);
	}
	rest_end(&in->rest, 0, 0, is_urgent, in);
	_exit(EXIT_CANCELED);
}

/* Of a child, setpgid(2) is refused once it has executed something. */
bool
init_has_executed(pid_t pid)
{
	return setpgid(pid, 0) == -1 && errno != ESRCH;
}

static void
note(struct init *in, pid_t pid, int status)
{
	if (pid != in->command)
		return;
	if (WIFCONTINUED(status)) {
		in->stopped = 0;
		in->reported = false;
		report(in, INIT_CONTINUED, 0);
	} else {
		in->command = -1;
		in->status = status;
	}
}

/*
 * The signal by which the command is stopped at this moment; 0: it is not, or
 * the stop was taken before.  FLAGS: WNOWAIT, not to take it.
 */
static int
stopped_now(const struct init *in, int flags)
{
	siginfo_t si = { .si_pid = 0 };

	if (in->command == -1 ||
	    waitid(P_PID, (id_t)in->command, &si, WSTOPPED | WNOHANG | flags) ==
		-1 ||
	    si.si_pid != in->command)
		return 0;
	return si.si_status;
}

/*
 * Report a stop with WNOWAIT and consume it only when the supervisor asks
 * whether the command is still stopped: until then it can be seen just as long
 * as the command is.  To remember it would not do: that a command has been
 * continued cannot be seen any more once it has got a signal that ends it.
 */
static void
report_stop(struct init *in)
{
	int sig = in->reported ? 0 : stopped_now(in, WNOWAIT);

	if (sig == 0)
		return;
	in->reported = true;
	in->stop++;
	report(in, INIT_STOPPED, sig);
}

/* Once the command has been reaped nobody can tell any more. */
static void
look(struct init *in)
{
	siginfo_t si = { .si_pid = 0 };

	if (!in->r->asked || in->executed || in->command == -1)
		return;
	if (waitid(P_PID, (id_t)in->command, &si,
		WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
	    si.si_pid == in->command)
		in->executed = init_has_executed(in->command);
}

/* Take note of every child that changed, and end when it is time to. */
static void
reap(struct init *in)
{
	int status;
	pid_t pid;

	for (;;) {
		look(in);
		pid = waitpid(-1, &status, WNOHANG | WCONTINUED);
		if (pid == -1 && errno == EINTR)
			continue;
		if (pid <= 0)
			break;
		note(in, pid, status);
	}
	/* No children, though the command has not been reaped: not ours? */
	if (pid == -1 && (errno != ECHILD || in->command != -1))
		fail_errno(EXIT_CANCELED, "init: waiting for children");
	if (in->command == -1 && (!in->r->wait_all || pid == -1))
		end(in);
	report_stop(in);
}

/* The command, or (ALL) everything, is told to end; what it leaves will be. */
static void
note_asked(struct init *in, int sig, bool all)
{
	in->asked_sig = sig;
	in->asked_at = clock_ms();
	in->asked_all = all;
}

static void
pass_on(struct init *in, int sig)
{
	/* The terminal's group may have been continued before us. */
	if (sig == SIGCONT)
		reap(in);
	if (sig_asks_end(sig))
		note_asked(in, sig, false);
	if (in->command != -1)
		kill(in->command, sig);
	else if (in->rest.pid1)
		kill(-1, sig);
}

/* All get SIG, those in a namespace of ours at once. */
static void
ask_all(struct init *in, int sig)
{
	const pid_t whom = in->rest.pid1 ? -1 : in->command;

	note_asked(in, sig, true);
	if (whom == -1 && !in->rest.pid1)
		return;
	kill(whom, sig);
	kill(whom, SIGCONT);
}

/* Has the command got SIG already? */
static bool
has_got(struct init *in, int sig)
{
	return take_copy(in, sig) && sig != SIGCONT && shares_group(in);
}

/*
 * A stop that ended for the whole group is not to be ended once more, and not
 * the next one in its place.
 */
static void
resume(struct init *in, unsigned stop)
{
	reap(in);
	if (in->stopped != 0 && in->stop == stop && in->command != -1)
		kill(in->command, SIGCONT);
}

/* Does the command stay stopped? */
static void
check(struct init *in)
{
	int sig;

	reap(in);
	in->reported = false;
	if ((sig = stopped_now(in, 0)) == 0)
		return;
	in->stopped = sig;
	report(in, INIT_STAYS, sig);
}

static void
obey(struct init *in, const struct init_order *order)
{
	switch (order->verb) {
	case INIT_PASS:
		if (!has_got(in, order->sig))
			pass_on(in, order->sig);
		break;
	case INIT_RESUME:
		resume(in, order->stop);
		break;
	case INIT_CHECK:
		check(in);
		break;
	case INIT_END:
		ask_all(in, order->sig);
		break;
	case INIT_KILL:
		in->asked_sig = 0;
		if (in->command != -1)
			kill(in->command, SIGKILL);
		break;
	case INIT_ASK:
		if (in->command != -1 && init_has_executed(in->command)) {
			in->executed = true;
			report(in, INIT_EXECUTED, 0);
		}
		break;
	}
}

static void
receive_order(struct init *in)
{
	struct init_order order;
	ssize_t n = channel_receive(in->channel, &order, sizeof(order));

	if (n == (ssize_t)sizeof(order)) {
		obey(in, &order);
		return;
	}
	if (n == -1)
		fail_errno(EXIT_CANCELED, "receiving from the supervisor");
	/* The supervisor is dead. */
	close(in->channel);
	in->channel = -1;
	if (in->r->kill_sig == SIGKILL)
		end_at_once(in);
	if (sig_asks_end(in->r->kill_sig)) {
		ask_all(in, in->r->kill_sig);
		in->kill_at = clock_ms() + REST_GRACE_MS;
	} else if (in->r->kill_sig != 0) {
		pass_on(in, in->r->kill_sig);
	}
}

/* The command may end by it before the supervisor tells us of it. */
static void
note_copy(struct init *in, int sig)
{
	in->grouped[sig] = clock_ms();
	if (sig_asks_end(sig) && shares_group(in))
		note_asked(in, sig, false);
}

/*
 * A signal from inside to PID 1 is meant for the command.  One from outside,
 * where the sender has no process ID that is known here, was sent to the whole
 * process group, so it has reached the command already: a shell's fg, for one.
 * Only the kernel says SI_USER: with any other code the process ID is what the
 * sender says (rt_sigqueueinfo(2)).
 */
static void
take_signal(struct init *in, const struct signalfd_siginfo *si)
{
	int sig = (int)si->ssi_signo;

	if (sig == SIGCHLD)
		reap(in);
	else if (si->ssi_code == SI_USER && si->ssi_pid == 0)
		note_copy(in, sig);
	else if (si->ssi_code <= 0)
		pass_on(in, sig);
}

static void
read_signals(struct init *in)
{
	struct signalfd_siginfo si[16];
	ssize_t n;

	for (;;) {
		n = read(in->signals, si, sizeof(si));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && errno == EAGAIN)
			return;
		if (n == -1)
			fail_errno(EXIT_CANCELED, "init: reading signals");
		for (size_t i = 0; i < (size_t)n / sizeof(si[0]); i++)
			take_signal(in, &si[i]);
	}
}

static _Noreturn void
stay(struct init *in)
{
	struct pollfd fds[2];
	int n;

	for (;;) {
		fds[0] = (struct pollfd){ .fd = in->signals, .events = POLLIN };
		fds[1] = (struct pollfd){ .fd = in->channel, .events = POLLIN };
		n = poll(fds, 2, in->kill_at == 0 ? -1 : TURN_MS);
		if (n == -1 && errno != EINTR)
			fail_errno(EXIT_CANCELED, "init: waiting");
		if (in->kill_at != 0 && clock_ms() >= in->kill_at)
			end_at_once(in);
		if (n <= 0)
			continue;
		/* The dead first: a signal must not reach a recycled PID. */
		if (fds[0].revents != 0 || fds[1].revents != 0)
			read_signals(in);
		if (fds[1].revents != 0)
			receive_order(in);
	}
}

void
init_become(
    const int end[2], const struct child *c, const struct init_request *r)
{
	static struct init in;
	struct start s = { .r = r, .init = getpid(), .channel = end[1] };
	sigset_t all;

	in.r = r;
	in.channel = end[1];
	sig_all(&all);
	in.signals = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
	if (in.signals == -1)
		fail_errno(EXIT_CANCELED, "signalfd");
	s.signals = in.signals;
	child_guard(c, r->kill_sig == SIGKILL && !r->joined ? SIGKILL : 0);
	in.rest = (struct rest){
		.on = true, .pid1 = !r->joined, .inside = true
	};
	if (r->joined)
		rest_adopt(&in.rest);
	in.command = start_process(&s);
	/* What our group gets from here on the command gets, too. */
	read_signals(&in);
	memset(in.grouped, 0, sizeof(in.grouped));
	start_open(&s, c);
	fail_to(in.channel);
	stay(&in);
}
