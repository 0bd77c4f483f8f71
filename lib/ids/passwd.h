/* SPDX-License-Identifier: ISC */
/*
 * passwd - users and groups by the etc/passwd and etc/group below a root
 * directory that is not ours: two files are read, by descriptor, and nothing
 * of that place is executed or loaded.  What they say is somebody else's word,
 * good for IDs there.
 */
#ifndef NSKIT_IDS_PASSWD_H
#define NSKIT_IDS_PASSWD_H

#include <sys/types.h>

#include <stddef.h>

#define PASSWD_GROUPS_MAX 1024

/* One line of passwd(5); the strings are in memory of their own. */
struct passwd_user {
	char *name, *home, *shell;
	uid_t uid;
	gid_t gid;
};

/*
 * passwd_user - find the user NAME, or if that is NULL the one with UID, below
 * the directory ROOT.
 *
 * Returns 0; -1 and *ERRSTR: there is none, or the file cannot be read.
 */
int passwd_user(int root, const char *name, uid_t uid, struct passwd_user *u,
    const char **errstr);

/* passwd_group - the same for the ID of a group.  Returns 0, or -1. */
int passwd_group(int root, const char *name, gid_t *gid, const char **errstr);

/*
 * passwd_groups - the IDs of all groups that list USER as a member, into LIST;
 * *N becomes their number.  Without etc/group there are none.  Returns 0; -1
 * and *ERRSTR.
 */
int passwd_groups(int root, const char *user, gid_t list[PASSWD_GROUPS_MAX],
    size_t *n, const char **errstr);

/*
 * passwd_parse_user, passwd_parse_group - the first line of TEXT that fits, as
 * above; for the two files' lines alone.  TEXT is cut up.  Return 1: found; 0;
 * -1 and errno: no memory.
 */
int passwd_parse_user(
    char *text, const char *name, uid_t uid, struct passwd_user *u);
int passwd_parse_group(char *text, const char *name, gid_t *gid);

#endif
