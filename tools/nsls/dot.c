/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define COMMAND_MAX 40 /* bytes of a command in the picture */

/* A row, and what it is drawn with. */
struct item {
	const struct row *row;
	ino_t box;  /* the user namespace around it, as far as it is drawn */
	char *name; /* its pins', or NULL */
};

/* What is drawn, by box, and what the same processes are in side by side. */
struct picture {
	const struct list *list;
	struct item *item;
	ino_t *node; /* of each row: the first of those drawn as one with it */
	size_t n;
};

static ino_t
node_of(const struct picture *p, const struct row *row)
{
	return p->node[row - p->list->rows];
}

static bool
is_user(const struct scan_ns *ns)
{
	return ns->type->flag == CLONE_NEWUSER;
}

/* The row of NS, if it is in the picture.  Rows are in the order of inodes. */
static const struct row *
row_of(const struct list *l, const struct scan_ns *ns)
{
	size_t low = 0, high = l->n, at;

	while (ns != NULL && low < high) {
		at = low + (high - low) / 2;
		if (l->rows[at].ns == ns)
			return &l->rows[at];
		if (l->rows[at].ns->ino < ns->ino)
			low = at + 1;
		else
			high = at;
	}
	return NULL;
}

static ino_t
box_of(const struct row *row)
{
	const struct scan_ns *box = is_user(row->ns) ? row->ns->parent :
						       row->ns->owner;

	return row_of(row->list, box) != NULL ? box->ino : 0;
}

/* By their first process; where there is none, by their names. */
static int
compare_sets(const struct item *x, const struct item *y)
{
	const struct row *a = x->row, *b = y->row;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	if (a->pid != 0)
		return 0;
	if (x->name != NULL && y->name != NULL)
		return strcmp(x->name, y->name);
	if (x->name != NULL || y->name != NULL)
		return x->name != NULL ? -1 : 1;
	return (a->ns->ino > b->ns->ino) - (a->ns->ino < b->ns->ino);
}

static int
compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	ino_t p = x->box, q = y->box;
	int order;

	if (p != q)
		return p < q ? -1 : 1;
	/* What a box has of its own comes before the boxes in it. */
	if (is_user(x->row->ns) != is_user(y->row->ns))
		return is_user(x->row->ns) ? 1 : -1;
	if ((order = compare_sets(x, y)) != 0)
		return order;
	p = x->row->ns->ino;
	q = y->row->ns->ino;
	return (p > q) - (p < q);
}

/* Text within a quoted string; a backslash in it is meant. */
static void
put(const char *text, size_t max)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (i >= max && (text[i] & 0xc0) != 0x80) {
			printf("...");
			return;
		}
		if (text[i] == '\n') {
			printf("\\n");
			continue;
		}
		if (text[i] == '"' || text[i] == '\\')
			putchar('\\');
		putchar(text[i]);
	}
}

static void
put_column(const struct row *row, const char *name, const char *before,
    const char *after, size_t max)
{
	char *text = column_find(name)->value(row);

	if (text == NULL)
		return;
	printf("%s", before);
	put(text, max);
	printf("%s", after);
	free(text);
}

/* "3 processes", or "2-3" of several namespaces: of the N items from FIRST on.
 */
static void
put_count(const struct item *first, size_t n)
{
	size_t low = SIZE_MAX, high = 0;

	for (size_t i = 0; i < n; i++) {
		if (first[i].row->ns->nprocs < low)
			low = first[i].row->ns->nprocs;
		if (first[i].row->ns->nprocs > high)
			high = first[i].row->ns->nprocs;
	}
	if (low != high)
		printf("%zu-", low);
	printf("%zu process%s", high, high == 1 ? "" : "es");
}

/* Who is in the N items from FIRST on, or what keeps them; END ends a line. */
static void
put_processes(const struct item *first, size_t n, const char *end)
{
	const struct row *row = first->row;

	if (row->pid == 0) {
		put_column(row, "STATE", "", "", SIZE_MAX);
		put_column(row, "USER", " ", "", SIZE_MAX);
		printf("%s", end);
		return;
	}
	put_column(row, "CONTAINER", "", end, SIZE_MAX);
	put_column(row, "COMMAND", "", end, COMMAND_MAX);
	put_count(first, n);
	put_column(row, "PID", ", first: ", "", SIZE_MAX);
	put_column(row, "USER", " ", end, SIZE_MAX);
}

/* "mnt 4026532178", and its name. */
static void
put_namespace(const struct item *item)
{
	printf(
	    "%s %ju", item->row->ns->type->name, (uintmax_t)item->row->ns->ino);
	if (item->name != NULL) {
		putchar(' ');
		put(item->name, SIZE_MAX);
	}
}

/* How many from AT on are drawn as one node. */
static size_t
set_size(const struct picture *p, size_t at)
{
	size_t n = 1;

	while (at + n < p->n &&
	    node_of(p, p->item[at + n].row) == node_of(p, p->item[at].row))
		n++;
	return n;
}

/*
 * The namespaces from AT on with the same first process, two a line, as one
 * node that is called by the first of them.  Returns how many.
 */
static size_t
put_set(const struct picture *p, size_t at, int depth)
{
	const struct item *first = &p->item[at];
	size_t n = set_size(p, at);

	printf("%*sn%ju [label=\"", depth, "", (uintmax_t)first->row->ns->ino);
	put_processes(first, n, "\\n");
	for (size_t i = 0; i < n; i++) {
		put_namespace(&first[i]);
		printf("%s", i + 1 == n || i % 2 == 1 ? "\\n" : "   ");
	}
	printf("\"%s];\n", first->row->pid == 0 ? ", style=dashed" : "");
	print_check();
	return n;
}

