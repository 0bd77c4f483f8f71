/* SPDX-License-Identifier: ISC */
/* clang-format off */
/*
 * setup - the steps inside, in their order; it knows nothing else.
 *
 *  #  step                          after  because
 *  5  what is kept: offered         9      a peer's copy could not be bound
 *     bound outside, and shown      14     of a failure nothing may be left
 *  6  await (child_await); paths    maps   until they stand we are 65534; of
 *     of outside opened once more   3      a copy of their mounts
 *  7  become root inside            maps   files and mounts below take the ids
 *  8  time namespace                7      offsets can only be set from inside
 *  9  propagation of /              7      else 10's mounts travel outside
 * 10  mounts, proc last             9      proc shows the mounter's PID ns
 * 11  names, loopback               7      needs capabilities that 15 gives up
 * 12  the set-up hook               11     the user's own step
 *  -  no other user namespace       12     it takes a capability
 * 13  root                          10     nothing is looked up after it
 * 14  working directory             13     its path is an inside path
 *  -  shown and held (child_show)   14     what looks at us then has our user
 * 15  groups, gid, uid, caps        7-14   each takes the right to the former
 * 16  parent-death signal           15     a change of credentials clears it
 * 17  signals as the caller had     16     nothing of ours leaks
 * 18  exec                          all
 */
/* clang-format on */
#ifndef NSKIT_PLAN_SETUP_H
#define NSKIT_PLAN_SETUP_H

#include <stddef.h>

#include "lib/explain.h"
#include "lib/plan/plan.h"
#include "lib/seal.h"
#include "lib/step/run.h"

/* What the steps for a plan find out and hold. */
struct setup {
	const struct plan *plan;
	struct keep *kept; /* --pin or a FILE, else NULL */
	struct seal seal;
	struct joined joined;
	struct root root;
	struct place_files places;
	bool tty_exposed, groups_denied;
	struct pty pty;
	struct run run; /* for run_command */
};

/*
 * setup_sealed - S for P: open what is to be joined, and get a sealed program
 * ready, if what P runs inside may come from a tree of others, or is there
 * together with an init of ours, and could write to ours.  Before anything is
 * changed, even a signal, or said: where the kernel does not let us leave our
 * file, main runs once more, from a sealed copy.  ALL is main's argv, or NULL:
 * not for a command.  Exits on failure.
 */
void setup_sealed(struct setup *s, const struct plan *p, char **all);

/*
 * setup_outside - step 2: look at all that outside paths name, and whatever
 * has to be known of /proc, before any namespace or root changes what they
 * mean.  Exits on failure.
 */
void setup_outside(struct setup *s, char **argv);

/*
 * setup_inside - steps 6 to 14, once the maps stand, in the process that is or
 * will start the command, in its new namespaces.  Exits on failure.
 */
void setup_inside(struct setup *s);

/* Can a step be tried without doing it, in a process that is to end? */
enum setup_trial {
	SETUP_TRY,
	SETUP_TRY_OR_END, /* and without it the next ones mean nothing */
	SETUP_LOOK,	  /* no: what it does may stay */
};

/*
 * For --explain (lib/plan/dryrun): setup_steps - how many steps setup_inside
 * has; setup_trial - what may be done with step I; setup_explain - describe it;
 * setup_try - do step I alone.
 */
size_t setup_steps(void);
enum setup_trial setup_trial(size_t i);
void setup_explain(const struct plan *p, size_t i, struct explain *e);
void setup_try(struct setup *s, size_t i);

/*
 * setup_close - close this process to others (ptrace(2)).  A change of
 * credentials makes of that what fs.suid_dumpable says.  Exits on failure.
 */
void setup_close(void);

/*
 * setup_last - step 15, in the command's own process.
 * Exits on failure.
 */
void setup_last(const struct setup *s);

#endif
