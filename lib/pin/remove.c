/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/pin/remove.h"
#include "lib/uapi.h"

#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* How to remove a name. */
#define ANYWAY 1   /* also what is not mounted here */
#define THIS_ONE 2 /* not another one that has the name by now */

int
remove_mounted_here(int dir)
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

int
remove_is_link(int netns, const char *name, char *target, size_t size)
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
	rc = remove_is_link(*netns, name, target, size);
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
		if (remove_mounted_here(other) == 0 ||
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

	rc = remove_mounted_here(dir);
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
