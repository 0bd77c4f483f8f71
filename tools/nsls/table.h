/* SPDX-License-Identifier: ISC */
/*
 * table - lines and columns as people read them, with a tree or without.
 */
#ifndef NSKIT_NSLS_TABLE_H
#define NSKIT_NSLS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/nsls/nsls.h"

struct table;

/* table_may_color - may a terminal be sent colors?  https://no-color.org */
bool table_may_color(void);

/* table_speaks_utf8 - does the user's locale? */
bool table_speaks_utf8(void);

/*
 * table_tree - which of the N columns WHICH a TREE is drawn in; N: in none.
 */
size_t table_tree(const struct column *const *which, size_t n, enum tree tree);

/*
 * table_new - one without lines, of the N columns WHICH, for a TERMINAL or
 * not; TREE where its lines have depths.  WHICH stays the caller's.
 */
struct table *table_new(const struct request *r,
    const struct column *const *which, size_t n, enum tree tree, bool terminal);

/*
 * table_put - a line more: its N cells, fresh memory each, are T's from now
 * on.  It is at most one level deeper than the line before.
 */
void table_put(struct table *t, size_t depth, char *const *cell);

/* table_print - all of it on standard output; T is freed.  Exits on failure. */
void table_print(struct table *t);

#endif
