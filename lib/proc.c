/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <sys/vfs.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/uapi.h"

#define PIDFS_MAGIC 0x50494446
#define KILL_WAIT_MS 5000
#define STATUS_MAX (1 << 20) /* 65,536 groups, the most, are 704 KiB of it */

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
	int rc;

	rc = p->pidfd == -1 ? fstatat(p->dir, "ns", &st, 0) :
			      uapi_pidfd_send_signal(p->pidfd, 0);
	/* EPERM, EINVAL: not ours to signal, but there; ENOENT: a zombie's. */
	if (rc == 0 || (errno != ESRCH && errno != ENOENT))
		return 0;
	errno = ESRCH;
	return -1;
}

bool
proc_ended(const struct proc *p, int wait_ms)
{
	struct pollfd gone = { .fd = p->pidfd, .events = POLLIN };

	return poll(&gone, 1, wait_ms) == 1;
}

void
proc_kill(int pidfd)
{
	struct pollfd gone = { .fd = pidfd, .events = POLLIN };

	if (uapi_pidfd_send_signal(pidfd, SIGKILL) == -1)
		return;
	while (poll(&gone, 1, KILL_WAIT_MS) == -1 && errno == EINTR)
		continue;
}

bool
proc_counts_as_we(void)
{
	char self[16], ours[16];
	ssize_t len = readlink("/proc/self", self, sizeof(self) - 1);

	if (len == -1)
		return false;
	self[len] = '\0';
	snprintf(ours, sizeof(ours), "%d", (int)getpid());
	errno = ENOENT;
	return strcmp(self, ours) == 0;
}

/* P has its pidfd: add the directory. */
static int
hold(struct proc *p)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", (int)p->pid);
	p->ino = identity(p->pidfd);
	if (proc_counts_as_we())
		p->dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	p->errnum = errno;
	if ((p->dir == -1 && p->pidfd == -1) || proc_alive(p) == -1) {
		errno = p->pidfd == -1 && p->errnum == ENOENT ? ESRCH : ESTALE;
		proc_close(p);
		return -1;
	}
	return 0;
}

int
proc_open(struct proc *p, pid_t pid, bool thread)
{
	*p = (struct proc){ .pid = pid, .dir = -1 };
	p->pidfd = uapi_pidfd_open(pid, thread ? UAPI_PIDFD_THREAD : 0);
	if (p->pidfd != -1 || (thread && errno == EINVAL))
		return hold(p);
	p->pid = 0;
	return -1;
}

/* The number of the process of PIDFD, as /proc has it: before Linux 6.13. */
static int
number_by_proc(int pidfd, pid_t *pid)
{
	char path[48], info[1024];
	uint64_t number;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	if (file_get(AT_FDCWD, path, info, sizeof(info)) == -1)
		return -1;
	if (proctext_status(info, "Pid", NULL) == NULL) {
		errno = EINVAL;
		return -1;
	}
	/* -1: ended; 0: not in our PID namespace */
	if (proctext_number(info, "Pid", 0, &number) == -1 || number == 0) {
		errno = ESRCH;
		return -1;
	}
	*pid = (pid_t)number;
	return 0;
}

static int
number_of(int pidfd, pid_t *pid)
{
	struct uapi_pidfd_info info = { .mask = UAPI_PIDFD_INFO_PID };
	struct statfs sfs;

	/* Of another file the number may ask for anything. */
	if (fstatfs(pidfd, &sfs) == -1)
		return -1;
	if (sfs.f_type != PIDFS_MAGIC ||
	    (ioctl(pidfd, UAPI_PIDFD_GET_INFO_VER0, &info) == -1 &&
		errno != ESRCH && errno != EREMOTE))
		return number_by_proc(pidfd, pid);
	*pid = (pid_t)info.pid;
	errno = ESRCH;
	return *pid > 0 ? 0 : -1;
}

int
proc_from_pidfd(struct proc *p, int pidfd)
{
	*p = (struct proc){ .pidfd = -1, .dir = -1 };
	if (number_of(pidfd, &p->pid) != -1 &&
	    (p->pidfd = fcntl(pidfd, F_DUPFD_CLOEXEC, 3)) != -1)
		return hold(p);
	p->pid = 0;
	return -1;
}

void
proc_close(struct proc *p)
{
	file_close(p->pidfd);
	file_close(p->dir);
	p->pid = 0;
	p->pidfd = p->dir = -1;
}

