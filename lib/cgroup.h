/* SPDX-License-Identifier: ISC */
/*
 * cgroup - placing a process in a cgroup of version 2 (cgroups(7)).
 */
#ifndef NSKIT_CGROUP_H
#define NSKIT_CGROUP_H

#include <sys/types.h>

struct cgroup_request {
	const char *path; /* of --cgroup=PATH, or NULL */
};

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

#endif
