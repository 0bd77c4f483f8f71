/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/alias.h"
#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

/* A row by what others hang it from: its namespace or its process. */
struct place {
	uint64_t key;
	size_t row;
};

static int
compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Where KEY with ROW is among the N of PLACE, or would be. */
static size_t
position(const struct place *place, size_t n, uint64_t key, size_t row)
{
	const struct place wanted = { .key = key, .row = row };
	size_t low = 0, high = n, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (compare(&place[at], &wanted) < 0)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

/* The first row of KEY. */
static size_t
find(const struct place *place, size_t n, uint64_t key)
{
	size_t at = position(place, n, key, 0);

	return at < n && place[at].key == key ? place[at].row : ROW_NONE;
}

/* The last row of KEY that comes before ROW. */
static size_t
find_before(const struct place *place, size_t n, uint64_t key, size_t row)
{
	size_t at = position(place, n, key, row);

	return at > 0 && place[at - 1].key == key ? place[at - 1].row :
						    ROW_NONE;
}

/* The owner of a user namespace is its parent. */
static const struct scan_ns *
above_ns(const struct scan_ns *ns, enum tree tree)
{
	if (tree == TREE_PARENT || ns->type->flag == CLONE_NEWUSER)
		return ns->parent;
	return ns->owner;
}

/* As lsns does it: from the last row so far that its parent has. */
static void
hang_from_parent(struct list *l, const struct place *place)
{
	pid_t pid = 0, ppid = 0;
	struct row *row;

	for (size_t i = 0; i < l->n; i++) {
		row = &l->rows[i];
		if (row->pid == 0)
			continue;
		if (row->pid != pid)
			ppid = process_parent(l->facts, row->pid);
		pid = row->pid;
		if (ppid != 0)
			row->above = find_before(place, l->n, (uint64_t)ppid,
			    l->members ? ROW_NONE : i);
	}
}

/* Hang each row from the nearest one above it that is listed. */
static void
hang(struct list *l, const struct place *place, enum tree tree)
{
	struct facts *f = l->facts;
	const struct scan_ns *ns;
	struct row *row;
	pid_t pid;

	for (size_t i = 0; i < l->n; i++) {
		row = &l->rows[i];
		if (tree == TREE_PROCESS) {
			pid = row->pid == 0 ? 0 : process_parent(f, row->pid);
			for (; pid != 0 && row->above == ROW_NONE;
			     pid = process_parent(f, pid))
				row->above = find(place, l->n, (uint64_t)pid);
			continue;
		}
		ns = above_ns(row->ns, tree);
		for (; ns != NULL && row->above == ROW_NONE;
		     ns = above_ns(ns, tree))
			row->above = find(place, l->n, ns->ino);
	}
}

/* The rows below each, as two chains of indices: first and next. */
struct chain {
	size_t *first, *next;
};

static size_t
chain_link(struct chain *c, const struct list *l)
{
	size_t roots = ROW_NONE, *at;

	for (size_t i = 0; i < l->n; i++)
		c->first[i] = ROW_NONE;
	/* From the end, so that each chain keeps the order of the rows. */
	for (size_t i = l->n; i-- > 0;) {
		at = l->rows[i].above == ROW_NONE ? &roots :
						    &c->first[l->rows[i].above];
		c->next[i] = *at;
		*at = i;
	}
	return roots;
}

static void
put(struct row *out, size_t *n, struct row *row, size_t depth)
{
	row->depth = depth;
	out[(*n)++] = *row;
	row->list = NULL; /* it is out */
}

static size_t
walk(struct list *l, const struct chain *c, size_t at, struct row *out)
{
	size_t n = 0, depth = 0;

	while (at != ROW_NONE) {
		put(out, &n, &l->rows[at], depth);
		if (c->first[at] != ROW_NONE) {
			at = c->first[at];
			depth++;
			continue;
		}
		while (
		    c->next[at] == ROW_NONE && l->rows[at].above != ROW_NONE) {
			at = l->rows[at].above;
			depth--;
		}
		at = c->next[at];
	}
	/* Processes whose numbers were used again may form a ring. */
	for (at = 0; at < l->n; at++)
		if (l->rows[at].list != NULL)
			put(out, &n, &l->rows[at], 0);
	return n;
}

/* The namespaces of one process side by side, the lowest process first. */
static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	return (x->ns->ino > y->ns->ino) - (x->ns->ino < y->ns->ino);
}

void
list_order(struct list *l)
{
	enum tree tree = l->tree;
	struct place *place;
	struct chain c;
	struct row *out;

	if (tree == TREE_NONE || l->n == 0)
		return;
	if (tree == TREE_PROCESS && !alias_has(ALIAS_TREE))
		qsort(l->rows, l->n, sizeof(*l->rows), compare_rows);
	place = memory_for(l->n, sizeof(*place));
	out = memory_for(l->n, sizeof(*out));
	c.first = memory_for(l->n, sizeof(*c.first));
	c.next = memory_for(l->n, sizeof(*c.next));
	for (size_t i = 0; i < l->n; i++) {
		place[i].row = i;
		place[i].key = tree == TREE_PROCESS ? (uint64_t)l->rows[i].pid :
						      l->rows[i].ns->ino;
	}
	qsort(place, l->n, sizeof(*place), compare);
	if (tree == TREE_PROCESS && alias_has(ALIAS_TREE))
		hang_from_parent(l, place);
	else
		hang(l, place, tree);
	l->n = walk(l, &c, chain_link(&c, l), out);
	free(l->rows);
	l->rows = out;
	free(place);
	free(c.first);
	free(c.next);
}