int
proc_ns(const struct proc *p, const struct ns_type *type)
{
	char path[32];
	int fd;

	/* A security module may know nothing of pidfds, and refuse. */
	if (p->pidfd != -1) {
		fd = ioctl(p->pidfd, type->pidfd_get, 0);
		if (fd != -1 ||
		    (errno != ENOTTY && errno != EINVAL &&
			(p->dir == -1 || (errno != EACCES && errno != EPERM))))
			return fd;
	}
	if (p->dir == -1) {
		errno = ENOENT;
		return -1;
	}
	snprintf(path, sizeof(path), "ns/%s", type->name);
	return openat(p->dir, path, O_RDONLY | O_CLOEXEC);
}

/* By how much our time namespace shifts what /proc says, in clock ticks. */
static int64_t
boottime_offset(void)
{
	long long seconds = 0, ns = 0, hz = sysconf(_SC_CLK_TCK);
	char buf[256], *line;

	if (file_get(AT_FDCWD, "/proc/self/timens_offsets", buf, sizeof(buf)) ==
		-1 ||
	    (line = strstr(buf, "boottime")) == NULL ||
	    sscanf(line, "boottime %lld %lld", &seconds, &ns) != 2)
		return 0;
	return seconds * hz + ns * hz / 1000000000;
}

uint64_t
proc_start(const struct proc *p)
{
	char buf[4096];
	int64_t start;

	if (p->dir == -1 || file_get(p->dir, "stat", buf, sizeof(buf)) == -1 ||
	    proctext_stat(buf, PROCTEXT_START, &start) == -1)
		return 0;
	return (uint64_t)(start - boottime_offset());
}

int64_t
proc_age(const struct proc *p)
{
	struct timespec now;
	char buf[4096];
	int64_t start;

	if (p->dir == -1 || file_get(p->dir, "stat", buf, sizeof(buf)) == -1 ||
	    proctext_stat(buf, PROCTEXT_START, &start) == -1)
		return -1;
	start /= sysconf(_SC_CLK_TCK);
	if (clock_gettime(CLOCK_BOOTTIME, &now) == -1 || now.tv_sec < start)
		return -1;
	return now.tv_sec - start;
}

pid_t
proc_other_thread(const struct proc *p)
{
	char path[32];
	const char *errstr;
	struct dirent *e;
	struct stat st;
	pid_t tid = 0;
	int fd;
	DIR *d;

	fd = openat(p->dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || (d = fdopendir(fd)) == NULL)
		return 0;
	while (tid == 0 && (e = readdir(d)) != NULL) {
		tid = (pid_t)strtonum(e->d_name, 1, PROC_PID_MAX, &errstr);
		snprintf(path, sizeof(path), "%d/ns/net", (int)tid);
		if (tid == p->pid || fstatat(fd, path, &st, 0) == -1)
			tid = 0;
	}
	closedir(d);
	return tid;
}

char *
proc_status(int dirfd, const char *path)
{
	return file_get_all(dirfd, path, STATUS_MAX, NULL);
}

pid_t
proc_leader(pid_t tid)
{
	char path[32], *text;
	uint64_t pid;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	text = proc_status(AT_FDCWD, path);
	if (text == NULL || proctext_number(text, "Tgid", 0, &pid) == -1 ||
	    pid > PROC_PID_MAX)
		pid = 0;
	free(text);
	return (pid_t)pid;
}

pid_t
proc_shown(pid_t pid)
{
	int fd = uapi_pidfd_open(pid, 0), errnum = errno;
	char path[64], buf[1024];
	uint64_t shown;
	ssize_t n;

	/* A filter may refuse it, as that of an older container engine. */
	if (fd == -1 && (errnum == EPERM || errnum == ENOSYS) &&
	    proc_counts_as_we())
		return pid;
	if (fd == -1) {
		errno = errnum;
		return -1;
	}
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	n = file_get(AT_FDCWD, path, buf, sizeof(buf));
	close(fd);
	if (n == -1)
		return -1;
	if (proctext_number(buf, "Pid", 0, &shown) == -1 || shown == 0) {
		errno = ENOENT;
		return -1;
	}
	return (pid_t)shown;
}

int
proc_reap(pid_t pid, int *status)
{
	pid_t rc;

	do
		rc = waitpid(pid, status, __WALL);
	while (rc == -1 && errno == EINTR);
	return rc == -1 ? -1 : 0;
}
