/* SPDX-License-Identifier: ISC */
/*
 * give - namespaces given to a program of ours as open descriptors, which it
 * names by their numbers (bwrap --userns N, ip netns attach).
 */
#ifndef NSKIT_NSJOIN_FDPASS_H
#define NSKIT_NSJOIN_FDPASS_H

#include <stddef.h>

#include "lib/opt.h"

#define GIVE_MAX 64

struct give_request {
	size_t n;
	struct give {
		int number;
		const char *ref;
		int fd; /* found out by give_open */
	} list[GIVE_MAX];
};

/* -O */
extern const struct opt give_options[];

/*
 * give_open - open all that were asked for, out of the way of their numbers.
 * Each must be one namespace.  Exits on failure.
 */
void give_open(struct give_request *r);

/*
 * give_hand_over - put each at its number, where execve(2) leaves it open.
 * Whatever was there is closed.  Exits on failure.
 */
void give_hand_over(const struct give_request *r);

#endif
