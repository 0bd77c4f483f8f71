/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/ids/capture.h"
#include "lib/proc.h"

#define ANSWER_MAX (16 * 1024 * 1024)

/* An error number, as posix_spawn(3) returns it. */
static int
start(pid_t *pid, const char *path, const char *const argv[], int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char *const envp[] = { NULL };
	sigset_t none;
	int errnum;

	if ((errnum = posix_spawn_file_actions_init(&files)) != 0)
		return errnum;
	if ((errnum = posix_spawnattr_init(&attr)) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return errnum;
	}
	sigemptyset(&none);
	if ((errnum = posix_spawnattr_setsigmask(&attr, &none)) == 0 &&
	    (errnum = posix_spawnattr_setflags(
		 &attr, POSIX_SPAWN_SETSIGMASK)) == 0 &&
	    (errnum = posix_spawn_file_actions_adddup2(
		 &files, out, STDOUT_FILENO)) == 0 &&
	    (errnum = posix_spawn_file_actions_addopen(
		 &files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)) == 0 &&
	    (errnum = posix_spawn_file_actions_addopen(
		 &files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)) == 0)
		errnum = posix_spawn(pid, path, &files, &attr,
		    (char *const *)(uintptr_t)argv, envp);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return errnum;
}

/* All that comes from FD until its end; NULL and errno. */
static char *
read_all(int fd)
{
	size_t size = 4096, len = 0;
	char *text = malloc(size), *more;
	ssize_t n = text == NULL ? -1 : 1;

	while (n > 0) {
		if (len == size - 1) {
			errno = E2BIG;
			n = -1;
			if (size > ANSWER_MAX ||
			    (more = realloc(text, size * 4)) == NULL)
				break;
			text = more;
			size *= 4;
		}
		do
			n = read(fd, text + len, size - 1 - len);
		while (n == -1 && errno == EINTR);
		len += n > 0 ? (size_t)n : 0;
	}
	if (n == -1) {
		free(text);
		return NULL;
	}
	text[len] = '\0';
	return text;
}

static char *
ask(const char *path, const char *const argv[], int *status)
{
	int out[2], errnum;
	char *text;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) == -1)
		return NULL;
	errnum = start(&pid, path, argv, out[1]);
	close(out[1]);
	if (errnum != 0) {
		close(out[0]);
		errno = errnum;
		return NULL;
	}
	text = read_all(out[0]);
	errnum = errno;
	/* Who still writes is told by SIGPIPE. */
	close(out[0]);
	if (proc_reap(pid, status) == -1) {
		free(text);
		return NULL;
	}
	errno = errnum;
	return text;
}

char *
capture_program(const char *path, const char *const argv[], int *status)
{
	struct sigaction standard = { .sa_handler = SIG_DFL }, old;
	int errnum;
	char *text;

	/* An ignored SIGCHLD takes the exit status away (wait(2)). */
	if (sigaction(SIGCHLD, &standard, &old) == -1)
		return NULL;
	text = ask(path, argv, status);
	errnum = errno;
	sigaction(SIGCHLD, &old, NULL);
	errno = errnum;
	return text;
}
