/* SPDX-License-Identifier: ISC */
/*
 * open - what the rooms of ref have between them: open opens targets, name
 * finds pins by name, seek finds namespaces by number; parse has the words.
 */
#ifndef NSKIT_REF_OPEN_H
#define NSKIT_REF_OPEN_H

#include "lib/alike.h"
#include "lib/ref/ref.h"

/*
 * ref_say - make *ERRSTR the reason, in static memory: the caller prints it at
 * once.  Returns -1.
 */
int ref_say(const char **errstr, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* ref_chosen - is TYPE of those in TYPES (CLONE_NEW*)?  0 is all of them. */
bool ref_chosen(int types, const struct ns_type *type);

/* ref_doubt_path - as ref_doubt, of PATH. */
const char *ref_doubt_path(const char *path);

/*
 * ref_open_container - find the container or unit that N names, and hold in
 * PROC its first process.
 *
 * Returns 0; -1 and *errstr: there is none, it does not run, or there are
 * several.
 */
int ref_open_container(
    const struct ref_name *n, struct proc *proc, const char **errstr);

/*
 * ref_container_named - is there a container of that NAME in any engine, to be
 * told where there is no such pin?
 */
bool ref_container_named(const char *name);

/*
 * ref_scheme - make N the container that TEXT, of which LEN bytes are its
 * scheme, names.  False: it cannot name one.
 */
bool ref_scheme(struct ref_name *n, const char *text, size_t len);

/* ref_may_be_container - could an engine have one of that name? */
bool ref_may_be_container(const char *name);

/* ref_prefixes_like - add to A the words before a ':' that a REF may have. */
void ref_prefixes_like(struct alike *a);

/* ref_has_scheme - is there a program for the scheme, LEN bytes of TEXT? */
bool ref_has_scheme(const char *text, size_t len);

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
