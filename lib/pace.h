/* SPDX-License-Identifier: ISC */
/*
 * pace - how often to look at something that does not tell of its changes.
 *
 * What a look costs bounds how often there is one: however dear looking is, it
 * never takes more than its share of a CPU.
 */
#ifndef NSKIT_PACE_H
#define NSKIT_PACE_H

#include <poll.h>
#include <stdint.h>

#define PACE_SHARE 20 /* looking takes one part in 20 of a CPU: 5 % */

struct pace {
	/*
	 * Milliseconds from one look to the next: LEAST at first, twice as
	 * long each time until it is MOST.
	 */
	int64_t least, most;
	int share; /* one part in SHARE of a CPU may go into looking */

	/* After pace_end: no earlier may the next look be, whatever for. */
	int64_t soonest;

	/* For lib/pace alone. */
	int64_t pause, began, cpu;
};

/* pace_begin - a look begins. */
void pace_begin(struct pace *p);

/*
 * pace_end - it is over.  Returns the time (as clock_ms tells it) at which the
 * next one is due.
 */
int64_t pace_end(struct pace *p);

/*
 * pace_sleep - sleep until UNTIL (as clock_ms tells it), or one of the N FDS
 * (a negative one is left out) has something to tell.
 *
 * Returns how many have, as poll(2) does, or 0; EINTR is no reason to return.
 */
int pace_sleep(struct pollfd *fds, nfds_t n, int64_t until);

#endif
