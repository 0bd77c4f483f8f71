/* SPDX-License-Identifier: ISC */
/*
 * idmap - the user and group ID maps of a new user namespace: their text, the
 * rules they keep, and how they are installed (user_namespaces(7)).
 */
#ifndef NSKIT_IDS_IDMAP_H
#define NSKIT_IDS_IDMAP_H

#include <sys/types.h>

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/explain.h"
#include "lib/opt.h"

#define IDMAP_MAX 340 /* lines; UID_GID_MAP_MAX_EXTENTS of the kernel */

struct idmap_range {
	uint32_t inside, outside, count;
};

struct idmap {
	size_t n;
	struct idmap_range ranges[IDMAP_MAX];
};

/* What was asked for one of the two maps. */
struct idmap_side {
	bool single; /* our own ID becomes inside_id */
	uint32_t inside_id;
	/*
	 * In the order given: ranges, and before which of them (counted from
	 * 1; 0: not asked for) come those of subuid(5) from 0 on, the same to
	 * themselves, and whatever our own namespace has, to itself.
	 */
	struct idmap fixed;
	size_t from_auto, from_self, all;
	/* the options that asked for from_auto and from_self */
	const char *auto_option, *self_option;
};

struct idmap_request {
	struct idmap_side users, groups;
	int setgroups; /* -1: as it must be, 0: deny, 1: allow */
	bool owner;
	uid_t owner_uid;
	gid_t owner_gid;
};

#define IDMAP_REQUEST_DEFAULT   \
	{                       \
		.setgroups = -1 \
	}

/* -c -r --map-* --owner --setgroups */
extern const struct opt idmap_options[];

struct idmap_self {
	int ngroups;
	gid_t groups[NGROUPS_MAX];
};

/* What is to be written, and how. */
struct idmap_job {
	struct idmap users, groups; /* n == 0: leave it unwritten */
	int setgroups;		    /* -1: leave it */
	bool owner;
	uid_t owner_uid;
	gid_t owner_gid;
	bool by_helper; /* newuidmap(1) and newgidmap(1) have to write */
	bool outside;	/* cannot be written by the process itself */
	struct idmap_self *self; /* what we were before we were the owner */
	bool no_setfcap; /* we have no CAP_SETFCAP, and map ID 0 of outside */
	bool has_subids; /* our ranges of subuid(5) are in both */
	const char *users_option, *groups_option; /* the maps are of */
};

/* idmap_wanted - was any of it asked for? */
bool idmap_wanted(const struct idmap_request *r);

/*
 * idmap_parse_range - INSIDE:OUTSIDE:COUNT or OUTSIDE,INSIDE,COUNT.
 *
 * Decimal, COUNT from 1, and no ID above 4294967294.  Returns 0, or -1 and
 * *errstr.
 */
int idmap_parse_range(
    const char *text, struct idmap_range *range, const char **errstr);

/*
 * idmap_add - append RANGE to MAP.
 *
 * Returns 0; -1 and *errstr (static memory) if the map is full or RANGE
 * overlaps another, naming both.
 */
int idmap_add(
    struct idmap *map, const struct idmap_range *range, const char **errstr);

/*
 * idmap_add_around - append RANGE to MAP, which has the single pair INSIDE,
 * OUTSIDE: it is split around that, keeps its other IDs in their order and
 * loses the last one that has no partner, as with unshare(1).
 *
 * Returns 0, or -1 and *errstr as idmap_add.
 */
int idmap_add_around(struct idmap *map, const struct idmap_range *range,
    uint32_t inside, uint32_t outside, const char **errstr);

/*
 * idmap_read - the map in FILE below DIR, "/proc/self/uid_map" or the like,
 * with the IDs of that namespace and those of our own one, or if it is that, of
 * its parent; empty if that cannot be read: then -1 and errno, else 0.
 */
int idmap_read(struct idmap *map, int dir, const char *file);

/*
 * idmap_groups_denied - is setgroups(2) denied in the user namespace that we
 * are in?  Unknown is no.
 */
bool idmap_groups_denied(void);

/*
 * idmap_has_inside - does MAP give ID a meaning inside?  idmap_has_outside -
 * has the ID of outside one inside?
 */
bool idmap_has_inside(const struct idmap *map, uint32_t id);
bool idmap_has_outside(const struct idmap *map, uint32_t id);

/*
 * idmap_reaches - could a process in new namespaces of TYPES (CLONE_NEW*), made
 * as JOB says, have or get the user ID of outside UID?
 */
bool idmap_reaches(const struct idmap_job *job, int types, uid_t uid);

/*
 * idmap_resolve - make the request a job: look up names and ranges and check
 * all rules, before anything is created.  Outside.
 *
 * Returns 0; -1 and *errstr ("option: why", static memory).
 */
int idmap_resolve(
    const struct idmap_request *r, struct idmap_job *job, const char **errstr);

/*
 * idmap_check_rules - would the kernel, and newuidmap(1) where that has to
 * write, take the maps of JOB?  What cannot be looked up is left to them.
 * Only for maps of other IDs than our own.  Outside.
 *
 * Returns 0; -1 and *errstr ("option range: why", static memory).
 */
int idmap_check_rules(const struct idmap_job *job, const char **errstr);

/*
 * idmap_as_owner - just before the user namespace is created: take the real
 * and effective IDs of the owner asked for, because whoever creates it owns
 * it, and no supplementary groups; idmap_as_self - in the parent, after it:
 * take our own again, as fail_undo does before what was made earlier is rolled
 * back.  Nothing happens without --owner.  Exit on failure.
 */
void idmap_as_owner(const struct idmap_job *job);
void idmap_as_self(const struct idmap_job *job);

/*
 * idmap_install - write the maps of the user namespace of process PID, our
 * child or (0) this process: setgroups first, gid_map, uid_map, each in one
 * write.  Exits on failure.
 */
void idmap_install(pid_t pid, const struct idmap_job *job);

/* idmap_explain - describe it; see lib/explain. */
void idmap_explain(const struct idmap_job *job, struct explain *e);

#endif
