/* SPDX-License-Identifier: ISC */
/*
 * alike - what somebody may have meant, who gave a name that there is not.
 */
#ifndef NSKIT_ALIKE_H
#define NSKIT_ALIKE_H

#include <stdbool.h>
#include <stddef.h>

#define ALIKE_MAX 4 /* names in a message: of n0 to n99 half are alike */

/* A name with a typing error, and one that has something in common. */
enum likeness { ALIKE_NOT, ALIKE_PARTLY, ALIKE_MISTYPED };

/* The names that look most like WANTED, as they are found. */
struct alike {
	const char *wanted;
	const char *lead; /* what a message has before each, as "--", or NULL */
	enum likeness likeness;
	char names[256]; /* with ", " between; empty at first */
	size_t n;
};

/*
 * alike_add - add NAME to A, if nothing there looks more like what is wanted,
 * and drop what looks less like it.  Returns false once no name can be added.
 */
bool alike_add(struct alike *a, const char *name);

/*
 * alike_none - "no WHAT WANTED (there is NAMES)", or (OTHERWISE) where A has no
 * names.  In static memory.
 */
const char *alike_none(
    const struct alike *a, const char *what, const char *otherwise);

#endif
