/* SPDX-License-Identifier: ISC */
/*
 * journal - records of the files outside that namespaces are being kept on
 * (--net=FILE) or that replace another one (--pidfile), as links in a hidden
 * directory: if the process that makes them is killed half-way, nspin -g
 * finds there what to roll back.
 */
#ifndef NSKIT_PIN_JOURNAL_H
#define NSKIT_PIN_JOURNAL_H

#include <stdbool.h>

#include "lib/ns.h"

/*
 * journal_record - record in the directory HIDDEN that the namespace FD, of
 * TYPE, is about to be mounted on NAME in the directory DIR, a file that was
 * found there or is about to be MADE.
 *
 * What is needed to tell the file, the mount and the mount namespace from
 * others that have come in their place is recorded with it.  Returns 0, or -1
 * and errno.
 */
int journal_record(int hidden, const struct ns_type *type, int fd, int dir,
    const char *name, bool made);

/*
 * journal_record_beside - record in HIDDEN that the file FD is about to have
 * the name OTHER, which is ".NAME.NUMBER", in the directory DIR, and then to
 * change places with NAME.  Returns 0, or -1 and errno.
 */
int journal_record_beside(int hidden, int fd, int dir, const char *other);

/* journal_forget - remove the records in HIDDEN. */
void journal_forget(int hidden);

/*
 * journal_clean - HIDDEN is not in use any more, and we have the lock of the
 * pin directory (pindir_lock): roll back what its records
 * tell of, and call FN with the path of each such file; with DRY no more.
 *
 * Unmounted is what is that namespace, and removed a file that was made, if it
 * is empty, ours, unwritable, has one name and nothing is mounted on it; only
 * in the directory that it was made in, and in the mount namespace in which it
 * was made: elsewhere a removal would unmount unseen.  A file that is still
 * beside the one that it was to replace is removed; one that it has replaced is
 * put back.
 *
 * Returns 0; 1, the records are to stay: they are of another mount namespace;
 * -1 and errno.
 */
int journal_clean(int hidden, bool dry, void (*fn)(const char *path));

#endif
