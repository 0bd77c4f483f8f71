/* SPDX-License-Identifier: ISC */
/*
 * seal - run from a copy that nobody can write to: a hostile target reaches
 * the file of whoever enters it through /proc/PID/exe (memfd_create(2)).
 */
#ifndef NSKIT_SEAL_H
#define NSKIT_SEAL_H

/*
 * seal_self - execute a sealed copy of our own program with ARGV; returns at
 * once in that copy.  Before anything is opened or entered.  Exits on failure.
 */
void seal_self(char **argv);

/*
 * seal_copy - a copy in memory of the file FD, under NAME, that can be executed
 * and that nobody can write to.  Returns its descriptor; exits on failure.
 */
int seal_copy(const char *name, int fd);

#endif
