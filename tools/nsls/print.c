/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "tools/nsls/nsls.h"

#define ITEMS_MAX 4 /* of a list on a terminal, unless -u */

/*
 * Tables and trees are libsmartcols's.  Raw lines are not: it would escape a
 * second time what is escaped, and leave absent cells empty.
 */
struct print {
	const struct request *r;
	const struct column *const *which;
	size_t n;
	bool terminal;
	struct json json;
	struct libscols_table *table;  /* NULL: not a table */
	struct libscols_line **parent; /* the last line of each depth */
	size_t nparent;
};

static bool
is_table(const struct request *r)
{
	return !r->json && !r->raw && !r->null;
}

bool
print_may_color(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return (no == NULL || *no == '\0') && term != NULL && *term != '\0' &&
	    strcmp(term, "dumb") != 0;
}

/* Where a tree is drawn: lsns has it there, too. */
static size_t
tree_column(const struct print *p, enum tree tree)
{
	const char *name = tree == TREE_PROCESS ? "COMMAND" : "NS";

	if (tree == TREE_NONE)
		return p->n;

	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->which[i]->name, name) == 0)
			return i;
	/* A number is to be read by others, as lsns prints it. */
	return tree == TREE_PROCESS || p->which[0]->kind == COLUMN_NUMBER ?
	    p->n :
	    0;
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
lsns_column(struct print *p, const struct column *column, int flags)
{
	if (strcmp(column->name, "COMMAND") == 0 && !p->r->whole)
		flags |= SCOLS_FL_TRUNC;
	return scols_table_new_column(
	    p->table, column->name, lsns_width(column->name), flags);
}

/* Without headings they take no room; libsmartcols 2.38 gives it to them. */
static struct libscols_column *
own_column(struct print *p, const struct column *column, int flags)
{
	bool cut = column->share > 0 && !p->r->whole;
	struct libscols_column *c = scols_table_new_column(p->table,
	    p->r->bare ? "" : column->name, cut ? column->share : 0,
	    flags | (cut ? SCOLS_FL_TRUNC : 0));

	if (c != NULL &&
	    scols_cell_set_color(scols_column_get_header(c), "bold") != 0)
		return NULL;
	return c;
}

static void
table_column(struct print *p, const struct column *column, bool tree)
{
	bool wrap = column->kind == COLUMN_LIST && !p->r->flat;
	int flags = (column->kind == COLUMN_NUMBER && !tree ? SCOLS_FL_RIGHT :
							      0) |
	    (wrap ? SCOLS_FL_WRAP : 0) | (tree ? SCOLS_FL_TREE : 0);
	struct libscols_column *c = alias_has(ALIAS_COLUMNS) ?
	    lsns_column(p, column, flags) :
	    own_column(p, column, flags);

	if (c == NULL ||
	    (wrap &&
		scols_column_set_wrapfunc(c, scols_wrapnl_chunksize,
		    scols_wrapnl_nextchunk, NULL) != 0))
		fail_errno(1, "table");
	if (wrap)
		scols_column_set_safechars(c, "\n");
}

/* Does the user's locale speak UTF-8?  It is not loaded for that. */
static bool
speaks_utf8(void)
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
table_begin(struct print *p, enum tree tree)
{
	struct libscols_table *t;
	size_t at = tree_column(p, tree);
	bool known;

	/*
	 * How wide is a character?  The C library has this locale in itself; in
	 * "C" libsmartcols 2.38 wraps a list with others for ever, so there it
	 * may escape them.
	 */
	known = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
	if ((t = scols_new_table()) == NULL)
		fail_errno(1, "table");
	p->table = t;
	scols_table_enable_ascii(t, !speaks_utf8());
	scols_table_enable_noheadings(t, p->r->bare);
	/* What is unsafe is escaped already; libsmartcols would do it twice. */
	scols_table_enable_noencoding(t, known);
	scols_table_enable_colors(t, p->terminal && print_may_color());
	for (size_t i = 0; i < p->n; i++)
		table_column(p, p->which[i], i == at);
}

