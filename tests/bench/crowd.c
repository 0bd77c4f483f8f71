/* SPDX-License-Identifier: ISC */
/*
 * crowd COUNT KIND COMMAND [ARGUMENT ...]: run COMMAND beside COUNT processes.
 *
 * KIND is "plain"; "own", two namespaces of its own (uts, ipc) for each; a
 * number, so many descriptors for each. In a PID namespace of its own, please:
 * all end with the command.
 */
#include "config.h"

#include <sys/prctl.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/uapi.h"

static _Noreturn void
member(const char *kind, int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (strcmp(kind, "own") == 0 &&
	    unshare(CLONE_NEWUTS | CLONE_NEWIPC) == -1)
		_exit(1);
	dup2(ready, 3); /* after 0, 1 and 2 nothing else, as is usual */
	uapi_close_range(4, ~0U, 0);
	ready = 3;
	for (int n = atoi(kind) - 3; n > 0; n--)
		if (open("/dev/null", O_RDONLY) == -1)
			_exit(1);
	if (write(ready, "", 1) != 1)
		_exit(1);
	close(ready);
	for (;;)
		pause();
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
	for (int i = 0; i < count; i++) {
		if ((pids[i] = fork()) == 0)
			member(argv[2], ready[1]);
		if (pids[i] == -1 || read(ready[0], &byte, 1) != 1)
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
