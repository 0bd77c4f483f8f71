/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "tools/nsls/mark.h"
#include "tools/nsls/nsls.h"
#include "tools/nsls/plain.h"
#include "tools/nsls/table.h"

struct table {
	const struct request *r;
	const struct column *const *which;
	size_t ncolumns, tree; /* where the tree is drawn; ncolumns: nowhere */
	bool terminal, ascii;  /* ascii: as yet nothing else in it */
	bool plain;	       /* as yet nothing that plain_print cannot */
	char **cells;	       /* those of the first line, and so on */
	size_t *depth, nlines, maxlines;
	struct libscols_table *s;
	struct libscols_line **parent; /* the last line of each depth */
	size_t nparent;
};

bool
table_may_color(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return (no == NULL || *no == '\0') && term != NULL && *term != '\0' &&
	    strcmp(term, "dumb") != 0;
}

/* Lsns has it there, too. */
size_t
table_tree(const struct column *const *which, size_t n, enum tree tree)
{
	const char *name = tree == TREE_PROCESS ? "COMMAND" : "NS";

	if (tree == TREE_NONE)
		return n;
	for (size_t i = 0; i < n; i++)
		if (strcmp(which[i]->name, name) == 0)
			return i;
	/* A number is to be read by others, as lsns prints it. */
	return tree == TREE_PROCESS || which[0]->kind == COLUMN_NUMBER ? n : 0;
}

/* How wide lsns makes a column at least, as long as there is room. */
static double
lsns_width(const char *name)
{
	static const char *const wide[] = { "NS", "PNS", "ONS" };
	static const char *const middle[] = { "TYPE", "NPROCS", "PID", "PPID" };

	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strcmp(wide[i], name) == 0)
			return 10;
	for (size_t i = 0; i < sizeof(middle) / sizeof(middle[0]); i++)
		if (strcmp(middle[i], name) == 0)
			return 5;
	return 0;
}

/* A column as lsns makes it: of all of them it cuts COMMAND. */
static struct libscols_column *
lsns_column(const struct table *t, const struct column *column, int flags)
{
	if (strcmp(column->name, "COMMAND") == 0 && !t->r->whole)
		flags |= SCOLS_FL_TRUNC;
	return scols_table_new_column(
	    t->s, column->name, lsns_width(column->name), flags);
}

/* Without headings they take no room; libsmartcols 2.38 gives it to them. */
static struct libscols_column *
own_column(const struct table *t, const struct column *column, int flags)
{
	bool cut = column->share > 0 && !t->r->whole;
	struct libscols_column *c = scols_table_new_column(t->s,
	    t->r->bare ? "" : column->name, cut ? column->share : 0,
	    flags | (cut ? SCOLS_FL_TRUNC : 0));

	if (c != NULL &&
	    scols_cell_set_color(scols_column_get_header(c), "bold") != 0)
		return NULL;
	return c;
}

static void
table_column(const struct table *t, size_t i)
{
	const struct column *column = t->which[i];
	bool tree = i == t->tree;
	bool wrap = column->kind == COLUMN_LIST && !t->r->flat;
	int flags = (column->kind == COLUMN_NUMBER && !tree ? SCOLS_FL_RIGHT :
							      0) |
	    (wrap ? SCOLS_FL_WRAP : 0) | (tree ? SCOLS_FL_TREE : 0);
	struct libscols_column *c = alias_has(ALIAS_COLUMNS) ?
	    lsns_column(t, column, flags) :
	    own_column(t, column, flags);

	if (c == NULL ||
	    (wrap &&
		scols_column_set_wrapfunc(c, scols_wrapnl_chunksize,
		    scols_wrapnl_nextchunk, NULL) != 0))
		fail_errno(1, "table");
	if (wrap)
		scols_column_set_safechars(c, "\n");
}

/* No locale is loaded for that. */
bool
table_speaks_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = getenv(names[i]);
		if (value != NULL && *value != '\0')
			return strcasestr(value, "utf-8") != NULL ||
			    strcasestr(value, "utf8") != NULL;
	}
	return false;
}

static void
scols_begin(struct table *t)
{
	if ((t->s = scols_new_table()) == NULL)
		fail_errno(1, "table");
	scols_table_enable_ascii(t->s, !table_speaks_utf8());
	scols_table_enable_noheadings(t->s, t->r->bare);
	scols_table_enable_colors(t->s, t->terminal && table_may_color());
	for (size_t i = 0; i < t->ncolumns; i++)
		table_column(t, i);
}

struct table *
table_new(const struct request *r, const struct column *const *which, size_t n,
    enum tree tree, bool terminal)
{
	struct table *t = memory_for(1, sizeof(*t));

