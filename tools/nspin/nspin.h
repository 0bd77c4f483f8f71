/* SPDX-License-Identifier: ISC */
/*
 * nspin - what its files share: what was asked for.
 */
#ifndef NSKIT_NSPIN_NSPIN_H
#define NSKIT_NSPIN_NSPIN_H

#include <stdbool.h>

#include "lib/ids/idmap.h"

struct request {
	int verb; /* a letter; 0: keep */
	bool dry, force, holder, json, null, no_headings, netns, verbose;
	int types; /* CLONE_NEW* */
	bool all;
	const char *target, *until, *hook;
	struct idmap_request idmap;
	struct idmap_job maps;
};

/*
 * nspin_keep - keep new namespaces, or those of a target, under NAME.  ALL is
 * main's argv.
 */
void nspin_keep(struct request *r, const char *name, char **all);

/*
 * nspin_drop - release NAMES, and print what keeps their namespaces alive.
 * Returns the exit status.
 */
int nspin_drop(const struct request *r, char **names);

/* nspin_list - list NAMES, or all.  Returns the exit status. */
int nspin_list(const struct request *r, char **names);

/* nspin_query - is all of NAME alive, and may we enter it?  The status. */
int nspin_query(const char *name);

#endif
