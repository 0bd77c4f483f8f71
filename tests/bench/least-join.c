/* SPDX-License-Identifier: ISC */
/*
 * least-join PID COMMAND [ARG ...] - what "nsjoin -t PID -n" cannot do without:
 * a pidfd, setns(2), exec.
 */
#include "config.h"

#include <sys/syscall.h>

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int fd = argc < 3 ? -1 : (int)syscall(SYS_pidfd_open, atoi(argv[1]), 0);

	if (fd == -1 || setns(fd, CLONE_NEWNET) == -1)
		return 125;
	execvp(argv[2], argv + 2);
	return 127;
}
