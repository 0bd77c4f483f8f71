/* SPDX-License-Identifier: ISC */
/*
 * keep - the new namespaces of a command are kept as well, under a name
 * (--pin) or on files (--net=FILE): bound before the command starts, all or
 * none, and rolled back when a later step or the exec fails.
 *
 * Two sides exchange messages.  Inside is the process that is in the new
 * namespaces; outside, where names and files mean what the user meant, is its
 * parent, or for a command without one a helper that ends with the exec.
 */
#ifndef NSKIT_PIN_KEEP_H
#define NSKIT_PIN_KEEP_H

#include <signal.h>
#include <stdbool.h>

#include "lib/explain.h"
#include "lib/pin/file.h"
#include "lib/pin/pin.h"

struct keep_request {
	const char *name;	     /* --pin, or NULL */
	const char *file[NS_NTYPES]; /* --TYPE=FILE, or NULL */
};

struct keep {
	const struct keep_request *r;
	int types;	/* CLONE_NEW*: those of the command */
	int channel[2]; /* outside's end, inside's end; -1: not ours */
	bool helper;	/* outside is a helper, which has to be told the end */
	bool held;	/* under the name by a process, not by mounts */
	bool binds_mnt; /* a new mount namespace, by a mount */
	unsigned long long mnt_id; /* then of outside's mount namespace */
	struct pin pin;
	bool files; /* there is any */
	struct keep_file file[NS_NTYPES];
};

/* keep_wanted - was any of it asked for? */
bool keep_wanted(const struct keep_request *r);

/*
 * keep_check - does the request make sense with the new namespaces TYPES, in a
 * child or (IN_PLACE) in this process?  Returns 0, or -1 and *errstr.
 */
int keep_check(const struct keep_request *r, int types, bool in_place,
    const char **errstr);

/* keep_explain - describe it, and whether it can be done, by looking. */
void keep_explain(const struct keep_request *r, struct explain *e);

/*
 * keep_begin - outside, step 2: see that the name and the files are free, and
 * make what has to be there.  Undone by fail; exits on failure.
 */
void keep_begin(struct keep *k, const struct keep_request *r, int types);

/*
 * keep_begin_helper - the same in a helper, for a process that stays itself.
 * When it fails later, fail tells the helper, and waits for it.
 */
void keep_begin_helper(struct keep *k, const struct keep_request *r, int types);

/* keep_side - after the fork: this process is INSIDE, or outside. */
void keep_side(struct keep *k, bool inside);

/*
 * keep_offer - inside, when all namespaces have been made and the propagation
 * of mounts is set: hand their descriptors to the outside.
 */
void keep_offer(struct keep *k);

/*
 * keep_settle - inside, after the last step that is likely to fail: wait until
 * all is kept and can be seen.  Exits on failure.
 */
void keep_settle(struct keep *k);

/* keep_executes - inside: only the exec is left.  For a helper alone. */
void keep_executes(struct keep *k);

/*
 * keep_outside - outside: bind what is offered, and publish it when inside has
 * settled.  Exits on failure; a failed child's own report is what is printed.
 * MASK: as child_wait has it, or NULL if no signal is to end us.
 */
void keep_outside(struct keep *k, const sigset_t *mask);

#endif
