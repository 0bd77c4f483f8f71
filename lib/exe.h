/* SPDX-License-Identifier: ISC */
/*
 * exe - go on without our program's file: a hostile target reaches the file
 * of whoever enters it through /proc/PID/exe.
 */
#ifndef NSKIT_EXE_H
#define NSKIT_EXE_H

#include <stdbool.h>

/*
 * exe_is_replaceable - can this kernel, and this build, do it at all?  Asked
 * outside, where there is another way.
 */
bool exe_is_replaceable(void);

/*
 * exe_replace - put copies in memory in the place of all that is mapped from
 * our file, and the file EXE behind /proc/self/exe.  Cheaper than to execute a
 * copy, and nothing has to be done twice.  What is only read is cheaper still
 * to map anew, from VIEW: our file as one that cannot be written to, or -1.
 *
 * ARGV is main's, and the environment as it was at the start.
 *
 * Needs CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE in our user namespace, which
 * whoever has just made or entered one has there.  Opens nothing.  Returns 0,
 * or -1 and errno (EPERM).
 */
int exe_replace(char *const *argv, int exe, int view);

#endif
