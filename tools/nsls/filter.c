/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <libsmartcols.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "lib/opt.h"
#include "tools/nsls/nsls.h"

#ifdef HAVE_SCOLS_NEW_FILTER

struct filter {
	struct libscols_filter *scols;
	struct libscols_table *table; /* of what EXPR speaks of */
	const struct column *which[COLUMNS_MAX];
	size_t n;
};

static void
filter_column(struct filter *f, struct libscols_iter *itr, const char *name)
{
	const struct column *column = column_find(name);
	struct libscols_column *c;

	if (column == NULL)
		opt_usage(&nsls_tool, "-Q: no column %s", name);
	if (f->n == COLUMNS_MAX)
		opt_usage(&nsls_tool, "-Q: too many columns");
	c = scols_table_new_column(f->table, column->name, 0, 0);
	/* 2.41 returns the type, where its page has 0. */
	if (c == NULL ||
	    scols_column_set_data_type(c,
		column_is_number(column) ? SCOLS_DATA_U64 : SCOLS_DATA_STRING) <
		0 ||
	    scols_filter_assign_column(f->scols, itr, name, c) != 0)
		fail_errno(1, "-Q");
	f->which[f->n++] = column;
}

struct filter *
filter_new(const char *expr)
{
	struct libscols_iter *itr;
	struct filter *f;
	const char *name, *why;

	if (expr == NULL)
		return NULL;
	f = memory_for(1, sizeof(*f));
	itr = scols_new_iter(SCOLS_ITER_FORWARD);
	if (itr == NULL || (f->scols = scols_new_filter(NULL)) == NULL ||
	    (f->table = scols_new_table()) == NULL)
		fail_errno(1, "-Q");
	if (scols_filter_parse_string(f->scols, expr) != 0) {
		why = scols_filter_get_errmsg(f->scols);
		alias_fail(0, "failed to parse \"%s\": %s", expr, why);
		opt_usage(&nsls_tool, "-Q: %s",
		    why != NULL ? why : "not an expression");
	}
	while (scols_filter_next_holder(f->scols, itr, &name, 0) == 0)
		filter_column(f, itr, name);
	scols_free_iter(itr);
	return f;
}

unsigned
filter_want(const struct filter *f)
{
	unsigned want = 0;

	for (size_t i = 0; f != NULL && i < f->n; i++)
		want |= f->which[i]->want;
	return want;
}

bool
filter_match(struct filter *f, const struct row *row)
{
	struct libscols_line *line;
	int status = 0;
	char *text;

	if (f == NULL)
		return true;
	scols_table_remove_lines(f->table);
	if ((line = scols_table_new_line(f->table, NULL)) == NULL)
		fail_errno(1, "-Q");
	for (size_t i = 0; i < f->n; i++) {
		text = f->which[i]->value(row);
		if (text != NULL && column_is_number(f->which[i]) &&
		    text[strspn(text, "0123456789")] != '\0') {
			free(text); /* "unassigned" is no number */
			text = NULL;
		}
		if (text != NULL && scols_line_refer_data(line, i, text) != 0)
			fail_errno(1, "-Q");
	}
	if (scols_line_apply_filter(line, f->scols, &status) != 0)
		fail_errno(1, "-Q");
	return status != 0;
}

void
filter_free(struct filter *f)
{
	if (f == NULL)
		return;
	scols_unref_filter(f->scols);
	scols_unref_table(f->table);
	free(f);
}

#else /* libsmartcols before 2.40 */

struct filter *
filter_new(const char *expr)
{
	if (expr != NULL)
		opt_usage(&nsls_tool,
		    "-Q: this nsls was built with libsmartcols %s, filters "
		    "need 2.40",
		    LIBSMARTCOLS_VERSION);
	return NULL;
}

unsigned
filter_want(const struct filter *f)
{
	(void)f;
	return 0;
}

bool
filter_match(struct filter *f, const struct row *row)
{
	(void)f;
	(void)row;
	return true;
}

void
filter_free(struct filter *f)
{
	(void)f;
}

#endif
