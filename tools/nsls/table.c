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
#include "tools/nsls/table.h"

/*
 * Tables are libsmartcols's, but for the plainest ones: it asks the C library
 * of each character how wide it is, which takes longer than to find out what
 * there is to print.
 */
struct table {
	const struct request *r;
	const struct column *const *which;
	size_t ncolumns, tree; /* where the tree is drawn; ncolumns: nowhere */
	bool terminal, plain;
	char **cells; /* of one line after the other */
	size_t *depths;
	size_t n, size; /* lines */
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
	t->plain = !terminal && t->tree == n && !alias_has(ALIAS_COLUMNS);
	return t;
}

/* One line, and each character takes one place. */
static bool
is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void
grow(struct table *t)
{
	size_t size = t->size == 0 ? 64 : 2 * t->size;
	size_t *depths = reallocarray(t->depths, size, sizeof(*depths));
	char **cells = reallocarray(
	    t->cells, size, t->ncolumns * sizeof(*cells));

	if (depths == NULL || cells == NULL)
		fail_errno(1, "table");
	t->depths = depths;
	t->cells = cells;
	t->size = size;
}

void
table_put(struct table *t, size_t depth, char *const *cell)
{
	if (t->n == t->size)
		grow(t);
	for (size_t i = 0; i < t->ncolumns; i++)
		t->plain = t->plain && (cell[i] == NULL || is_plain(cell[i]));
	memcpy(
	    t->cells + t->n * t->ncolumns, cell, t->ncolumns * sizeof(*cell));
	t->depths[t->n++] = depth;
}

/* The widths of a plain table's columns. */
static size_t *
widths_of(const struct table *t)
{
	size_t *width = memory_for(t->ncolumns, sizeof(*width)), len;
	char *const *cell = t->cells;

	for (size_t i = 0; i < t->ncolumns; i++)
		width[i] = t->r->bare ? 1 : strlen(t->which[i]->name);
	for (size_t line = 0; line < t->n; line++)
		for (size_t i = 0; i < t->ncolumns; i++, cell++) {
			len = *cell == NULL ? 0 : strlen(*cell);
			if (len > width[i])
				width[i] = len;
		}
	return width;
}

static void
spaces(size_t n)
{
	while (n-- > 0)
		putchar_unlocked(' ');
}

/* TEXT (NULL: none) in WIDTH places of column I, and one between it and next.
 */
static void
plain_cell(const struct table *t, size_t i, const char *text, size_t width)
{
	size_t len = text == NULL ? 0 : strlen(text);
	bool right = t->which[i]->kind == COLUMN_NUMBER;
	bool last = i + 1 == t->ncolumns;

	if (right && (len > 0 || !last))
		spaces(width - len);
	if (len > 0)
		fwrite(text, 1, len, stdout);
	if (!right && !last)
		spaces(width - len);
	putchar_unlocked(last ? '\n' : ' ');
}

