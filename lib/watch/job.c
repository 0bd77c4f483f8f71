/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pidns.h"
#include "lib/sig.h"
#include "lib/uapi.h"
#include "lib/watch/job.h"

static void
order_init(struct job *j, enum init_verb verb, int sig)
{
	const struct init_order order = { verb, sig, j->stop };

	if (channel_send(j->init, &order, sizeof(order)) == -1)
		fail_errno(EXIT_CANCELED, "passing a signal on");
}

/* SIG, or what does the same to a command that is PID 1, by BY. */
static void
signal_child(struct job *j, int sig, int by)
{
	if (by != sig && by == SIGSTOP)
		j->stopped_for = sig;
	else if (by != sig)
		j->killed_for = sig;
	child_signal(j->c, by);
}

void
job_pass(struct job *j, enum init_verb verb, int sig)
{
	int by;

	if (j->init != -1) {
		order_init(j, verb, sig);
		return;
	}
	by = pidns_instead(j->c->pid, sig);
	signal_child(j, sig, by != 0 ? by : sig);
}

void
job_share(struct job *j, int sig)
{
	int by;

	if (j->init != -1 || getpgid(j->c->pid) != getpgrp())
		return;
	by = pidns_instead(j->c->pid, sig);
	if (by != 0)
		signal_child(j, sig, by);
}

/* The child failed and said why: undo, say it, be gone. */
static _Noreturn void
child_failed(const struct fail_report *report)
{
	fail(report->status, "%s", report->line);
}

/*
 * What is held of the caller's is the command's to close: a pipe ends when the
 * command closes it.  Standard error is for what we might have to say, and the
 * working directory is what terminals ask their foreground process for.
 */
static void
release_caller(const struct job *j)
{
	const struct handover *h = j->h;
	int keep[] = { j->signals, j->init, j->c->pidfd, j->c->channel,
		h == NULL ? -1 : h->status.fd, h == NULL ? -1 : h->pidfile.dir,
		h == NULL ? -1 : h->pidfile.fd,
		h == NULL ? -1 : h->background.foreground,
		h == NULL ? -1 : h->background.null };
	int null = h == NULL ? -1 : h->background.null, held = null;

	file_close_others(keep, sizeof(keep) / sizeof(keep[0]));
	/* Neither read nor written, and opened sooner than /dev/null. */
	if (null == -1 && (held = uapi_open("/", O_PATH | O_CLOEXEC)) == -1)
		return;
	dup2(held, STDIN_FILENO);
	dup2(held, STDOUT_FILENO);
	if (null == -1)
		close(held);
}

static void
now_executed(struct job *j)
{
	if (j->executed)
		return;
	j->executed = true;
	/* What was made for the command is the command's, but for itself. */
	fail_undone();
	fail_undo(child_destroy, j->c);
	if (j->h != NULL)
		handover_ready(j->h);
	release_caller(j);
}

/* The channel has ended: by execve(2), or because the process is dead. */
static void
channel_ended(struct job *j)
{
	fail_prefer_report(-1);
	close(j->c->channel);
	j->c->channel = -1;
	if (!j->executing || j->executed)
		return;
	if (j->h == NULL || !j->h->wanted)
		now_executed(j);
	else if (j->init != -1)
		order_init(j, INIT_ASK, 0);
	else if (init_has_executed(j->c->pid))
		now_executed(j);
}

/* The command is ready to be looked at. */
static void
shown(struct job *j, pid_t pid)
{
	/* Of one that has gone we are about to hear why. */
	if (handover_give(j->h, pid, j->c->channel) == -1)
		return;
	if (j->h->hold == -1)
		child_release(j->c);
}

void
job_receive_child(struct job *j)
{
	static struct fail_report report;
	pid_t pid;

	for (;;) {
		switch (child_receive(j->c, &report, &pid, true)) {
		case CHILD_FAILED:
			child_failed(&report);
		case CHILD_SHOWN:
			shown(j, pid);
			continue;
		case CHILD_EXECUTES:
			j->executing = true;
			continue;
		case CHILD_CLOSED:
			channel_ended(j);
			return;
		case CHILD_NONE:
			return;
		}
	}
}

/* Told once more to end we do not wait for what is left. */
static bool
is_urgent(void *arg, int ms)
{
	const struct job *j = arg;
	struct pollfd fd = { .fd = j->signals, .events = POLLIN };
	struct signalfd_siginfo si;

	return poll(&fd, 1, ms) == 1 &&
	    read(j->signals, &si, sizeof(si)) == (ssize_t)sizeof(si) &&
	    sig_asks_end((int)si.ssi_signo);
}

/*
 * What the command leaves gets the signal that ended the command, if one did,
 * and time to end by itself.
 */
static void
end_rest(struct job *j)
{
	int64_t deadline = j->told.at + REST_GRACE_MS;
	bool told = j->told.sig != 0 && clock_ms() < deadline;

	rest_end(j->rest, told ? j->told.sig : 0, deadline, is_urgent, j);
}

static _Noreturn void
finish(struct job *j, int wstatus)
{
	end_rest(j);
	if (j->h != NULL)
		handover_ended(j->h, wstatus, j->executed);
	/* What was kept for a command that never ran is let go of. */
	if (j->executed)
		fail_undone();
	else
		fail_roll_back();
	if (j->timed_out)
		exit(EXIT_TIMEDOUT);
	if (WIFEXITED(wstatus))
		exit(WEXITSTATUS(wstatus));
	if (WTERMSIG(wstatus) == SIGKILL && j->killed_for != 0)
		sig_die(j->killed_for);
	sig_die(WTERMSIG(wstatus));
}

