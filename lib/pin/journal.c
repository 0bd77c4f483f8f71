/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/pin/journal.h"

#define TEXT_MAX 4096 /* of a link */
#define LOOK_FLAGS (O_PATH | O_NOFOLLOW | O_CLOEXEC)

#define RECORDS (NS_NTYPES + 1)

/* The I-th: one of each type, and the file beside another one. */
static void
record_name(size_t i, char name[static 16])
{
	if (i == NS_NTYPES)
		strlcpy(name, ".beside", 16);
	else
		snprintf(name, 16, ".file.%s", ns_types[i].name);
}

/*
 * What a record begins with: the mount namespace, the namespace and the
 * directory.  An inode number of a namespace is soon used again, often by the
 * very next one; the time at which the kernel made its inode, which the mount
 * keeps, is not.
 */
static int
format_mnt(char *buf, size_t size)
{
	struct stat st;

	if (stat("/proc/self/ns/mnt", &st) == -1)
		return -1;
	snprintf(buf, size, "mnt:[%ju]", (uintmax_t)st.st_ino);
	return 0;
}

static int
format_ns(int fd, char *buf, size_t size)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	snprintf(buf, size, "%ju@%jd.%09ld", (uintmax_t)st.st_ino,
	    (intmax_t)st.st_ctim.tv_sec, st.st_ctim.tv_nsec);
	return 0;
}

static int
format_file(int fd, char *buf, size_t size)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	snprintf(
	    buf, size, "%jx:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
	return 0;
}

/* HOW, and by WHAT it is known again; NAME in DIR. */
static int
put_record(int hidden, size_t i, const char *how, const char *what, int dir,
    const char *name)
{
	char text[TEXT_MAX], path[PATH_MAX], self[64], link[16];
	char mnt[64], at[64];
	ssize_t n;
	int len;

	if (format_mnt(mnt, sizeof(mnt)) == -1 ||
	    format_file(dir, at, sizeof(at)) == -1)
		return -1;
	/* Without links and dots: it is looked up from another directory. */
	snprintf(self, sizeof(self), "/proc/self/fd/%d", dir);
	if ((n = readlink(self, path, sizeof(path) - 1)) == -1)
		return -1;
	path[n] = '\0';
	len = snprintf(text, sizeof(text), "%s %s %s %s %s/%s", how, mnt, what,
	    at, strcmp(path, "/") == 0 ? "" : path, name);
	if (path[0] != '/' || len >= (int)sizeof(text)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	record_name(i, link);
	return symlinkat(text, hidden, link);
}

int
journal_record(int hidden, const struct ns_type *type, int fd, int dir,
    const char *name, bool made)
{
	char ns[64];

	if (format_ns(fd, ns, sizeof(ns)) == -1)
		return -1;
	return put_record(
	    hidden, ns_index(type), made ? "made" : "found", ns, dir, name);
}

int
journal_record_beside(int hidden, int fd, int dir, const char *other)
{
	char file[64];

	if (format_file(fd, file, sizeof(file)) == -1)
		return -1;
	return put_record(hidden, NS_NTYPES, "beside", file, dir, other);
}

void
journal_forget(int hidden)
{
	char link[16];

	for (size_t i = 0; i < RECORDS; i++) {
		record_name(i, link);
		/* There is no way back: what failed is tried again. */
		if (unlinkat(hidden, link, 0) == -1 && errno != ENOENT)
			(void)unlinkat(hidden, link, 0);
	}
}

/* A record, taken apart. */
struct record {
	char text[TEXT_MAX]; /* the words */
	const char *how, *mnt, *what, *at;
	char path[TEXT_MAX], dir[TEXT_MAX];
	const char *name; /* the last component */
};

/* 1; 0 where there is none that could be ours; -1 and errno. */
static int
read_record(int hidden, size_t i, struct record *r)
{
	char link[16], *path, *slash, *rest;
	ssize_t n;

	record_name(i, link);
	n = readlinkat(hidden, link, r->text, sizeof(r->text) - 1);
	if (n == -1)
		return errno == ENOENT || errno == EINVAL ? 0 : -1;
	r->text[n] = '\0';
	/* No word has a slash in it, and the path begins with one. */
	if ((path = strchr(r->text, '/')) == NULL)
		return 0;
	strlcpy(r->path, path, sizeof(r->path));
	strlcpy(r->dir, path, sizeof(r->dir));
	*path = '\0';
	slash = strrchr(r->dir, '/');
	r->name = r->path + (slash - r->dir) + 1;
	slash[slash == r->dir] = '\0';
	rest = r->text;
	r->how = strsep(&rest, " ");
	r->mnt = strsep(&rest, " ");
	r->what = strsep(&rest, " ");
	r->at = strsep(&rest, " ");
	return r->at != NULL && r->name[0] != '\0';
}

/*
 * The directory of the recorded file, open; -1 and errno, ENOENT: it is not
 * there, or is another one.
 */
static int
open_dir(const struct record *r)
{
	int dir = open(r->dir, LOOK_FLAGS | O_DIRECTORY), errnum = ENOENT;
	char at[64];

	if (dir == -1) {
		if (errno == ENOTDIR || errno == ELOOP)
			errno = ENOENT;
		return -1;
	}
	if (format_file(dir, at, sizeof(at)) == -1)
		errnum = errno;
	else if (strcmp(at, r->at) == 0)
		return dir;
	close(dir);
	errno = errnum;
	return -1;
}

/*
 * Is FD, which lies on nsfs, the mount of that very namespace?  1; -1 and
 * errno, EEXIST: of another one.
 */
static int
is_recorded(const struct record *r, int fd)
{
	char ns[64];

	if (format_ns(fd, ns, sizeof(ns)) == -1)
		return -1;
	if (strcmp(ns, r->what) == 0)
		return 1;
	errno = EEXIST;
	return -1;
}

/* As we make them, and nothing else has become of it. */
static bool
is_as_made(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_uid == geteuid() &&
	    st->st_size == 0 && st->st_nlink == 1 &&
	    (st->st_mode & 07777 & ~(mode_t)0444) == 0;
}

/* Unmount what FD, an O_PATH descriptor, is the root of. */
static int
unmount(int fd)
{
	char self[64];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	return umount2(self, MNT_DETACH);
}

/*
 * What is mounted on the file: 1, it was the recorded one, and is unmounted; 0
 * there was none; -1 and errno, EEXIST: another one, so the file is not ours.
 */
static int
unmount_file(const struct record *r, int dir, bool dry)
{
	int fd = openat(dir, r->name, LOOK_FLAGS), is;

	if (fd == -1)
		return errno == ENOENT ? 0 : -1;
	is = ns_is_file(fd);
	if (is == 1)
		is = is_recorded(r, fd);
	if (is == 1 && !dry && unmount(fd) == -1)
		is = -1;
	file_close(fd);
	return is;
}

/* If it is still what it was. */
static int
unlink_same(int dir, const char *name, const struct stat *was)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return -1;
	if (file_same(&st, was))
		return unlinkat(dir, name, 0);
	errno = EEXIST;
	return -1;
}

