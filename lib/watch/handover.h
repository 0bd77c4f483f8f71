/* SPDX-License-Identifier: ISC */
/*
 * handover - what another program is given of the command: its identity before
 * it runs, and news of it to its end; and the hold in between, in which that
 * program may do its own part (nsclone(1)).
 */
#ifndef NSKIT_WATCH_HANDOVER_H
#define NSKIT_WATCH_HANDOVER_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "lib/explain.h"
#include "lib/opt.h"
#include "lib/watch/daemon.h"
#include "lib/watch/pidfile.h"
#include "lib/watch/status.h"

struct handover_request {
	int status_fd, hold_fd, pidfd_fd; /* the caller's, or -1 */
	const char *pidfile;		  /* or NULL */
	bool detach;
};

#define HANDOVER_REQUEST_DEFAULT        \
	{                               \
		-1, -1, -1, NULL, false \
	}

/* -d --hold-fd --pidfd-fd --pidfile --status-fd */
extern const struct opt handover_options[];

struct handover {
	bool wanted;   /* the command is to be held and shown */
	bool detached; /* and we are in the background */
	int types;     /* its new namespaces */
	int hold;      /* where a byte or the end lets it go, or -1 */
	int pidfd_fd;  /* or -1 */
	pid_t pid;     /* of the command, 0 before it is there */
	uint64_t ino;  /* and its identity, 0 before Linux 6.9 */
	struct daemon background;
	struct pidfile pidfile;
	struct status status;
};

/*
 * handover_check - are the descriptors what they should be?  Before anything
 * of ours is opened.  Returns 0, or -1 and *errstr.
 */
int handover_check(const struct handover_request *r, const char **errstr);

/*
 * handover_begin - outside, all signals blocked, before anything is made: go
 * into the background if that is asked for (MASK: the caller's signal mask, for
 * the foreground process), hold what outside paths name, and keep the
 * descriptors from the command.  TYPES: the new namespaces, CLONE_NEW*.  Exits
 * on failure.
 */
void handover_begin(struct handover *h, const struct handover_request *r,
    int types, const sigset_t *mask);

/*
 * handover_give - outside: the command's process PID is there, held, and only
 * it has the other end of CHANNEL: write the PID file, tell start and ns, send
 * the pidfd.  Returns 0, or -1 if it has died meanwhile; exits on failure.
 */
int handover_give(struct handover *h, pid_t pid, int channel);

/*
 * handover_released - outside: h->hold can be read.  Returns true if that lets
 * the command go on.
 */
bool handover_released(struct handover *h);

/* handover_ready - outside: the command runs. */
void handover_ready(struct handover *h);

/*
 * handover_ended - outside: the command has ended as WSTATUS (of waitpid(2))
 * says, after it had run or, EXECUTED false, before that.
 */
void handover_ended(struct handover *h, int wstatus, bool executed);

/* handover_explain - describe it, by looking; see lib/explain. */
void handover_explain(const struct handover_request *r, struct explain *e);

#endif
