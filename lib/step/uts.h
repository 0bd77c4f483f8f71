/* SPDX-License-Identifier: ISC */
/*
 * uts - the names of a UTS namespace (uts_namespaces(7)).
 */
#ifndef NSKIT_STEP_UTS_H
#define NSKIT_STEP_UTS_H

#include <stdbool.h>

#include "lib/explain.h"
#include "lib/opt.h"

struct uts_request {
	const char *hostname;
	const char *domainname;
};

/* --domainname --hostname */
extern const struct opt uts_options[];

/* uts_wanted - does the request need a UTS namespace of its own? */
bool uts_wanted(const struct uts_request *r);

/*
 * uts_apply - set the names asked for, in the new namespace (step 11).  Exits
 * on failure.
 */
void uts_apply(const struct uts_request *r);

/* uts_explain - describe it; see lib/explain. */
void uts_explain(const struct uts_request *r, struct explain *e);

#endif
