/* SPDX-License-Identifier: ISC */
/*
 * account - names of users and groups, passwd(5) and group(5).
 *
 * getpwnam(3) and its kin load whatever modules nsswitch.conf(5) names into
 * the process that asks; ours have privileges, and are static.  So the two
 * files are read here, and what is not in them is asked of getent(1), where
 * nsswitch.conf has more than "files".
 *
 * Outside only: inside, the answer would be somebody else's.
 */
#ifndef NSKIT_IDS_ACCOUNT_H
#define NSKIT_IDS_ACCOUNT_H

#include <sys/types.h>

#include <stddef.h>

#include "lib/ids/passwd.h"

/*
 * account_user, account_group - the ID of a name.  Return 0; -1 and *ERRSTR:
 * there is none, or it cannot be found out.
 */
int account_user(const char *name, uid_t *uid, const char **errstr);
int account_group(const char *name, gid_t *gid, const char **errstr);

/*
 * account_groups - the groups of user NAME, or where that is NULL of UID: its
 * own first, then those that list it as a member; *N becomes their number.
 * Returns 0; -1 and *ERRSTR.
 */
int account_groups(const char *name, uid_t uid, gid_t list[PASSWD_GROUPS_MAX],
    size_t *n, const char **errstr);

/*
 * account_name - the name of a user, looked up once and remembered.
 *
 * Returns it; NULL: there is none (*ERRSTR is NULL), or it cannot be found out
 * (*ERRSTR says why).
 */
const char *account_name(uid_t uid, const char **errstr);

#endif