static struct print *
print_new(const struct request *r, const struct column *const *which, size_t n)
{
	struct print *p = memory_for(1, sizeof(*p));

	p->r = r;
	p->which = which;
	p->n = n;
	p->terminal = isatty(STDOUT_FILENO) == 1;
	return p;
}

struct print *
print_begin(const struct request *r, const char *name,
    const struct column *const *which, size_t n, enum tree tree)
{
	struct print *p = print_new(r, which, n);

	p->json.name = name;
	if (is_table(r))
		table_begin(p, tree);
	else if (r->raw && !r->bare)
		for (size_t i = 0; i < n; i++)
			printf("%s%s", which[i]->name, i + 1 < n ? " " : "\n");
	return p;
}

/* A list on one line; SEP between its items. */
static void
join(char *text, char sep)
{
	for (; (text = strchr(text, '\n')) != NULL; text++)
		*text = sep;
}

/* A list of a thousand items is no table any more: keep the first ones. */
static char *
shorten(char *text)
{
	size_t more = 0;
	char *end = text, *out;

	for (size_t i = 0; i < ITEMS_MAX; i++) {
		if ((end = strchr(end, '\n')) == NULL)
			return text;
		end++;
	}
	for (const char *s = end; s != NULL; s = strchr(s + 1, '\n'))
		more++;
	end[-1] = '\0';
	out = value_text("%s\n... and %zu more (-u)", text, more);
	free(text);
	return out;
}

