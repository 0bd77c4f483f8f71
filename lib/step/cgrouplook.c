/* SPDX-License-Identifier: ISC */
/* cgroup, by looking: what keeps a process out of a group. */
#include "config.h"

#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/explain.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/step/cgroup.h"

#define CGROUP2_MAGIC 0x63677270 /* linux/magic.h */

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
	    (at = strstr(own, "0::/")) == NULL)
		return NULL;
	at += strlen("0::");
	at[strcspn(at, "\n")] = '\0';
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
