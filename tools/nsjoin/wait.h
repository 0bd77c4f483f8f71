/* SPDX-License-Identifier: ISC */
/*
 * wait - wait for a target: until it is there and has namespaces of its own.
 */
#ifndef NSKIT_NSJOIN_WAIT_H
#define NSKIT_NSJOIN_WAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/opt.h"

struct wait_request {
	bool on;
	int64_t ms; /* how long, 0: for ever */
};

/* --wait */
extern const struct opt wait_options[];

/* wait_deadline - when R gives up, CLOCK_MONOTONIC in ms, counted from now. */
int64_t wait_deadline(const struct wait_request *r);

/*
 * wait_ref - wait until REF can be opened and its namespaces of the TYPES
 * (CLONE_NEW*; 0: any of them) are other ones than ours; the user namespace of
 * a process is also given a moment to get its ID maps.
 *
 * It gives up at DEADLINE, which is one for all that are waited for.
 *
 * A process that is there is waited for by its pidfd, a name or a path by
 * inotify(7); only what the kernel does not announce is asked for again and
 * again.  Changes nothing.  Exits if it can never happen or the time is over.
 */
void wait_ref(
    const struct wait_request *r, int64_t deadline, const char *ref, int types);

#endif
