/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/bind.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/file.h"
#include "lib/pin/journal.h"
#include "lib/reason/reason.h"

/* Is the claimed file still what its name means?  1 or 0, or -1 and errno. */
static int
is_there(const struct keep_file *f)
{
	struct stat a, b;

	if (fstat(f->target, &a) == -1 ||
	    fstatat(f->dir, f->name, &b, AT_SYMLINK_NOFOLLOW) == -1)
		return -1;
	return file_same(&a, &b);
}

static _Noreturn void
refuse(const struct keep_file *f, const struct ns_type *type, int errnum,
    const char *why)
{
	alias_fail(errnum, "mount /proc/%d/ns/%s on %s failed", (int)getpid(),
	    type->name, f->path);
	fail_why(
	    EXIT_CANCELED, errnum, why, "--%s=%s", type->longname, f->path);
}

static void
hold_dir(struct keep_file *f, const struct ns_type *type)
{
	char dir[PATH_MAX], *slash;

	if (strlcpy(dir, f->path, sizeof(dir)) >= sizeof(dir))
		refuse(f, type, ENAMETOOLONG, NULL);
	slash = strrchr(dir, '/');
	f->name = slash == NULL ? f->path : f->path + (slash - dir) + 1;
	if (*f->path == '\0' || *f->name == '\0')
		refuse(f, type, *f->path == '\0' ? ENOENT : EISDIR, NULL);
	if (slash != NULL)
		slash[slash == dir] = '\0';
	f->dir = open(
	    slash == NULL ? "." : dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (f->dir == -1)
		refuse(f, type, errno, NULL);
}

static const char taken[] = "a namespace is kept there; umount lets go of it";

/*
 * What is there already has to be a plain file with nothing on it.  Returns 0;
 * -1, errno (0: *WHY says it all) and *WHY (or NULL).
 */
static int
check_file(int fd, const char **why)
{
	struct stat st;

	*why = NULL;
	if (ns_is_file(fd) == 1) {
		*why = taken;
		errno = EEXIST;
		return -1;
	}
	if (fstat(fd, &st) == -1)
		return -1;
	if (S_ISREG(st.st_mode))
		return 0;
	if (!S_ISDIR(st.st_mode))
		*why = S_ISLNK(st.st_mode) ? "a link, which is not followed" :
					     "not a plain file";
	errno = S_ISDIR(st.st_mode) ? EISDIR : 0;
	return -1;
}

/* The file, made (MAKE) if it is not there; -1, errno and *WHY. */
static int
open_file(struct keep_file *f, bool make, const char **why)
{
	int fd;

	*why = NULL;
	/* Another process may make it, and remove it, between the two. */
	while ((fd = openat(
		    f->dir, f->name, O_PATH | O_NOFOLLOW | O_CLOEXEC)) == -1) {
		if (errno != ENOENT || !make)
			return -1;
		fd = openat(f->dir, f->name,
		    O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
		f->made = fd != -1;
		if (fd != -1 || errno != EEXIST)
			return fd;
	}
	if (check_file(fd, why) == 0)
		return fd;
	file_close(fd);
	return -1;
}

/*
 * Without a pin directory the file itself is locked, which whoever may read it
 * can do, too.
 */
static int
lock_file(struct keep_file *f, const char **why)
{
	char self[64];
	int fd;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->target);
	if ((fd = open(self, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	close(f->target);
	f->target = fd;
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno != EWOULDBLOCK)
			return -1;
		*why = "another process has it locked";
		errno = EEXIST;
		f->made = false;
		return -1;
	}
	if (is_there(f) == 1)
		return 0;
	*why = taken;
	errno = EEXIST;
	return -1;
}

void
keep_file_begin(
    struct keep_file *f, const struct ns_type *type, const char *path)
{
	const char *why;
	int fd;

	*f = (struct keep_file){ .path = path, .dir = -1, .target = -1 };
	if (path == NULL)
		return;
	hold_dir(f, type);
	fd = open_file(f, false, &why);
	if (fd == -1 &&
	    (why != NULL || errno != ENOENT || alias_has(ALIAS_NO_FILE)))
		refuse(f, type, errno, why);
	/* It is made last of all; whether it can be is said now. */
	if (fd == -1 && faccessat(f->dir, ".", W_OK | X_OK, AT_EACCESS) == -1)
		refuse(f, type, errno, NULL);
	file_close(fd);
}

static int
mount_on(struct keep_file *f, int fd, const char **why)
{
	struct stat st;
	int errnum;

	if (fstat(fd, &st) == -1)
		return -1;
	if (bind_mount(fd, f->target) == -1) {
		errnum = errno;
		*why = reason_bind(fd, f->target, errnum);
		errno = errnum;
		return -1;
	}
	f->mounted = st.st_ino;
	return 0;
}

/*
 * It is looked up again, as a descriptor of it would keep umount(8) out.  The
 * namespace still lives, so no other one has its number.
 */
static void
unmount(const struct keep_file *f)
{
	int fd = openat(f->dir, f->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	char self[64];

	if (fd == -1)
		return;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	if (ns_is_file(fd) == 1 && fstat(fd, &st) == 0 &&
	    st.st_ino == f->mounted)
		(void)umount2(self, MNT_DETACH);
	close(fd);
}

/* LOCKED: no other process of ours can do so now. */
static int
bind_file(struct keep_file *f, const struct ns_type *type, int fd, int hidden,
    bool locked, const char **why)
{
	bool there;

	*why = NULL;
	there = faccessat(f->dir, f->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	/* Without a record a kill here and now leaves it; that is all. */
	if (hidden != -1)
		(void)journal_record(hidden, type, fd, f->dir, f->name, !there);
	if ((f->target = open_file(f, true, why)) == -1)
		return -1;
	if (!locked && lock_file(f, why) == -1)
		return -1;
	return mount_on(f, fd, why);
}

void
keep_file_bind(struct keep_file *f, const struct ns_type *type, int fd,
    const struct pin *p)
{
	int lock = p->run == -1 ? -1 : pindir_lock(p->run), rc;
	const char *why;

	rc = bind_file(f, type, fd, p->dir, lock != -1, &why);
	/* Before what fails takes it back, under the lock, too. */
	file_close(lock);
	if (rc == -1)
		refuse(f, type, errno, why);
}

void
keep_file_roll_back(struct keep_file *f, const struct pin *p)
{
	int lock;

	if (f->target == -1)
		return;
	lock = p->run == -1 ? -1 : pindir_lock(p->run);
	if (f->mounted != 0)
		unmount(f);
	f->mounted = 0;
	if (f->made && is_there(f) == 1)
		(void)unlinkat(f->dir, f->name, 0);
	f->made = false;
	file_close(lock);
}
