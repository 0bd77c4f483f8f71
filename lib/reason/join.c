/* SPDX-License-Identifier: ISC */
/* reason: a namespace that cannot be entered. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/reason/reason.h"

/* Which capability is missing in which user namespace, and whose that is. */
static const char *
join_eperm(const struct ns_type *type, int fd, bool user)
{
	static char text[REASON_MAX];
	bool is_user = type->flag == CLONE_NEWUSER;
	const char *caps = type->flag == CLONE_NEWNS ?
	    "CAP_SYS_ADMIN and CAP_SYS_CHROOT" :
	    "CAP_SYS_ADMIN";
	int owner = is_user ? fd : ns_owner(fd);
	struct stat st;
	uid_t uid;

	if (owner == -1 || fstat(owner, &st) == -1 ||
	    ns_owner_uid(owner, &uid) == -1)
		snprintf(text, sizeof(text),
		    "needs %s in the user namespace that owns it, which is "
		    "not below ours",
		    caps);
	else
		snprintf(text, sizeof(text),
		    "needs %s in user:[%ju]%s, of user ID %ju%s", caps,
		    (uintmax_t)st.st_ino, is_user ? "" : ", which owns it",
		    (uintmax_t)uid,
		    is_user || user ? "" : ": -U enters that first");
	if (!is_user && owner != -1)
		close(owner);
	return text;
}

const char *
reason_join(const struct ns_type *type, int fd, int errnum, bool user)
{
	if (errnum == EPERM)
		return join_eperm(type, fd, user);
	if (errnum == EINVAL && type->flag == CLONE_NEWPID)
		return "it is not below our own PID namespace";
	if (errnum == EINVAL && type->flag == CLONE_NEWUSER)
		return "it is our own, or we share our root directory with "
		       "another process, or have threads";
	if (errnum == EINVAL && type->flag == CLONE_NEWNS)
		return "we share our root directory with another process";
	if (errnum == EUSERS)
		return "we have more than one thread";
	return NULL;
}
