/* SPDX-License-Identifier: ISC */
/*
 * job - one life of the command, as its supervisor sees it: executed, stopped,
 * continued, ended; and the supervisor, which stops, continues and ends with it
 * (waitid(2)).  All of it outside.
 */
#ifndef NSKIT_WATCH_JOB_H
#define NSKIT_WATCH_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/child/child.h"
#include "lib/child/init.h"
#include "lib/child/rest.h"
#include "lib/watch/handover.h"

/* The supervisor sets the first four, and timed_out. */
struct job {
	struct child *c;
	struct handover *h; /* or NULL: nobody else is told */
	int init;	    /* of init_channel(), to the init, or -1 */
	int signals;	    /* the supervisor's signalfd, which it keeps */
	bool executing;	    /* the child said so */
	bool executed;	    /* and its channel has ended as by execve(2) */
	bool stopped;	    /* the command, without an init */
	unsigned stop;	    /* the init's number of our last stop */
	bool resume;	    /* we were continued: so should it be */
	bool ended;	    /* the init told how: */
	int wstatus;
	const struct rest *rest; /* what the command leaves */
	struct told {
		int sig; /* the last that asked the command to end, or 0 */
		int64_t at;
	} told;
	int stopped_for, killed_for; /* what a PID 1 got STOP or KILL for */
	bool awake;		     /* not to stop with the command */
	bool timed_out;		     /* its end is that of its time: exit 124 */
};

/*
 * job_pass - SIG to the command: by its init, which is told VERB, or to the
 * child itself, also where that is PID 1 (pidns_instead).  Exits on failure;
 * one that has ended needs none.
 */
void job_pass(struct job *j, enum init_verb verb, int sig);

/*
 * job_share - SIG came to our whole process group: a command that is PID 1, and
 * of that group, is to feel it as others do.
 */
void job_share(struct job *j, int sig);

/*
 * job_receive_child, job_receive_init - take all that the child has sent
 * (j->c->channel, until it is -1), or the next message of the init (j->init,
 * the same).  Neither waits.  A failure of the child is printed here, and we
 * exit.  We stop as the command stopped.  From its execve(2) on we hold no
 * descriptor of the caller's but standard error.
 */
void job_receive_child(struct job *j);
void job_receive_init(struct job *j);

/*
 * job_reap - after SIGCHLD: take note of what became of our child.  Other
 * children are those of whoever executed us, or orphans that PID 1 gets: they
 * are not to stay zombies.  Once the command has ended we do not return: we
 * exit with its status, die of the signal that killed it, or, timed out, exit
 * 124.
 */
void job_reap(struct job *j);

#endif
