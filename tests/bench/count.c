/* SPDX-License-Identifier: ISC */
/*
 * count [-n] COMMAND [ARG ...]: what COMMAND and all its children cost, by
 * numbers that a busy machine does not change: system calls, page faults, and
 * (not with -n) executed instructions of user space, in one line.  By
 * ptrace(2): valgrind does not know the calls that we live by.
 */
#include "config.h"

#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPTIONS                                                           \
	(PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | \
	    PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)
#define FAULT_RUNS 5

/* In a child: become it, without output. */
static _Noreturn void
become(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	if (null == -1 || dup2(null, STDOUT_FILENO) == -1)
		err(1, "/dev/null");
	execvp(argv[0], argv);
	err(127, "%s", argv[0]);
}

static pid_t
start(char **argv)
{
	pid_t pid = fork();

	if (pid == -1)
		err(1, "fork");
	if (pid != 0)
		return pid;
	raise(SIGSTOP); /* until it is traced */
	become(argv);
}

/* Go on with PID, which has stopped with STATUS; counts what that was. */
static void
go_on(int how, pid_t pid, int status, unsigned long *n)
{
	int sig = WSTOPSIG(status), event = status >> 16;

	if (how == PTRACE_SYSCALL && sig == (SIGTRAP | 0x80))
		++*n;
	else if (how == PTRACE_SINGLESTEP && sig == SIGTRAP && event == 0)
		++*n;
	/* Its own signals it gets; a stop of ours or of a new child it does
	 * not. */
	if (sig == (SIGTRAP | 0x80) || sig == SIGTRAP || sig == SIGSTOP ||
	    event != 0)
		sig = 0;
	if (ptrace(how, pid, NULL, (void *)(long)sig) == -1 && errno != ESRCH)
		err(1, "ptrace");
}

/* Stops of all processes of ARGV that are made by going on with HOW. */
static unsigned long
trace(int how, char **argv)
{
	pid_t first = start(argv), pid;
	unsigned long n = 0;
	int status;

	if (ptrace(PTRACE_SEIZE, first, NULL, (void *)(long)OPTIONS) == -1)
		err(1, "ptrace");
	kill(first, SIGCONT);
	while ((pid = waitpid(-1, &status, __WALL)) != -1 || errno == EINTR) {
		if (pid > 0 && WIFSTOPPED(status))
			go_on(how, pid, status, &n);
		else if (pid == first && status != 0)
			errx(1, "%s: wait status %#x", argv[0],
			    (unsigned)status);
	}
	return n;
}

/* Without a tracer; the least of some runs. */
static long
faults(char **argv)
{
	struct rusage used;
	long least = -1;
	int status;
	pid_t pid;

	for (int i = 0; i < FAULT_RUNS; i++) {
		if ((pid = fork()) == 0)
			become(argv);
		if (wait4(pid, &status, 0, &used) != pid)
			err(1, "wait4");
		if (least == -1 || used.ru_minflt < least)
			least = used.ru_minflt;
	}
	return least;
}

int
main(int argc, char **argv)
{
	bool steps = argc < 2 || strcmp(argv[1], "-n") != 0;

	argv += steps ? 1 : 2;
	if (argc < 2 || *argv == NULL)
		errx(2, "usage: count [-n] COMMAND [ARG ...]");
	/* Each call stops twice, but the last one of each process. */
	printf("%lu %ld", (trace(PTRACE_SYSCALL, argv) + 1) / 2, faults(argv));
	if (steps)
		printf(" %lu", trace(PTRACE_SINGLESTEP, argv));
	printf("\n");
	return 0;
}
