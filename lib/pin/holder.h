/* SPDX-License-Identifier: ISC */
/*
 * holder - the small processes that stay when nspin has gone: one that keeps
 * descriptors of namespaces, or waits for the end of another process; and the
 * init of a PID namespace that was made to be kept.  They have no terminal,
 * keep no directory busy, and are found again by a record (lib/pin/record).
 */
#ifndef NSKIT_PIN_HOLDER_H
#define NSKIT_PIN_HOLDER_H

#include <sys/types.h>

#include "lib/child/child.h"
#include "lib/ns.h"

struct holder {
	pid_t pid; /* 0: there is none */
	int pidfd;
	int channel; /* it ends with this until it is told to stay */
};

/* What a holder is to do; descriptors are -1 where there is none. */
struct holder_job {
	const char *name; /* shown by ps(1) as "nspin: NAME" */
	const int *fd;	  /* NS_NTYPES namespaces to keep */
	int init;	  /* the write end of its init's lifeline */
	int until;	  /* a pidfd: at its end RELEASE is called */
	/* release what we hold; false: that is not published yet */
	bool (*release)(const void *arg);
	const void *arg;
};

/*
 * holder_start - outside: start one.  It is no child of ours, and ends with us
 * unless holder_stay is called.  Exits with STATUS on failure.
 */
void holder_start(struct holder *h, const struct holder_job *job, int status);

/*
 * holder_prefer_report - outside: something with it has failed.  Exits with
 * STATUS and its own report if it failed before; otherwise errno is as it was.
 */
void holder_prefer_report(const struct holder *h, int status);

/*
 * holder_stay - outside: what it holds is complete, so it may outlive us.
 * Exits with STATUS if it cannot be told.
 */
void holder_stay(struct holder *h, int status);

/* holder_end - kill it and wait for its end; none is no failure. */
void holder_end(struct holder *h);

/*
 * holder_init - inside, in the first process of a PID namespace: once the
 * parent at the other end of C lets go, leave all that was the caller's, say so
 * (child_executes), and reap what is left to us until killed, or until LIFELINE
 * (-1: none) ends.  _exit if the parent dies before.
 */
_Noreturn void holder_init(
    const struct child *c, const char *name, int lifeline);

#endif
