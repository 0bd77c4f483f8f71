/* SPDX-License-Identifier: ISC */
/*
 * exe - go on without our program's file: a hostile target reaches the file
 * of whoever enters it through /proc/PID/exe.
 */
#ifndef NSKIT_EXE_H
#define NSKIT_EXE_H

/*
 * exe_replace - put copies in memory in the place of all that is mapped from
 * our file, and an empty sealed file (memfd_create(2)) behind /proc/self/exe.
 * Cheaper than to execute a sealed copy, and nothing has to be done twice.
 *
 * ARGV is main's, and the environment as it was at the start.
 *
 * Needs CAP_SYS_ADMIN or CAP_CHECKPOINT_RESTORE in our user namespace.  Returns
 * 0, or -1 and errno, when it can be tried another way: EPERM; EINVAL, this
 * kernel has no CONFIG_CHECKPOINT_RESTORE.
 */
int exe_replace(char *const *argv);

#endif