	t->r = r;
	t->which = which;
	t->ncolumns = n;
	t->tree = table_tree(which, n, tree);
	t->terminal = terminal;
	t->ascii = !terminal && (t->tree == n || !table_speaks_utf8());
	t->plain = t->ascii && t->tree == n && !alias_has(ALIAS_COLUMNS);
	return t;
}

static const char *
color_of(const struct column *column, const char *text)
{
	if (strcmp(column->name, "STATE") != 0)
		return NULL;
	return strcmp(text, "dead") == 0 ? "red" :
	    strcmp(text, "held") == 0	 ? "yellow" :
					   NULL;
}

static struct libscols_line *
table_line(struct table *t, size_t depth)
{
	struct libscols_line **parent, *line;

	if (depth >= t->nparent) {
		parent = reallocarray(
		    t->parent, 2 * depth + 16, sizeof(*parent));
		if (parent == NULL)
			fail_errno(1, "table");
		t->parent = parent;
		t->nparent = 2 * depth + 16;
	}
	line = scols_table_new_line(
	    t->s, depth == 0 ? NULL : t->parent[depth - 1]);
	if (line == NULL)
		fail_errno(1, "table");
	return t->parent[depth] = line;
}

static bool
is_ascii(const char *text)
{
	while (*text != '\0' && (*text & 0x80) == 0)
		text++;
	return *text == '\0';
}

static void
lines_grow(struct table *t)
{
	size_t n = t->maxlines == 0 ? 64 : 2 * t->maxlines;

	t->cells = reallocarray(t->cells, n * t->ncolumns, sizeof(*t->cells));
	t->depth = reallocarray(t->depth, n, sizeof(*t->depth));
	if (t->cells == NULL || t->depth == NULL)
		fail_errno(1, "table");
	t->maxlines = n;
}

void
table_put(struct table *t, size_t depth, char *const *cell)
{
	if (t->nlines == t->maxlines)
		lines_grow(t);
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (cell[i] == NULL || (t->plain && plain_text(cell[i])))
			continue;
		t->plain = false;
		t->ascii = t->ascii && is_ascii(cell[i]);
	}
	memcpy(t->cells + t->nlines * t->ncolumns, cell,
	    t->ncolumns * sizeof(*cell));
	t->depth[t->nlines++] = depth;
}

/* A line for libsmartcols, whose the cells are from now on. */
static void
scols_line(struct table *t, size_t depth, char *const *cell)
{
	struct libscols_line *line = table_line(t, depth);
	const char *color;

	for (size_t i = 0; i < t->ncolumns; i++) {
		if (cell[i] == NULL)
			continue;
		color = color_of(t->which[i], cell[i]);
		if (scols_line_refer_data(line, i, cell[i]) != 0 ||
		    (color != NULL &&
			scols_cell_set_color(
			    scols_line_get_cell(line, i), color) != 0))
			fail_errno(1, "table");
	}
}

static void
mark_cut(const struct table *t)
{
	const char *mark = table_speaks_utf8() ? "\u2026" : "+";

	mark_begin(t->s);
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->which[i]->share > 0)
			mark_column(t->s, i, i == t->tree, mark);
}

/* Libsmartcols goes on after it, and errno is of something else: ask again. */
static _Noreturn void
fail_written(void)
{
	if (write(STDOUT_FILENO, "\n", 1) != -1)
		errno = EIO;
	fail_errno(1, "standard output");
}

/*
 * How wide is a character?  The C library has this locale in itself, and still
 * reads some files for it.  In "C" libsmartcols 2.38 wraps a list with others
 * for ever, so there it may escape them.
 */
static bool
characters_known(const struct table *t)
{
	return t->ascii || setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

static bool
scols_print(struct table *t)
{
	bool done;

	scols_begin(t);
	for (size_t i = 0; i < t->nlines; i++)
		scols_line(t, t->depth[i], t->cells + i * t->ncolumns);
	/* What is unsafe is escaped already; libsmartcols would do it twice. */
	scols_table_enable_noencoding(t->s, characters_known(t));
	if (t->terminal && !t->r->whole && !alias_has(ALIAS_COLUMNS) &&
	    MB_CUR_MAX > 1)
		mark_cut(t);
	done = scols_print_table(t->s) == 0;
	scols_unref_table(t->s);
	return done;
}

static void
cells_free(struct table *t)
{
	for (size_t i = 0; i < t->nlines * t->ncolumns; i++)
		free(t->cells[i]);
}

void
table_print(struct table *t)
{
	bool done = true;

	if (t->plain) {
		plain_print(
		    t->which, t->ncolumns, !t->r->bare, t->cells, t->nlines);
		cells_free(t);
	} else
		done = scols_print(t);
	if (!done || ferror(stdout))
		fail_written();
	free(t->cells);
	free(t->depth);
	free(t->parent);
	free(t);
}
