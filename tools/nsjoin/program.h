/* SPDX-License-Identifier: ISC */
/*
 * program - a file of ours executed where it cannot be found: opened here,
 * executed by its descriptor there (execveat(2)).
 */
#ifndef NSKIT_NSJOIN_PROGRAM_H
#define NSKIT_NSJOIN_PROGRAM_H

#include <stdbool.h>

struct program_request {
	const char *file; /* of --exec, or NULL */

	/* Found out by program_open. */
	int fd;
};

/*
 * program_open - open the file, which has to be a program that needs nothing
 * beside itself: a statically linked one.  Outside; exits on failure.
 */
void program_open(struct program_request *r);

/*
 * program_seal - from here on it is a copy that nobody can write to, for where
 * somebody could reach the file through /proc/PID/exe.  Outside; exits on
 * failure.
 */
void program_seal(struct program_request *r);

/*
 * program_execute - become it; ARGV are its arguments without its name.  Exits
 * on failure.
 */
_Noreturn void program_execute(const struct program_request *r, char **argv);

#endif
