/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/pin/dir.h"
#include "lib/pin/journal.h"
#include "lib/pin/record.h"
#include "lib/uapi.h"

#define RUN_DIR "/run/nspin"
#define TMP_DIR "/tmp"
#define USER_DIRS 3 /* before RUN_DIR */
#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define HIDDEN_TRIES 1000
#define MOUNTS_MAX 4 /* on a member */

static const char *
nspath(void)
{
	const char *list = getenv("NSPATH");

	return list == NULL || list[0] == '\0' ? NULL : list;
}

/* The I-th of those for pins of a user, best first; "" if it is not to be had.
 */
static void
user_dir(size_t i, char *buf, size_t size)
{
	const char *xdg = getenv("XDG_RUNTIME_DIR");
	char first[PIN_PATH_MAX];
	int n = 0;

	if (i == 0 && xdg != NULL && xdg[0] == '/')
		n = snprintf(buf, size, "%s/nspin", xdg);
	else if (i == 1 && geteuid() != 0)
		n = snprintf(
		    buf, size, "/run/user/%u/nspin", (unsigned)geteuid());
	else if (i == 2 && geteuid() != 0)
		n = snprintf(
		    buf, size, TMP_DIR "/nspin-%u", (unsigned)geteuid());
	if (n <= 0 || (size_t)n >= size)
		buf[0] = '\0';
	if (i != 1)
		return;
	user_dir(0, first, sizeof(first));
	if (strcmp(first, buf) == 0)
		buf[0] = '\0';
}

bool
pin_dir(size_t i, char *buf, size_t size)
{
	static const char *const fixed[] = { RUN_DIR, "/run/netns",
		"/run/docker/netns" };
	const char *list = nspath();
	int n;

	if (list == NULL && i < USER_DIRS) {
		user_dir(i, buf, size);
		return true;
	}
	if (list != NULL) {
		for (; i > 0 && (list = strchr(list, ':')) != NULL; i--)
			list++;
		if (list == NULL)
			return false;
		n = snprintf(buf, size, "%.*s", (int)strcspn(list, ":"), list);
	} else if (i - USER_DIRS < sizeof(fixed) / sizeof(fixed[0])) {
		n = snprintf(buf, size, "%s", fixed[i - USER_DIRS]);
	} else {
		return false;
	}
	if (n <= 0 || (size_t)n >= size)
		buf[0] = '\0';
	return true;
}

bool
pindir_is_ours(size_t i)
{
	return nspath() != NULL || i <= USER_DIRS;
}

bool
pindir_owns(const char *path)
{
	char dir[PIN_PATH_MAX];

	for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++)
		if (strcmp(dir, path) == 0)
			return pindir_is_ours(i);
	return false;
}

/*
 * May we make PATH, or trust it to be ours?  Its parent must not belong to
 * another user, who could put another directory in its place; where everybody
 * may write nobody can do so in a sticky one.
 */
static bool
parent_is_safe(const char *path)
{
	char parent[PIN_PATH_MAX];
	struct stat st;

	strlcpy(parent, path, sizeof(parent));
	*strrchr(parent, '/') = '\0';
	if (stat(parent, &st) == -1 || !S_ISDIR(st.st_mode))
		return false;
	return st.st_uid == geteuid() ||
	    (st.st_uid == 0 &&
		((st.st_mode & (S_IWGRP | S_IWOTH)) == 0 ||
		    (st.st_mode & S_ISVTX) != 0));
}

int
pindir_new(bool held, char *buf, size_t size)
{
	if (nspath() != NULL) {
		pin_dir(0, buf, size);
		return 0;
	}
	for (size_t i = 0; held && i < USER_DIRS; i++) {
		user_dir(i, buf, size);
		if (buf[0] != '\0' && parent_is_safe(buf))
			return 0;
	}
	if (geteuid() != 0) {
		errno = ENOENT;
		return -1;
	}
	strlcpy(buf, RUN_DIR, size);
	return 0;
}

int
pindir_open(const char *path, bool looking)
{
	struct stat st;
	int fd, errnum = EPERM;

	/* Not by open(3): musl sets O_CLOEXEC once more after it. */
	if ((fd = openat(AT_FDCWD, path, DIR_FLAGS)) == -1)
		return -1;
	if (fstat(fd, &st) == -1)
		errnum = errno;
	else if ((st.st_uid == geteuid() || (looking && st.st_uid == 0)) &&
	    (st.st_mode & (S_IWGRP | S_IWOTH)) == 0)
		return fd;
	close(fd);
	errno = errnum;
	return -1;
}

