/* SPDX-License-Identifier: ISC */
/* capture - the answer of another program, which knows what we do not. */
#ifndef NSKIT_IDS_CAPTURE_H
#define NSKIT_IDS_CAPTURE_H

struct capture {
	const char *path;	 /* absolute */
	const char *const *argv; /* ended by NULL */
	char *const *envp;	 /* likewise; NULL: empty */
	/* its standard error; STDOUT_FILENO: in the answer; -1: /dev/null */
	int error;
	int timeout; /* in ms, after which it is killed; 0: none */
};

/*
 * capture_run - what a program says on standard output: run it as C tells, with
 * no signal blocked and standard input on /dev/null, and wait for its end.
 * Outside only: inside, its path would be somebody else's program.
 *
 * Returns the output, ended by '\0', to be freed, and how it ended, as wait(2)
 * tells it, in *STATUS.  NULL and errno: it cannot be run, its answer is longer
 * than 16 MB (EFBIG), or ETIMEDOUT.
 */
char *capture_run(const struct capture *c, int *status);

/*
 * capture_program - the same of PATH, run as ARGV, and no more.
 */
char *capture_program(const char *path, const char *const argv[], int *status);

#endif
