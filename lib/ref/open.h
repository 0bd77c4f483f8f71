/* SPDX-License-Identifier: ISC */
/*
 * open - what the rooms of ref have between them: open opens targets, name
 * finds pins by name, seek finds namespaces by number; parse has the words.
 */
#ifndef NSKIT_REF_OPEN_H
#define NSKIT_REF_OPEN_H

#include "lib/ref/ref.h"

/*
 * ref_say - make *ERRSTR the reason, in static memory: the caller prints it at
 * once.  Returns -1.
 */
int ref_say(const char **errstr, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* ref_chosen - is TYPE of those in TYPES (CLONE_NEW*)?  0 is all of them. */
bool ref_chosen(int types, const struct ns_type *type);

/*
 * ref_open_name - the namespaces that are kept under N's name.  Never a file of
 * the working directory, where somebody else may have put it.
 *
 * Returns 0 and fills FD (-1 where there is none); -1 and *errstr.
 */
int ref_open_name(
    const struct ref_name *n, int fd[NS_NTYPES], const char **errstr);

/*
 * ref_seek - find the namespace with N's inode or id, wherever a scan finds
 * any (lib/scan).
 *
 * Returns a descriptor; -1 and *errstr, which says what could not be seen.
 */
int ref_seek(const struct ref_name *n, const char **errstr);

#endif
