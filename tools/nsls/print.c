/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "tools/nsls/cells.h"
#include "tools/nsls/nsls.h"
#include "tools/nsls/table.h"

#define ITEMS_MAX 4 /* of a list on a terminal, unless -u */

struct print {
	const struct request *r;
	const struct column *const *which;
	size_t n;
	bool terminal, lsns;
	struct json json;
	struct table *table; /* NULL: not a table */
};

static bool
is_table(const struct request *r)
{
	return !r->json && !r->raw && !r->null;
}

static struct print *
print_new(const struct request *r, const struct column *const *which, size_t n)
{
	struct print *p = memory_for(1, sizeof(*p));

	p->r = r;
	p->which = which;
	p->n = n;
	p->terminal = isatty(STDOUT_FILENO) == 1;
	p->lsns = alias_has(ALIAS_COLUMNS);
	return p;
}

struct print *
print_begin(const struct request *r, const char *name,
    const struct column *const *which, size_t n, enum tree tree)
{
	struct print *p = print_new(r, which, n);

	p->json.name = name;
	if (is_table(r))
		p->table = table_new(r, which, n, tree, p->terminal);
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

/* The cells of a table's line as they are wanted. */
static void
dress(const struct print *p, char **cell)
{
	for (size_t i = 0; i < p->n; i++) {
		if (cell[i] == NULL)
			continue;
		if (p->lsns)
			show_backslashes(cell[i]);
		if (p->which[i]->kind != COLUMN_LIST)
			continue;
		if (p->terminal && !p->r->whole)
			cell[i] = shorten(cell[i]);
		if (p->r->flat)
			join(cell[i], ',');
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
		else if (!p->lsns)
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
		dress(p, cell);
		table_put(p->table, depth, cell);
		return;
	}
	if (p->r->lines) {
		putchar('{');
		json_members(p->which, p->n, cell);
		printf("}\n");
	} else if (p->r->json)
		json_line(&p->json, depth, p->which, p->n, cell);
	else if (p->r->null)
		null_put(p, cell);
	else
		record_put(p, ' ', cell);
	print_check();
	for (size_t i = 0; i < p->n; i++)
		free(cell[i]);
}

void
print_end(struct print *p)
{
	if (p->table != NULL)
		table_print(p->table);
	else if (p->r->json && !p->r->lines)
		json_end(&p->json);
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
	bool utf8 = table_speaks_utf8();
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

/* What is there already stays, the rest is read now. */
static void
cells_fill(const struct list *l, size_t at, char **cell, bool read)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (!read || !l->which[i]->beside)
			cell[i] = l->which[i]->value(&l->rows[at]);
}

void
print_list(const struct list *l)
{
	char *one[COLUMNS_MAX], **cells = cells_read(l), **cell;
	struct print *p = print_begin(
	    l->r, "namespaces", l->which, l->ncolumns, l->tree);

	size_t at = l->r->raw ? table_tree(l->which, l->ncolumns, l->tree) :
				l->ncolumns;

	for (size_t i = 0; i < l->n; i++) {
		cell = cells == NULL ? one : cells + i * l->ncolumns;
		cells_fill(l, i, cell, cells != NULL);
		if (at < l->ncolumns)
			cell[at] = branch(l, i, cell[at]);
		print_line(p, l->rows[i].depth, cell);
	}
	print_end(p);
	free(cells);
}
