/* SPDX-License-Identifier: ISC */
/*
 * net - the loopback interface of a new network namespace (netdevice(7)).
 */
#ifndef NSKIT_STEP_NET_H
#define NSKIT_STEP_NET_H

#include "lib/explain.h"
#include "lib/opt.h"

struct net_request {
	int lo; /* 1: bring it up or fail; 0: leave it; -1: up, or a warning */
};

/* --lo --no-lo */
extern const struct opt net_options[];

/* net_apply - step 11, in a new network namespace.  Exits on failure. */
void net_apply(const struct net_request *r);

/* net_explain - describe it; see lib/explain. */
void net_explain(const struct net_request *r, struct explain *e);

#endif