static void
add_status(struct job *j, const char *what, const char *sig)
{
	if (j->h != NULL && j->executed)
		status_add(&j->h->status, "%s%s", what, sig);
}

/*
 * The command stopped with SIG: so do we, until somebody continues us.  A
 * shell's fg continues the whole group: then the command runs already.  The
 * timer of --timeout wakes us alone: what ends the command continues it, too.
 */
static void
stop_too(struct job *j, int sig)
{
	struct timespec zero = { 0, 0 };
	siginfo_t si;
	sigset_t cont;
	bool instead = sig == SIGSTOP && j->stopped_for != 0;

	if (instead)
		sig = j->stopped_for;
	j->stopped_for = 0;
	j->stopped = true;
	add_status(j, "stop ", sig_name(sig));
	/* In the background nobody would continue us. */
	if (j->awake || (j->h != NULL && j->h->detached))
		return;
	sig_obey(sig);
	sigemptyset(&cont);
	sigaddset(&cont, SIGCONT);
	if (sigtimedwait(&cont, &si, &zero) == SIGCONT)
		j->resume = si.si_code != SI_TIMER;
	else /* Nobody has job control, and it stops nobody (setpgid(2)). */
		j->resume = instead;
}

/* It may have ended by the time we could see that it was continued. */
static void
continued(struct job *j)
{
	if (j->stopped)
		add_status(j, "continue", "");
	j->stopped = false;
}

/* An event of the command, from an init that is ALIVE or has just ended. */
static void
take_event(struct job *j, const struct init_event *ev, bool alive)
{
	if (ev->executed)
		now_executed(j);
	switch (ev->kind) {
	case INIT_STOPPED:
		if (alive)
			order_init(j, INIT_CHECK, 0);
		break;
	case INIT_STAYS:
		if (!alive || ev->stop == j->stop)
			break;
		j->stop = ev->stop;
		stop_too(j, ev->status);
		if (j->resume) {
			order_init(j, INIT_RESUME, SIGCONT);
			continued(j);
		}
		j->resume = false;
		break;
	case INIT_CONTINUED:
		continued(j);
		break;
	case INIT_EXECUTED:
		break;
	case INIT_ENDED:
		j->ended = true;
		j->wstatus = ev->status;
		break;
	}
}

/* The next message of the init; false if there is none now. */
static bool
receive_init(struct job *j, bool alive)
{
	static union {
		struct init_event event;
		struct fail_report report;
	} m;
	ssize_t n = channel_receive_now(j->init, &m, sizeof(m));

	if (n == -1 && errno == EAGAIN)
		return false;
	if (n == -1)
		fail_errno(EXIT_CANCELED, "receiving from the init");
	if (fail_is_report(&m.report, n))
		child_failed(&m.report);
	if (n == sizeof(m.event)) {
		take_event(j, &m.event, alive);
		return true;
	}
	/* It is gone: SIGCHLD comes. */
	close(j->init);
	j->init = -1;
	j->c->joined = false;
	return false;
}

void
job_receive_init(struct job *j)
{
	receive_init(j, true);
}

/* What a child reported before it ended tells why it did. */
static void
receive_last(struct job *j)
{
	if (j->c->channel != -1)
		job_receive_child(j);
	while (j->init != -1 && receive_init(j, false))
		continue;
}

/*
 * We were continued; the command is, unless it has been: a shell's fg continues
 * the whole group.
 */
static void
continue_too(struct job *j)
{
	siginfo_t si = { .si_pid = 0 };

	j->resume = false;
	/* Also not if it has stopped anew. */
	while (waitid(P_PID, (id_t)j->c->pid, &si,
		   WCONTINUED | WSTOPPED | WEXITED | WNOHANG | WNOWAIT) == -1 &&
	    errno == EINTR)
		continue;
	if (si.si_pid == 0)
		child_signal(j->c, SIGCONT);
	continued(j);
}

static void
note(struct job *j, int wstatus)
{
	if (WIFSTOPPED(wstatus) && j->init == -1) {
		stop_too(j, WSTOPSIG(wstatus));
		if (j->resume)
			continue_too(j);
	} else if (WIFCONTINUED(wstatus) && j->init == -1) {
		continued(j);
	} else if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) {
		j->c->pid = -1;
		finish(j, j->ended ? j->wstatus : wstatus);
	}
}

void
job_reap(struct job *j)
{
	siginfo_t si;
	int wstatus;

	for (;;) {
		si.si_pid = 0;
		if (waitid(P_ALL, 0, &si,
			WEXITED | WSTOPPED | WCONTINUED | WNOHANG | WNOWAIT) ==
		    -1) {
			if (errno == EINTR)
				continue;
			fail_errno(EXIT_CANCELED, "waiting for the command");
		}
		if (si.si_pid == 0)
			break;
		/* Once it has been reaped it cannot be asked any more. */
		if (si.si_pid == j->c->pid && si.si_code != CLD_STOPPED &&
		    si.si_code != CLD_CONTINUED)
			receive_last(j);
		if (waitpid(si.si_pid, &wstatus,
			WNOHANG | WUNTRACED | WCONTINUED) == j->c->pid)
			note(j, wstatus);
	}
}
