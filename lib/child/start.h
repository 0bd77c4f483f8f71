/* SPDX-License-Identifier: ISC */
/*
 * start - the command's own process, made by its init: held at a gate until the
 * init is ready to stay beside it, with a copy of the init's memory or with
 * that memory itself (clone(2), CLONE_VM).
 */
#ifndef NSKIT_CHILD_START_H
#define NSKIT_CHILD_START_H

#include <sys/types.h>

#include <stdbool.h>

#include "lib/child/init.h"

/* The caller sets all but the last two, and keeps it until start_open. */
struct start {
	const struct init_request *r;
	pid_t init;	      /* our process ID */
	int channel, signals; /* those of the init, which the command closes */
	int gate[2];	      /* the init's end, and the command's */
	bool lent;	      /* it has our memory */
};

/*
 * start_process - in the init: make the process that will do r->command, once
 * start_open lets it; one whose init dies before that ends.  Where it is to
 * have our memory, nothing that it uses may be changed until start_open has
 * returned, not even errno.  Returns its process ID.  Exits on failure.
 */
pid_t start_process(struct start *s);

/*
 * start_open - in the init: let go of what is the caller's, its directory too,
 * and let the command go on; where that has our memory, wait until it has
 * executed or ended.  C has the channel to the supervisor, which the init holds
 * until then and closes.  Exits on failure.
 */
void start_open(const struct start *s, const struct child *c);

#endif
