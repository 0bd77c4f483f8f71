/* SPDX-License-Identifier: ISC */
/*
 * selftest MODE: make a pin, with one bug in what is done about a failing call.
 * "good" has none; tests/faults.t shows that faultwalk finds the others.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char pin[] = "/run/w/pin";

static int
is(const char *mode, const char *name)
{
	return strcmp(mode, name) == 0;
}

static int
failed(const char *what)
{
	fprintf(stderr, "selftest: %s: %s\n", what, strerror(errno));
	return 1;
}

static int
no_pin(const char *mode)
{
	if (is(mode, "crash"))
		abort();
	if (is(mode, "hang"))
		pause();
	if (is(mode, "silent"))
		return 1;
	if (is(mode, "wrong"))
		return 0;
	if (is(mode, "vague")) {
		fputs("selftest: no pin\n", stderr);
		return 1;
	}
	if (is(mode, "noisy"))
		fputs("selftest: giving up\n", stderr);
	if (is(mode, "process") && fork() == 0)
		pause();
	return failed("cannot create pin");
}

/* A crash in a child that nobody asks how it ended. */
static int
child(void)
{
	pid_t pid = fork();

	if (pid == -1) {
		failed("fork");
		umount2(pin, 0);
		unlink(pin);
		return 1;
	}
	if (pid == 0) {
		if (open("/dev/null", O_RDONLY | O_CLOEXEC) == -1)
			abort();
		_exit(0);
	}
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		;
	return 0;
}

int
main(int argc, char *argv[])
{
	const char *mode = argc > 1 ? argv[1] : "good";
	int fd = open(pin, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

	if (fd == -1)
		return no_pin(mode);
	close(fd);
	if (unshare(CLONE_NEWUTS) == -1) {
		failed("unshare");
		if (!is(mode, "leftover"))
			unlink(pin);
		return 1;
	}
	if (mount("/proc/self/ns/uts", pin, NULL, MS_BIND, NULL) == -1) {
		failed("mount");
		unlink(pin);
		return 1;
	}
	return is(mode, "child") ? child() : 0;
}
