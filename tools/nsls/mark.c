/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "lib/fail.h"
#include "tools/nsls/mark.h"
#include "tools/nsls/nsls.h"

void
mark_begin(struct libscols_table *s)
{
	char *unmarked = NULL;

	/* The widths are known once it has been printed. */
	if (scols_print_table_to_string(s, &unmarked) != 0)
		fail_errno(1, "table");
	free(unmarked);
}

/* TEXT in WIDTH places, the last of which is a mark; NULL: it fits. */
static char *
fit(const char *text, size_t width, const char *mark)
{
	mbstate_t state = { 0 };
	size_t used = 0, end = 0, n;
	wchar_t ch;

	for (const char *s = text; *s != '\0'; s += n) {
		n = mbrtowc(&ch, s, strlen(s), &state);
		if (n == (size_t)-1 || n == (size_t)-2)
			return NULL;
		used += wcwidth(ch) > 0 ? (size_t)wcwidth(ch) : 0;
		if (used + 1 <= width)
			end = (size_t)(s - text) + n;
	}
	if (used <= width || width == 0)
		return NULL;
	return value_text("%.*s%s", (int)end, text, mark);
}

/* The places that the lines of a tree take before the text of LINE. */
static size_t
drawn(const struct libscols_line *line)
{
	size_t places = 0;

	while ((line = scols_line_get_parent(line)) != NULL)
		places += 2;
	return places;
}

void
mark_column(struct libscols_table *s, size_t i, bool tree, const char *mark)
{
	struct libscols_iter *itr = scols_new_iter(SCOLS_ITER_FORWARD);
	size_t width = scols_column_get_width(scols_table_get_column(s, i));
	struct libscols_line *line;
	size_t before;
	const char *text;
	char *cut;

	if (itr == NULL)
		fail_errno(1, "table");
	while (scols_table_next_line(s, itr, &line) == 0) {
		before = tree ? drawn(line) : 0;
		text = scols_cell_get_data(scols_line_get_cell(line, i));
		if (text == NULL || before >= width ||
		    (cut = fit(text, width - before, mark)) == NULL)
			continue;
		if (scols_line_refer_data(line, i, cut) != 0)
			fail_errno(1, "table");
	}
	scols_free_iter(itr);
}
