/* SPDX-License-Identifier: ISC */
/* reason: a namespace that cannot be entered. */
#include "config.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <linux/capability.h>

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/reason/reason.h"

/* CAP_SYS_ADMIN in our user namespace, asked of no file. */
static bool
is_admin(void)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
		0 };
	struct __user_cap_data_struct data[2];

	return syscall(SYS_capget, &head, data) == 0 &&
	    (data[0].effective & (1U << CAP_SYS_ADMIN)) != 0;
}

/* Our own has no parent that we may see; one below ours has. */
static bool
is_own(int user)
{
	int parent = ns_parent(user);

	if (parent != -1)
		close(parent);
	return parent == -1 && errno == EPERM;
}

/* Which capability is missing in which user namespace, and whose that is. */
static const char *
missing(const struct ns_type *type, int owner, const char *user_option)
{
	static char text[REASON_MAX];
	bool is_user = type->flag == CLONE_NEWUSER;
	const char *caps = type->flag == CLONE_NEWNS ?
	    "CAP_SYS_ADMIN and CAP_SYS_CHROOT" :
	    "CAP_SYS_ADMIN";
	bool hint = !is_user && user_option != NULL;
	struct stat st;
	uid_t uid;

	if (owner == -1 || fstat(owner, &st) == -1 ||
	    ns_owner_uid(owner, &uid) == -1)
		snprintf(text, sizeof(text),
		    "needs %s in the user namespace that owns it, which is "
		    "not below ours",
		    caps);
	else if (is_own(owner) && !is_user)
		snprintf(text, sizeof(text),
		    "needs %s in our own user namespace: become root", caps);
	else
		snprintf(text, sizeof(text),
		    "needs %s in user:[%ju]%s, of user ID %ju%s%s%s", caps,
		    (uintmax_t)st.st_ino, is_user ? "" : ", which owns it",
		    (uintmax_t)uid, hint ? ": " : "", hint ? user_option : "",
		    hint ? " enters that first" : "");
	return text;
}

static const char *
join_eperm(const struct ns_type *type, int fd, const char *user_option)
{
	bool is_user = type->flag == CLONE_NEWUSER;
	int owner = is_user ? fd : ns_owner(fd);
	const char *why;

	/* An owner that we are told is ours or below: our rights count there.
	 */
	if (owner == -1 || !is_admin() || (is_user && is_own(fd)))
		why = missing(type, owner, user_option);
	else if (prctl(PR_GET_SECCOMP) == 2)
		why = "a seccomp filter is in force, which seems not to "
		      "allow setns(2)";
	else
		why = "we have CAP_SYS_ADMIN there: a security module does "
		      "not allow it, or CAP_SYS_CHROOT is missing";
	if (!is_user && owner != -1)
		close(owner);
	return why;
}

const char *
reason_join(
    const struct ns_type *type, int fd, int errnum, const char *user_option)
{
	if (errnum == EPERM)
		return join_eperm(type, fd, user_option);
	if (errnum == EINVAL && type->flag == CLONE_NEWPID)
		return "it is not below our own PID namespace";
	if (errnum == EINVAL && type->flag == CLONE_NEWUSER)
		return "it is our own, or we share our root directory with "
		       "another process, or have threads";
	if (errnum == EINVAL && type->flag == CLONE_NEWNS)
		return "we share our root directory with another process";
	if (errnum == EUSERS)
		return "we have more than one thread";
	return reason_filter(errnum);
}
