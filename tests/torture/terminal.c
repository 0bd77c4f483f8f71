/* SPDX-License-Identifier: ISC */
/*
 * Rows at a terminal: we play the shell with job control, and whoever types.
 */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/torture/rows.h"

/* The shell's exit status tells how it went; 0 is well. */
enum {
	WELL,
	NO_TERMINAL,
	NOT_STARTED,
	NOT_STOPPED,
	NOT_CONTINUED,
	DOUBLED,
	NOT_ENDED,
	LIVES_ON,
	NOT_IN_BACKGROUND,
};

static const char *const outcomes[] = { "well", "no terminal", "not started",
	"^Z does not stop it", "fg or bg does not continue it",
	"the command got a signal twice", "^C does not end it as it should",
	"somebody lives on", "a read in the background does not stop it" };

/* In the job's first process. */
static void
own_foreground(int foreground)
{
	take_report();
	setpgid(0, 0);
	if (foreground)
		tcsetpgrp(0, getpid());
	signal(SIGTTOU, SIG_DFL);
}

/* Become the leader of a session with a terminal; its other side, or -1. */
static int
open_terminal(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), slave;

	if (master == -1 || grantpt(master) == -1 || unlockpt(master) == -1 ||
	    setsid() == -1)
		return -1;
	slave = open(ptsname(master), O_RDWR);
	if (slave == -1)
		return -1;
	dup2(slave, 0);
	close(slave);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	return master;
}

static bool
stopped(pid_t job, int sig)
{
	int status;

	for (int i = 0; i < 10000; i++) {
		if (waitpid(job, &status, WNOHANG | WUNTRACED) == job)
			return WIFSTOPPED(status) && WSTOPSIG(status) == sig;
		usleep(1000);
	}
	return false;
}

static bool
type(int master, char c)
{
	return write(master, &c, 1) == 1;
}

/* A command that is told of it says so, and ends. */
static bool
hear_hangup(void)
{
	int byte;

	while ((byte = hear()) == 'c')
		continue;
	return byte == 'h';
}

/* ^Z, fg, ^Z, bg, fg, ^C; a command that counts what comes. */
static int
play(const struct column *col, int master)
{
	pid_t job = start_reporting(col, "count", own_foreground, 1);

	if (hear() != 'r')
		return NOT_STARTED;
	/* PID 1 does not stop by ^Z: only the rest of the play. */
	for (int i = 0; !col->first && i < 2; i++) {
		type(master, 'Z' & 037);
		if (!stopped(job, SIGTSTP))
			return NOT_STOPPED;
		if (i == 0)
			tcsetpgrp(0, job);
		kill(-job, SIGCONT);
		if (hear() != 'c')
			return NOT_CONTINUED;
		tcsetpgrp(0, job);
	}
	type(master, 'C' & 037);
	if (hear() != 'i')
		return NOT_ENDED;
	kill(job, SIGUSR1);
	if (wait_status(job) != 0)
		return NOT_ENDED;
	return hear() == -2 ? WELL : DOUBLED;
}

/* And one that knows nothing of signals. */
static int
interrupt(const struct column *col, int master)
{
	pid_t job = start_reporting(col, "sleep 600", own_foreground, 1);

	if (hear() != 'r')
		return NOT_STARTED;
	type(master, 'C' & 037);
	if (wait_status(job) != SIGINT)
		return NOT_ENDED;
	return all_gone() ? WELL : LIVES_ON;
}

static int
read_behind(const struct column *col, int master)
{
	pid_t job = start_reporting(col, "read", own_foreground, 0);

	if (hear() != 'r')
		return NOT_STARTED;
	if (!stopped(job, SIGTTIN))
		return NOT_IN_BACKGROUND;
	tcsetpgrp(0, job);
	kill(-job, SIGCONT);
	type(master, '\n');
	return wait_status(job) == 6 << 8 ? WELL : NOT_CONTINUED;
}

static void
in_a_shell(const struct column *col, struct cell *cell,
    int (*act)(const struct column *, int))
{
	int status;
	pid_t shell;

	fflush(NULL);
	if ((shell = fork()) == 0) {
		int master = open_terminal();

		_exit(master == -1 ? NO_TERMINAL : act(col, master));
	}
	status = wait_status(shell);
	if (status == NO_TERMINAL << 8)
		cell->skipped = "no pseudo-terminal";
	else
		expect(cell, col, status == 0, "%s (0x%x)",
		    WIFEXITED(status) && WEXITSTATUS(status) <= 8 ?
			outcomes[WEXITSTATUS(status)] :
			"odd status",
		    status);
}

void
row_terminal(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		in_a_shell(col, cell, play);
		if (!col->first) /* PID 1 ignores what it has no handler for */
			in_a_shell(col, cell, interrupt);
	}
}

/* The window is closed: the shell ends, and the kernel hangs up on the rest. */
void
row_hangup(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		int status;
		pid_t shell;

		open_report();
		fflush(NULL);
		if ((shell = fork()) == 0) {
			int master = open_terminal();

			signal(SIGHUP, SIG_DFL);
			start(col, col->first ? "count 1" : "sleep 600",
			    own_foreground, 1);
			_exit(master == -1 || hear() != 'r');
		}
		drop_report();
		status = wait_status(shell);
		/* PID 1 without a handler would not notice. */
		if (col->first)
			expect(cell, col, status == 0 && hear_hangup(),
			    "no hangup, status 0x%x", status);
		else
			expect(cell, col, status == 0 && all_gone(),
			    "somebody lives on, status 0x%x", status);
		end_report();
	}
}

void
row_background(const struct column *col, struct cell *cell, int n)
{
	if (col->first) {
		cell->skipped =
		    "PID 1 does not stop of what the terminal sends";
		return;
	}
	for (int i = 0; i < n; i++)
		in_a_shell(col, cell, read_behind);
}
