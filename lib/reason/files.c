/* SPDX-License-Identifier: ISC */
/* reason: files of /proc, ID maps and mounts. */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

#define PROC_MAGIC 0x9fa0 /* linux/magic.h */
#define APPARMOR "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"

static bool
is_proc(const char *path)
{
	struct statfs sfs;

	return statfs(path, &sfs) == 0 && sfs.f_type == PROC_MAGIC;
}

/* Is /proc mounted so that it shows others' processes to nobody? */
static bool
hides_processes(void)
{
	struct mountinfo_file f;
	struct mountinfo m;
	bool hides = false;

	if (mountinfo_open(&f, AT_FDCWD, "/proc/self/mountinfo") == -1)
		return false;
	while (mountinfo_read(&f, &m))
		if (strcmp(m.point, "/proc") == 0 &&
		    strcmp(m.fstype, "proc") == 0)
			hides = strstr(m.super, "hidepid=") != NULL;
	mountinfo_close(&f);
	return hides;
}

const char *
reason_proc(const char *whose)
{
	static char text[REASON_MAX];

	if (!is_proc("/proc"))
		return "no proc file system is mounted on /proc";
	if (access("/proc/self", F_OK) == -1)
		return "/proc is that of a PID namespace that we are not in: "
		       "mount one of our own (--mount-proc)";
	snprintf(text, sizeof(text), "/proc/%s", whose);
	if (access(text, F_OK) == 0)
		return NULL;
	snprintf(text, sizeof(text),
	    hides_processes() ?
		"/proc is mounted with hidepid, and /proc/%s is hidden or "
		"not there" :
		"/proc/%s is not there: it has ended, or /proc is another "
		"PID namespace's",
	    whose);
	return text;
}

const char *
reason_proc_hidden(pid_t pid)
{
	const char *why;
	char name[16];

	snprintf(name, sizeof(name), "%d", (int)pid);
	if ((why = reason_proc("self")) == NULL)
		why = reason_proc(name);
	return why != NULL ? why :
			     "/proc shows another PID namespace than ours";
}