/* Where in P the items of that box begin. */
static size_t
box_find(const struct picture *p, ino_t box)
{
	size_t low = 0, high = p->n, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (p->item[at].box < box)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

static bool
is_empty(const struct picture *p, ino_t box)
{
	size_t at = box_find(p, box);

	return at == p->n || p->item[at].box != box;
}

/* All that is in the box; user namespaces nest 33 deep at most. */
static void
put_box(const struct picture *p, ino_t box, int depth)
{
	size_t i = box_find(p, box);
	ino_t ino;

	while (i < p->n && p->item[i].box == box) {
		if (!is_user(p->item[i].row->ns)) {
			i += put_set(p, i, depth);
			continue;
		}
		ino = p->item[i].row->ns->ino;
		printf("%*ssubgraph cluster_%ju {\n%*slabel=\"", depth, "",
		    (uintmax_t)ino, depth + 2, "");
		put_namespace(&p->item[i]);
		printf("\\l");
		put_processes(&p->item[i], 1, "\\l");
		printf("\";\n");
		if (is_empty(p, ino)) /* it would not be drawn */
			printf("%*sn%ju [shape=point, style=invis];\n",
			    depth + 2, "", (uintmax_t)ino);
		put_box(p, ino, depth + 2);
		printf("%*s}\n", depth, "");
		i++;
	}
}

static void
put_arrows(const struct picture *p)
{
	const struct row *row, *parent;

	for (size_t i = 0; i < p->n; i++) {
		row = p->item[i].row;
		parent = row->ns->type->flag == CLONE_NEWPID ?
		    row_of(p->list, row->ns->parent) :
		    NULL;
		if (parent != NULL)
			printf("  n%ju -> n%ju;\n",
			    (uintmax_t)node_of(p, parent),
			    (uintmax_t)node_of(p, row));
	}
}

static bool
has_process(const struct scan_ns *ns, pid_t pid)
{
	size_t low = 0, high = ns->npids, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (ns->pids[at] < pid)
			low = at + 1;
		else
			high = at;
	}
	return low < ns->npids && ns->pids[low] == pid;
}

/*
 * A line between two nodes: the first process of the second, at OTHER, is in
 * some of the N namespaces of the first, at FIRST, too.  What we are in
 * ourselves is no news.
 */
static void
put_shared(const struct picture *p, size_t first, size_t n, size_t other)
{
	pid_t pid = p->item[other].row->pid;
	const struct scan_ns *ns;
	bool any = false;

	for (size_t i = first; i < first + n; i++) {
		ns = p->item[i].row->ns;
		if (!has_process(ns, pid) || has_process(ns, getpid()))
			continue;
		if (any)
			printf(", %s", ns->type->name);
		else
			printf("  n%ju -> n%ju [dir=none, style=dashed, "
			       "constraint=false, fontsize=9, label=\"%s",
			    (uintmax_t)node_of(p, p->item[first].row),
			    (uintmax_t)node_of(p, p->item[other].row),
			    ns->type->name);
		any = true;
	}
	if (any)
		printf("\"];\n");
}

static void
put_lines(const struct picture *p)
{
	size_t n, m;

	for (size_t i = 0; i < p->n; i += n) {
		n = set_size(p, i);
		if (p->item[i].row->pid == 0 || is_user(p->item[i].row->ns))
			continue;
		for (size_t k = 0; k < p->n; k += m) {
			m = set_size(p, k);
			if (k != i && p->item[k].row->pid != 0 &&
			    !is_user(p->item[k].row->ns))
				put_shared(p, i, n, k);
		}
	}
}

/* Is B, which follows A, drawn as one with it? */
static bool
is_one(const struct item *a, const struct item *b)
{
	return a->box == b->box && !is_user(a->row->ns) &&
	    !is_user(b->row->ns) && compare_sets(a, b) == 0;
}

static void
picture_make(struct picture *p, const struct list *l)
{
	struct item *item;

	p->list = l;
	p->n = l->n;
	p->item = memory_for(l->n, sizeof(*p->item));
	p->node = memory_for(l->n, sizeof(*p->node));
	for (size_t i = 0; i < l->n; i++) {
		p->item[i].row = &l->rows[i];
		p->item[i].box = box_of(&l->rows[i]);
		p->item[i].name = column_find("NAME")->value(&l->rows[i]);
	}
	qsort(p->item, p->n, sizeof(*p->item), compare);
	for (size_t i = 0; i < l->n; i++) {
		item = &p->item[i];
		p->node[item->row - l->rows] = i > 0 && is_one(item - 1, item) ?
		    node_of(p, item[-1].row) :
		    item->row->ns->ino;
	}
}

static void
picture_free(struct picture *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->item[i].name);
	free(p->item);
	free(p->node);
}

int
dot_print(const struct request *r, char **operands, int n)
{
	struct picture p;
	struct list l;
	int status = 0;

	list_make(&l, r, operands, n, &status);
	picture_make(&p, &l);
	printf("digraph namespaces {\n"
	       "  rankdir=LR;\n"
	       "  nodesep=0.12;\n"
	       "  node [shape=box, fontname=\"sans-serif\", fontsize=10,\n"
	       "    height=0, margin=\"0.1,0.04\"];\n"
	       "  graph [fontname=\"sans-serif\", fontsize=10, style=rounded,\n"
	       "    labeljust=l];\n");
	put_box(&p, 0, 2);
	put_arrows(&p);
	put_lines(&p);
	printf("}\n");
	if (list_unseen(r, &l.scan, l.facts, true))
		status = 1;
	picture_free(&p);
	list_free(&l);
	return status;
}
