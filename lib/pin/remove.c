/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/journal.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/uapi.h"

#define NETNS_DIR "/run/netns"
#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* How to remove a name. */
#define ANYWAY 1   /* also what is not mounted here */
#define THIS_ONE 2 /* not another one that has the name by now */

/* Each member has to be mounted here: an unlink would end it elsewhere. */
static int
mounted_here(int dir)
{
	unsigned members = pindir_members(dir);
	struct stat st;
	int fd, is;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((members & 1U << i) == 0)
			continue;
		fd = openat(
		    dir, ns_types[i].name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		if (fd == -1) {
			if (errno == ENOENT)
				continue;
			return -1;
		}
		is = ns_is_file(fd);
		if (is == 0 && fstat(fd, &st) == -1)
			is = -1;
		if (is == 0 && S_ISLNK(st.st_mode))
			is = 1; /* to a holder: nothing is mounted on it */
		/* Ours are empty files below the mount; others are not ours. */
		if (is == 0)
			errno = S_ISREG(st.st_mode) && st.st_size == 0 ? EXDEV :
									 EINVAL;
		file_close(fd);
		if (is != 1)
			return -1;
	}
	return 0;
}

/*
 * Does the link NAME of ip-netns(8) lead to a pin's net, of any directory?  1
 * or 0, or -1 and errno.
 */
static int
is_our_link(int netns, const char *name, char *target, size_t size)
{
	char path[PIN_PATH_MAX];
	ssize_t n = readlinkat(netns, name, target, size - 1);
	size_t len;

	if (n == -1)
		return errno == ENOENT || errno == EINVAL ? 0 : -1;
	target[n] = '\0';
	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		len = strlen(path);
		if (len > 0 && pindir_is_ours(i) &&
		    strncmp(target, path, len) == 0 && target[len] == '/' &&
		    strlen(target) > len + 5 &&
		    strcmp(target + strlen(target) - 4, "/net") == 0)
			return 1;
	}
	return 0;
}

/* NAME in the middle of a link's TARGET. */
static bool
links_to(const char *target, const char *name)
{
	size_t len = strlen(name), end = strlen(target) - strlen("/net");

	return end > len && target[end - len - 1] == '/' &&
	    strncmp(target + end - len, name, len) == 0;
}

/*
 * The link that --netns made for NAME: its TARGET, and *NETNS is the directory
 * it is in.  1, or 0 if there is none, or -1 and errno.
 */
static int
find_link(const char *name, int *netns, char *target, size_t size)
{
	int rc;

	if ((*netns = open(NETNS_DIR, DIR_FLAGS)) == -1)
		return errno == ENOENT ? 0 : -1;
	rc = is_our_link(*netns, name, target, size);
	if (rc == 1 && links_to(target, name))
		return 1;
	file_close(*netns);
	*netns = -1;
	return rc == -1 ? -1 : 0;
}

/* There is no way back: what failed is tried again. */
static int
unlink_surely(int dir, const char *name)
{
	if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
		return 0;
	return unlinkat(dir, name, 0) == -1 && errno != ENOENT ? -1 : 0;
}

/*
 * The directory that was just hidden, if it is not DIR, which had the name when
 * we looked: that was released, and the name made anew, meanwhile.  It goes
 * back (ESTALE) unless it may be removed, too.  ENOENT: -g has found it.
 */
static int
open_hidden(int run, const char *hidden, const char *name, int dir, int how)
{
	int other, errnum = ESTALE;

	if (pindir_is(run, hidden, dir))
		return dir;
	other = openat(run, hidden, DIR_FLAGS);
	if (other == -1)
		return -1;
	if ((how & THIS_ONE) == 0) {
		if (mounted_here(other) == 0 ||
		    ((how & ANYWAY) && errno == EXDEV))
			return other;
		errnum = errno;
	}
	(void)uapi_renameat2(run, hidden, run, name, UAPI_RENAME_NOREPLACE);
	close(other);
	errno = errnum;
	return -1;
}

