/* SPDX-License-Identifier: ISC */
/*
 * timens - the clocks of a new time namespace (time_namespaces(7)).
 */
#ifndef NSKIT_STEP_TIMENS_H
#define NSKIT_STEP_TIMENS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/explain.h"
#include "lib/opt.h"

struct timens_request {
	struct timens_clock {
		bool set;
		int64_t seconds;
	} monotonic, boottime;
};

/* --boottime --monotonic */
extern const struct opt timens_options[];

/* timens_wanted - was an offset asked for? */
bool timens_wanted(const struct timens_request *r);

/*
 * timens_parse_offset - seconds, or a sum such as +2d3h, -90m, 1h30m15s.
 *
 * Returns 0 and *SECONDS, which the kernel takes if it is within about
 * +-KTIME_MAX / 2 (146 years); -1 and *errstr otherwise.
 */
int timens_parse_offset(
    const char *text, int64_t *seconds, const char **errstr);

/*
 * timens_check - would the kernel take these offsets?  A clock may not become
 * negative, nor run 146 years ahead.  Before anything is created.  Returns 0,
 * or -1 and *errstr, which may be in static memory.
 */
int timens_check(const struct timens_request *r, const char **errstr);

/*
 * timens_enter - step 8: unshare(2), write the offsets, and setns(2) into the
 * namespace that was for children, which needs no fork.  Inside, before
 * PR_SET_DUMPABLE 0.  Exits on failure.
 */
void timens_enter(const struct timens_request *r);

/* timens_explain - describe it; see lib/explain. */
void timens_explain(const struct timens_request *r, struct explain *e);

#endif