static struct libscols_line *
table_line(struct print *p, size_t depth)
{
	struct libscols_line **parent, *line;

	if (depth >= p->nparent) {
		parent = reallocarray(
		    p->parent, 2 * depth + 16, sizeof(*parent));
		if (parent == NULL)
			fail_errno(1, "table");
		p->parent = parent;
		p->nparent = 2 * depth + 16;
	}
	line = scols_table_new_line(
	    p->table, depth == 0 ? NULL : p->parent[depth - 1]);
	if (line == NULL)
		fail_errno(1, "table");
	return p->parent[depth] = line;
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

/* lsns leaves a backslash alone that does not look like an escape of its. */
static void
show_backslashes(char *text)
{
	char *out = text;

	for (const char *s = text; *s != '\0'; s++) {
		*out++ = *s;
		if (strncmp(s, "\\x5c", 4) == 0 && s[4] != 'x')
			s += 3;
	}
	*out = '\0';
}

static void
table_put(struct print *p, size_t depth, char **cell)
{
	struct libscols_line *line = table_line(p, depth);
	const char *color;

	for (size_t i = 0; i < p->n; i++) {
		if (cell[i] == NULL)
			continue;
		if (alias_has(ALIAS_COLUMNS))
			show_backslashes(cell[i]);
		if (p->which[i]->kind == COLUMN_LIST) {
			if (p->terminal && !p->r->whole)
				cell[i] = shorten(cell[i]);
			if (p->r->flat)
				join(cell[i], ',');
		}
		color = color_of(p->which[i], cell[i]);
		if (scols_line_refer_data(line, i, cell[i]) != 0 ||
		    (color != NULL &&
			scols_cell_set_color(
			    scols_line_get_cell(line, i), color) != 0))
			fail_errno(1, "table");
	}
}

/* A list has commas; a value no SEP in it, so that fields are columns. */
static void
field_put(char sep, const char *text)
{
	bool ascii = alias_has(ALIAS_COLUMNS);

	for (const char *s = text; *s != '\0'; s++)
		if (*s == sep || (ascii && (*s & 0x80) != 0))
			printf("\\x%02x", (unsigned char)*s);
		else
			putchar(*s == '\n' ? ',' : *s);
}

static void
record_put(const struct print *p, char sep, char *const *cell)
{
	for (size_t i = 0; i < p->n; i++) {
		if (i > 0)
			putchar(sep);
		if (cell[i] != NULL && *cell[i] != '\0')
			field_put(sep, cell[i]);
		else if (!alias_has(ALIAS_COLUMNS))
			putchar('-');
	}
	putchar('\n');
}

static void
null_put(const struct print *p, char *const *cell)
{
	for (size_t i = 0; i < p->n; i++) {
		if (cell[i] != NULL)
			fputs(cell[i], stdout);
		putchar('\0');
	}
}

void
print_check(void)
{
	if (ferror(stdout))
		fail_errno(1, "standard output");
}

void
print_line(struct print *p, size_t depth, char **cell)
{
	if (p->table != NULL) {
		table_put(p, depth, cell); /* the cells are the table's now */
		return;
	}
	if (p->r->json)
		json_line(&p->json, depth, p->which, p->n, cell);
	else if (p->r->null)
		null_put(p, cell);
	else
		record_put(p, ' ', cell);
	print_check();
	for (size_t i = 0; i < p->n; i++)
		free(cell[i]);
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
print_end(struct print *p)
{
	if (p->table != NULL) {
		if (scols_print_table(p->table) != 0 || ferror(stdout))
			fail_written();
		scols_unref_table(p->table);
	} else if (p->r->json)
		json_end(&p->json);
	free(p->parent);
	free(p);
}

struct print *
print_changes(
    const struct request *r, const struct column *const *which, size_t n)
{
	return print_new(r, which, n);
}

void
print_change(struct print *p, char sign, char *const *cell, const bool *changed)
{
	if (p->r->json) {
		printf("{\"change\":\"%c\",", sign);
		if (changed != NULL) {
			printf("\"changed\":");
			json_names(p->which, p->n, changed);
			putchar(',');
		}
		json_members(p->which, p->n, cell);
		printf("}\n");
	} else if (p->r->null) {
		printf("%c%c", sign, '\0');
		null_put(p, cell);
	} else {
		printf("%c%c", sign, p->r->raw ? ' ' : '\t');
		record_put(p, p->r->raw ? ' ' : '\t', cell);
	}
	print_flush();
}

void
print_flush(void)
{
	if (fflush(stdout) == EOF)
		fail_errno(1, "standard output");
	print_check();
}

/* Does another branch come below row I, from its own or an upper LEVEL? */
static bool
goes_on(const struct list *l, size_t i, size_t level)
{
	for (i++; i < l->n && l->rows[i].depth > level; i++)
		;
	return i < l->n && l->rows[i].depth == level;
}

/* The lines of the tree before TEXT, as libsmartcols draws them in tables. */
static char *
branch(const struct list *l, size_t i, char *text)
{
	bool utf8 = speaks_utf8();
	size_t depth = l->rows[i].depth;
	char *out = NULL, *more;
	const char *line;

	for (size_t level = 1; level <= depth; level++) {
		if (goes_on(l, i, level))
			line = level < depth ? (utf8 ? "\u2502 " : "| ") :
			    utf8	     ? "\u251c\u2500" :
					       "|-";
		else
			line = level < depth ? "  " :
			    utf8	     ? "\u2514\u2500" :
					       "`-";
		more = value_text("%s%s", out ? out : "", line);
		free(out);
		out = more;
	}
	more = value_text("%s%s", out ? out : "", text ? text : "");
	free(out);
	free(text);
	return more;
}

void
print_list(const struct list *l)
{
	char *cell[COLUMNS_MAX] = { NULL };
	struct print *p = print_begin(
	    l->r, "namespaces", l->which, l->ncolumns, l->tree);

	size_t at = l->r->raw ? tree_column(p, l->tree) : l->ncolumns;

	for (size_t i = 0; i < l->n; i++) {
		for (size_t c = 0; c < l->ncolumns; c++)
			cell[c] = l->which[c]->value(&l->rows[i]);
		if (at < l->ncolumns)
			cell[at] = branch(l, i, cell[at]);
		print_line(p, l->rows[i].depth, cell);
	}
	print_end(p);
}
