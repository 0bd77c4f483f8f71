/* SPDX-License-Identifier: ISC */
/*
 * scan - the model of all namespaces: who is in them, what else holds them,
 * their parents and owners.  Never enters anything, and starts a process for
 * SCAN_QUEUES alone.
 *
 * A request says which facts are wanted and where to look; what nobody asked
 * for is not read.  A process that vanishes while it is read is no failure.
 * What could not be read is counted (struct scan_unseen): the answer is then
 * right but perhaps not complete.
 */
#ifndef NSKIT_SCAN_SCAN_H
#define NSKIT_SCAN_SCAN_H

#include <sys/types.h>

#include <stddef.h>

#include "lib/ns.h"
#include "lib/scan/model.h"

struct scan {
	struct scan_ns **ns; /* what was asked for, by inode */
	size_t n;
	struct scan_unseen unseen;
	struct scan_table *table; /* for lib/scan alone */
};

/*
 * scan_all - find what R asks for.
 *
 * Returns 0, and S is to be given to scan_free; -1, and *errstr (which may be
 * in static memory) says why: /proc is not there or is no procfs, R->pid is
 * gone or not to be read, no memory.
 */
int scan_all(struct scan *s, const struct scan_request *r, const char **errstr);

/*
 * scan_holders - everything that holds the N namespaces INO of TYPES, in every
 * place, QUEUES too or only counting them: their rows in S, without a row where
 * nothing holds one.
 * Descriptors of this process do not count, being in it does.
 *
 * Returns as scan_all; where scan_incomplete then says something it could not
 * look everywhere.
 */
int scan_holders(struct scan *s, int types, const ino_t *ino, size_t n,
    bool queues, const char **errstr);

/* scan_free - give back what S points to. */
void scan_free(struct scan *s);

/*
 * scan_find - the namespace of that inode and TYPE (NULL: any), also one that
 * was met on the way and is not in S->ns; or NULL.
 */
struct scan_ns *scan_find(
    const struct scan *s, const struct ns_type *type, ino_t ino);

/*
 * scan_incomplete - what could not be seen, as one line of words in BUF ("3
 * processes and 1 mount namespace could not be read"); NULL: nothing.
 */
const char *scan_incomplete(
    const struct scan_unseen *unseen, char *buf, size_t size);

/*
 * scan_open - a descriptor of NS, opened through one of its holders and found
 * to be that very namespace.
 *
 * Returns -1 and errno where there is no way (any more).
 */
int scan_open(const struct scan_ns *ns);

/*
 * scan_readers - how many threads help to read N processes, or what is asked of
 * so many: 1 where others do not help.
 */
size_t scan_readers(size_t n);

/* scan_kind_name - "process", "thread", "fd", "socket", "mount", ... */
const char *scan_kind_name(enum scan_kind kind);

/*
 * scan_holder_text - where the holder is, as a REF where there is one for it
 * ("pid:7/fd/3", "tid:8", "net:[4026531840]"), of a mount its path, escaped.
 *
 * Returns fresh memory, or NULL.
 */
char *scan_holder_text(const struct scan_holder *h);

#endif
