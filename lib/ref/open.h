/* SPDX-License-Identifier: ISC */
/*
 * open - what the parts of ref have between them: refopen opens targets,
 * refname finds pins by name, refseek finds namespaces by number.
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
 * ref_open_file - open PATH below DIR (as openat(2)) for reading once it is
 * known to be a namespace: a FIFO or a device there does nothing.
 *
 * Returns a descriptor, or -1 and errno: EINVAL, it is no namespace.
 */
int ref_open_file(int dir, const char *path);

/*
 * ref_open_name - the namespaces that are kept under N's name; where there are
 * none, a namespace file of that name in the working directory.
 *
 * Returns 0 and fills FD (-1 where there is none); -1 and *errstr.
 */
int ref_open_name(
    const struct ref_name *n, int fd[NS_NTYPES], const char **errstr);

/*
 * ref_seek - find the namespace with N's inode or id in links, threads,
 * descriptors, sockets, mounts, parents and owners, wherever we may look.
 *
 * Returns a descriptor; -1 and *errstr, which says where we may not.
 */
int ref_seek(const struct ref_name *n, const char **errstr);

#endif
