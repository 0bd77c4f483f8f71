/* SPDX-License-Identifier: ISC */
/*
 * JSON by hand: what libsmartcols (up to 2.41) writes for an empty list is
 * [null].  All text is escaped by lib/text already: valid UTF-8 without control
 * characters, so that only the quote and the backslash are special here.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tools/nsls/nsls.h"

static void
put_string(const char *s, size_t len)
{
	putchar('"');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '"' || s[i] == '\\')
			putchar('\\');
		putchar(s[i]);
	}
	putchar('"');
}

static void
put_list(const char *text)
{
	size_t len;

	putchar('[');
	while (text != NULL && *text != '\0') {
		len = strcspn(text, "\n");
		put_string(text, len);
		text += len;
		if (*text == '\n') {
			text++;
			putchar(',');
		}
	}
	putchar(']');
}

static void
put_value(const struct column *column, const char *text)
{
	if (column->kind == COLUMN_LIST)
		put_list(text);
	else if (text == NULL)
		printf("null");
	else if (column->kind == COLUMN_TEXT)
		put_string(text, strlen(text));
	else if (strspn(text, "-.0123456789") == strlen(text))
		printf("%s", text);
	else /* "unassigned" is no number */
		printf("null");
}

void
json_members(const struct column *const *which, size_t n, char *const *cell)
{
	const char *name;

	for (size_t i = 0; i < n; i++) {
		printf("%s\"", i > 0 ? "," : "");
		for (name = which[i]->name; *name != '\0'; name++)
			putchar(*name >= 'A' && *name <= 'Z' ?
				*name - 'A' + 'a' :
				*name);
		printf("\":");
		put_value(which[i], cell[i]);
	}
}

/* The object of a line stays open: lines below it may follow. */
static void
close_object(struct json *j, size_t depth)
{
	printf("}");
	for (; j->depth > depth; j->depth--)
		printf("]}");
}

void
json_line(struct json *j, size_t depth, const struct column *const *which,
    size_t n, char *const *cell)
{
	if (!j->begun)
		printf("{\"%s\": [\n", j->name);
	else if (depth > j->depth)
		printf(",\"children\":[\n");
	else {
		close_object(j, depth);
		printf(",\n");
	}
	j->begun = true;
	j->depth = depth;
	printf("%*s{", (int)(3 * depth + 3), "");
	json_members(which, n, cell);
}

void
json_end(struct json *j)
{
	if (!j->begun) {
		printf("{\"%s\": []}\n", j->name);
		return;
	}
	close_object(j, 0);
	printf("\n]}\n");
}
