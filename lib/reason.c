/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/reason.h"
#include "lib/uapi.h"

#define TEXT_MAX 400
#define PID_LEVELS_MAX 32 /* MAX_PID_NS_LEVEL of linux/pid_namespace.h */
#define CAP_SYS_ADMIN_BIT (UINT64_C(1) << 21)

static long long
knob(const char *path)
{
	return file_get_number(AT_FDCWD, path);
}

static long long
limit_of(const struct ns_type *type)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/sys/user/%s", type->sysctl);
	return knob(path);
}

/* Do we hold CAP_SYS_ADMIN?  Unknown counts as no. */
static bool
is_admin(void)
{
	char buf[4096], *line;

	if (file_get(AT_FDCWD, "/proc/self/status", buf, sizeof(buf)) == -1 ||
	    (line = strstr(buf, "\nCapEff:")) == NULL)
		return false;
	return strtoull(line + 8, NULL, 16) & CAP_SYS_ADMIN_BIT;
}

/* Does the root directory differ from the mount namespace's? */
static bool
in_chroot(void)
{
	struct stat root, init;

	return stat("/", &root) == 0 && stat("/proc/1/root", &init) == 0 &&
	    (root.st_dev != init.st_dev || root.st_ino != init.st_ino);
}

/* Without a map nobody in a user namespace may make another one. */
static bool
has_map(const char *path)
{
	char buf[4096];

	return file_get(AT_FDCWD, path, buf, sizeof(buf)) != 0;
}

