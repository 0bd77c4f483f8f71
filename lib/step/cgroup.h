/* SPDX-License-Identifier: ISC */
/*
 * cgroup - placing a process in a cgroup of version 2 (cgroups(7)).
 */
#ifndef NSKIT_STEP_CGROUP_H
#define NSKIT_STEP_CGROUP_H

#include <sys/types.h>

#include "lib/explain.h"
#include "lib/opt.h"

struct cgroup_request {
	const char *path; /* of --into-cgroup, or NULL */
};

/* --into-cgroup */
extern const struct opt cgroup_options[];

/*
 * cgroup_open - open the directory asked for (step 2, outside).
 *
 * Returns an O_PATH descriptor, or -1 if none was asked for.  Exits if it is
 * not a cgroup2 directory.
 */
int cgroup_open(const struct cgroup_request *r);

/*
 * cgroup_join - move process PID (0: this one) into the directory DIRFD by its
 * cgroup.procs.  Exits on failure.
 */
void cgroup_join(int dirfd, pid_t pid);

/*
 * cgroup_open_like - open the cgroup.procs of the cgroup2 group that the
 * process with the directory PROC (of /proc/PID) is in, wherever we have that
 * hierarchy mounted; to be written to later (cgroup_follow), also where that
 * mount is out of sight.
 *
 * Outside.  Returns a descriptor, or -1 if we are in that group already.
 * Exits on failure; WAIVER, what does without it, is part of the message, or
 * NULL.
 */
int cgroup_open_like(int proc, const char *hint);

/* cgroup_follow - put this process there.  Exits on failure. */
void cgroup_follow(int procs, const char *hint);

/*
 * cgroup_reason - why a process could not be put into the cgroup DIRFD, the
 * directory or its cgroup.procs, by looking: static text, or NULL if nothing
 * is seen.
 */
const char *cgroup_reason(int dirfd);

/* cgroup_explain - describe it, and look: it is not tried; see lib/explain. */
void cgroup_explain(const struct cgroup_request *r, struct explain *e);

#endif
