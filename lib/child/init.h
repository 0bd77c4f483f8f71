/* SPDX-License-Identifier: ISC */
/*
 * init - PID 1 of a new PID namespace, or a subreaper in one that exists, in
 * front of the command: it reaps what the command leaves behind, passes signals
 * on, and ends all of that when the command or its supervisor has ended
 * (pid_namespaces(7), lib/child/rest).
 */
#ifndef NSKIT_CHILD_INIT_H
#define NSKIT_CHILD_INIT_H

#include <sys/types.h>

#include <stdbool.h>

#include "lib/child/child.h"

/* What an init sends to its supervisor, over a channel of their own. */
struct init_event {
	enum init_kind {
		INIT_STOPPED = 1, /* since then it may have been continued */
		INIT_STAYS,	  /* the answer to INIT_CHECK, if it is yes */
		INIT_CONTINUED,
		INIT_EXECUTED, /* the answer to INIT_ASK, if it is yes */
		INIT_ENDED,    /* status: of the command, as waitpid(2)'s */
	} kind;
	int status;    /* of STOPPED and STAYS: the signal */
	unsigned stop; /* of STAYS: which stop, counted from 1 */
	bool executed; /* has it become the command?  (asked for only) */
};

/* What the supervisor sends to its init. */
struct init_order {
	enum init_verb {
		INIT_PASS = 1, /* SIG to the command, once */
		INIT_RESUME,   /* SIGCONT, if it is still at that STOP */
		INIT_CHECK,    /* is it stopped? */
		INIT_END,      /* SIG to all: their time is over */
		INIT_KILL,     /* end all at once */
		INIT_ASK, /* has it executed?  Once its channel has ended */
	} verb;
	int sig;
	unsigned stop;
};

/*
 * init_has_executed - has our child PID, whose close-on-exec descriptors are
 * closed, become another program?  If not it has died before it could.
 */
bool init_has_executed(pid_t pid);

/*
 * init_channel - outside, before the child is started: the channel between
 * supervisor (END[0]) and init (END[1]).  Exits on failure.
 */
void init_channel(int end[2]);

/* What an init is to do. */
struct init_request {
	int kill_sig;  /* the command's when the supervisor dies; SIGKILL: all
			  ends then; 0: nothing */
	bool wait_all; /* go on until the last process has ended */
	bool asked;    /* the supervisor will ask whether it executed */
	bool joined;   /* in a PID namespace that has a PID 1 already */
	bool lend;     /* there has been no other process in ours, and COMMAND
			  waits for nobody: it may have our memory until it
			  executes, which takes no copy of that */
	/* In the command's process: become it, and do not return.  INIT is the
	   init's process ID there. */
	void (*command)(void *arg, pid_t init);
	void *arg;
};

/*
 * init_become - inside, in the first child of the namespace (or one that has
 * entered it), all signals blocked: start the command's process, and stay
 * beside it until it ends.
 *
 * END is init_channel's; C has the channel of child.h, which the command keeps
 * and the init closes.  The init holds no descriptor and no directory of the
 * caller's.
 */
_Noreturn void init_become(
    const int end[2], const struct child *c, const struct init_request *r);

#endif
