/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/nsls/nsls.h"
#include "tools/nsls/plain.h"

struct plain {
	const struct column *const *which;
	size_t n, width[COLUMNS_MAX];
};

bool
plain_text(const char *text)
{
	while (*text >= ' ' && *text <= '~')
		text++;
	return *text == '\0';
}

static void
measure(struct plain *p, size_t i, const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);

	if (len > p->width[i])
		p->width[i] = len;
}

/* TEXT, if there is any, as cell I: to OUT, which has room.  Its end. */
static char *
cell_put(const struct plain *p, size_t i, const char *text, char *out)
{
	size_t len = text == NULL ? 0 : strlen(text), room = p->width[i] - len;
	bool right = p->which[i]->kind == COLUMN_NUMBER, last = i + 1 == p->n;

	/* Nothing comes after the last text, be it an empty one. */
	if (right && (len > 0 || !last))
		out = (char *)memset(out, ' ', room) + room;
	if (len > 0)
		out = (char *)memcpy(out, text, len) + len;
	if (!right && !last)
		out = (char *)memset(out, ' ', room) + room;
	*out = last ? '\n' : ' ';
	return out + 1;
}

static void
line_put(const struct plain *p, const char *const *cells, char *line)
{
	char *out = line;

	for (size_t i = 0; i < p->n; i++)
		out = cell_put(p, i, cells[i], out);
	fwrite(line, 1, (size_t)(out - line), stdout);
}

void
plain_print(const struct column *const *which, size_t ncolumns, bool headed,
    char *const *cells, size_t n)
{
	struct plain p = { .which = which, .n = ncolumns };
	const char *const *all = (const char *const *)cells;
	const char *names[COLUMNS_MAX];
	char *line;
	size_t size = ncolumns;

	for (size_t i = 0; i < ncolumns; i++) {
		names[i] = which[i]->name;
		if (headed)
			measure(&p, i, names[i]);
	}
	for (size_t row = 0; row < n; row++)
		for (size_t i = 0; i < ncolumns; i++)
			measure(&p, i, all[row * ncolumns + i]);
	for (size_t i = 0; i < ncolumns; i++)
		size += p.width[i];
	line = memory_for(size, 1);
	if (headed && n > 0)
		line_put(&p, names, line);
	for (size_t row = 0; row < n; row++)
		line_put(&p, all + row * ncolumns, line);
	free(line);
}
