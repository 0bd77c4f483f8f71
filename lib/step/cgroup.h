/* SPDX-License-Identifier: ISC */
/*
 * cgroup - placing a process in cgroups of both versions (cgroups(7)).
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

/* Where to move to: one group of each hierarchy, of version 1 too. */
#define CGROUP_MAX 32
struct cgroup {
	size_t n;
	struct cgroup_group {
		int procs;	/* its cgroup.procs, open for writing */
		char name[128]; /* "memory " of version 1, "" of version 2 */
	} group[CGROUP_MAX];
	int back; /* of version 1: cgroup.procs of our own freezer, or -1 */
};

/*
 * cgroup_open - open what was asked for, or nothing (step 2, outside).  Exits
 * if it is not a directory of cgroup2, or frozen.
 */
void cgroup_open(const struct cgroup_request *r, struct cgroup *c);

/*
 * cgroup_open_like - open the groups that the process with the directory PROC
 * (of /proc/PID) is in, those that we are in already excepted, wherever their
 * hierarchies are mounted; to be entered later, also where those mounts are out
 * of sight.
 *
 * Outside.  Exits on failure, and if one of them is frozen; HINT, what does
 * without it, is part of the message, or NULL.
 */
void cgroup_open_like(struct cgroup *c, int proc, const char *hint);

/*
 * cgroup_move - put process PID (0: this one) there, and close C.  A process
 * that may be frozen there is to be one that dies with its parent
 * (child_guard).  Exits on failure.
 */
void cgroup_move(struct cgroup *c, pid_t pid, const char *hint);

/*
 * cgroup_take_back - put process PID back into our own group of the freezer of
 * version 1, if cgroup_open_like has found another one: what is frozen there
 * does not even die.
 */
void cgroup_take_back(const struct cgroup *c, pid_t pid);

/*
 * cgroup_reason - why a process could not be put into the cgroup DIRFD, the
 * directory or its cgroup.procs, by looking: static text, or NULL if nothing
 * is seen.
 */
const char *cgroup_reason(int dirfd);

/* cgroup_explain - describe it, and look: it is not tried; see lib/explain. */
void cgroup_explain(const struct cgroup_request *r, struct explain *e);

#endif
