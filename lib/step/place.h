/* SPDX-License-Identifier: ISC */
/*
 * place - what is mounted at a place inside: a directory or file of outside,
 * an empty tmpfs, a small /dev (mount_namespaces(7), open_tree(2), fsopen(2)).
 */
#ifndef NSKIT_STEP_PLACE_H
#define NSKIT_STEP_PLACE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

#include "lib/explain.h"
#include "lib/opt.h"
#include "lib/step/root.h"

#define PLACE_MAX 32

struct place {
	enum place_kind { PLACE_BIND, PLACE_TMPFS, PLACE_DEV } kind;
	const char *source; /* of a bind: a path of outside */
	const char *dir;    /* an absolute path of inside */
	bool ro;
};

/* In the order given. */
struct place_request {
	size_t n;
	struct place list[PLACE_MAX];
};

/* --bind --dev --tmpfs */
extern const struct opt place_options[];

/* What they are made of, open; and the tmpfs that we made, by device. */
struct place_files {
	int source[PLACE_MAX];
	int dev; /* that of outside; -1: there is none */
	dev_t ours[PLACE_MAX];
	size_t n;
};

/* place_wanted - was any of it asked for? */
bool place_wanted(const struct place_request *r);

/* place_covers_root - is anything mounted on "/"? */
bool place_covers_root(const struct place_request *r);

/*
 * place_open - step 2: open what is to be bound, before anything is made;
 * place_open_again - step 6, in the new mount namespace, while our IDs are
 * those of outside: the same files once more, and no others that have got
 * their names meanwhile, because only mounts of our own namespace can be
 * bound.  Exit on failure.
 */
void place_open(struct place_files *f, const struct place_request *r);
void place_open_again(struct place_files *f, const struct place_request *r);

/*
 * place_mount - step 10: mount them below ROOT, one after the other; what is
 * mounted on "/" takes its place.  Where a path does not exist in a tmpfs of
 * ours, it is made.  The working directory becomes what its name now means.
 * Exits on failure.
 */
void place_mount(
    struct place_files *f, const struct place_request *r, struct root *root);

/*
 * place_make - step 10, after that: the directory DIR below ROOT, for what is
 * to be mounted there, is made too where it does not exist in a tmpfs of ours.
 */
void place_make(
    const struct place_files *f, const struct root *root, const char *dir);

/* place_explain - describe it; see lib/explain. */
void place_explain(const struct place_request *r, struct explain *e);

#endif
