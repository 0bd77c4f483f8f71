/* SPDX-License-Identifier: ISC */
/*
 * libs - the dynamic loader and the libraries of a program of ours, taken
 * along to where they cannot be found: copies in memory, which the loader
 * (ld.so(8)) is given as /proc/self/fd/NUMBER.  Nothing is mounted there.
 */
#ifndef NSKIT_NSJOIN_LIBS_H
#define NSKIT_NSJOIN_LIBS_H

#include <stdbool.h>
#include <stddef.h>

#define LIBS_MAX 256

struct libs {
	int loader; /* -1: none are taken along */
	bool names; /* it can be told another argv[0] (glibc 2.33) */
	size_t n;
	int lib[LIBS_MAX];
};

/*
 * libs_open - ask LOADER, a path, which libraries FILE needs, and copy all of
 * them.  Outside; exits on failure.
 */
void libs_open(struct libs *l, const char *loader, const char *file);

/*
 * libs_execute - have the loader run the open program FD under the name FILE,
 * with the arguments ARGV.  Returns on failure alone, with errno.
 */
void libs_execute(
    const struct libs *l, int fd, const char *file, char *const argv[]);

#endif
