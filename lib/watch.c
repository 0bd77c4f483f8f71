/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/handover.h"
#include "lib/init.h"
#include "lib/sig.h"
#include "lib/watch.h"

#define GRACE_MS 5000 /* between the timeout's signal and SIGKILL */

void
watch_begin(struct watch *w)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t all;

	sig_all(&all);
	if (sig_mask(&all, &w->mask) == -1 ||
	    sigaction(SIGCHLD, &dfl, &w->chld) == -1)
		fail_errno(EXIT_CANCELED, "blocking signals");
}

void
watch_restore(const struct watch *w)
{
	if (sigaction(SIGCHLD, &w->chld, NULL) == -1 ||
	    sig_mask(&w->mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "restoring signals");
}

/* One life of the command, as the supervisor sees it. */
struct life {
	const struct watch *w;
	const struct watch_request *r;
	struct child *c;
	struct handover *h; /* or NULL: nobody else is told */
	int signals;	    /* signalfd */
	int line;	    /* to the init, or -1 */
	bool executing;	    /* the child said so */
	bool executed;	    /* and its line has ended as it does by execve(2) */
	bool stopped;	    /* the command, without an init */
	unsigned stop;	    /* the init's number of our last stop */
	bool resume;	    /* we were continued: so should it be */
	bool ended;	    /* the init told how: */
	int wstatus;
	uint64_t waiting; /* signals kept until the command runs */
	int64_t deadline; /* CLOCK_MONOTONIC in ms, 0: none */
	bool timed_out;
};

static int64_t
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static uint64_t
bit(int sig)
{
	return UINT64_C(1) << (sig - 1);
}

static void
order_init(struct life *l, enum init_verb verb, int sig)
{
	struct init_order order = { verb, sig, l->stop };
	ssize_t n;

	do
		n = send(l->line, &order, sizeof(order), MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "passing a signal on");
}

/* To the command: by its init, or to the child itself. */
static void
deliver(struct life *l, enum init_verb verb, int sig)
{
	if (l->line != -1)
		order_init(l, verb, sig);
	else
		child_signal(l->c, sig);
}

/* Unblock SIG with its default action and raise it. */
static void
die_or_stop_of(int sig)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL }, old;
	sigset_t one, mask;

	sigemptyset(&one);
	sigaddset(&one, sig);
	sigaction(sig, &dfl, &old);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &one, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(sig, &old, NULL);
}

void
watch_end(int wstatus)
{
	struct rlimit none = { 0, 0 };
	int sig;

	if (WIFEXITED(wstatus))
		exit(WEXITSTATUS(wstatus));
	sig = WTERMSIG(wstatus);
	/* The command's core is the one that matters. */
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	die_or_stop_of(sig);
	/* PID 1 of a namespace does not die of its own signals. */
	_exit(128 + sig);
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
let_go(const struct life *l)
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
now_executed(struct life *l)
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
line_ended(struct life *l)
{
	fail_heed(-1);
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
shown(struct life *l, pid_t pid)
{
	/* Of one that has gone we are about to hear why. */
	if (handover_give(l->h, pid, l->c->sock) == -1)
		return;
	if (l->h->hold == -1)
		child_release(l->c);
}

static void
hear_child(struct life *l)
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
finish(struct life *l, int wstatus)
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
	watch_end(wstatus);
}

static void
tell(struct life *l, const char *what, const char *sig)
{
	if (l->h != NULL && l->executed)
		status_say(&l->h->status, "%s%s", what, sig);
}

/*
 * The command stopped with SIG: so do we, until somebody continues us.  A
 * shell's fg continues the whole group: then the command runs already.
 */
static void
stop_too(struct life *l, int sig)
{
	struct timespec zero = { 0, 0 };
	sigset_t cont;

	l->stopped = true;
	tell(l, "stop ", sig_name(sig));
	/* In the background nobody would continue us. */
	if (l->h != NULL && l->h->detached)
		return;
	die_or_stop_of(sig);
	sigemptyset(&cont);
	sigaddset(&cont, SIGCONT);
	if (sigtimedwait(&cont, NULL, &zero) == SIGCONT)
		l->resume = true;
}

/* It may have ended by the time we could see that it was continued. */
static void
continued(struct life *l)
{
	if (l->stopped)
		tell(l, "continue", "");
	l->stopped = false;
}

/* The next word of the init; false if there is none now. */
static bool
hear_init(struct life *l, bool alive)
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

/* What a child said before it ended tells why it did. */
static void
hear_last_words(struct life *l)
{
	if (l->c->sock != -1)
		hear_child(l);
	while (l->line != -1 && hear_init(l, false))
		continue;
}

/*
 * We were continued; the command is, unless it has been: a shell's fg continues
 * the whole group.
 */
static void
continue_too(struct life *l)
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
note(struct life *l, int wstatus)
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

/*
 * Take note of what became of our child.  Other children are those of whoever
 * executed us, or orphans that PID 1 gets: they are not to stay zombies.
 */
static void
reap(struct life *l)
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

/* Would SIG have ended the command, had it been sent to it by now? */
static bool
ends_early(const struct life *l, int sig)
{
	static const int harmless[] = { SIGCHLD, SIGCONT, SIGURG, SIGWINCH,
		SIGTSTP, SIGTTIN, SIGTTOU, SIGSTOP };
	struct sigaction sa;

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (sig == harmless[i])
			return false;
	return !sigismember(&l->w->mask, sig) &&
	    sigaction(sig, NULL, &sa) == 0 && sa.sa_handler != SIG_IGN;
}

/*
 * The terminal sends to the whole group, but a hangup to the leader only.  Our
 * own SIGPIPE is about a reader of ours.
 */
static bool
came_from_process(const struct signalfd_siginfo *si)
{
	if (si->ssi_signo == SIGPIPE && si->ssi_pid == (uint32_t)getpid())
		return false;
	return si->ssi_code <= 0 ||
	    (si->ssi_signo == SIGHUP && getsid(0) == getpid());
}

static void
take_signal(struct life *l, const struct signalfd_siginfo *si)
{
	int sig = (int)si->ssi_signo;

	/* Signals do not queue: a SIGCHLD of a process may hide a child's. */
	if (sig == SIGCHLD)
		reap(l);
	if (!came_from_process(si) || (l->r->forward & bit(sig)) == 0)
		return;
	/* The command may run before we have heard that it will. */
	if (!l->executing && l->c->sock != -1)
		hear_child(l);
	if (l->executed) {
		deliver(l, INIT_PASS, sig);
	} else if (!l->executing && ends_early(l, sig)) {
		fail_take_back();
		watch_end(sig); /* the wait status of a death by SIG */
	} else {
		l->waiting |= bit(sig);
	}
}

static void
hear_signals(struct life *l)
{
	struct signalfd_siginfo si[16];
	ssize_t n;

	do
		n = read(l->signals, si, sizeof(si));
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "reading signals");
	for (size_t i = 0; i < (size_t)n / sizeof(si[0]); i++)
		take_signal(l, &si[i]);
}