/* NAME, which was DIR, and its link to TARGET in NETNS (-1: there is none). */
static int
remove_dir(
    int run, const char *name, int dir, int netns, const char *target, int how)
{
	char hidden[PIN_HIDDEN_MAX];
	int old, rc = 0, errnum;
	unsigned members;

	if (pindir_hide(run, name, hidden) == -1)
		return -1;
	if ((old = open_hidden(run, hidden, name, dir, how)) == -1)
		return errno == ESTALE ? 1 : errno == ENOENT ? 0 : -1;
	if (netns != -1)
		rc = unlink_surely(netns, name);
	members = pindir_members(old);
	if (pindir_dissolve(run, hidden, old) == -1) {
		rc = -1;
		errnum = errno;
		/* Who may not unmount has lost nothing. */
		if (pindir_members(old) == members &&
		    uapi_renameat2(
			run, hidden, run, name, UAPI_RENAME_NOREPLACE) == 0 &&
		    netns != -1 && symlinkat(target, netns, name) == -1)
			errnum = errno;
		errno = errnum;
	}
	if (old != dir)
		file_close(old);
	return rc;
}

/* One try; 1: the directory that was looked at is no longer the name's. */
static int
try_remove(int run, const char *name, int dir, int how)
{
	char target[PIN_PATH_MAX + PIN_NAME_MAX];
	int netns = -1, rc, errnum;

	rc = mounted_here(dir);
	if (rc == -1 && errno == EXDEV && (how & ANYWAY))
		rc = 0;
	errnum = errno;
	/* Half of it is gone while another process releases it. */
	if (rc == -1 && !pindir_is(run, name, dir))
		rc = 1;
	errno = errnum;
	if (rc == 0)
		rc = find_link(name, &netns, target, sizeof(target));
	if (rc == 0 || (rc == 1 && netns != -1))
		rc = remove_dir(run, name, dir, netns, target, how);
	file_close(netns);
	return rc;
}

/* Unmount what is mounted on the file RUN/NAME; 1: there was something. */
static int
unmount_file(int run, const char *name)
{
	int fd = openat(run, name, O_PATH | O_NOFOLLOW | O_CLOEXEC), is;
	char self[64];

	if (fd == -1)
		return -1;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	is = ns_is_file(fd);
	if (is == 1 && umount2(self, MNT_DETACH) == -1)
		is = -1;
	file_close(fd);
	return is;
}

/* A name of ip-netns(8): a file, mostly with a network mounted on it. */
static int
remove_file(int run, const char *name, bool anyway)
{
	bool mounted = false;
	struct stat st;
	int rc;

	/* Several may be stacked. */
	while ((rc = unmount_file(run, name)) == 1)
		mounted = true;
	/* From the first on there is no way back: what failed is tried again.
	 */
	if (rc == -1 && !mounted)
		return -1;
	if (fstatat(run, name, &st, AT_SYMLINK_NOFOLLOW) == -1 &&
	    (!mounted || fstatat(run, name, &st, AT_SYMLINK_NOFOLLOW) == -1))
		return -1;
	/* A link to the file of a process is a name, and no more than that. */
	if (S_ISLNK(st.st_mode) && st.st_uid == geteuid())
		return unlink_surely(run, name);
	if (!S_ISREG(st.st_mode) || st.st_size != 0 || st.st_uid != geteuid()) {
		errno = EINVAL;
		return -1;
	}
	if (!mounted && !anyway) {
		errno = EXDEV;
		return -1;
	}
	return unlink_surely(run, name);
}

/* Whatever has the name: until it is gone. */
static int
remove_at(int run, const char *name, bool anyway)
{
	int dir, rc;

	do {
		if ((dir = openat(run, name, DIR_FLAGS)) == -1)
			return errno == ENOTDIR || errno == ELOOP ?
			    remove_file(run, name, anyway) :
			    -1;
		rc = try_remove(run, name, dir, anyway ? ANYWAY : 0);
		file_close(dir);
	} while (rc == 1);
	return rc;
}

