/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/file.h"
#include "lib/ids/capture.h"
#include "lib/proc.h"

#define ANSWER_MAX (16 * 1024 * 1024)

/* An error number, as posix_spawn(3) returns it. */
static int
start(pid_t *pid, const struct capture *c, int out, int null)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char *const nothing[] = { NULL };
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
	    (errnum = posix_spawnattr_setflags(&attr,
		 c->timeout == 0 ?
		     POSIX_SPAWN_SETSIGMASK :
		     POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP)) == 0 &&
	    (errnum = posix_spawn_file_actions_adddup2(
		 &files, out, STDOUT_FILENO)) == 0 &&
	    (errnum = posix_spawn_file_actions_adddup2(
		 &files, null, STDIN_FILENO)) == 0 &&
	    (errnum = posix_spawn_file_actions_adddup2(
		 &files, c->error != -1 ? c->error : null, STDERR_FILENO)) == 0)
		errnum = posix_spawn(pid, c->path, &files, &attr,
		    (char *const *)(uintptr_t)c->argv,
		    c->envp == NULL ? nothing : c->envp);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return errnum;
}

/* Wait until FD can be read, to DEADLINE at most.  0, or -1 and errno. */
static int
wait_for(int fd, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;
	int n;

	do {
		left = deadline == 0 ? -1 : deadline - clock_ms();
		if (deadline != 0 && left < 0)
			left = 0;
		n = poll(&p, 1, (int)left);
	} while (n == -1 && errno == EINTR);
	if (n == 0)
		errno = ETIMEDOUT;
	return n == 1 ? 0 : -1;
}

/* All that comes from FD until its end, or DEADLINE; NULL and errno. */
static char *
read_all(int fd, int64_t deadline)
{
	size_t size = 4096, len = 0;
	char *text = malloc(size), *more;
	ssize_t n = text == NULL ? -1 : 1;

	while (n > 0) {
		if (len == size - 1) {
			errno = EFBIG;
			n = -1;
			if (size > ANSWER_MAX ||
			    (more = realloc(text, size * 4)) == NULL)
				break;
			text = more;
			size *= 4;
		}
		do
			n = wait_for(fd, deadline) == -1 ?
			    -1 :
			    read(fd, text + len, size - 1 - len);
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
ask(const struct capture *c, int *status)
{
	int64_t deadline = c->timeout == 0 ? 0 : clock_ms() + c->timeout;
	int out[2], errnum, null;
	char *text;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) == -1)
		return NULL;
	null = file_open_null();
	errnum = null == -1 ? errno : start(&pid, c, out[1], null);
	file_close(null);
	close(out[1]);
	if (errnum != 0) {
		close(out[0]);
		errno = errnum;
		return NULL;
	}
	text = read_all(out[0], deadline);
	errnum = errno;
	if (text == NULL)
		/* Ours, and not reaped yet; with what it has started. */
		(void)kill(c->timeout == 0 ? pid : -pid, SIGKILL);
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
capture_run(const struct capture *c, int *status)
{
	struct sigaction standard = { .sa_handler = SIG_DFL }, old;
	int errnum;
	char *text;

	/* An ignored SIGCHLD takes the exit status away (wait(2)). */
	if (sigaction(SIGCHLD, &standard, &old) == -1)
		return NULL;
	text = ask(c, status);
	errnum = errno;
	sigaction(SIGCHLD, &old, NULL);
	errno = errnum;
	return text;
}

char *
capture_program(const char *path, const char *const argv[], int *status)
{
	struct capture c = { .path = path, .argv = argv, .error = -1 };

	return capture_run(&c, status);
}
