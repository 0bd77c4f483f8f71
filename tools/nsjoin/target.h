/* SPDX-License-Identifier: ISC */
/*
 * target - what /proc shows of a process (proc(5)), read through
 * its directory, so that it is never another process.
 *
 * All functions run outside, before anything is entered, and exit on failure.
 */
#ifndef NSKIT_NSJOIN_TARGET_H
#define NSKIT_NSJOIN_TARGET_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/ids/cred.h"
#include "lib/proc.h"

#define TARGET_NLIMITS 16 /* RLIM_NLIMITS, resource(2) */

/* Its IDs are as we see them, see target_user_inside. */
struct target_status {
	struct cred_like ids;
	size_t ngroups;
	gid_t *groups;
	bool no_new_privs;
	int seccomp; /* its mode: 0 none, 1 strict, 2 filters */
	mode_t umask;
	char *cpus; /* the mask of Cpus_allowed: hexadecimal, with commas */
};

/* target_environ - its environment (environ(7)), as it was executed with. */
char **target_environ(const struct proc *p);

/* target_status - its status file. */
void target_status(const struct proc *p, struct target_status *s);

/*
 * target_unchanged - has it still those IDs, groups and capabilities?  What was
 * read in between is then of one and the same process image, or of one that
 * has no other rights.
 */
bool target_unchanged(const struct proc *p, const struct target_status *s);

/*
 * target_secure - why its environment need not be by its own user: it is a
 * program that has other IDs or capabilities than the one who has executed it
 * (AT_SECURE of getauxval(3)), or hides itself (PR_SET_DUMPABLE).  NULL: it
 * is.  S is its status.
 */
const char *target_secure(const struct proc *p, const struct target_status *s);

/*
 * target_user_inside, target_group_inside - what ID, as we see it, is called
 * in the target's user namespace.  Returns 0, or -1 and errno: EINVAL, it is
 * not in its map.  Do not exit.
 */
int target_user_inside(const struct proc *p, uid_t *id);
int target_group_inside(const struct proc *p, gid_t *id);

/* target_has_maps - has its user namespace both ID maps?  Does not exit. */
bool target_has_maps(const struct proc *p);

/* target_has_root - do its maps have user 0 and group 0?  Does not exit. */
bool target_has_root(const struct proc *p);

/* target_nice - its nice value, -20 to 19. */
int target_nice(const struct proc *p);

/* target_number - the number that its file NAME holds, in BASE. */
long target_number(const struct proc *p, const char *name, int base);

/* One resource limit; UINT64_MAX is none (RLIM_INFINITY). */
struct target_limit {
	uint64_t soft, hard;
};

/* target_limits - its resource limits, by their numbers. */
void target_limits(
    const struct proc *p, struct target_limit limits[TARGET_NLIMITS]);

#endif
