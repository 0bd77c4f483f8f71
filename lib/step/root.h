/* SPDX-License-Identifier: ISC */
/*
 * root - another root directory for the command (pivot_root(2), chroot(2)).
 */
#ifndef NSKIT_STEP_ROOT_H
#define NSKIT_STEP_ROOT_H

#include <stdbool.h>

#include "lib/explain.h"
#include "lib/opt.h"

struct root_request {
	const char *dir; /* --root, or NULL */
	/* make it the root of a new mount namespace, and let the old one go */
	bool pivot;
};

/* -R --root */
extern const struct opt root_options[];

struct root {
	int fd;		  /* the directory; -1: the root does not change */
	const char *name; /* of root_request, or NULL */
};

/*
 * root_open - step 2: open the directory, before anything is made.  Exits if
 * it is none.
 */
void root_open(struct root *s, const struct root_request *r);

/*
 * root_open_again - step 6, in a new mount namespace, while our IDs are still
 * those of outside: the same directory, and no other that has got its name
 * meanwhile, in our copy of the mounts.  Exits on failure.
 */
void root_open_again(struct root *s, const struct root_request *r);

/*
 * root_bind - before the mounts of step 10: a mount of its own for the
 * directory, where that will be the root of all.  Exits on failure.
 */
void root_bind(struct root *s, const struct root_request *r);

/*
 * root_open_below - open the path DIR of inside: below the new root, out of
 * which no link and no ".." leads, or if that does not change as it is.
 * Returns a descriptor, or -1 and errno.
 */
int root_open_below(const struct root *s, const char *dir, int flags);

/* root_change - step 13: no path is looked up.  Exits on failure. */
void root_change(struct root *s, const struct root_request *r);

/* root_explain - describe it; see lib/explain. */
void root_explain(const struct root_request *r, struct explain *e);

#endif
