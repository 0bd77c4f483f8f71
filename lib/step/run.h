/* SPDX-License-Identifier: ISC */
/*
 * run - become the command.
 */
#ifndef NSKIT_STEP_RUN_H
#define NSKIT_STEP_RUN_H

#include "lib/explain.h"

/* What is known before the steps, for what is said after them. */
struct run {
	/* what run_look found; -1: the root directory is that of our caller */
	int outside;
	/* what ARGV[0] may have been meant to be, if it is no command; or NULL
	 */
	const char *hint;
};

/*
 * run_look - before the root directory changes: is the command of ARGV to be
 * found here?  Returns 1 or 0, for run_command to tell afterwards.
 */
int run_look(char *const argv[]);

/*
 * run_check - exit as run_command would if there is no such command, or it
 * cannot be run; come back otherwise.  run_explain - describe it.
 */
void run_check(char *const argv[], const struct run *run);
void run_explain(char *const argv[], struct explain *e);

/*
 * run_command - execute ARGV (searched for in PATH, execvp(3)), or the user's
 * shell as a login shell if it is empty: $SHELL, else /bin/sh.
 *
 * Does not return: exits 127 if there is no such command, 126 if it cannot be
 * run, with the reason in words.
 */
_Noreturn void run_command(char **argv, const struct run *run);

#endif