static const char *
user_refused(void)
{
	if (knob("/proc/sys/kernel/unprivileged_userns_clone") == 0)
		return "kernel.unprivileged_userns_clone is 0: only root may "
		       "make user namespaces; set it to 1";
	if (knob("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1: "
		       "only programs with an AppArmor profile that allows "
		       "userns may; set it to 0 or add a profile";
	if (!has_map("/proc/self/uid_map") || !has_map("/proc/self/gid_map"))
		return "our own ID is not mapped in the user namespace that "
		       "we are in: give that one a map (-r)";
	if (in_chroot())
		return "user namespaces cannot be made in a chroot; enter it "
		       "by pivot_root(2) in a mount namespace instead";
	return "a seccomp filter, a security module or this container does "
	       "not allow user namespaces";
}

static const char *
create_eperm(int types)
{
	static char text[TEXT_MAX];
	const char *name = "namespaces";

	if (types & CLONE_NEWUSER)
		return user_refused();
	if (is_admin())
		return "a seccomp filter or a security module does not allow "
		       "it";
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (types == ns_types[i].flag)
			name = ns_types[i].words;
	snprintf(text, sizeof(text),
	    "a new %s needs CAP_SYS_ADMIN, which a "
	    "new user namespace gives: add -U or -r",
	    name);
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
	char buf[4096], *s;
	int n = 0;

	if (file_get(AT_FDCWD, "/proc/self/status", buf, sizeof(buf)) == -1 ||
	    (s = strstr(buf, "\nNSpid:")) == NULL)
		return 0;
	for (s += strlen("\nNSpid:"); *s == '\t'; n++)
		s += 1 + strspn(s + 1, "0123456789");
	return n;
}

/*
 * A new user namespace starts with limits of INT_MAX: no count reaches that,
 * so another one's limit or the depth is to blame.
 */
static const char *
nested_too_deep(int types)
{
	const struct ns_type *user = ns_type_by_flag(CLONE_NEWUSER);

	if ((types & CLONE_NEWPID) && pid_levels() > PID_LEVELS_MAX)
		return "PID namespaces can be nested 32 deep at most, and "
		       "here they are";
	if ((types & CLONE_NEWUSER) && limit_of(user) == INT_MAX)
		return "user namespaces are nested 33 deep, which is the most "
		       "there can be, or user.max_user_namespaces of an outer "
		       "one is reached";
	return NULL;
}

static const char *
create_enospc(int types)
{
	static char text[TEXT_MAX];
	const struct ns_type *t;
	long long limit;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		t = &ns_types[i];
		if ((types & t->flag) == 0 || (limit = limit_of(t)) == -1 ||
		    limit > 16)
			continue;
		snprintf(text, sizeof(text), "user.%s is %lld%s", t->sysctl,
		    limit,
		    limit == 0 ? ": these are switched off; raise it" :
				 ": the limit is reached; raise it");
		return text;
	}
	if (nested_too_deep(types) != NULL)
		return nested_too_deep(types);
	t = NULL;
	for (size_t i = 0; t == NULL && i < NS_NTYPES; i++)
		if (types & ns_types[i].flag)
			t = &ns_types[i];
	if (t == NULL)
		return NULL;
	snprintf(text, sizeof(text),
	    "a limit is reached: user.%s, here %lld "
	    "and perhaps lower outside, or namespaces nested 32 deep",
	    t->sysctl, limit_of(t));
	return text;
}

static const char *
create_einval(int types)
{
	static char text[TEXT_MAX];
	char path[64];
	const struct ns_type *t;

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
reason_fork(int errnum)
{
	if (errnum == ENOMEM)
		return "no memory, or the first process of the PID namespace "
		       "that children would join has ended";
	if (errnum == EAGAIN)
		return "a limit on processes is reached: ulimit -u, "
		       "pids.max of the cgroup, or kernel.threads-max";
	return NULL;
}

const char *
reason_proc(const char *whose)
{
	struct statfs sfs;
	static char text[TEXT_MAX];

	if (statfs("/proc", &sfs) == -1 || sfs.f_type != 0x9fa0)
		return "no proc file system is mounted on /proc";
	snprintf(text, sizeof(text), "/proc/%s", whose);
	if (access(text, F_OK) == -1) {
		snprintf(text, sizeof(text),
		    "/proc/%s is not there: /proc is "
		    "another PID namespace's, or hides it (hidepid)",
		    whose);
		return text;
	}
	return NULL;
}

const char *
reason_map(int errnum)
{
	if (reason_proc("self") != NULL)
		return reason_proc("self");
	if ((errnum == EPERM || errnum == EACCES) &&
	    knob("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1";
	if (errnum == EPERM)
		return "without CAP_SETUID and CAP_SETGID outside (and "
		       "CAP_SETFCAP to map 0) only one's own ID can be mapped";
	if (errnum == EINVAL)
		return "an outside ID does not exist in our user namespace";
	return NULL;
}

const char *
reason_mount(int errnum)
{
	if (errnum != EPERM && errnum != EACCES)
		return NULL;
	if (knob("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") > 0)
		return "kernel.apparmor_restrict_unprivileged_userns is 1: "
		       "the new user namespace gives no capabilities; set it "
		       "to 0 or add an AppArmor profile that allows userns";
	if (!is_admin())
		return "needs CAP_SYS_ADMIN in the user namespace that owns "
		       "the mount namespace: add -r";
	return "a seccomp filter or a security module does not allow it";
}

const char *
reason_mount_proc(int errnum)
{
	struct statfs sfs;

	if (errnum == ENOENT || errnum == ENOTDIR)
		return "the mount point is not a directory that exists";
	if (errnum != EPERM || !is_admin())
		return reason_mount(errnum);
	if (statfs("/proc/self/ns", &sfs) == -1)
		return "proc can only be mounted where one is visible in full";
	return "proc shows the PID namespace of its mounter, which must be a "
	       "new one here (-p, with -f); or parts of /proc are covered, as "
	       "in containers, and a new one would show them";
}

/* Which capability is missing in which user namespace, and whose that is. */
static const char *
join_eperm(const struct ns_type *type, int fd, bool user)
{
	static char text[TEXT_MAX];
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

/* What a script's first line names, up to a blank. */
static bool
script_interpreter(const char *head, char *name, size_t size)
{
	size_t len;

	if (strncmp(head, "#!", 2) != 0)
		return false;
	head += 2 + strspn(head + 2, " \t");
	len = strcspn(head, " \t\r\n");
	if (len == 0 || len >= size)
		return false;
	memcpy(name, head, len);
	name[len] = '\0';
	return true;
}

/* PT_INTERP of a 64-bit ELF file of this byte order. */
static bool
elf_interpreter(int fd, const char *head, char *name, size_t size)
{
	Elf64_Ehdr eh;
	Elf64_Phdr ph;
	ssize_t n;

	memcpy(&eh, head, sizeof(eh));
	if (memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0 ||
	    eh.e_ident[EI_CLASS] != ELFCLASS64)
		return false;
	for (int i = 0; i < eh.e_phnum; i++) {
		if (pread(fd, &ph, sizeof(ph),
			(off_t)(eh.e_phoff + (uint64_t)i * sizeof(ph))) !=
		    (ssize_t)sizeof(ph))
			return false;
		if (ph.p_type != PT_INTERP)
			continue;
		n = pread(fd, name, size - 1, (off_t)ph.p_offset);
		if (n <= 0)
			return false;
		name[n] = '\0';
		return true;
	}
	return false;
}

static bool
interpreter_of(const char *path, char *name, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char head[256] = "";
	struct stat st;
	bool found;

	if (fd == -1)
		return false;
	found = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    pread(fd, head, sizeof(head) - 1, 0) > 0 &&
	    (script_interpreter(head, name, size) ||
		elf_interpreter(fd, head, name, size));
	close(fd);
	return found;
}

const char *
reason_exec(const char *path, int errnum)
{
	static char text[TEXT_MAX];
	char name[256];

	if (errnum == ENOENT && strchr(path, '/') == NULL)
		return "there is no such command in the PATH inside";
	if (errnum == ENOENT && access(path, F_OK) == 0 &&
	    interpreter_of(path, name, sizeof(name))) {
		snprintf(text, sizeof(text),
		    "its interpreter %s is missing inside", name);
		return text;
	}
	if (errnum == ENOENT)
		return "the path is looked up inside";
	return NULL;
}
