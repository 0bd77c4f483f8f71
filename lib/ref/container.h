/* SPDX-License-Identifier: ISC */
/*
 * container - containers and units by name: cgroup knows those whose cgroup
 * says who they are, engine asks the program of a scheme; container has the
 * order in which they are asked.
 *
 * For the rooms of ref alone.
 */
#ifndef NSKIT_REF_CONTAINER_H
#define NSKIT_REF_CONTAINER_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

#include "lib/ref/open.h"

#define CONTAINER_ID_MAX 256
#define CONTAINERS_MAX 16 /* that one name may mean */

/* One that was found. */
struct container {
	char scheme[REF_SCHEME_MAX];
	char id[CONTAINER_ID_MAX]; /* of a unit the path of its cgroup; or "" */
	char state[32];		   /* in the engine's word, or "" */
	pid_t pid;		   /* its first process; 0: it does not run */
	/* What of the text says so: a cgroup's path, of LEN bytes. */
	const char *path;
	size_t len;
	/* Of container_by_cgroup: its inode, 0 where it is not to be seen, and
	 * the user whose directory it was made in. */
	ino_t cgroup;
	uid_t maker;
};

/*
 * container_in_cgroup - what the text of /proc/PID/cgroup says of the container
 * that the process is in, the innermost: C's scheme and id.  False: none.
 */
bool container_in_cgroup(const char *text, struct container *c);

/*
 * container_by_cgroup - the running containers of SCHEME ("container": any, but
 * no units) with the name, ID, or beginning of an ID NAME that their cgroups
 * tell: MAX at most into LIST.  Who makes a cgroup calls it as he likes: what
 * one says that neither root nor we have made is not believed, but goes to
 * DOUBTED (or NULL).
 *
 * Returns their number; none where /proc cannot be read.
 */
size_t container_by_cgroup(const char *scheme, const char *name,
    struct container *list, size_t max, struct container *doubted);

/*
 * container_may_tell - can the cgroup of any process say that it is in SCHEME's
 * NAME?  Not where it has but an ID and NAME is none.
 */
bool container_may_tell(const char *scheme, const char *name);

/*
 * container_is_cgroup - does the text of /proc/PID/cgroup still say that it is
 * C, which container_by_cgroup has found for NAME?
 */
bool container_is_cgroup(
    const char *text, const char *name, const struct container *c);

/*
 * container_is_frozen - is the cgroup in the text of /proc/PID/cgroup frozen,
 * as a paused container's is?  False where /sys/fs/cgroup does not tell.
 */
bool container_is_frozen(const char *text);

/* container_is_id - may NAME be an ID or, of LEAST digits, the beginning? */
bool container_is_id(const char *name, size_t least);

/*
 * container_by_program - ask the program of SCHEME for NAME.
 *
 * Returns 0 and fills C; -1 and *ERRSTR: there is no such program, it is not to
 * be trusted, or it knows none (in its words).
 */
int container_by_program(const char *scheme, const char *name,
    struct container *c, const char **errstr);

/*
 * container_table - ask the program of SCHEME for all it has.
 *
 * Returns the lines, NAME ID PID STATE each, to be freed; NULL and *ERRSTR as
 * container_by_program.
 */
char *container_table(const char *scheme, const char **errstr);

/* container_each_program - FN with each scheme that has a program. */
void container_each_program(
    void (*fn)(void *arg, const char *scheme), void *arg);

#endif
