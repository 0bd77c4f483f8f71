/* SPDX-License-Identifier: ISC */
/* reason: what can refuse a new namespace, or a process. */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

#define PID_LEVELS_MAX 32 /* MAX_PID_NS_LEVEL of linux/pid_namespace.h */
#define SECCOMP_FILTER 2  /* the word for it in /proc/PID/status */

static long long
limit_of(const struct ns_type *type)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/sys/user/%s", type->sysctl);
	return reason_knob(path);
}

/* What FN(ARG), 0 to 255, is in a child; -1: unknown. */
static int
in_child(int (*fn)(int arg), int arg)
{
	/* It sends no signal, so it does not matter what SIGCHLD is. */
	long pid = uapi_clone(0, NULL);
	int status;

	if (pid == 0)
		_exit(fn(arg));
	if (pid == -1 || proc_reap((pid_t)pid, &status) == -1)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
try_unshare(int types)
{
	return unshare(types) == 0 ? 0 : errno;
}

int
reason_try(int types)
{
	return in_child(try_unshare, types);
}

/* Is there a mount on our root directory?  In most chroots there is none. */
static bool
root_is_mount(void)
{
	struct uapi_statx sx;

	if (uapi_statx(AT_FDCWD, "/", 0, 0, &sx) == -1 ||
	    (sx.stx_attributes_mask & UAPI_STATX_ATTR_MOUNT_ROOT) == 0)
		return true;
	return (sx.stx_attributes & UAPI_STATX_ATTR_MOUNT_ROOT) != 0;
}

enum chroot { IN_CHROOT, NOT_IN_CHROOT, UNKNOWN };

/* The mount that our root directory is on; 0: unknown. */
static uint64_t
root_mount(void)
{
	struct uapi_statx sx;

	if (uapi_statx(AT_FDCWD, "/", 0, UAPI_STATX_MNT_ID, &sx) == -1 ||
	    (sx.stx_mask & UAPI_STATX_MNT_ID) == 0)
		return 0;
	return sx.stx_mnt_id;
}

/* In a child, as it may: to enter our own mount namespace leads to its root. */
static int
compare_roots(int unused)
{
	uint64_t before = root_mount();

	(void)unused;
	if (before == 0 || ns_leave_chroot() == -1)
		return UNKNOWN;
	return root_mount() == before ? NOT_IN_CHROOT : IN_CHROOT;
}

/* Does the root directory differ from the mount namespace's? */
static enum chroot
in_chroot(void)
{
	struct stat root, init;
	int found;

	if (!root_is_mount())
		return IN_CHROOT;
	if ((found = in_child(compare_roots, 0)) != -1 && found != UNKNOWN)
		return (enum chroot)found;
	if (stat("/", &root) == -1 || stat("/proc/1/root", &init) == -1)
		return UNKNOWN;
	return file_same(&root, &init) ? NOT_IN_CHROOT : IN_CHROOT;
}

/* Without a map nobody in a user namespace may make another one. */
static bool
has_map(const char *path)
{
	char buf[4096];

	return file_get(AT_FDCWD, path, buf, sizeof(buf)) != 0;
}

const char *
reason_filter(int errnum)
{
	/* Also without /proc. */
	if ((errnum != EPERM && errnum != ENOSYS) ||
	    prctl(PR_GET_SECCOMP) != SECCOMP_FILTER)
		return NULL;
	return "a seccomp filter is in force, which seems not to allow it";
}

static const char *
user_refused(void)
{
	bool admin = reason_is_admin();
	enum chroot chroot;

	if (!admin &&
	    reason_knob("/proc/sys/kernel/unprivileged_userns_clone") == 0)
		return "kernel.unprivileged_userns_clone is 0: only root may "
		       "make user namespaces; set it to 1";
	if (!admin &&
	    reason_knob("/proc/sys/kernel/"
			"apparmor_restrict_unprivileged_userns") > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1: "
		       "only programs with an AppArmor profile that allows "
		       "userns may; set it to 0 or add a profile";
	if (!has_map("/proc/self/uid_map") || !has_map("/proc/self/gid_map"))
		return "our own ID is not mapped in the user namespace that "
		       "we are in: give that one a map (-r)";
	if ((chroot = in_chroot()) == IN_CHROOT)
		return "user namespaces cannot be made in a chroot; enter it "
		       "by pivot_root(2) in a mount namespace instead";
	if (reason_status("Seccomp", 10) == SECCOMP_FILTER)
		return "a seccomp filter is in force, which seems not to "
		       "allow user namespaces: that of a container, or "
		       "RestrictNamespaces= of systemd";
	return chroot == NOT_IN_CHROOT ?
	    "a security module or this container does not allow user "
	    "namespaces" :
	    "a chroot, a security module or this container does not allow "
	    "user namespaces";
}

static const char *
create_eperm(int types)
{
	static char text[REASON_MAX];
	const struct ns_type *t = ns_type_by_flag(types);

	if (types & CLONE_NEWUSER)
		return user_refused();
	if (reason_is_admin())
		return reason_admin(EPERM, "namespaces");
	if (t == NULL)
		return "new namespaces need CAP_SYS_ADMIN, which a new user "
		       "namespace gives: add -U or -r";
	snprintf(text, sizeof(text),
	    "a new %s needs CAP_SYS_ADMIN, which a new user namespace gives: "
	    "add -U or -r",
	    t->words);
	return text;
}

/*
 * How many PID namespaces see this process, from /proc's own on: the numbers
 * in the NSpid line (pid_namespaces(7)).  0 if unknown.  NS_GET_PARENT is no
 * help: it never leads out of the namespace that we are in.
 */
static int
pid_levels(void)
{
	char *text = proc_status(AT_FDCWD, "/proc/self/status");
	uint64_t pid;
	int n = 0;

	while (text != NULL && proctext_number(text, "NSpid", n, &pid) == 0)
		n++;
	free(text);
	return n;
}

/* Does /proc show the first PID namespace, which has the kernel's threads? */
static bool
sees_all_levels(void)
{
	char buf[512];

	return file_get(AT_FDCWD, "/proc/2/stat", buf, sizeof(buf)) != -1 &&
	    strncmp(buf, "2 (kthreadd) ", strlen("2 (kthreadd) ")) == 0;
}

/*
 * Will our children be in another PID namespace than we are?  Before the first
 * of them there is no such link on most kernels.
 */
static bool
children_elsewhere(void)
{
	const struct ns_type *pid = ns_type_by_flag(CLONE_NEWPID);
	struct ns_key own;
	struct stat st;

	if (ns_key_self(pid, &own) == -1)
		return false;
	if (stat("/proc/self/ns/pid_for_children", &st) == -1)
		return errno == ENOENT;
	return st.st_ino != own.ino || st.st_dev != own.dev;
}

/* The first of TYPES that alone fails with ERRNUM, or NULL. */
static const struct ns_type *
culprit(int types, int errnum)
{
	const struct ns_type *user = ns_type_by_flag(CLONE_NEWUSER);

	if ((types & CLONE_NEWUSER) && reason_try(CLONE_NEWUSER) == errnum)
		return user;
	for (size_t i = 0; i < NS_NTYPES; i++)
		if ((types & ns_types[i].flag) && &ns_types[i] != user &&
		    reason_try((types & CLONE_NEWUSER) | ns_types[i].flag) ==
			errnum)
			return &ns_types[i];
	return NULL;
}

#define DEEP "PID namespaces are nested 32 deep"

/*
 * A new user namespace starts with limits of INT_MAX: no count reaches that,
 * so another one's limit or the depth is to blame.  In a container we do not
 * see how many PID namespaces are around us.
 */
static const char *
limit_reached(const struct ns_type *t)
{
	bool maybe_deep = t->flag == CLONE_NEWPID && !sees_all_levels();
	static char text[REASON_MAX];
	long long limit = limit_of(t);

	if (t->flag == CLONE_NEWPID && pid_levels() > PID_LEVELS_MAX)
		return "PID namespaces can be nested 32 deep at most, and "
		       "here they are";
	if (t->flag == CLONE_NEWUSER && limit == INT_MAX)
		return "user namespaces are nested 33 deep, which is the most "
		       "there can be, or user.max_user_namespaces of an outer "
		       "one is reached";
	if (limit == 0)
		snprintf(text, sizeof(text),
		    "user.%s is 0: these are switched off; raise it",
		    t->sysctl);
	else if (limit > 0 && limit != INT_MAX)
		snprintf(text, sizeof(text),
		    "%suser.%s is %lld: the limit is reached; raise it",
		    maybe_deep ? DEEP ", or " : "", t->sysctl, limit);
	else
		snprintf(text, sizeof(text),
		    "user.%s is reached, not here but in an outer user "
		    "namespace%s",
		    t->sysctl, maybe_deep ? ", or " DEEP : "");
	return text;
}

static const char *
create_enospc(int types)
{
	const struct ns_type *t = culprit(types, ENOSPC);

	/* One that was free again, or that could not be tried. */
	for (size_t i = 0; t == NULL && i < NS_NTYPES; i++)
		if ((types & ns_types[i].flag) && limit_of(&ns_types[i]) == 0)
			t = &ns_types[i];
	if (t == NULL)
		return "a limit below /proc/sys/user was reached, and no "
		       "longer is";
	return limit_reached(t);
}

static const char *
create_einval(int types)
{
	static char text[REASON_MAX];
	char path[64];
	const struct ns_type *t;

	if ((types & CLONE_NEWPID) && children_elsewhere())
		return "our children will be in another PID namespace already "
		       "(-p without -f, or entered): fork first";
	for (size_t i = 0; i < NS_NTYPES; i++) {
		t = &ns_types[i];
		ns_path(path, sizeof(path), 0, t);
		if ((types & t->flag) == 0 || access(path, F_OK) == 0 ||
		    access("/proc/self/ns", F_OK) == -1)
			continue;
		snprintf(text, sizeof(text),
		    "this kernel has no %ss: they need %s%s%s", t->words,
		    t->config != NULL ? t->config : "a newer kernel",
		    t->since != NULL ? " and Linux " : "",
		    t->since != NULL ? t->since : "");
		return text;
	}
	return NULL;
}

const char *
reason_create(int types, int errnum)
{
	if (types == 0)
		return reason_fork(errnum);
	switch (errnum) {
	case EACCES:
		return types & CLONE_NEWUSER ? user_refused() : NULL;
	case EPERM:
		return create_eperm(types);
	case ENOSPC:
		return create_enospc(types);
	case EINVAL:
		return create_einval(types);
	case EUSERS:
		return "namespaces are nested too deep";
	default:
		return reason_fork(errnum);
	}
}

const char *
reason_create_in(int entered, int types, int errnum)
{
	if ((entered & CLONE_NEWPID) && errnum == ENOMEM)
		return "the PID 1 of the PID namespace has ended: nothing can "
		       "start in there";
	if ((entered & (CLONE_NEWPID | CLONE_NEWNS)) == 0)
		return reason_create(types, errnum);
	return errnum == EAGAIN ?
	    "a limit on processes is reached: pids.max of the cgroup, ulimit "
	    "-u, kernel.pid_max or kernel.threads-max" :
	    NULL;
}

/* pids.max, if it is reached, of the group in this line of a cgroup file. */
static long long
limit_below(const char *mount, const char *line)
{
	int len = (int)strcspn(line, "\n");
	char path[4400];
	long long max, now;

	snprintf(path, sizeof(path), "%s%.*s/pids.current", mount, len, line);
	now = reason_knob(path);
	snprintf(path, sizeof(path), "%s%.*s/pids.max", mount, len, line);
	max = reason_knob(path);
	return max != -1 && now >= max ? max : -1;
}

/* That of our cgroup, of version 2 or 1; -1: it is not reached. */
static long long
cgroup_limit(void)
{
	static const struct {
		const char *begin, *mount;
	} kinds[] = {
		{ "0::", "/sys/fs/cgroup" },
		{ "0::", "/sys/fs/cgroup/unified" },
		{ ":pids:", "/sys/fs/cgroup/pids" },
	};
	char buf[4096], *line;
	long long max = -1;

	if (file_get(AT_FDCWD, "/proc/self/cgroup", buf, sizeof(buf)) == -1)
		return -1;
	for (size_t i = 0; max == -1 && i < sizeof(kinds) / sizeof(kinds[0]);
	     i++)
		if ((line = strstr(buf, kinds[i].begin)) != NULL)
			max = limit_below(
			    kinds[i].mount, line + strlen(kinds[i].begin));
	return max;
}

static const char *
fork_eagain(void)
{
	static char text[REASON_MAX];
	struct rlimit rl;
	long long max = cgroup_limit();

	if (max != -1)
		snprintf(text, sizeof(text),
		    "pids.max of the cgroup is %lld, and so many processes "
		    "are in it",
		    max);
	else if (geteuid() != 0 && getrlimit(RLIMIT_NPROC, &rl) == 0 &&
	    rl.rlim_cur != RLIM_INFINITY)
		snprintf(text, sizeof(text),
		    "a limit on processes is reached: ulimit -u is %llu",
		    (unsigned long long)rl.rlim_cur);
	else
		snprintf(text, sizeof(text),
		    "a limit on processes is reached: pids.max of the cgroup, "
		    "kernel.pid_max (%lld) or kernel.threads-max (%lld)",
		    reason_knob("/proc/sys/kernel/pid_max"),
		    reason_knob("/proc/sys/kernel/threads-max"));
	return text;
}

const char *
reason_descriptors(void)
{
	static char text[64];
	struct rlimit rl;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1)
		return NULL;
	snprintf(text, sizeof(text), "ulimit -n is %llu",
	    (unsigned long long)rl.rlim_cur);
	return text;
}

const char *
reason_fork(int errnum)
{
	if (errnum == EMFILE)
		return reason_descriptors();
	if (errnum == ENOMEM && children_elsewhere())
		return "the first process of the PID namespace that children "
		       "would be in has ended: nothing can start there";
	if (errnum == EAGAIN)
		return fork_eagain();
	return reason_filter(errnum);
}