/* What libsmartcols makes of the same lines. */
static void
plain_print(const struct table *t)
{
	size_t *width = widths_of(t);
	char *const *cell = t->cells;

	for (size_t i = 0; i < t->ncolumns && !t->r->bare && t->n > 0; i++)
		plain_cell(t, i, t->which[i]->name, width[i]);
	for (size_t line = 0; line < t->n; line++)
		for (size_t i = 0; i < t->ncolumns; i++, cell++)
			plain_cell(t, i, *cell, width[i]);
	free(width);
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
lsns_column(struct libscols_table *s, const struct table *t,
    const struct column *column, int flags)
{
	if (strcmp(column->name, "COMMAND") == 0 && !t->r->whole)
		flags |= SCOLS_FL_TRUNC;
	return scols_table_new_column(
	    s, column->name, lsns_width(column->name), flags);
}

/* Without headings they take no room; libsmartcols 2.38 gives it to them. */
static struct libscols_column *
own_column(struct libscols_table *s, const struct table *t,
    const struct column *column, int flags)
{
	bool cut = column->share > 0 && !t->r->whole;
	struct libscols_column *c = scols_table_new_column(s,
	    t->r->bare ? "" : column->name, cut ? column->share : 0,
	    flags | (cut ? SCOLS_FL_TRUNC : 0));

	if (c != NULL &&
	    scols_cell_set_color(scols_column_get_header(c), "bold") != 0)
		return NULL;
	return c;
}

static void
scols_column(struct libscols_table *s, const struct table *t, size_t i)
{
	const struct column *column = t->which[i];
	bool tree = i == t->tree;
	bool wrap = column->kind == COLUMN_LIST && !t->r->flat;
	int flags = (column->kind == COLUMN_NUMBER && !tree ? SCOLS_FL_RIGHT :
							      0) |
	    (wrap ? SCOLS_FL_WRAP : 0) | (tree ? SCOLS_FL_TREE : 0);
	struct libscols_column *c = alias_has(ALIAS_COLUMNS) ?
	    lsns_column(s, t, column, flags) :
	    own_column(s, t, column, flags);

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

static struct libscols_table *
scols_new(const struct table *t)
{
	struct libscols_table *s;
	bool known;

	/*
	 * How wide is a character?  The C library has this locale in itself; in
	 * "C" libsmartcols 2.38 wraps a list with others for ever, so there it
	 * may escape them.
	 */
	known = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
	if ((s = scols_new_table()) == NULL)
		fail_errno(1, "table");
	scols_table_enable_ascii(s, !table_speaks_utf8());
	scols_table_enable_noheadings(s, t->r->bare);
	/* What is unsafe is escaped already; libsmartcols would do it twice. */
	scols_table_enable_noencoding(s, known);
	scols_table_enable_colors(s, t->terminal && table_may_color());
	for (size_t i = 0; i < t->ncolumns; i++)
		scols_column(s, t, i);
	return s;
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

static void
scols_cells(struct libscols_line *line, const struct table *t, char **cell)
{
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
		cell[i] = NULL; /* it is the table's now */
	}
}

/* The depths of N lines are the longest way down that there can be. */
static void
scols_lines(struct libscols_table *s, const struct table *t)
{
	struct libscols_line **parent = memory_for(t->n, sizeof(*parent));
	size_t depth;

	for (size_t i = 0; i < t->n; i++) {
		depth = t->depths[i];
		parent[depth] = scols_table_new_line(
		    s, depth == 0 ? NULL : parent[depth - 1]);
		if (parent[depth] == NULL)
			fail_errno(1, "table");
		scols_cells(parent[depth], t, t->cells + i * t->ncolumns);
	}
	free(parent);
}

static void
mark_cut(struct libscols_table *s, const struct table *t)
{
	const char *mark = table_speaks_utf8() ? "\u2026" : "+";

	mark_begin(s);
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->which[i]->share > 0)
			mark_column(s, i, i == t->tree, mark);
}

/* Libsmartcols goes on after it, and errno is of something else: ask again. */
static _Noreturn void
fail_written(void)
{
	if (write(STDOUT_FILENO, "\n", 1) != -1)
		errno = EIO;
	fail_errno(1, "standard output");
}

void
table_print(struct table *t)
{
	struct libscols_table *s;
	bool failed = false;

	if (t->plain)
		plain_print(t);
	else {
		s = scols_new(t);
		scols_lines(s, t);
		if (t->terminal && !t->r->whole && !alias_has(ALIAS_COLUMNS) &&
		    MB_CUR_MAX > 1)
			mark_cut(s, t);
		failed = scols_print_table(s) != 0;
		scols_unref_table(s);
	}
	if (failed || ferror(stdout))
		fail_written();
	for (size_t i = 0; i < t->n * t->ncolumns; i++)
		free(t->cells[i]);
	free(t->cells);
	free(t->depths);
	free(t);
}
