/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/cgroup.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"

#define CGROUP2_MAGIC 0x63677270 /* linux/magic.h */

int
cgroup_open(const struct cgroup_request *r)
{
	struct statfs sfs;
	int fd;

	if (r->path == NULL)
		return -1;
	fd = open(r->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fstatfs(fd, &sfs) == -1)
		fail_errno(EXIT_CANCELED, "--cgroup %s", r->path);
	if (sfs.f_type != CGROUP2_MAGIC)
		fail(EXIT_CANCELED, "--cgroup %s: not in a cgroup2 file system",
		    r->path);
	return fd;
}

void
cgroup_join(int dirfd, pid_t pid)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d", (int)pid);

	if (file_put(dirfd, "cgroup.procs", text, (size_t)len) == -1)
		fail_errno(EXIT_CANCELED, "--cgroup: cgroup.procs");
}
