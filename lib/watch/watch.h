/* SPDX-License-Identifier: ISC */
/*
 * watch - the supervisor: it waits for news of the command (lib/watch/job) and
 * for it: signals to pass on, the end of its time.
 */
#ifndef NSKIT_WATCH_WATCH_H
#define NSKIT_WATCH_WATCH_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/child/child.h"
#include "lib/child/rest.h"
#include "lib/opt.h"
#include "lib/watch/handover.h"

/* What was asked for; the tool sets its defaults before the options. */
struct watch_request {
	int kill_sig;	  /* the child's when we die; 0: none */
	uint64_t forward; /* signals to pass on, bit N - 1 is signal N */
	unsigned char forward_as[65]; /* as that one, 0: as it is */
	bool forward_set;
	bool as_pid1;	 /* the command itself is PID 1 */
	bool wait_all;	 /* end with the last process of the namespace */
	bool leave_rest; /* what the command leaves is not ended */
	int64_t timeout; /* milliseconds, 0: none */
	int timeout_sig;
};

#define WATCH_REQUEST_DEFAULT                              \
	{                                                  \
		.kill_sig = SIGKILL, .forward = UINT64_MAX \
	}

/* -I -k --no-kill-child --wait-all; --forward --timeout */
extern const struct opt watch_options[], watch_end_options[];

/* The caller's state, to be given back to the command. */
struct watch {
	sigset_t mask;
	struct sigaction chld;
	int64_t deadline; /* CLOCK_MONOTONIC in ms, 0: none */
	bool wakes;	  /* SIGCONT comes from then on */
	struct rest rest; /* what the command leaves; off: not ended */
};

/*
 * watch_begin - outside, before the child is started: block all signals, so
 * that none is lost, and take the default for SIGCHLD, which may have been
 * ignored (then nothing could be waited for).  Exits on failure.
 */
void watch_begin(struct watch *w);

/*
 * watch_start_clock - outside, in the process that will watch, before the
 * command can run: r->timeout begins.
 */
void watch_start_clock(struct watch *w, const struct watch_request *r);

/*
 * watch_restore - inside, just before the command is executed: the signal mask
 * and the disposition of SIGCHLD as the caller had them.
 */
void watch_restore(const struct watch *w);

/*
 * watch_child - outside: watch over C, which has been released, until it has
 * ended.
 *
 * INIT is the supervisor's end of init_channel(), or -1 without an init.  Each
 * signal of r->forward that a process sends to us reaches the command; those
 * that the terminal sends to the whole group have reached it already.  H: who
 * else is to be told, with a command that calls child_show; NULL: nobody.
 * From the command's execve(2) on we hold no descriptor of the caller's but
 * standard error.  Does not return: exits with the command's status, dies of
 * the signal that killed it, or exits 124 after w->deadline.  A failure of the
 * child is printed here.
 */
_Noreturn void watch_child(const struct watch *w, struct child *c, int init,
    const struct watch_request *r, struct handover *h);

#endif
