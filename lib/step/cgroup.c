/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/proctext.h"
#include "lib/step/cgroup.h"

#define CGROUP2_MAGIC 0x63677270 /* linux/magic.h */
#define FILE_MAX (16 << 20)

const struct opt cgroup_options[] = {
	{ 0, "into-cgroup", .arg = "PATH",
	    .help = "start the command in that cgroup2 directory",
	    OPT_STRING(struct cgroup_request, path) },
	{ 0 },
};

int
cgroup_open(const struct cgroup_request *r)
{
	struct statfs sfs;
	int fd;

	if (r->path == NULL)
		return -1;
	fd = open(r->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fstatfs(fd, &sfs) == -1)
		fail_errno(EXIT_CANCELED, "--into-cgroup %s", r->path);
	if (sfs.f_type != CGROUP2_MAGIC)
		fail(EXIT_CANCELED,
		    "--into-cgroup %s: not in a cgroup2 file system", r->path);
	return fd;
}

void
cgroup_join(int dirfd, pid_t pid)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d", (int)pid);

	if (file_put(dirfd, "cgroup.procs", text, (size_t)len) == -1)
		fail_why(EXIT_CANCELED, errno, cgroup_reason(dirfd),
		    "--into-cgroup");
}

static char *
read_file(int dir, const char *name)
{
	char *text = file_get_all(dir, name, FILE_MAX, NULL);

	if (text == NULL)
		fail_errno(EXIT_CANCELED, "cgroup of the target: %s", name);
	return text;
}

/* What remains of PATH below ROOT, "" for ROOT itself; NULL: not below it. */
static const char *
below(const char *root, const char *path)
{
	size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (strncmp(root, path, len) != 0 ||
	    (path[len] != '/' && path[len] != '\0') ||
	    strncmp(path + len, "/..", 3) == 0)
		return NULL;
	return path[len] == '/' ? path + len + 1 : path + len;
}

/* cgroup.procs of the group PATH, if the mount M shows it; or -1. */
static int
open_in_mount(const struct mountinfo *m, const char *path)
{
	const char *rest;
	char procs[8400];
	struct statfs sfs;
	int fd;

	if (strcmp(m->fstype, "cgroup2") != 0 ||
	    (rest = below(m->root, path)) == NULL)
		return -1;
	snprintf(procs, sizeof(procs), "%s/%s%scgroup.procs", m->point, rest,
	    *rest == '\0' ? "" : "/");
	fd = open(procs, O_WRONLY | O_CLOEXEC);
	if (fd == -1)
		return -1;
	/* Something else may have been mounted over it. */
	if (fstatfs(fd, &sfs) == 0 && sfs.f_type == CGROUP2_MAGIC)
		return fd;
	close(fd);
	errno = ENOENT;
	return -1;
}

static int
open_somewhere(char *mounts, const char *path)
{
	struct mountinfo m;
	int fd = -1;

	errno = 0;
	while (fd == -1 && mountinfo_next(&mounts, &m))
		fd = open_in_mount(&m, path);
	return fd;
}

int
cgroup_open_like(int proc, const char *hint)
{
	char *text = read_file(proc, "cgroup"), *path = proctext_cgroup(text);
	char *own_text = read_file(AT_FDCWD, "/proc/self/cgroup");
	char *own = proctext_cgroup(own_text), *mounts;
	int fd = -1;

	if (path == NULL)
		fail_why(EXIT_CANCELED, 0, hint,
		    "the target is in no cgroup of version 2");
	if (own == NULL || strcmp(own, path) != 0) {
		mounts = read_file(AT_FDCWD, "/proc/self/mountinfo");
		fd = open_somewhere(mounts, path);
		if (fd == -1 && errno == 0)
			fail_why(EXIT_CANCELED, 0, hint,
			    "cgroup %s of the target: not in a cgroup2 file "
			    "system that is mounted here",
			    path);
		if (fd == -1)
			fail_why(EXIT_CANCELED, errno, hint,
			    "cgroup %s of the target", path);
		free(mounts);
	}
	free(own_text);
	free(text);
	return fd;
}

