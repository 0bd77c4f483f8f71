/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/init.h"
#include "lib/sig.h"
#include "lib/watch.h"

#define GRACE_MS 5000 /* between the timeout's signal and SIGKILL */

static int
parse_kill(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;

	r->kill_sig = (int)opt->value;
	if (arg != NULL && (r->kill_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

static int
parse_forward(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;

	(void)opt;
	return sig_parse_set(arg, &r->forward, errstr);
}

/* "10", "2.5", "3m", "1h", "1d": milliseconds, at least one. */
static int
parse_duration(const char *text, int64_t *ms, const char **errstr)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
		{ 'd', 86400000 } };
	size_t len = strlen(text), i, dot;
	int64_t unit = 1000, whole, part = 0, scale = 1;
	char digits[24];

	for (i = 0; len > 0 && i < sizeof(units) / sizeof(units[0]); i++)
		if (text[len - 1] == units[i].unit)
			unit = units[i].ms;
	if (len > 0 && strchr("smhd", text[len - 1]) != NULL)
		len--;
	if (len == 0 || len >= sizeof(digits)) {
		*errstr = "not a time (10, 2.5, 3m, 1h, 1d)";
		return -1;
	}
	memcpy(digits, text, len);
	digits[len] = '\0';
	dot = strcspn(digits, ".");
	for (i = dot + 1; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9' || scale == 1000) {
			*errstr = "not a time (10, 2.5, 3m, 1h, 1d)";
			return -1;
		}
		part = 10 * part + (digits[i] - '0');
		scale *= 10;
	}
	digits[dot] = '\0';
	whole = strtonum(digits, 0, 100 * 365 * 86400LL, errstr);
	if (*errstr != NULL)
		return -1;
	*ms = whole * unit + part * unit / scale;
	if (*ms == 0)
		*errstr = "too small";
	return *ms == 0 ? -1 : 0;
}

