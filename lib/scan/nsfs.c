/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scan/nsfs.h"
#include "lib/uapi.h"

int
scan_nsfs_identify(int fd, const struct ns_type **type, ino_t *ino)
{
	struct stat st;

	if ((*type = ns_type_of(fd)) == NULL || fstat(fd, &st) == -1)
		return -1;
	*ino = st.st_ino;
	return 0;
}

int
scan_nsfs_reopen(int fd)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_RDONLY | O_CLOEXEC);
}

int
scan_nsfs_open(int dirfd, const char *path)
{
	int fd = -1, at = openat(dirfd, path, O_PATH | O_CLOEXEC);

	if (at == -1)
		return -1;
	errno = EINVAL;
	if (ns_is_file(at) == 1)
		fd = scan_nsfs_reopen(at);
	close(at);
	return fd;
}

int
scan_nsfs_not_yet_populated(pid_t pid, pid_t tid, const struct ns_type *type)
{
	int fd,
	    pidfd = tid != 0 ? uapi_pidfd_open(tid, UAPI_PIDFD_THREAD) :
			       uapi_pidfd_open(pid, 0);

	if (pidfd == -1)
		return -1;
	fd = ioctl(pidfd, type->pidfd_get_children, 0);
	close(pidfd);
	return fd;
}