int
pindir_look(size_t i, const char *path, int *refused)
{
	bool users = nspath() == NULL && i < USER_DIRS;
	int fd = -1;

	errno = EPERM;
	if (!users || i == 0 || parent_is_safe(path))
		fd = pindir_open(path, true);
	if (refused != NULL)
		*refused = fd == -1 && errno == EACCES ? EACCES : 0;
	if (fd == -1 &&
	    (errno == ENOTDIR || (errno == EACCES && !pindir_is_ours(i)) ||
		(errno == EPERM && users)))
		errno = ENOENT;
	return fd;
}

int
pindir_find(const char *name)
{
	char path[PIN_PATH_MAX];
	int run, foreign = ENOENT;

	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if (path[0] == '\0')
			continue;
		if ((run = pindir_look(i, path, NULL)) == -1) {
			if (errno == EPERM && foreign == ENOENT)
				foreign = EPERM;
			if (errno == ENOENT || errno == EPERM)
				continue;
			return -1;
		}
		if (faccessat(run, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
			if (pindir_is_ours(i))
				return run;
			if (foreign == ENOENT)
				foreign = EXDEV;
		} else if (errno != ENOENT && foreign == ENOENT) {
			foreign = errno;
		}
		close(run);
	}
	errno = foreign;
	return -1;
}

int
pindir_make(const char *path, bool held)
{
	/* Everybody looks into that of the system. */
	mode_t mode = held && strcmp(path, RUN_DIR) != 0 ? 0700 : 0755, mask;
	int fd = pindir_open(path, false), rc;

	if (fd != -1 || errno != ENOENT)
		return fd;
	/*
	 * Whatever the umask, which may keep us out, too; and not by chmod(2)
	 * after it, when another file may have the name.
	 */
	mask = umask(0);
	rc = mkdir(path, mode);
	umask(mask);
	return rc == -1 && errno != EEXIST ? -1 : pindir_open(path, false);
}

/* A lock file and not the directory: that one anybody could hold. */
int
pindir_lock(int run)
{
	struct stat st;
	int fd, rc;

	fd = openat(
	    run, ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1)
		return -1;
	rc = fstat(fd, &st);
	if (rc == 0 && (st.st_uid != geteuid() || !S_ISREG(st.st_mode))) {
		errno = EPERM;
		rc = -1;
	}
	if (rc == 0)
		do
			rc = flock(fd, LOCK_EX);
		while (rc == -1 && errno == EINTR);
	if (rc == 0)
		return fd;
	file_close(fd);
	return -1;
}

/* Lock what was just made; 1: -g took it for garbage meanwhile. */
static int
lock_hidden(int dir)
{
	struct stat st;
	int rc;

	do
		rc = flock(dir, LOCK_EX | LOCK_NB);
	while (rc == -1 && errno == EINTR);
	if (rc == -1)
		return errno == EWOULDBLOCK ? 1 : -1;
	if (fstat(dir, &st) == -1)
		return -1;
	return st.st_nlink == 0;
}

/*
 * Open and lock NAME, which was just made; 1: -g took it for garbage
 * meanwhile.  Nothing of it is left unless it is ours.
 */
static int
take_hidden(int run, const char *name, int *dir)
{
	int rc = -1, errnum;

	*dir = openat(run, name, DIR_FLAGS);
	/* By a umask that keeps us out, too. */
	if (*dir == -1 && errno == EACCES && fchmodat(run, name, 0700, 0) == 0)
		*dir = openat(run, name, DIR_FLAGS);
	if (*dir != -1 && (rc = lock_hidden(*dir)) == 0)
		return 0;
	errnum = errno;
	if (*dir != -1)
		close(*dir);
	else if (errnum == ENOENT)
		rc = 1;
	(void)unlinkat(run, name, AT_REMOVEDIR);
	errno = errnum;
	return rc;
}

int
pindir_hidden(int run, char *name)
{
	int dir, rc;

	for (unsigned int i = 0; i < HIDDEN_TRIES; i++) {
		snprintf(name, PIN_HIDDEN_MAX, ".new.%d.%u", (int)getpid(), i);
		if (mkdirat(run, name, 0700) == -1) {
			if (errno == EEXIST)
				continue;
			return -1;
		}
		if ((rc = take_hidden(run, name, &dir)) == 0)
			return dir;
		if (rc == -1)
			return -1;
	}
	errno = EEXIST;
	return -1;
}

