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

static void
blanks(size_t n)
{
	while (n-- > 0)
		putchar_unlocked(' ');
}

/* Nothing comes after the last text, be it an empty one. */
static void
cell_put(const struct plain *p, size_t i, const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text), room = p->width[i] - len;
	bool right = p->which[i]->kind == COLUMN_NUMBER, last = i + 1 == p->n;

	if (right && (len > 0 || !last))
		blanks(room);
	if (len > 0)
		fwrite(text, 1, len, stdout);
	if (!right && !last)
		blanks(room);
	putchar_unlocked(last ? '\n' : ' ');
}

void
plain_print(const struct column *const *which, size_t ncolumns, bool headed,
    char *const *cells, size_t n)
{
	struct plain p = { .which = which, .n = ncolumns };

	for (size_t i = 0; headed && i < ncolumns; i++)
		measure(&p, i, which[i]->name);
	for (size_t i = 0; i < n * ncolumns; i++)
		measure(&p, i % ncolumns, cells[i]);
	for (size_t i = 0; headed && n > 0 && i < ncolumns; i++)
		cell_put(&p, i, which[i]->name);
	for (size_t i = 0; i < n * ncolumns; i++)
		cell_put(&p, i % ncolumns, cells[i]);
}
