/* SPDX-License-Identifier: ISC */
/*
 * crowd COUNT KIND COMMAND [ARGUMENT ...]: run COMMAND beside COUNT processes.
 *
 * KIND is "plain"; "own", two namespaces of its own (uts, ipc) for each;
 * "user", a user namespace for each, "deep", one below the other; a number, so
 * many descriptors for each; "threads:N", "mounts:N" (in all, on /mnt). In a
 * PID and a mount namespace of its own, please: all ends with the command.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/uapi.h"

#define DEEPEST 30
#define STACK (64 << 10)

/* N of "WHAT:N", or 0. */
static int
number_of(const char *kind, const char *what)
{
	size_t len = strlen(what);

	return strncmp(kind, what, len) == 0 ? atoi(kind + len) : 0;
}

static void *
thread(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return NULL;
}

static int
threads(int n)
{
	pthread_attr_t attr;
	pthread_t t;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK);
	for (; n > 0; n--)
		if (pthread_create(&t, &attr, thread, NULL) != 0)
			return -1;
	return 0;
}

static int
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	ssize_t len = (ssize_t)strlen(text);
	int rc = fd != -1 && write(fd, text, (size_t)len) == len ? 0 : -1;

	close(fd);
	return rc;
}

/* One in which the next one can be made: our IDs have to be mapped there. */
static int
new_user(void)
{
	if (unshare(CLONE_NEWUSER) == -1 ||
	    put("/proc/self/setgroups", "deny") == -1 ||
	    put("/proc/self/gid_map", "0 0 1") == -1)
		return -1;
	return put("/proc/self/uid_map", "0 0 1");
}

/* Member NUMBER is in that many user namespaces of its own. */
static int
users(const char *kind, int number)
{
	int deep = strcmp(kind, "user") == 0 ? 1 :
	    strcmp(kind, "deep") == 0	     ? number % DEEPEST + 1 :
					       0;

	for (; deep > 0; deep--)
		if (new_user() == -1)
			return -1;
	return 0;
}

static int
become(const char *kind, int number)
{
	if (strcmp(kind, "own") == 0 &&
	    unshare(CLONE_NEWUTS | CLONE_NEWIPC) == -1)
		return -1;
	for (int n = atoi(kind) - 3; n > 0; n--)
		if (open("/dev/null", O_RDONLY) == -1)
			return -1;
	if (users(kind, number) == -1)
		return -1;
	return threads(number_of(kind, "threads:") - 1);
}

static _Noreturn void
member(const char *kind, int number, int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(ready, 3); /* after 0, 1 and 2 nothing else, as is usual */
	uapi_close_range(4, ~0U, 0);
	ready = 3;
	if (write(ready, become(kind, number) == 0 ? "y" : "n", 1) != 1)
		_exit(1);
	close(ready);
	for (;;)
		pause();
}

static int
mounts(int n)
{
	char path[32];

	if (n == 0)
		return 0;
	if (mount("none", "/mnt", "tmpfs", 0, NULL) == -1)
		return -1;
	for (; n > 0; n--) {
		snprintf(path, sizeof(path), "/mnt/%d", n);
		if (mkdir(path, 0700) == -1 ||
		    mount(path, path, NULL, MS_BIND, NULL) == -1)
			return -1;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	pid_t *pids, command;
	int ready[2], count, status;
	char byte;

	if (argc < 4 || (count = atoi(argv[1])) < 0 || pipe(ready) == -1 ||
	    (pids = calloc((size_t)count + 1, sizeof(*pids))) == NULL)
		return 2;
	if (mounts(number_of(argv[2], "mounts:")) == -1)
		return 1;
	for (int i = 0; i < count; i++) {
		if ((pids[i] = fork()) == 0)
			member(argv[2], i, ready[1]);
		if (pids[i] == -1 || read(ready[0], &byte, 1) != 1 ||
		    byte != 'y')
			return 1;
	}
	close(ready[0]);
	close(ready[1]);
	if ((command = fork()) == 0) {
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	waitpid(command, &status, 0);
	for (int i = 0; i < count; i++)
		kill(pids[i], SIGKILL);
	for (int i = 0; i < count; i++)
		waitpid(pids[i], NULL, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
