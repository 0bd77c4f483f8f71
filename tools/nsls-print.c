/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/fail.h"
#include "tools/nsls.h"

static void
column_new(struct libscols_table *t, const struct request *r,
    const struct column *column)
{
	static const int json[] = { [COLUMN_TEXT] = SCOLS_JSON_STRING,
		[COLUMN_NUMBER] = SCOLS_JSON_NUMBER,
		[COLUMN_LIST] = SCOLS_JSON_ARRAY_STRING };
	bool wrap = column->kind == COLUMN_LIST && !r->flat && !r->raw;
	struct libscols_column *c = scols_table_new_column(t, column->name, 0,
	    (column->kind == COLUMN_NUMBER ? SCOLS_FL_RIGHT : 0) |
		(column->cut && !r->whole ? SCOLS_FL_TRUNC : 0) |
		(wrap ? SCOLS_FL_WRAP : 0));

	if (c == NULL ||
	    scols_column_set_json_type(c, json[column->kind]) != 0 ||
	    (wrap &&
		scols_column_set_wrapfunc(c, scols_wrapnl_chunksize,
		    scols_wrapnl_nextchunk, NULL) != 0))
		fail_errno(1, "table");
	if (wrap)
		scols_column_set_safechars(c, "\n");
}

static struct libscols_table *
table_new(const struct request *r, const struct column **which, size_t n)
{
	struct libscols_table *t = scols_new_table();

	if (t == NULL)
		fail_errno(1, "table");
	scols_table_enable_json(t, r->json);
	scols_table_enable_raw(t, r->raw);
	scols_table_enable_noheadings(t, r->bare);
	/* What is unsafe is escaped already; libsmartcols would do it twice. */
	scols_table_enable_noencoding(t, 1);
	scols_table_set_name(t, "namespaces");
	for (size_t i = 0; i < n; i++)
		column_new(t, r, which[i]);
	return t;
}

/* The value as it is printed; NULL only in JSON. */
static char *
cell(
    const struct request *r, const struct column *column, const struct row *row)
{
	char *text = column->value(row);

	if (text != NULL && *text == '\0') {
		free(text);
		text = NULL;
	}
	if (text == NULL && r->json)
		return NULL;
	if (text == NULL && (text = strdup(r->null ? "" : "-")) == NULL)
		fail_errno(1, "table");
	if (column->kind == COLUMN_LIST && (r->flat || r->raw || r->null))
		for (char *s = text; (s = strchr(s, '\n')) != NULL;)
			*s = ',';
	return text;
}

static void
print_null(const struct request *r, const struct column **which,
    size_t ncolumns, const struct row *rows, size_t n)
{
	char *text;

	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < ncolumns; c++) {
			text = cell(r, which[c], &rows[i]);
			fwrite(text, 1, strlen(text) + 1, stdout);
			free(text);
		}
}

void
print_rows(const struct request *r, const struct column **which,
    size_t ncolumns, const struct row *rows, size_t n)
{
	struct libscols_table *t;
	struct libscols_line *line;
	char *text;

	if (r->null) {
		print_null(r, which, ncolumns, rows, n);
		return;
	}
	t = table_new(r, which, ncolumns);
	for (size_t i = 0; i < n; i++) {
		if ((line = scols_table_new_line(t, NULL)) == NULL)
			fail_errno(1, "table");
		for (size_t c = 0; c < ncolumns; c++) {
			text = cell(r, which[c], &rows[i]);
			if (text != NULL &&
			    scols_line_refer_data(line, c, text) != 0)
				fail_errno(1, "table");
		}
	}
	if (scols_print_table(t) != 0)
		fail_errno(1, "standard output");
}