/* The kernel's errors here are of its own kind (cgroups(7)). */
static const char *
why_not(int errnum)
{
	switch (errnum) {
	case EACCES:
		return "needs to be allowed to write to cgroup.procs of the "
		       "group that it and ours are in";
	case EBUSY:
		return "it hands controllers to groups below it, so it may "
		       "hold no processes";
	case EOPNOTSUPP:
		return "it is a threaded or an invalid group";
	default:
		return NULL;
	}
}

void
cgroup_follow(int procs, const char *hint)
{
	ssize_t n;

	if (procs == -1)
		return;
	do
		n = write(procs, "0", 1);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_why(EXIT_CANCELED, errno,
		    hint != NULL ? hint : why_not(errno),
		    "joining the target's cgroup");
	close(procs);
}

/* By looking: what keeps a process out of a group. */

/* Where the cgroup2 file system that PATH is in is mounted: LEN bytes of it. */
static size_t
mount_of(const char *path)
{
	char *text, *rest;
	struct mountinfo m;
	size_t found = 0, len;

	text = file_get_all(AT_FDCWD, "/proc/self/mountinfo", 16 << 20, NULL);
	for (rest = text; rest != NULL && mountinfo_next(&rest, &m);) {
		len = strlen(m.point);
		if (strcmp(m.fstype, "cgroup2") == 0 && len > found &&
		    strncmp(path, m.point, len) == 0)
			found = len;
	}
	free(text);
	return found;
}

/*
 * Whoever moves a process has to be allowed to write to cgroup.procs where it
 * goes, and in the first cgroup that is above there and above where it is.
 */
static const char *
common_ancestor(const char *path, char *dir, size_t size)
{
	char own[PATH_MAX + 8], *at;
	size_t top = mount_of(path), len, same = 0;

	if (top == 0 ||
	    file_get(AT_FDCWD, "/proc/self/cgroup", own, sizeof(own)) == -1 ||
	    (at = proctext_cgroup(own)) == NULL)
		return NULL;
	for (len = 0; path[top + len] != '\0' && path[top + len] == at[len];)
		if (++len, path[top + len] == '/' || path[top + len] == '\0')
			if (at[len] == '/' || at[len] == '\0')
				same = len;
	snprintf(dir, size, "%.*s/cgroup.procs", (int)(top + same), path);
	return dir;
}

static const char *
refused(const char *path)
{
	static char why[PATH_MAX + 128];
	char real[PATH_MAX], file[PATH_MAX + 32], word[64];
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct statfs sfs;

	if (fd == -1 || fstatfs(fd, &sfs) == -1 || realpath(path, real) == NULL)
		return strerror(errno);
	close(fd);
	if (sfs.f_type != CGROUP2_MAGIC)
		return "not in a cgroup2 file system";
	snprintf(file, sizeof(file), "%s/cgroup.procs", real);
	if (access(file, W_OK) == 0 &&
	    (common_ancestor(real, file, sizeof(file)) == NULL ||
		access(file, W_OK) == 0)) {
		snprintf(file, sizeof(file), "%s/cgroup.subtree_control", real);
		if (strlen(real) > mount_of(real) &&
		    file_get(AT_FDCWD, file, word, sizeof(word)) > 1)
			return "it has controllers for its children "
			       "(cgroup.subtree_control), so no process may "
			       "be in it";
		return NULL;
	}
	snprintf(why, sizeof(why), "%s: %s", file, strerror(errno));
	return why;
}

const char *
cgroup_reason(int dirfd)
{
	char path[64], real[PATH_MAX], *file;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", dirfd);
	if (realpath(path, real) == NULL)
		return NULL;
	if ((file = strstr(real, "/cgroup.procs")) != NULL)
		*file = '\0';
	return refused(real);
}

void
cgroup_explain(const struct cgroup_request *r, struct explain *e)
{
	if (r->path != NULL)
		explain_seen(e, refused(r->path), "cgroup %s", r->path);
}
