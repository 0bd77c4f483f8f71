/* SPDX-License-Identifier: ISC */
/*
 * program - a file of ours executed where it cannot be found: opened here,
 * executed by its descriptor there (execveat(2)).
 */
#ifndef NSKIT_NSJOIN_PROGRAM_H
#define NSKIT_NSJOIN_PROGRAM_H

#include <stdbool.h>

#include "tools/nsjoin/libs.h"

struct program_request {
	const char *file; /* of --exec, or NULL */
	bool with_libs;	  /* its loader and libraries come along */
};

/*
 * program_open - open the file, which has to be a program that needs nothing
 * beside itself, a statically linked one, or what LIBS then has.  Outside;
 * returns its descriptor, or -1 if there is no file to run.  Exits on failure.
 */
int program_open(const struct program_request *r, struct libs *libs);

/*
 * program_seal - a copy of the open file FD that cannot be written to, for a
 * command whose file others reach through /proc/PID/exe; FD is closed.
 * Outside; returns the copy's descriptor.  Exits on failure.
 */
int program_seal(const struct program_request *r, int fd);

/*
 * program_execute - become the open file FD, by its loader if LIBS has one;
 * ARGV are its arguments without its name.  Exits on failure.
 */
_Noreturn void program_execute(const struct program_request *r,
    const struct libs *libs, int fd, char **argv);

#endif
