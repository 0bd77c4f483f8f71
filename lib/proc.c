/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/proc.h"
#include "lib/uapi.h"

#define PIDFS_MAGIC 0x50494446

/* Before pidfs all pidfds have one inode: that is no identity. */
static uint64_t
identity(int pidfd)
{
	struct statfs sfs;
	struct stat st;

	if (pidfd == -1 || fstatfs(pidfd, &sfs) == -1 ||
	    sfs.f_type != PIDFS_MAGIC || fstat(pidfd, &st) == -1)
		return 0;
	return st.st_ino;
}

int
proc_alive(const struct proc *p)
{
	struct stat st;

	if (p->pidfd == -1)
		return fstatat(p->dir, "ns", &st, 0);
	if (uapi_pidfd_send_signal(p->pidfd, 0) == -1 && errno == ESRCH)
		return -1;
	return 0; /* EPERM, EINVAL: not ours to signal, but there */
}

/* P has its pidfd: add the directory. */
static int
hold(struct proc *p)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)p->pid);
	p->ino = identity(p->pidfd);
	p->dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if ((p->dir == -1 && p->pidfd == -1) || proc_alive(p) == -1) {
		proc_close(p);
		errno = ESRCH;
		return -1;
	}
	return 0;
}

int
proc_open(struct proc *p, pid_t pid, bool thread)
{
	p->pid = pid;
	p->dir = -1;
	p->pidfd = uapi_pidfd_open(pid, thread ? UAPI_PIDFD_THREAD : 0);
	if (p->pidfd == -1 && (!thread || errno != EINVAL))
		return -1;
	return hold(p);
}

int
proc_from_pidfd(struct proc *p, int pidfd)
{
	const char *at, *errstr;
	char path[48], info[1024], *end;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	if (file_get(AT_FDCWD, path, info, sizeof(info)) == -1)
		return -1;
	if ((at = strstr(info, "\nPid:\t")) == NULL) {
		errno = EINVAL;
		return -1;
	}
	at += strlen("\nPid:\t");
	if ((end = strchr(at, '\n')) != NULL)
		*end = '\0';
	p->pid = (pid_t)strtonum(at, 1, PROC_PID_MAX, &errstr);
	if (errstr != NULL) { /* -1: ended; 0: not in our PID namespace */
		errno = ESRCH;
		return -1;
	}
	p->dir = -1;
	if ((p->pidfd = fcntl(pidfd, F_DUPFD_CLOEXEC, 3)) == -1)
		return -1;
	return hold(p);
}

void
proc_close(struct proc *p)
{
	if (p->pidfd != -1)
		close(p->pidfd);
	if (p->dir != -1)
		close(p->dir);
	p->pidfd = p->dir = -1;
}

int
proc_ns(const struct proc *p, const struct ns_type *type)
{
	char path[32];
	int fd;

	if (p->pidfd != -1) {
		fd = ioctl(p->pidfd, type->pidfd_get, 0);
		if (fd != -1 || (errno != ENOTTY && errno != EINVAL))
			return fd;
	}
	if (p->dir == -1) {
		errno = ENOENT;
		return -1;
	}
	snprintf(path, sizeof(path), "ns/%s", type->name);
	return openat(p->dir, path, O_RDONLY | O_CLOEXEC);
}
