/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define COMMAND_MAX 40 /* bytes of a command in the picture */

/* What is drawn, by what it is drawn in. */
struct picture {
	const struct list *list;
	const struct row **row;
	size_t n;
};

static bool
is_user(const struct scan_ns *ns)
{
	return ns->type->flag == CLONE_NEWUSER;
}

/* Is NS in the picture?  The rows are in the order of inodes. */
static bool
is_drawn(const struct list *l, const struct scan_ns *ns)
{
	size_t low = 0, high = l->n, at;

	while (ns != NULL && low < high) {
		at = low + (high - low) / 2;
		if (l->rows[at].ns == ns)
			return true;
		if (l->rows[at].ns->ino < ns->ino)
			low = at + 1;
		else
			high = at;
	}
	return false;
}

/* The user namespace around it, as far as it is drawn. */
static ino_t
box_of(const struct row *row)
{
	const struct scan_ns *box = is_user(row->ns) ? row->ns->parent :
						       row->ns->owner;

	return is_drawn(row->list, box) ? box->ino : 0;
}

static int
compare(const void *a, const void *b)
{
	const struct row *const *x = a, *const *y = b;
	ino_t p = box_of(*x), q = box_of(*y);

	if (p != q)
		return p < q ? -1 : 1;
	return ((*x)->ns->ino > (*y)->ns->ino) -
	    ((*x)->ns->ino < (*y)->ns->ino);
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

/* What it is, its names, who is in it. */
static void
put_label(const struct row *row)
{
	printf("label=\"%s %ju", row->ns->type->name, (uintmax_t)row->ns->ino);
	put_column(row, "NAME", "\\n", "", SIZE_MAX);
	if (row->pid == 0)
		put_column(row, "STATE", "\\n", "", SIZE_MAX);
	else
		printf("\\n%zu process%s", row->ns->nprocs,
		    row->ns->nprocs == 1 ? "" : "es");
	put_column(row, "PID", ", first: ", "", SIZE_MAX);
	put_column(row, "USER", " ", "", SIZE_MAX);
	put_column(row, "COMMAND", "\\n", "", COMMAND_MAX);
	printf("\"");
}

static void
put_node(const struct row *row, int depth)
{
	printf("%*sn%ju [", depth, "", (uintmax_t)row->ns->ino);
	put_label(row);
	printf("%s];\n", row->pid == 0 ? ", style=dashed" : "");
	print_check();
}

/* Where in P the rows of that box begin. */
static size_t
box_find(const struct picture *p, ino_t box)
{
	size_t low = 0, high = p->n, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (box_of(p->row[at]) < box)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

/* All that is in the box; user namespaces nest 33 deep at most. */
static void
put_box(const struct picture *p, ino_t box, int depth)
{
	const struct row *row;

	for (size_t i = box_find(p, box); i < p->n && box_of(p->row[i]) == box;
	     i++) {
		row = p->row[i];
		if (!is_user(row->ns)) {
			put_node(row, depth);
			continue;
		}
		printf("%*ssubgraph cluster_%ju {\n", depth, "",
		    (uintmax_t)row->ns->ino);
		printf("%*s", depth + 2, "");
		put_label(row);
		/* A box without anything in it would not be drawn. */
		printf(";\n%*sn%ju [shape=point, style=invis];\n", depth + 2,
		    "", (uintmax_t)row->ns->ino);
		put_box(p, row->ns->ino, depth + 2);
		printf("%*s}\n", depth, "");
	}
}

static void
put_arrows(const struct picture *p)
{
	const struct scan_ns *ns;

	for (size_t i = 0; i < p->n; i++) {
		ns = p->row[i]->ns;
		if (ns->type->flag == CLONE_NEWPID &&
		    is_drawn(p->list, ns->parent))
			printf("  n%ju -> n%ju;\n", (uintmax_t)ns->parent->ino,
			    (uintmax_t)ns->ino);
	}
}

int
dot_print(const struct request *r)
{
	struct picture p;
	struct list l;
	int status = 0;

	list_make(&l, r, NULL, 0, &status);
	p.list = &l;
	p.n = l.n;
	p.row = memory_for(l.n, sizeof(*p.row));
	for (size_t i = 0; i < l.n; i++)
		p.row[i] = &l.rows[i];
	qsort(p.row, p.n, sizeof(*p.row), compare);
	printf("digraph namespaces {\n"
	       "  rankdir=LR;\n"
	       "  node [shape=box, fontname=\"sans-serif\", fontsize=10];\n"
	       "  graph [fontname=\"sans-serif\", fontsize=11, style=rounded,\n"
	       "    labeljust=l];\n");
	put_box(&p, 0, 2);
	put_arrows(&p);
	printf("}\n");
	if (list_unseen(r, &l.scan, l.facts, true))
		status = 1;
	free(p.row);
	list_free(&l);
	return status;
}