/* What came before the command ran reaches it now. */
static void
deliver_waiting(struct life *l)
{
	for (int sig = 1; l->waiting != 0 && sig <= 64; sig++) {
		if (l->waiting & bit(sig))
			deliver(l, INIT_PASS_EARLY, sig);
		l->waiting &= ~bit(sig);
	}
}

static int
time_left(struct life *l)
{
	int64_t left;

	if (l->deadline == 0)
		return -1;
	left = l->deadline - now_ms();
	if (left > 0)
		return left > 86400000 ? 86400000 : (int)left;
	if (!l->executed) {
		fail_take_back();
		exit(EXIT_TIMEDOUT);
	}
	if (!l->timed_out) {
		l->timed_out = true;
		l->deadline = now_ms() + GRACE_MS;
		deliver(l, INIT_PASS_EARLY, l->r->timeout_sig);
		deliver(l, INIT_PASS_EARLY, SIGCONT);
		return GRACE_MS;
	}
	child_signal(l->c, SIGKILL);
	l->deadline = 0;
	return -1;
}

/* Those whom the command is handed over to: their part. */
static void
hear_others(struct life *l, const struct pollfd *hold,
    const struct pollfd *status, const struct pollfd *front)
{
	if (hold->revents != 0 && l->h->hold == hold->fd &&
	    handover_released(l->h))
		child_release(l->c);
	if (status->revents != 0)
		status_flush(&l->h->status);
	if (front->revents != 0 && !background_heard(&l->h->background)) {
		fail_take_back();
		_exit(EXIT_CANCELED);
	}
}

enum { SIGNALS, CHILD, INIT, HOLD, STATUS, FRONT, SOURCES };

static void
wait_for_news(struct life *l)
{
	struct handover *h = l->h;
	struct pollfd fds[SOURCES];
	int n;

	for (size_t i = 0; i < SOURCES; i++)
		fds[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	fds[SIGNALS].fd = l->signals;
	fds[CHILD].fd = l->c->sock;
	fds[INIT].fd = l->line;
	fds[STATUS].events = POLLOUT;
	if (h != NULL) {
		fds[HOLD].fd = h->pid != 0 ? h->hold : -1;
		fds[STATUS].fd = status_waits(&h->status) ? h->status.fd : -1;
		fds[FRONT].fd = h->background.front;
	}
	n = poll(fds, SOURCES, time_left(l));
	if (n == -1 && errno != EINTR)
		fail_errno(EXIT_CANCELED, "waiting for the command");
	if (n <= 0)
		return;
	if (fds[CHILD].revents != 0)
		hear_child(l);
	if (fds[INIT].revents != 0)
		hear_init(l, true);
	if (h != NULL)
		hear_others(l, &fds[HOLD], &fds[STATUS], &fds[FRONT]);
	if (fds[SIGNALS].revents != 0)
		hear_signals(l);
	if (l->executed)
		deliver_waiting(l);
}

void
watch_child(const struct watch *w, struct child *c, int line,
    const struct watch_request *r, struct handover *h)
{
	struct life l = { .w = w, .r = r, .c = c, .h = h, .line = line };
	sigset_t all;

	sig_all(&all);
	l.signals = signalfd(-1, &all, SFD_CLOEXEC);
	if (l.signals == -1)
		fail_errno(EXIT_CANCELED, "signalfd");
	if (r->timeout != 0)
		l.deadline = now_ms() + r->timeout;
	for (;;)
		wait_for_news(&l);
}
