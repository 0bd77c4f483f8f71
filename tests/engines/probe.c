/* SPDX-License-Identifier: ISC */
/*
 * probe - what a process is under, a line a field: the name, a TAB, the value.
 * Static, so that it runs in a container that has nothing else.
 *
 *	probe			print it
 *	probe stay FILE		as a container's first process: print it to
 *				FILE, reap, and never end
 */
#include "config.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* Lines of /proc/self/status that differ from one process to the next. */
static const char *const private[] = { "Name:", "Tgid:", "Ngid:", "Pid:",
	"PPid:", "NStgid:", "NSpid:", "NSpgid:", "NSsid:", "Vm", "Rss",
	"Hugetlb", "State:", "Threads:", "SigQ:", "voluntary_", "nonvoluntary_",
	"FDSize:" };

static int
is_private(const char *line)
{
	for (size_t i = 0; i < sizeof(private) / sizeof(private[0]); i++)
		if (strncmp(line, private[i], strlen(private[i])) == 0)
			return 1;
	return 0;
}

/*
 * SigIgn without 32 and 33, which glibc's posix_spawn(3) leaves ignored:
 * whether an engine was started by that is not what we ask.
 */
static void
show_ignored(const char *line)
{
	unsigned long long set = strtoull(line + strlen("SigIgn:"), NULL, 16);

	printf("status\tSigIgn: %llx\n", set & ~0x180000000ULL);
}

/* Each line of /proc/self/NAME, words parted by one blank. */
static void
show_file(const char *name)
{
	char path[64], line[4096];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/%s", name);
	if ((f = fopen(path, "re")) == NULL) {
		printf("%s\tnone\n", name);
		return;
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		if (is_private(line))
			continue;
		if (strncmp(line, "SigIgn:", strlen("SigIgn:")) == 0) {
			show_ignored(line);
			continue;
		}
		printf("%s\t", name);
		for (char *w = strtok(line, " \t\n"); w != NULL;
		     w = strtok(NULL, " \t\n"))
			printf("%s ", w);
		putchar('\n');
	}
	fclose(f);
}

static void
show_link(const char *name)
{
	char path[64], to[4096] = "none";
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/%s", name);
	if ((n = readlink(path, to, sizeof(to) - 1)) > 0)
		to[n] = '\0';
	printf("%s\t%s\n", name, to);
}

static void
show_directory(const char *name)
{
	struct stat st;

	if (stat(name, &st) == 0)
		printf("%s\t%jx:%ju\n", name, (uintmax_t)st.st_dev,
		    (uintmax_t)st.st_ino);
}

static void
show_descriptors(void)
{
	printf("descriptors\t");
	for (int fd = 0; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) != -1)
			printf("%d ", fd);
	putchar('\n');
}

static void
show_calls(void)
{
	mode_t mask = umask(0);

	printf("umask\t%03o\n", (unsigned)mask);
	umask(mask);
	printf("nice\t%d\n", getpriority(PRIO_PROCESS, 0));
	printf("policy\t%ld\n", syscall(SYS_sched_getscheduler, 0));
	printf("ioprio\t%ld\n", syscall(SYS_ioprio_get, 1, 0));
	printf("session\t%s\n", getsid(0) == getpid() ? "own" : "another's");
	printf("terminal\t%s\n",
	    !isatty(0)		   ? "none" :
		ttyname(0) != NULL ? ttyname(0) :
				     "one without a name here");
}

static void
show(void)
{
	static const char *const files[] = { "status", "cgroup", "limits",
		"oom_score_adj", "personality", "uid_map", "gid_map",
		"setgroups", "attr/current", "timerslack_ns", "loginuid",
		"coredump_filter" };
	static const char *const links[] = { "cwd", "root", "ns/cgroup",
		"ns/ipc", "ns/mnt", "ns/net", "ns/pid", "ns/pid_for_children",
		"ns/time", "ns/time_for_children", "ns/user", "ns/uts" };

	show_descriptors();
	show_calls();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		show_file(files[i]);
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		show_link(links[i]);
	show_directory("/");
	show_directory(".");
	for (char **e = environ; *e != NULL; e++)
		printf("env\t%s\n", *e);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	int out = STDOUT_FILENO;

	if (argc != 3 || strcmp(argv[1], "stay") != 0) {
		show();
		return 0;
	}
	if (freopen(argv[2], "w", stdout) == NULL)
		return 1;
	show();
	close(out);
	for (;;)
		if (wait(NULL) == -1)
			pause();
}