/*
 * The file that was made, without a mount on it: 1, it is removed; 0, it is not
 * there; -1 and errno, EEXIST: something else has come in its place.
 */
static int
remove_file(const struct record *r, int dir, bool dry)
{
	int fd = openat(dir, r->name, LOOK_FLAGS), rc;
	struct stat st;

	if (fd == -1)
		return errno == ENOENT ? 0 : -1;
	rc = fstat(fd, &st);
	if (rc == 0 && (!is_as_made(&st) || bind_is_mount(fd) == 1)) {
		errno = EEXIST;
		rc = -1;
	}
	if (rc == 0 && !dry)
		rc = unlink_same(dir, r->name, &st);
	file_close(fd);
	return rc == -1 ? -1 : 1;
}

/* The file that a namespace was to be kept on; as put_back, its neighbour. */
static int
empty(const struct record *r, int dir, bool dry)
{
	int mounted = unmount_file(r, dir, dry), removed = 0;

	/* In a dry run it still is, and nothing of it is to be seen. */
	if (strcmp(r->how, "made") == 0 && mounted != -1 &&
	    !(dry && mounted == 1))
		removed = remove_file(r, dir, dry);
	return mounted == -1 || removed == -1 ? -1 : mounted | removed;
}

/* Is NAME in DIR the file of the record?  1 or 0, or -1 and errno. */
static int
is_that_file(const struct record *r, int dir, const char *name)
{
	int fd = openat(dir, name, LOOK_FLAGS), rc;
	char file[64];

	if (fd == -1)
		return errno == ENOENT ? 0 : -1;
	rc = format_file(fd, file, sizeof(file));
	close(fd);
	return rc == -1 ? -1 : strcmp(file, r->what) == 0;
}

/*
 * The file beside another one: 1, it is removed or has its place again; 0,
 * neither was to be done; -1 and errno.
 */
static int
put_back(const struct record *r, int dir, bool dry)
{
	char name[NAME_MAX + 1], *dot;
	int is = is_that_file(r, dir, r->name);

	if (is == 1 && !dry)
		return unlinkat(dir, r->name, 0) == -1 ? -1 : 1;
	strlcpy(name, r->name + 1, sizeof(name));
	if (is != 0 || (dot = strrchr(name, '.')) == NULL)
		return is;
	*dot = '\0';
	if (faccessat(dir, r->name, F_OK, AT_SYMLINK_NOFOLLOW) == -1)
		return errno == ENOENT ? 0 : -1;
	is = is_that_file(r, dir, name);
	if (is == 1 && !dry && renameat(dir, r->name, dir, name) == -1)
		return -1;
	return is;
}

/* One record; as journal_clean. */
static int
roll_back(const struct record *r, bool dry, void (*fn)(const char *))
{
	int dir, rc, errnum;
	char mnt[64];

	if (format_mnt(mnt, sizeof(mnt)) == -1)
		return -1;
	if (strcmp(mnt, r->mnt) != 0)
		return 1;
	if ((dir = open_dir(r)) == -1)
		return errno == ENOENT ? 0 : -1;
	rc = strcmp(r->how, "beside") == 0 ? put_back(r, dir, dry) :
					     empty(r, dir, dry);
	errnum = errno;
	close(dir);
	if (rc == 1)
		fn(r->path);
	if (rc != -1)
		return 0;
	errno = errnum;
	return errnum == EEXIST || errnum == ENOENT ? 0 : -1;
}

int
journal_clean(int hidden, bool dry, void (*fn)(const char *))
{
	int rc, errnum = 0;
	bool stays = false;
	struct record r;

	for (size_t i = 0; i < RECORDS; i++) {
		rc = read_record(hidden, i, &r);
		if (rc == 1)
			rc = roll_back(&r, dry, fn);
		if (rc == -1)
			errnum = errno;
		stays |= rc == 1;
	}
	errno = errnum;
	return errnum != 0 ? -1 : stays;
}
