/* SPDX-License-Identifier: ISC */
/* ask - the answer of another program, which knows what we do not. */
#ifndef NSKIT_IDS_CAPTURE_H
#define NSKIT_IDS_CAPTURE_H

/*
 * capture_program - what a program says on standard output.
 *
 * Runs PATH, which is absolute, as ARGV with an empty environment, no signal
 * blocked, standard input and error on /dev/null, and waits for its end.
 * Outside only: inside, PATH would be somebody else's program.
 *
 * Returns the output, ended by '\0', to be freed, and how it ended, as wait(2)
 * tells it, in *STATUS.  NULL and errno: it cannot be run, or its answer is
 * longer than 16 MB (E2BIG).
 */
char *capture_program(const char *path, const char *const argv[], int *status);

#endif
