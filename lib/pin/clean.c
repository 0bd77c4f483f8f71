/* SPDX-License-Identifier: ISC */
/* clean: what nobody can use, in the directories that pins are in. */
#include "config.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/journal.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/pin/remove.h"

#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

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
	if (!over && remove_mounted_here(dir) == 0 &&
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
		if (remove_is_link(netns, e->d_name, target, sizeof(target)) ==
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
