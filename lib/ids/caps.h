/* SPDX-License-Identifier: ISC */
/*
 * caps - the capabilities of the command: their names, their sets, and how they
 * are kept over a change of IDs and over execve(2) (capabilities(7)).
 */
#ifndef NSKIT_IDS_CAPS_H
#define NSKIT_IDS_CAPS_H

#include <linux/capability.h>

#include <stdbool.h>
#include <stdint.h>

#include "lib/explain.h"
#include "lib/opt.h"

#define CAPS_BIT(n) (UINT64_C(1) << (n)) /* of number N, in every set here */

struct caps_request {
	bool given;
	uint64_t list;	/* --caps, where given */
	bool keep;	/* --keep-caps */
	bool no_userns; /* --disable-userns */
};

/* --caps --disable-userns --keep-caps */
extern const struct opt caps_options[];

/* The sets of a process. */
struct caps_sets {
	uint64_t inheritable, permitted, effective, bounding, ambient;
};

/*
 * caps_parse - all, none, or names (cap_ or not) with commas.  Returns 0, or -1
 * and *errstr.
 */
int caps_parse(const char *text, uint64_t *caps, const char **errstr);

/*
 * caps_forbid_userns - after step 12, in a new user namespace: if asked for,
 * set its limit of user namespaces to 0, and give up the capability to change
 * that.  Where /proc is still ours.  Exits on failure.
 */
void caps_forbid_userns(const struct caps_request *r);

/*
 * caps_effective, caps_permitted, caps_bounding - our own sets.  Exit on
 * failure.
 */
uint64_t caps_effective(void);
uint64_t caps_permitted(void);
uint64_t caps_bounding(void);

/*
 * caps_keep, caps_raise - around a change of uid: what is permitted to us
 * survives it, and then the command's execve(2).  Exit on failure.
 */
void caps_keep(void);
void caps_raise(void);

/*
 * caps_refill - after caps_keep and a change of uid: what is permitted to us is
 * effective again, the other sets are as they were.  Exits on failure.
 */
void caps_refill(void);

/*
 * caps_begin, caps_finish - what R asks for, around the change of groups and
 * IDs, in the command's own process.  Before it the bounding set, for which we
 * may have no right any more after it; after it the others, which it changes.
 * Exit on failure.
 */
void caps_begin(const struct caps_request *r);
void caps_finish(const struct caps_request *r);

/* For messages: the option that asks for it, and what does without it. */
struct caps_words {
	const char *option, *hint;
};

/*
 * caps_begin_like, caps_finish_like - the same for the sets of another process.
 * KEEP: our own permitted and effective ones stay until execve(2), which gives
 * the command those that the other sets make of them.  Exit on failure, in
 * words.
 */
void caps_begin_like(const struct caps_sets *like, const struct caps_words *w);
void caps_finish_like(
    const struct caps_sets *like, bool keep, const struct caps_words *w);

/* caps_explain - describe it; see lib/explain. */
void caps_explain(const struct caps_request *r, struct explain *e);

#endif
