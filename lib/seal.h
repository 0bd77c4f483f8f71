/* SPDX-License-Identifier: ISC */
/*
 * seal - no file of ours that others could write to: a hostile target reaches
 * the file of whoever enters it through /proc/PID/exe.
 */
#ifndef NSKIT_SEAL_H
#define NSKIT_SEAL_H

/*
 * seal_self - detach from our file (lib/exe); where that cannot be done,
 * execute a sealed copy of our own program with ARGV, main's, and return at
 * once in that copy.  Before anything is entered.  Exits on failure.
 */
void seal_self(char **argv);

/*
 * seal_copy - a copy in memory of the file FD, under NAME, that can be executed
 * and that nobody can write to.  Returns its descriptor; exits on failure.
 */
int seal_copy(const char *name, int fd);

#endif
