/* SPDX-License-Identifier: ISC */
/*
 * least-clone - what "nsclone -muinp" cannot do without: a child in the five
 * new namespaces that is PID 1 there and becomes the command, and its status.
 * No init, no forwarding of signals, nothing checked or reported.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/sched.h>

#include <signal.h>
#include <unistd.h>

#define TYPES                                                       \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | \
	    CLONE_NEWPID)

int
main(int argc, char **argv)
{
	struct clone_args args = { .flags = TYPES, .exit_signal = SIGCHLD };
	long pid = argc < 2 ? -1 : syscall(SYS_clone3, &args, sizeof(args));
	int status;

	if (pid == -1)
		return 125;
	if (pid == 0) {
		if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
			execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (waitpid((pid_t)pid, &status, 0) == -1)
		return 125;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
