/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/sig.h"
#include "lib/watch/job.h"

static void
order_init(struct job *l, enum init_verb verb, int sig)
{
	struct init_order order = { verb, sig, l->stop };
	ssize_t n;

	do
		n = send(l->line, &order, sizeof(order), MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "passing a signal on");
}

void
job_pass(struct job *l, enum init_verb verb, int sig)
{
	if (l->line != -1)
		order_init(l, verb, sig);
	else
		child_signal(l->c, sig);
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
let_go(const struct job *l)
{
	int keep[9] = { l->signals, l->line, l->c->pidfd, l->c->sock, -1, -1,
		-1, -1, -1 };
	int null;

	if (l->h != NULL) {
		keep[4] = l->h->status.fd;
		keep[5] = l->h->pidfile.dir;
		keep[6] = l->h->background.front;
		keep[8] = l->h->pidfile.fd;
		keep[7] = l->h->background.null;
	}
	file_close_others(keep, sizeof(keep) / sizeof(keep[0]));
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) == -1)
		return;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	close(null);
}

static void
now_executed(struct job *l)
{
	if (l->executed)
		return;
	l->executed = true;
	/* What was made for the command is the command's, but for itself. */
	fail_undone();
	fail_undo(child_destroy, l->c);
	if (l->h != NULL)
		handover_ready(l->h);
	let_go(l);
}

/* The line has ended: by execve(2), or because the process is dead. */
static void
line_ended(struct job *l)
{
	fail_prefer_report(-1);
	close(l->c->sock);
	l->c->sock = -1;
	if (!l->executing || l->executed)
		return;
	if (l->h == NULL || !l->h->wanted)
		now_executed(l);
	else if (l->line != -1)
		order_init(l, INIT_ASK, 0);
	else if (init_has_executed(l->c->pid))
		now_executed(l);
}

/* The command is ready to be looked at. */
static void
shown(struct job *l, pid_t pid)
{
	/* Of one that has gone we are about to hear why. */
	if (handover_give(l->h, pid, l->c->sock) == -1)
		return;
	if (l->h->hold == -1)
		child_release(l->c);
}

void
job_hear_child(struct job *l)
{
	static struct fail_report report;
	pid_t pid;

	for (;;) {
		switch (child_hear(l->c, &report, &pid)) {
		case CHILD_FAILED:
			child_failed(&report);
		case CHILD_SHOWN:
			shown(l, pid);
			continue;
		case CHILD_EXECUTES:
			l->executing = true;
			continue;
		case CHILD_SILENT:
			line_ended(l);
			return;
		case CHILD_NOTHING:
			return;
		}
	}
}

static _Noreturn void
end_like(int wstatus)
{
	if (WIFEXITED(wstatus))
		exit(WEXITSTATUS(wstatus));
	sig_die(WTERMSIG(wstatus));
}

static _Noreturn void
finish(struct job *l, int wstatus)
{
	if (l->h != NULL)
		handover_ended(l->h, wstatus, l->executed);
	/* What was kept for a command that never ran is let go of. */
	if (l->executed)
		fail_undone();
	else
		fail_take_back();
	if (l->timed_out)
		exit(EXIT_TIMEDOUT);
	end_like(wstatus);
}

static void
tell(struct job *l, const char *what, const char *sig)
{
	if (l->h != NULL && l->executed)
		status_say(&l->h->status, "%s%s", what, sig);
}

/*
 * The command stopped with SIG: so do we, until somebody continues us.  A
 * shell's fg continues the whole group: then the command runs already.
 */
static void
stop_too(struct job *l, int sig)
{
	struct timespec zero = { 0, 0 };
	sigset_t cont;

	l->stopped = true;
	tell(l, "stop ", sig_name(sig));
	/* In the background nobody would continue us. */
	if (l->h != NULL && l->h->detached)
		return;
	sig_obey(sig);
	sigemptyset(&cont);
	sigaddset(&cont, SIGCONT);
	if (sigtimedwait(&cont, NULL, &zero) == SIGCONT)
		l->resume = true;
}

/* It may have ended by the time we could see that it was continued. */
static void
continued(struct job *l)
{
	if (l->stopped)
		tell(l, "continue", "");
	l->stopped = false;
}

/* The next word of the init; false if there is none now. */
static bool
hear_init(struct job *l, bool alive)
{
	static union {
		struct init_event event;
		struct fail_report report;
	} word;
	ssize_t n;

	do
		n = recv(l->line, &word, sizeof(word), MSG_DONTWAIT);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1 && errno == EAGAIN)
		return false;
	if (n == -1)
		fail_errno(EXIT_CANCELED, "hearing from the init");
	if (n == sizeof(word.report))
		child_failed(&word.report);
	if (n == sizeof(word.event) && word.event.executed)
		now_executed(l);
	if (n != sizeof(word.event)) { /* it is gone: SIGCHLD comes */
		close(l->line);
		l->line = -1;
	} else if (word.event.kind == INIT_STOPPED && alive) {
		order_init(l, INIT_CHECK, 0);
	} else if (word.event.kind == INIT_STAYS && alive &&
	    word.event.stop != l->stop) {
		l->stop = word.event.stop;
		stop_too(l, word.event.status);
		if (l->resume) {
			order_init(l, INIT_RESUME, SIGCONT);
			continued(l);
		}
		l->resume = false;
	} else if (word.event.kind == INIT_CONTINUED) {
		continued(l);
	} else if (word.event.kind == INIT_ENDED) {
		l->ended = true;
		l->wstatus = word.event.status;
	}
	return l->line != -1;
}

void
job_hear_init(struct job *l)
{
	hear_init(l, true);
}

/* What a child said before it ended tells why it did. */
static void
hear_last_words(struct job *l)
{
	if (l->c->sock != -1)
		job_hear_child(l);
	while (l->line != -1 && hear_init(l, false))
		continue;
}

/*
 * We were continued; the command is, unless it has been: a shell's fg continues
 * the whole group.
 */
static void
continue_too(struct job *l)
{
	siginfo_t si = { .si_pid = 0 };

	l->resume = false;
	/* Also not if it has stopped anew. */
	while (waitid(P_PID, (id_t)l->c->pid, &si,
		   WCONTINUED | WSTOPPED | WEXITED | WNOHANG | WNOWAIT) == -1 &&
	    errno == EINTR)
		continue;
	if (si.si_pid == 0)
		child_signal(l->c, SIGCONT);
	continued(l);
}

static void
note(struct job *l, int wstatus)
{
	if (WIFSTOPPED(wstatus) && l->line == -1) {
		stop_too(l, WSTOPSIG(wstatus));
		if (l->resume)
			continue_too(l);
	} else if (WIFCONTINUED(wstatus) && l->line == -1) {
		continued(l);
	} else if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus)) {
		l->c->pid = -1;
		finish(l, l->ended ? l->wstatus : wstatus);
	}
}

void
job_reap(struct job *l)
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
		/* Is it there to be asked no more, once it has been reaped. */
		if (si.si_pid == l->c->pid && si.si_code != CLD_STOPPED &&
		    si.si_code != CLD_CONTINUED)
			hear_last_words(l);
		if (waitpid(si.si_pid, &wstatus,
			WNOHANG | WUNTRACED | WCONTINUED) == l->c->pid)
			note(l, wstatus);
	}
}
