/* SPDX-License-Identifier: ISC */
/*
 * actas - the state of a process beyond its namespaces, taken over by the
 * command as if that process had started it (fork(2), execve(2)).
 */
#ifndef NSKIT_NSJOIN_ACTAS_H
#define NSKIT_NSJOIN_ACTAS_H

#include <stdbool.h>

#include "lib/opt.h"
#include "tools/nsjoin/lsmlabel.h"
#include "tools/nsjoin/seccomp.h"
#include "tools/nsjoin/target.h"

/* What is taken over; each has a name for --except. */
enum actas_item {
	ACTAS_NAMESPACES,
	ACTAS_CGROUP,
	ACTAS_ROOT,
	ACTAS_WD,
	ACTAS_ENV,
	ACTAS_IDS,
	ACTAS_GROUPS,
	ACTAS_CAPS,
	ACTAS_NO_NEW_PRIVS,
	ACTAS_LABEL,
	ACTAS_UMASK,
	ACTAS_LIMITS,
	ACTAS_NICE,
	ACTAS_AFFINITY,
	ACTAS_OOM,
	ACTAS_PERSONALITY,
	ACTAS_SECCOMP,
	ACTAS_FDS,     /* not taken over, but ours closed */
	ACTAS_KEYRING, /* not taken over, but a new one */
	ACTAS_NITEMS,
};

struct actas_request {
	bool on;
	bool excepts;	      /* --except was given */
	unsigned long except; /* bit ITEM: leave it */
};

/* What actas_read finds. */
struct actas {
	const struct actas_request *r;
	const struct target_status *status;
	struct cred_like ids; /* as called in there */
	size_t ngroups;
	const gid_t
	    *outside;	     /* its groups as we call them; NULL: not all ... */
	const gid_t *inside; /* ... as called in there; NULL: not all are */
	int parts;	     /* of cred_become_like */
	bool groups; /* they differ from ours, and are still to be taken */
	struct target_limit limits[TARGET_NLIMITS];
	int nice;
	int oom;
	unsigned long personality;
	struct lsmlabel label;
	struct seccomp_list filters;
};

/* -A --except */
extern const struct opt actas_options[];

/* actas_takes - is ITEM to be taken over? */
bool actas_takes(const struct actas_request *r, enum actas_item item);

/* actas_hint - "--except=ITEM leaves it", for messages; NULL without -A. */
const char *actas_hint(const struct actas_request *r, enum actas_item item);

/*
 * actas_read - read it all from P, the namespaces, the cgroup, the directories
 * and the environment excepted.  STATUS, its status file, stays in use; USERNS:
 * its user namespace will be entered.  Outside.  Exits on failure, and names
 * what failed and what does without.
 */
void actas_read(struct actas *a, const struct actas_request *r,
    const struct proc *p, const struct target_status *status, bool userns);

/*
 * actas_become - but with the user UID and the group GID, as they are called in
 * there (NULL: as it was), and the N groups of LIST.  A user other than 0 has
 * none of its capabilities then; user 0 has those of its bounding set.
 */
void actas_become(struct actas *a, const uid_t *uid, const gid_t *gid,
    const gid_t *list, size_t n);

/*
 * actas_begin - take what needs our privileges: groups, hard limits, nice,
 * affinity, oom_score_adj.  In the process that enters, before it does; what
 * it starts inherits them.  Exits on failure.
 */
void actas_begin(struct actas *a);

/*
 * actas_finish - the rest but the filters, in the command's own process inside.
 * Exits on failure.
 */
void actas_finish(const struct actas *a);

/* actas_signals - last but one: no signal is ignored or blocked. */
void actas_signals(const struct actas_request *r);

/* actas_filter - the filters, just before execve(2).  Exits on failure. */
void actas_filter(const struct actas *a);

#endif