int
pin_release(int run, const char *name, int dir, bool anyway)
{
	if (!pindir_is(run, name, dir))
		return 1;
	return try_remove(run, name, dir, THIS_ONE | (anyway ? ANYWAY : 0));
}

/* The directory of ip-netns(8), if it has NAME, and is ours to change. */
static int
find_netns(const char *name)
{
	int run = pindir_open(NETNS_DIR, false);

	if (run != -1 && faccessat(run, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return run;
	if (errno == ENOENT || errno == EPERM)
		errno = EREMOTE;
	file_close(run);
	return -1;
}

int
pin_remove(const char *name, bool anyway)
{
	int run = pindir_find(name), rc;

	if (run == -1 && errno == EXDEV)
		run = find_netns(name);
	if (run == -1)
		return -1;
	rc = remove_at(run, name, anyway);
	file_close(run);
	return rc;
}

/* A link in NETNS to TO beside that to FROM, whose TARGET is known. */
static int
link_beside(int netns, const char *target, const char *from, const char *to)
{
	char fresh[2 * PIN_PATH_MAX];
	size_t head = strlen(target) - strlen("/net") - strlen(from);

	snprintf(fresh, sizeof(fresh), "%.*s%s/net", (int)head, target, to);
	return symlinkat(fresh, netns, to);
}

static int
rename_in(int run, const char *from, const char *to)
{
	char target[PIN_PATH_MAX + PIN_NAME_MAX];
	int netns, linked, rc, errnum;

	linked = find_link(from, &netns, target, sizeof(target));
	rc = linked == 1 ? link_beside(netns, target, from, to) : linked;
	if (rc == 0) {
		rc = uapi_renameat2(run, from, run, to, UAPI_RENAME_NOREPLACE);
		errnum = errno;
		if (linked == 1)
			(void)unlink_surely(netns, rc == 0 ? from : to);
		errno = errnum;
	}
	if (linked == 1)
		file_close(netns);
	return rc;
}

int
pin_rename(const char *from, const char *to)
{
	int run, lock, rc;

	if ((run = pindir_find(from)) == -1) {
		if (errno == EXDEV)
			errno = EREMOTE;
		return -1;
	}
	if ((lock = pindir_lock(run)) == -1) {
		file_close(run);
		return -1;
	}
	rc = rename_in(run, from, to);
	file_close(lock);
	file_close(run);
	return rc;
}

/* 0; 1, the hidden directory DIR is in use; -1 and errno. */
static int
lock_garbage(int run, const char *name, int dir)
{
	int rc;

	do
		rc = flock(dir, LOCK_EX | LOCK_NB);
	while (rc == -1 && errno == EINTR);
	if (rc == -1)
		return errno == EWOULDBLOCK ? 1 : -1;
	/* It may have got its own name, and its maker ended, since. */
	errno = 0;
	if (pindir_is(run, name, dir))
		return 0;
	return errno == 0 || errno == ENOENT ? 1 : -1;
}

/* The files that the hidden directory DIR tells of; as journal_clean. */
static int
clean_files(int run, int dir, bool dry, void (*fn)(const char *))
{
	int lock = pindir_lock(run), rc;

	if (lock == -1)
		return -1;
	rc = journal_clean(dir, dry, fn);
	file_close(lock);
	return rc;
}

/* One hidden directory. */
static int
clean_hidden(int run, const char *name, bool dry, void (*fn)(const char *))
{
	int dir, rc = 0;

	if ((dir = openat(run, name, DIR_FLAGS)) == -1)
		return errno == ENOENT ? 0 : -1;
	if (strncmp(name, ".new.", 5) == 0) {
		rc = lock_garbage(run, name, dir);
		if (rc == 0)
			rc = clean_files(run, dir, dry, fn);
	}
	if (rc == 0) {
		fn(name);
		if (!dry)
			rc = pindir_dissolve(run, name, dir);
	}
	file_close(dir);
	return rc == -1 ? -1 : 0;
}

/* Is the time of NAME, which is DIR, over: --while, or no member that lives? */
static bool
is_over(int dir, const char *path, const char *name)
{
	struct pin_info info;
	struct proc p;
	bool over = false;

	if (record_find(dir, RECORD_WHILE, &p) == 0)
		proc_close(&p);
	else
		over = errno == ESRCH;
	/* What is not mounted here may live elsewhere. */
	if (!over && mounted_here(dir) == 0 &&
	    pin_look(path, name, &info) == 0) {
		over = pin_is(&info, PIN_ENDED);
		pin_close(info.fd);
	}
	return over;
}

static int
clean_name(int run, const char *path, const char *name, bool dry,
    void (*fn)(const char *))
{
	int dir = openat(run, name, DIR_FLAGS), rc = 0;

	if (dir == -1)
		return 0;
	if (is_over(dir, path, name)) {
		fn(name);
		rc = dry ? 0 : pin_release(run, name, dir, false);
	} else if (!dry) {
		/* Its records are over: their maker was killed then. */
		journal_forget(dir);
	}
	file_close(dir);
	return rc;
}

/* Links of ours in /run/netns that lead nowhere; under the lock of RUN. */
static int
clean_links(int run, const char *path, bool dry, void (*fn)(const char *))
{
	char target[PIN_PATH_MAX + PIN_NAME_MAX];
	struct dirent *e;
	struct stat st;
	int netns, lock, rc = 0;
	DIR *d;

	if ((netns = open(NETNS_DIR, DIR_FLAGS)) == -1)
		return errno == ENOENT ? 0 : -1;
	if ((d = fdopendir(netns)) == NULL) {
		close(netns);
		return -1;
	}
	if ((lock = pindir_lock(run)) == -1)
		rc = -1;
	while (rc == 0 && (e = readdir(d)) != NULL)
		if (is_our_link(netns, e->d_name, target, sizeof(target)) ==
			1 &&
		    strncmp(target, path, strlen(path)) == 0 &&
		    stat(target, &st) == -1 && errno == ENOENT) {
			fn(e->d_name);
			if (!dry && unlinkat(netns, e->d_name, 0) == -1 &&
			    errno != ENOENT)
				rc = -1;
		}
	if (lock != -1)
		close(lock);
	closedir(d);
	return rc;
}

static int
clean_dir(int run, const char *path, bool dry, void (*fn)(const char *))
{
	struct dirent *e;
	int rc = 0, errnum = 0, copy = fcntl(run, F_DUPFD_CLOEXEC, 3);
	DIR *d;

	if (copy == -1 || (d = fdopendir(copy)) == NULL)
		return -1;
	while ((errno = 0, e = readdir(d)) != NULL) {
		rc = 0;
		if (strncmp(e->d_name, ".new.", 5) == 0 ||
		    strncmp(e->d_name, ".old.", 5) == 0)
			rc = clean_hidden(run, e->d_name, dry, fn);
		else if (pin_name_valid(e->d_name))
			rc = clean_name(run, path, e->d_name, dry, fn);
		if (rc == -1)
			errnum = errno;
	}
	if (errno != 0)
		errnum = errno;
	closedir(d);
	if (clean_links(run, path, dry, fn) == -1)
		errnum = errno;
	errno = errnum;
	return errnum == 0 ? 0 : -1;
}

int
pin_clean(bool dry, void (*fn)(const char *name))
{
	char path[PIN_PATH_MAX];
	int run, errnum = 0;

	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if (path[0] == '\0' || !pindir_is_ours(i))
			continue;
		/* One of another user is for that user to clean. */
		if ((run = pindir_open(path, false)) == -1) {
			if (errno != ENOENT && errno != ENOTDIR &&
			    errno != EPERM)
				errnum = errno;
			continue;
		}
		if (clean_dir(run, path, dry, fn) == -1)
			errnum = errno;
		close(run);
	}
	errno = errnum;
	return errnum == 0 ? 0 : -1;
}
