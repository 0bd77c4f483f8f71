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

#include "lib/bind.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/file.h"
#include "lib/pin/journal.h"

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

/* What is there already has to be a plain file with nothing on it. */
static void
check_file(const struct keep_file *f, const struct ns_type *type, int fd)
{
	struct stat st;

	if (ns_is_file(fd) == 1)
		refuse(f, type, EEXIST,
		    "a namespace is kept there; umount lets go of it");
	if (fstat(fd, &st) == -1)
		refuse(f, type, errno, NULL);
	if (S_ISDIR(st.st_mode))
		refuse(f, type, EISDIR, NULL);
	if (!S_ISREG(st.st_mode))
		refuse(f, type, 0,
		    S_ISLNK(st.st_mode) ? "a link, which is not followed" :
					  "not a plain file");
}

/* The file, made (MAKE) if it is not there. */
static int
open_file(struct keep_file *f, const struct ns_type *type, bool make)
{
	char self[64];
	int path, fd;

	f->made = false;
	/* Another process may make it, and remove it, between the two. */
	while ((path = openat(
		    f->dir, f->name, O_PATH | O_NOFOLLOW | O_CLOEXEC)) == -1) {
		if (errno != ENOENT || !make)
			return -1;
		fd = openat(f->dir, f->name,
		    O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
		f->made = fd != -1;
		if (fd != -1 || errno != EEXIST)
			return fd;
	}
	check_file(f, type, path);
	/* Opened for reading, so that it can be locked; it is a plain file. */
	snprintf(self, sizeof(self), "/proc/self/fd/%d", path);
	fd = open(self, O_RDONLY | O_CLOEXEC);
	close(path);
	return fd;
}

static void
lock_file(struct keep_file *f, const struct ns_type *type)
{
	int rc;

	do
		rc = flock(f->target, LOCK_EX | LOCK_NB);
	while (rc == -1 && errno == EINTR);
	if (rc == -1 && errno == EWOULDBLOCK) {
		/* The file is the lock owner's, though it is we who made it. */
		f->made = false;
		refuse(f, type, EEXIST,
		    "another process is keeping a namespace there");
	}
	if (rc == -1)
		refuse(f, type, errno, NULL);
}

/*
 * Of several that want the same file one gets it.  False: it is not there, and
 * was not to be made.
 */
static bool
claim(struct keep_file *f, const struct ns_type *type, bool make)
{
	int rc;

	for (;;) {
		if ((f->target = open_file(f, type, make)) == -1) {
			if (errno == ENOENT && !make)
				return false;
			refuse(f, type, errno, NULL);
		}
		lock_file(f, type);
		rc = is_there(f);
		if (rc != -1 || errno != ENOENT)
			break;
		/* The process that had it has failed, and removed the file. */
		close(f->target);
	}
	if (rc == -1)
		refuse(f, type, errno, NULL);
	if (rc == 0)
		refuse(f, type, EEXIST,
		    "a namespace is kept there; umount lets go of it");
	return true;
}

void
keep_file_begin(
    struct keep_file *f, const struct ns_type *type, const char *path)
{
	*f = (struct keep_file){
		.path = path, .dir = -1, .target = -1, .mount = -1
	};
	if (path == NULL)
		return;
	hold_dir(f, type);
	/* It is made last of all; whether it can be is said now. */
	if (!claim(f, type, false) &&
	    faccessat(f->dir, ".", W_OK | X_OK, AT_EACCESS) == -1)
		refuse(f, type, errno, NULL);
}

static void
mount_on(struct keep_file *f, const struct ns_type *type, int fd)
{
	int errnum;

	if (bind_mount(fd, f->target, &f->mount) == -1) {
		errnum = errno;
		refuse(f, type, errnum, bind_reason(fd, f->target, errnum));
	}
	/* By an old mount(2); the file was free, so this is ours. */
	if (f->mount == -1)
		f->mount = openat(
		    f->dir, f->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (f->mount == -1)
		refuse(f, type, errno, NULL);
}

void
keep_file_bind(
    struct keep_file *f, const struct ns_type *type, int fd, int hidden)
{
	/* Without a record a kill here and now leaves it; that is all. */
	if (hidden != -1)
		(void)journal_record(
		    hidden, type, fd, f->dir, f->name, f->target == -1);
	if (f->target == -1)
		(void)claim(f, type, true);
	mount_on(f, type, fd);
}

void
keep_file_take_back(struct keep_file *f)
{
	char self[64];

	if (f->mount != -1) {
		snprintf(self, sizeof(self), "/proc/self/fd/%d", f->mount);
		(void)umount2(self, MNT_DETACH);
		close(f->mount);
		f->mount = -1;
	}
	if (f->made && is_there(f) == 1)
		(void)unlinkat(f->dir, f->name, 0);
	f->made = false;
}
