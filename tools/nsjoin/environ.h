/* SPDX-License-Identifier: ISC */
/*
 * environ - the environment of the target, without what would let it choose
 * the command's program, or code in it, against a command that has rights which
 * the target lacks.
 */
#ifndef NSKIT_NSJOIN_ENVIRON_H
#define NSKIT_NSJOIN_ENVIRON_H

#define ENVIRON_NAMES_MAX 256

struct enter;

/*
 * environ_read - what --env or --act-as takes over; NULL if neither does.
 * NAMES becomes the list of the variables that are left out, or "".
 *
 * Outside, when it is known what will be entered and who the command will be.
 * Exits on failure, and if --act-as would take the environment of a target that
 * was executed with the rights of another user than the one who wrote it.
 */
char **environ_read(const struct enter *e, char names[ENVIRON_NAMES_MAX]);

#endif