/*
 * Where -g finds it.  No lock: two that empty it do the same, and a process
 * that had NAME open could keep one for ever.
 */
int
pindir_hide(int run, const char *name, char *hidden)
{
	for (unsigned int i = 0; i < HIDDEN_TRIES; i++) {
		snprintf(
		    hidden, PIN_HIDDEN_MAX, ".old.%d.%u", (int)getpid(), i);
		if (uapi_renameat2(
			run, name, run, hidden, UAPI_RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

bool
pindir_is(int run, const char *name, int dir)
{
	struct stat a, b;

	return fstatat(run, name, &a, AT_SYMLINK_NOFOLLOW) == 0 &&
	    fstat(dir, &b) == 0 && file_same(&a, &b);
}

/*
 * Without mounts on it, which are unmounted first where they are ours to see: a
 * mount namespace has two, see lib/pin/make.
 */
int
pindir_drop(int dir, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", dir, name);
	for (int i = 0; i < MOUNTS_MAX; i++) {
		if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
			return 0;
		if (errno != EBUSY)
			return -1;
		if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == -1 &&
		    errno != EINVAL && errno != ENOENT)
			return -1;
	}
	return unlinkat(dir, name, 0) == -1 && errno != ENOENT ? -1 : 0;
}

const char *const pindir_records[] = { RECORD_HOLDER, RECORD_INIT, RECORD_WHILE,
	NULL };

static unsigned
member_bit(const char *name)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (strcmp(ns_types[i].name, name) == 0)
			return 1U << i;
	for (size_t i = 0; pindir_records[i] != NULL; i++)
		if (strcmp(pindir_records[i], name) == 0)
			return PINDIR_RECORDS << i;
	return 0;
}

unsigned
pindir_members(int dir)
{
	_Alignas(struct uapi_dirent) char buf[2048];
	const struct uapi_dirent *e;
	unsigned members = 0;
	ssize_t n = lseek(dir, 0, SEEK_SET);

	while (n != -1 && (n = uapi_getdents(dir, buf, sizeof(buf))) > 0)
		for (ssize_t at = 0; at < n; at += e->len) {
			e = (const struct uapi_dirent *)(const void *)(buf +
			    at);
			members |= member_bit(e->name);
		}
	return n == -1 ? ~0U : members;
}

static int
drop_members(int dir, unsigned members)
{
	int rc = 0, errnum = 0;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if ((members & 1U << i) != 0 &&
		    pindir_drop(dir, ns_types[i].name) == -1) {
			errnum = errno;
			rc = -1;
		}
	errno = errnum;
	return rc;
}

/* And the processes that they are of, but for that of RECORD_WHILE. */
static int
drop_records(int dir, unsigned members)
{
	int rc = 0, errnum = 0;

	if ((members & PINDIR_RECORDS) != 0)
		record_end(dir, RECORD_HOLDER);
	if ((members & PINDIR_RECORDS << 1) != 0)
		record_end(dir, RECORD_INIT);
	for (size_t i = 0; pindir_records[i] != NULL; i++)
		if ((members & PINDIR_RECORDS << i) != 0 &&
		    unlinkat(dir, pindir_records[i], 0) == -1 &&
		    errno != ENOENT) {
			errnum = errno;
			rc = -1;
		}
	errno = errnum;
	return rc;
}

int
pindir_dissolve(int run, const char *name, int dir)
{
	unsigned members = pindir_members(dir);

	/*
	 * What failed is tried again, also because two that do it at once are
	 * in each other's way.  Where a member stays, so do the processes; and
	 * the records go last: what a kill here leaves, -g finds by them.
	 */
	for (int i = 0; i < 3; i++) {
		if (i > 0)
			members = ~0U;
		if (drop_members(dir, members) == 0 &&
		    drop_records(dir, members) == 0 &&
		    (unlinkat(run, name, AT_REMOVEDIR) == 0 || errno == ENOENT))
			return 0;
		/* Of files that are kept, or rolled back, by now. */
		if (errno == ENOTEMPTY)
			journal_forget(dir);
	}
	return -1;
}
