/* SPDX-License-Identifier: ISC */
/*
 * unwritable - an executable file that nobody can write to, made of one that
 * somebody could: in memory and sealed (memfd_create(2)); where that is
 * forbidden, below a read-only mount that is nowhere mounted (open_tree(2)), or
 * a copy on a disk that has no name and no other user.
 */
#ifndef NSKIT_UNWRITABLE_H
#define NSKIT_UNWRITABLE_H

#include <stdbool.h>

/*
 * unwritable_view - our program's file below such a mount, which nobody can
 * change any more.  That takes long, since the mount is closed (RCU).
 *
 * Returns a descriptor for reading, or -1 and errno: only root may mount.
 */
int unwritable_view(void);

/*
 * unwritable_stand_in - one to stand where our program's file stood, which
 * will not be executed.  Returns a descriptor for reading, or -1 and errno.
 */
int unwritable_stand_in(void);

/*
 * unwritable_copy - one that is executed in the place of the file FD, whose
 * NAME a copy gets.  A program executes a COPY of itself only, which
 * unwritable_is then tells; of another one a view of FD will do.
 *
 * Returns a descriptor for reading, or -1 and errno.
 */
int unwritable_copy(int fd, const char *name, bool copy);

/* unwritable_is - is FD such a copy? */
bool unwritable_is(int fd);

/*
 * unwritable_why - after a failure with ERRNUM: what forbids it, in words, or
 * NULL.
 */
const char *unwritable_why(int errnum);

#endif
