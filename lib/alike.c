/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "lib/alike.h"

#define NAME_BYTES 255 /* what is longer is like nothing */

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t n = a < b ? a : b;

	return n < c ? n : c;
}

/* How many letters to add, drop or change to come from A to B. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_BYTES + 1], diagonal, above;

	for (size_t i = 0; i <= NAME_BYTES; i++)
		row[i] = i;
	for (size_t j = 1; *b != '\0'; b++, j++) {
		diagonal = row[0];
		row[0] = j;
		for (size_t i = 1; a[i - 1] != '\0'; i++) {
			above = row[i];
			row[i] = least(row[i] + 1, row[i - 1] + 1,
			    diagonal +
				(tolower((unsigned char)a[i - 1]) !=
				    tolower((unsigned char)*b)));
			diagonal = above;
		}
	}
	return row[strlen(a)];
}

bool
alike(const char *name, const char *wanted)
{
	size_t len = strlen(wanted), own = strlen(name);

	if (len > NAME_BYTES || own > NAME_BYTES)
		return false;
	return distance(name, wanted) <= (len < 3 ? 1 : len / 3 + 1) ||
	    (len > 2 &&
		(strcasestr(name, wanted) != NULL ||
		    strncasecmp(name, wanted, 3) == 0)) ||
	    (own > 2 && strcasestr(wanted, name) != NULL);
}