const char *
reason_map(int errnum)
{
	if (reason_proc("self") != NULL)
		return reason_proc("self");
	if ((errnum == EPERM || errnum == EACCES) && reason_knob(APPARMOR) > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1: "
		       "the new user namespace gives no capabilities; set it "
		       "to 0 or add an AppArmor profile that allows userns";
	if (errnum == EPERM)
		return "without CAP_SETUID and CAP_SETGID outside (and "
		       "CAP_SETFCAP to map 0) only one's own ID can be mapped";
	return NULL;
}

const char *
reason_helper(const char *path)
{
	struct statvfs vfs;
	struct stat st;

	if (geteuid() == 0)
		return NULL;
	if (reason_status("NoNewPrivs", 10) == 1)
		return "no_new_privs is set, so it cannot gain the privilege "
		       "to write the map";
	if (statvfs(path, &vfs) == 0 && (vfs.f_flag & ST_NOSUID))
		return "its file system is mounted nosuid, so it cannot gain "
		       "the privilege to write the map";
	if (stat(path, &st) == 0 && (st.st_mode & S_ISUID) == 0 &&
	    getxattr(path, "security.capability", NULL, 0) == -1)
		return "it is neither set-user-ID root nor has file "
		       "capabilities: install it anew";
	return NULL;
}

const char *
reason_admin(int errnum, const char *what)
{
	static char text[REASON_MAX];

	if (errnum != EPERM && errnum != EACCES)
		return NULL;
	if (!reason_is_admin()) {
		snprintf(text, sizeof(text),
		    "needs CAP_SYS_ADMIN in the user namespace that owns the "
		    "%s: add -U or -r",
		    what);
		return text;
	}
	if (reason_knob(APPARMOR) > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1: "
		       "the new user namespace gives no capabilities; set it "
		       "to 0 or add an AppArmor profile that allows userns";
	if (reason_status("Seccomp", 10) == 2)
		return "a seccomp filter is in force, which seems not to "
		       "allow it";
	return "a security module does not allow it";
}

const char *
reason_mount(int errnum)
{
	static char text[REASON_MAX];
	long long max;

	if (errnum != ENOSPC ||
	    (max = reason_knob("/proc/sys/fs/mount-max")) == -1)
		return reason_admin(errnum, "mount namespace");
	snprintf(text, sizeof(text),
	    "sysctl fs.mount-max is %lld: a mount namespace may not have more; "
	    "raise it",
	    max);
	return text;
}

/*
 * Does our user namespace own the PID namespace that we are in?  The owner of
 * one that an outer user namespace has made is not shown (ioctl_ns(2)).
 */
static bool
owns_pid_ns(void)
{
	const struct ns_type *pid = ns_type_by_flag(CLONE_NEWPID);
	const struct ns_type *user = ns_type_by_flag(CLONE_NEWUSER);
	struct ns_key own, key;
	int fd = ns_open(0, pid, false), owner = -1;
	bool owns = true;

	if (fd != -1 && ns_key_self(user, &own) == 0) {
		owner = ns_owner(fd);
		owns = owner != -1 && ns_key_fd(owner, &key) == 0 &&
		    ns_key_equal(&key, &own);
	}
	if (owner != -1)
		close(owner);
	if (fd != -1)
		close(fd);
	return owns;
}

/* The first mount below /proc; false if there is none. */
static bool
cover_of_proc(char *name, size_t size)
{
	struct mountinfo_file f;
	struct mountinfo m;
	bool found = false;

	if (mountinfo_open(&f, AT_FDCWD, "/proc/self/mountinfo") == -1)
		return false;
	while (!found && mountinfo_read(&f, &m)) {
		found = strncmp(m.point, "/proc/", 6) == 0;
		strlcpy(name, m.point, size);
	}
	mountinfo_close(&f);
	return found;
}

/* What keeps us from going on below PATH, or NULL. */
static const char *
blame(const char *path)
{
	const char *before = "", *after = "";
	static char text[REASON_MAX];
	struct stat st;

	if (stat(path, &st) == -1) {
		before = "there is no ";
		if (lstat(path, &st) == 0) {
			before = "the link ";
			after = " leads nowhere, or too far for us";
		}
	} else if (!S_ISDIR(st.st_mode)) {
		after = " is not a directory";
	} else if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == -1) {
		before = "we may not search ";
	} else {
		return NULL;
	}
	snprintf(text, sizeof(text), "%s%.300s%s", before, path, after);
	return text;
}

/* The first directory on the way. */
static const char *
blame_way(const char *path)
{
	const char *why = NULL;
	char way[PATH_MAX];

	if (strlcpy(way, path, sizeof(way)) >= sizeof(way))
		return NULL;
	for (char *at = way; why == NULL && (at = strchr(at + 1, '/')) != NULL;
	     *at = '/') {
		*at = '\0';
		why = blame(way);
	}
	return why;
}

/* All on the way is as it should be. */
static const char *
blame_end(const char *path, int errnum)
{
	struct stat st;

	if (errnum == EACCES && strncmp(path, "/proc/", 6) == 0)
		return reason_process(0);
	if (lstat(path, &st) == -1)
		return errnum == EACCES ? "we may not write to its directory" :
					  NULL;
	if (S_ISLNK(st.st_mode) && stat(path, &st) == -1)
		return "the link leads nowhere, or too far for us";
	if (errnum == ENOENT)
		return "it has been removed";
	return errnum == EACCES && S_ISDIR(st.st_mode) ?
	    "we may not search it" :
	    NULL;
}

const char *
reason_path(const char *path, int errnum)
{
	const char *why;

	if (errnum == EXDEV)
		return "it is on a mount of another mount namespace, which "
		       "nsjoin -m enters";
	if (errnum == ESTALE)
		return "it was replaced by another one meanwhile";
	if (path[0] == '\0' ||
	    (errnum != EACCES && errnum != ENOENT && errnum != ENOTDIR))
		return NULL;
	why = blame_way(path);
	return why != NULL ? why : blame_end(path, errnum);
}

const char *
reason_tree(int errnum)
{
	if (errnum == ENOENT)
		return "it has been removed";
	if (errnum == EINVAL)
		return "its mount is unbindable, or it is on none";
	return reason_place(errnum);
}

const char *
reason_place(int errnum)
{
	switch (errnum) {
	case EOVERFLOW:
		return "our own ID is not mapped inside: add -r";
	case EINVAL:
		return "a directory goes on a directory, any other file on "
		       "another file";
	case ENOSYS:
		return "read-only needs Linux 5.12";
	case ELOOP:
		return BIND_LOOP;
	default:
		return reason_mount(errnum);
	}
}

const char *
reason_root(int errnum)
{
	if (errnum == EPERM && !reason_is_admin())
		return "needs CAP_SYS_CHROOT, which a new user namespace "
		       "gives: add -U or -r";
	return errnum == ENOSPC ? reason_mount(errnum) : NULL;
}

const char *
reason_mount_proc(int errnum)
{
	static char text[REASON_MAX];
	char cover[200];

	if (errnum == ENOENT || errnum == ENOTDIR)
		return "the mount point is not a directory that exists";
	if (errnum != EPERM || !reason_is_admin())
		return reason_mount(errnum);
	if (!owns_pid_ns())
		return "proc shows the PID namespace of its mounter, which is "
		       "not a new one here: add -p, with -f";
	if (!is_proc("/proc/self/ns") && !is_proc("/proc"))
		return "proc can only be mounted where one is visible in full";
	if (!cover_of_proc(cover, sizeof(cover)))
		return reason_mount(errnum);
	snprintf(text, sizeof(text),
	    "/proc is masked in part here (%s), as in a container, and a new "
	    "one would show what is behind",
	    cover);
	return text;
}
