/* SPDX-License-Identifier: ISC */
/*
 * run - become the command.
 */
#ifndef NSKIT_RUN_H
#define NSKIT_RUN_H

/*
 * run_command - execute ARGV (searched for in PATH, execvp(3)), or the user's
 * shell as a login shell if it is empty: $SHELL, else /bin/sh.
 *
 * Does not return: exits 127 if there is no such command, 126 if it cannot be
 * run, with the reason in words.
 */
_Noreturn void run_command(char **argv);

#endif
