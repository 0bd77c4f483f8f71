/* SPDX-License-Identifier: ISC */
/*
 * joined - namespaces that are there already, entered in place of new ones
 * (setns(2)): --join=net=REF.
 */
#ifndef NSKIT_PLAN_JOINED_H
#define NSKIT_PLAN_JOINED_H

#include <stdbool.h>

#include "lib/explain.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/ref/ref.h"

struct joined_request {
	int types;		    /* CLONE_NEW* */
	const char *ref[NS_NTYPES]; /* by type; NULL: not asked for */
};

/* --join */
extern const struct opt joined_options[];

struct joined {
	int types; /* those that we are not in already */
	struct ref ref;
	bool privileged; /* we were root when they were opened */
};

/*
 * joined_check - none of TYPES (CLONE_NEW*) is to be new as well.  Returns 0,
 * or -1 and *errstr.
 */
int joined_check(
    const struct joined_request *r, int types, const char **errstr);

/* joined_open - step 2: open them.  Exits on failure. */
void joined_open(struct joined *j, const struct joined_request *r);

/*
 * joined_enter - before the new ones are created: enter them, in the order
 * that the user namespace among them asks for, and stay there.  (There may be
 * no way back: our own may belong to a user namespace above ours.)  A PID
 * namespace concerns children.  Our supplementary groups stay outside.  Exits
 * on failure.
 */
void joined_enter(struct joined *j);

/* joined_explain - describe it; see lib/explain. */
void joined_explain(const struct joined_request *r, struct explain *e);

#endif
