/* SPDX-License-Identifier: ISC */

/*
 * The exit statuses of our own, by the names that coreutils gave them; chroot,
 * env, timeout and docker use the same numbers. Every other status is the
 * command's.
 */

#ifndef EXITCODE_H
#define EXITCODE_H

#define EXIT_CANCELED		125	/* we failed, the command never ran */
#define EXIT_CANNOT_INVOKE	126	/* the command cannot be executed */
#define EXIT_ENOENT		127	/* the command was not found */

#endif
