/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/signalfd.h>
#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/sig.h"
#include "lib/watch/job.h"
#include "lib/watch/watch.h"

#define KILL_MS 3000 /* for an init to end all that it has */

void
watch_begin(struct watch *w)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t all;

	w->rest.on = false;
	sig_all(&all);
	if (sig_mask(&all, &w->mask) == -1 ||
	    sigaction(SIGCHLD, &dfl, &w->chld) == -1)
		fail_errno(EXIT_CANCELED, "blocking signals");
}

void
watch_start_clock(struct watch *w, const struct watch_request *r)
{
	w->deadline = 0;
	w->wakes = false;
	if (r->timeout == 0)
		return;
	w->deadline = clock_ms() + r->timeout;
	/* A command that stops itself stops us, too, and our clock with us. */
	w->wakes = sig_wake(r->timeout);
}

void
watch_restore(const struct watch *w)
{
	if (sigaction(SIGCHLD, &w->chld, NULL) == -1 ||
	    sig_mask(&w->mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "restoring signals");
}

/* The supervisor of a command. */
struct supervisor {
	const struct watch *w;
	const struct watch_request *r;
	struct job job;
	/* Signals kept until the command runs, and those of our whole group. */
	uint64_t waiting, shared;
	int64_t deadline; /* CLOCK_MONOTONIC in ms, 0: none */
	bool killing;	  /* the init has been told to */
};

static uint64_t
bit(int sig)
{
	return UINT64_C(1) << (sig - 1);
}

/*
 * The terminal sends to the whole group, but a hangup to the leader only.  Our
 * own SIGPIPE is about a reader of ours.
 */
static bool
came_from_process(const struct signalfd_siginfo *si)
{
	if (si->ssi_signo == SIGPIPE && si->ssi_code == SI_USER &&
	    si->ssi_pid == (uint32_t)getpid())
		return false;
	/* The timer of ours. */
	if (si->ssi_signo == SIGCONT && si->ssi_code == SI_TIMER)
		return false;
	return si->ssi_code <= 0 ||
	    (si->ssi_signo == SIGHUP && getsid(0) == getpid());
}

/* What SIG is passed on as. */
static int
forwarded(const struct supervisor *s, int sig)
{
	return s->r->forward_as[sig] != 0 ? s->r->forward_as[sig] : sig;
}

/* The terminal's stop is for all in the group, whatever is passed on. */
static bool
is_shared(const struct supervisor *s, int sig)
{
	return (s->r->forward & bit(sig)) != 0 || sig_default(sig) == SIG_STOPS;
}

static void
take_signal(struct supervisor *s, const struct signalfd_siginfo *si)
{
	struct job *j = &s->job;
	int sig = (int)si->ssi_signo;

	/* Signals do not queue: a SIGCHLD of a process may hide a child's. */
	if (sig == SIGCHLD)
		job_reap(j);
	if (!came_from_process(si)) {
		if (si->ssi_code == SI_KERNEL && is_shared(s, sig))
			s->shared |= bit(sig);
		return;
	}
	if ((s->r->forward & bit(sig)) == 0)
		return;
	/* The command may run before its message has been received. */
	if (!j->executing && j->c->channel != -1)
		job_receive_child(j);
	if (j->executed) {
		if (sig_asks_end(sig))
			j->told = (struct told){ sig, clock_ms() };
		job_pass(j, INIT_PASS, forwarded(s, sig));
	} else if (!j->executing && sig_would_end(sig, &s->w->mask)) {
		fail_roll_back();
		sig_die(sig);
	} else {
		s->waiting |= bit(sig);
	}
}

static void
read_signals(struct supervisor *s)
{
	struct signalfd_siginfo si[16];
	ssize_t n;

	do
		n = read(s->job.signals, si, sizeof(si));
	while (n == -1 && errno == EINTR);
	/* A stop of ours has taken the SIGCONT that there was. */
	if (n == -1 && errno == EAGAIN)
		return;
	if (n == -1)
		fail_errno(EXIT_CANCELED, "reading signals");
	for (size_t i = 0; i < (size_t)n / sizeof(si[0]); i++)
		take_signal(s, &si[i]);
}

/* What came before the command ran reaches it now. */
static void
deliver_waiting(struct supervisor *s)
{
	for (int sig = 1; (s->waiting | s->shared) != 0 && sig <= 64; sig++) {
		if (s->waiting & bit(sig))
			job_pass(&s->job, INIT_PASS, forwarded(s, sig));
		if (s->shared & bit(sig))
			job_share(&s->job, sig);
		s->waiting &= ~bit(sig);
		s->shared &= ~bit(sig);
	}
}

static int
time_left(struct supervisor *s)
{
	struct job *j = &s->job;
	int64_t left;

	if (s->deadline == 0)
		return -1;
	left = s->deadline - clock_ms();
	if (left > 0)
		return left > 86400000 ? 86400000 : (int)left;
	if (!j->executed) {
		fail_roll_back();
		exit(EXIT_TIMEDOUT);
	}
	if (!j->timed_out) {
		j->timed_out = true;
		j->told = (struct told){ s->r->timeout_sig, clock_ms() };
		s->deadline = clock_ms() + REST_GRACE_MS;
		job_pass(j, INIT_END, s->r->timeout_sig);
		/* An init that was stopped passes on nothing. */
		child_signal(j->c, SIGCONT);
		return REST_GRACE_MS;
	}
	/* An init that is no PID 1 has to end the others first. */
	if (j->c->joined && !s->killing) {
		s->killing = true;
		s->deadline = clock_ms() + KILL_MS;
		job_pass(j, INIT_KILL, SIGKILL);
		return KILL_MS;
	}
	child_signal(j->c, SIGKILL);
	s->deadline = 0;
	return -1;
}

/* Those whom the command is handed over to: their part. */
static void
serve_others(struct job *j, const struct pollfd *hold,
    const struct pollfd *status, const struct pollfd *foreground)
{
	if (hold->revents != 0 && j->h->hold == hold->fd &&
	    handover_released(j->h))
		child_release(j->c);
	if (status->revents != 0)
		status_flush(&j->h->status);
	if (foreground->revents != 0 && !daemon_receive(&j->h->background)) {
		fail_roll_back();
		_exit(EXIT_CANCELED);
	}
}

enum { SIGNALS, CHILD, INIT, HOLD, STATUS, FOREGROUND, SOURCES };

static void
wait_for_news(struct supervisor *s)
{
	struct job *j = &s->job;
	struct handover *h = j->h;
	struct pollfd fds[SOURCES];
	int n;

	for (size_t i = 0; i < SOURCES; i++)
		fds[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	fds[SIGNALS].fd = j->signals;
	fds[CHILD].fd = j->c->channel;
	fds[INIT].fd = j->init;
	fds[STATUS].events = POLLOUT;
	if (h != NULL) {
		fds[HOLD].fd = h->pid != 0 ? h->hold : -1;
		fds[STATUS].fd = status_waits(&h->status) ? h->status.fd : -1;
		fds[FOREGROUND].fd = h->background.foreground;
	}
	n = poll(fds, SOURCES, time_left(s));
	if (n == -1 && errno != EINTR)
		fail_errno(EXIT_CANCELED, "waiting for the command");
	if (n <= 0)
		return;
	if (fds[CHILD].revents != 0)
		job_receive_child(j);
	if (fds[INIT].revents != 0)
		job_receive_init(j);
	if (h != NULL)
		serve_others(j, &fds[HOLD], &fds[STATUS], &fds[FOREGROUND]);
	if (fds[SIGNALS].revents != 0)
		read_signals(s);
	if (j->executed)
		deliver_waiting(s);
}

void
watch_child(const struct watch *w, struct child *c, int init,
    const struct watch_request *r, struct handover *h)
{
	struct supervisor s = { .w = w, .r = r, .deadline = w->deadline };
	sigset_t all;

	s.job = (struct job){ .c = c,
		.h = h,
		.init = init,
		.rest = &w->rest,
		.awake = w->deadline != 0 && !w->wakes };
	sig_all(&all);
	s.job.signals = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s.job.signals == -1)
		fail_errno(EXIT_CANCELED, "signalfd");
	for (;;)
		wait_for_news(&s);
}