static int
parse_timeout(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;
	char item[24];

	(void)opt;
	r->timeout_sig = SIGTERM;
	if (opt_list(&arg, item, sizeof(item), errstr) == -1 ||
	    parse_duration(item, &r->timeout, errstr) == -1)
		return -1;
	if (arg != NULL && (r->timeout_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

const struct opt watch_options[] = {
	{ 'I', "as-pid1", NULL, "the command itself is PID 1, no init",
	    opt_set_bool, offsetof(struct watch_request, as_pid1), 0 },
	{ 0, "forward", "all|none|LIST",
	    "signals to pass on to the command (all)", parse_forward, 0, 0 },
	{ 'k', "kill-child", "=[SIG]",
	    "the command gets SIG (KILL) when we die", parse_kill, 0, SIGKILL },
	{ 0, "no-kill-child", NULL, "let it live on", parse_kill, 0, 0 },
	{ 0, "timeout", "TIME[,SIG]",
	    "send SIG (TERM) after TIME, KILL 5 s later; exit 124",
	    parse_timeout, 0, 0 },
	{ 0, "wait-all", NULL, "end with the last process of the PID namespace",
	    opt_set_bool, offsetof(struct watch_request, wait_all), 0 },
	{ 0 },
};

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
	int signals;	/* signalfd */
	int line;	/* to the init, or -1 */
	bool executing; /* the child said so */
	bool executed;	/* and its line has ended */
	bool ended;	/* the init told how: */
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

/* To the command: by its init, or to the child itself. */
static void
deliver(struct life *l, int sig)
{
	ssize_t n;

	if (l->line == -1) {
		child_signal(l->c, sig == -SIGCONT ? SIGCONT : sig);
		return;
	}
	do
		n = send(l->line, &sig, sizeof(sig), MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "passing a signal on");
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

static void
hear_child(struct life *l)
{
	static struct fail_report report;
	pid_t pid;

	for (;;) {
		switch (child_hear(l->c, &report, &pid)) {
		case CHILD_FAILED:
			child_failed(&report);
		case CHILD_EXECUTES:
			l->executing = true;
			continue;
		case CHILD_SILENT:
			fail_heed(-1);
			l->executed = l->executing;
			close(l->c->sock);
			l->c->sock = -1;
			return;
		case CHILD_NOTHING:
			return;
		}
	}
}

static _Noreturn void
finish(struct life *l, int wstatus)
{
	/* What was kept for a command that never ran is let go of. */
	if (l->executed)
		fail_undone();
	else
		fail_take_back();
	if (l->timed_out)
		exit(EXIT_TIMEDOUT);
	watch_end(wstatus);
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

	die_or_stop_of(sig);
	sigemptyset(&cont);
	sigaddset(&cont, SIGCONT);
	if (sigtimedwait(&cont, NULL, &zero) == SIGCONT)
		l->waiting |= bit(SIGCONT); /* see resume() */
}

/* After a stop: continue the command unless that has happened. */
static void
resume(struct life *l)
{
	int wstatus;
	pid_t pid;

	if ((l->waiting & bit(SIGCONT)) == 0)
		return;
	l->waiting &= ~bit(SIGCONT);
	if (l->line != -1) {
		deliver(l, -SIGCONT);
		return;
	}
	do
		pid = waitpid(l->c->pid, &wstatus, WNOHANG | WCONTINUED);
	while (pid == -1 && errno == EINTR);
	if (pid == 0)
		child_signal(l->c, SIGCONT);
	else if (pid > 0 && !WIFCONTINUED(wstatus)) {
		l->c->pid = -1;
		finish(l, wstatus);
	}
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
	if (n == sizeof(word.report))
		child_failed(&word.report);
	if (n != sizeof(word.event)) { /* it is gone: SIGCHLD comes */
		close(l->line);
		l->line = -1;
	} else if (word.event.kind == INIT_STOPPED && alive) {
		stop_too(l, word.event.status);
		resume(l);
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

static void
reap(struct life *l)
{
	int wstatus;
	pid_t pid;

	for (;;) {
		pid = waitpid(
		    l->c->pid, &wstatus, WNOHANG | WUNTRACED | WCONTINUED);
		if (pid == -1 && errno == EINTR)
			continue;
		if (pid == -1)
			fail_errno(EXIT_CANCELED, "waiting for the command");
		if (pid == 0)
			return;
		if (WIFSTOPPED(wstatus) && l->line == -1) {
			stop_too(l, WSTOPSIG(wstatus));
			resume(l);
		}
		if (WIFEXITED(wstatus) || WIFSIGNALED(wstatus))
			break;
	}
	hear_last_words(l);
	l->c->pid = -1;
	finish(l, l->ended ? l->wstatus : wstatus);
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

/* The terminal sends to the whole group, but a hangup to the leader only. */
static bool
came_from_process(const struct signalfd_siginfo *si)
{
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
	if (l->executed) {
		deliver(l, sig);
	} else if (ends_early(l, sig)) {
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
			deliver(l, sig);
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
	if (!l->timed_out) {
		l->timed_out = true;
		l->deadline = now_ms() + GRACE_MS;
		deliver(l, l->r->timeout_sig);
		deliver(l, SIGCONT);
		return GRACE_MS;
	}
	child_signal(l->c, SIGKILL);
	l->deadline = 0;
	return -1;
}

static void
wait_for_news(struct life *l)
{
	struct pollfd fds[3];
	int n;

	fds[0] = (struct pollfd){ .fd = l->signals, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = l->c->sock, .events = POLLIN };
	fds[2] = (struct pollfd){ .fd = l->line, .events = POLLIN };
	n = poll(fds, 3, time_left(l));
	if (n == -1 && errno != EINTR)
		fail_errno(EXIT_CANCELED, "waiting for the command");
	if (n <= 0)
		return;
	if (fds[1].revents != 0)
		hear_child(l);
	if (fds[2].revents != 0)
		hear_init(l, true);
	if (fds[0].revents != 0)
		hear_signals(l);
	if (l->executed)
		deliver_waiting(l);
}

void
watch_child(const struct watch *w, struct child *c, int line,
    const struct watch_request *r)
{
	struct life l = { .w = w, .r = r, .c = c, .line = line };
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
