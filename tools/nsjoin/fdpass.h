/* SPDX-License-Identifier: ISC */
/*
 * fdpass - namespaces given to a program of ours as open descriptors, which it
 * names by their numbers (bwrap --userns N, ip netns attach).
 */
#ifndef NSKIT_NSJOIN_FDPASS_H
#define NSKIT_NSJOIN_FDPASS_H

#include <stddef.h>

#include "lib/opt.h"

#define FDPASS_MAX 64

struct fdpass_request {
	size_t n;
	struct fdpass {
		int number;
		const char *ref;
	} list[FDPASS_MAX];
};

/* -O */
extern const struct opt fdpass_options[];

/*
 * fdpass_open - open all that were asked for, out of the way of their numbers:
 * FDS becomes their descriptors, in the order of R's list.  Each must be one
 * namespace.  VERBOSE: say what others could change.  Exits on failure.
 */
void fdpass_open(
    const struct fdpass_request *r, bool verbose, int fds[FDPASS_MAX]);

/*
 * fdpass_put - put each at its number, where execve(2) leaves it open.
 * Whatever was there is closed.  Exits on failure.
 */
void fdpass_put(const struct fdpass_request *r, const int fds[FDPASS_MAX]);

#endif
