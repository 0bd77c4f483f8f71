/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
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

static bool
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/*
 * How many letters to add, drop, change or swap with their neighbour to come
 * from A to B.
 */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][NAME_BYTES + 1], *row = rows[0], *last = rows[1];
	size_t *before = rows[2], *spare;

	for (size_t i = 0; i <= NAME_BYTES; i++)
		row[i] = i;
	for (size_t j = 1; b[j - 1] != '\0'; j++) {
		spare = before, before = last, last = row, row = spare;
		row[0] = j;
		for (size_t i = 1; a[i - 1] != '\0'; i++) {
			row[i] = least(last[i] + 1, row[i - 1] + 1,
			    last[i - 1] + !same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]))
				row[i] = least(
				    row[i], before[i - 2] + 1, row[i]);
		}
	}
	return row[strlen(a)];
}

/*
 * Up to a third of it mistyped, in whatever case; or one in the other, or their
 * first half the same.
 */
static enum likeness
compare(const char *name, const char *wanted)
{
	size_t len = strlen(wanted), own = strlen(name);
	size_t longer = len > own ? len : own;

	if (longer > NAME_BYTES)
		return ALIKE_NOT;
	if (distance(name, wanted) <= longer / 3)
		return ALIKE_MISTYPED;
	return (len > 2 && strcasestr(name, wanted) != NULL) ||
		(own > 2 && strcasestr(wanted, name) != NULL) ||
		(longer > 5 && strncasecmp(name, wanted, longer / 2) == 0) ?
	    ALIKE_PARTLY :
	    ALIKE_NOT;
}

/* Is NAME, which has neither commas nor blanks, in LIST? */
static bool
listed(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (; *list != '\0'; list += strspn(list, ", ")) {
		if (strcspn(list, ",") == len && memcmp(list, name, len) == 0)
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

bool
alike_add(struct alike *a, const char *name)
{
	enum likeness likeness = compare(name, a->wanted);
	const char *lead = a->lead == NULL ? "" : a->lead;
	char word[NAME_BYTES + 3];
	size_t len, room;

	if (likeness > a->likeness) { /* drop those that are less so */
		a->likeness = likeness;
		a->names[0] = '\0';
		a->n = 0;
	}
	len = strlen(a->names);
	room = sizeof(a->names) - len;
	snprintf(word, sizeof(word), "%s%s", lead, name);
	if (likeness != ALIKE_NOT && likeness == a->likeness &&
	    a->n < ALIKE_MAX && !listed(a->names, word)) {
		if ((size_t)snprintf(a->names + len, room, "%s%s",
			len == 0 ? "" : ", ", word) < room)
			a->n++;
		else
			a->names[len] = '\0';
	}
	return a->n < ALIKE_MAX || a->likeness < ALIKE_MISTYPED;
}

const char *
alike_none(const struct alike *a, const char *what, const char *otherwise)
{
	static char text[2 * sizeof(a->names)];
	const char *lead = "there is ", *names = a->names;

	if (a->n == 0 || a->wanted[0] == '\0') {
		lead = "";
		names = otherwise;
	}
	snprintf(text, sizeof(text), "no %s%s%.128s (%s%s)", what,
	    a->wanted[0] == '\0' ? "" : " ", a->wanted, lead, names);
	return text;
}
