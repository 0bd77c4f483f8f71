/* SPDX-License-Identifier: ISC */
/*
 * JSON by hand: what libsmartcols (up to 2.41) writes for an empty list is
 * [null].  All text is escaped by lib/text already.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/json.h"
#include "tools/nsls/nsls.h"

/* How far what is DEPTH deep is indented as libsmartcols does it. */
#define OBJECT(depth) (6 + 6 * (int)(depth))
#define MEMBER(depth) (OBJECT(depth) + 3)

static void
put_string(const char *s, size_t len)
{
	putchar('"');
	json_put(s, len);
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

/* One string, as lsns has it: a line an item. */
static void
put_lines(const char *text)
{
	size_t len;

	for (putchar('"'); *text != '\0'; text += len) {
		len = strcspn(text, "\n");
		json_put(text, len);
		if (text[len] == '\n') {
			printf("\\n");
			len++;
		}
	}
	putchar('"');
}

static void
put_value(const struct column *column, const char *text)
{
	bool list = column->kind == COLUMN_LIST;

	if (list && !alias_has(ALIAS_JSON))
		put_list(text);
	else if (text == NULL)
		printf("null");
	else if (list)
		put_lines(text);
	else if (!column_is_number(column))
		put_string(text, strlen(text));
	else if (strspn(text, "-.0123456789") == strlen(text))
		printf("%s", text);
	else /* "unassigned" is no number */
		printf("null");
}

/* The name of C, in quotation marks. */
static void
put_name(const struct column *c)
{
	putchar('"');
	for (const char *name = c->name; *name != '\0'; name++)
		putchar(
		    *name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
	putchar('"');
}

void
json_members(const struct column *const *which, size_t n, char *const *cell)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			putchar(',');
		put_name(which[i]);
		putchar(':');
		put_value(which[i], cell[i]);
	}
}

void
json_names(const struct column *const *which, size_t n, const bool *chosen)
{
	const char *sep = "";

	putchar('[');
	for (size_t i = 0; i < n; i++)
		if (chosen[i]) {
			fputs(sep, stdout);
			put_name(which[i]);
			sep = ",";
		}
	putchar(']');
}

/* The object of a line stays open: lines below it may follow. */
static void
close_object(struct json *j, size_t depth)
{
	printf("}");
	for (; j->depth > depth; j->depth--)
		printf("]}");
}

/* The same as libsmartcols lays it out. */
static void
close_indented(struct json *j, size_t depth)
{
	printf("\n%*s}", OBJECT(j->depth), "");
	for (; j->depth > depth; j->depth--)
		printf("\n%*s]\n%*s}", MEMBER(j->depth - 1), "",
		    OBJECT(j->depth - 1), "");
}

static void
put_indented(struct json *j, size_t depth, const struct column *const *which,
    size_t n, char *const *cell)
{
	if (!j->begun)
		printf("{\n   \"%s\": [\n%*s{", j->name, OBJECT(depth), "");
	else if (depth > j->depth)
		printf(",\n%*s\"children\": [\n%*s{", MEMBER(j->depth), "",
		    OBJECT(depth), "");
	else {
		close_indented(j, depth);
		printf(",{");
	}
	for (size_t i = 0; i < n; i++) {
		printf("%s\n%*s", i > 0 ? "," : "", MEMBER(depth), "");
		put_name(which[i]);
		printf(": ");
		put_value(which[i], cell[i]);
	}
}

static void
put_compact(struct json *j, size_t depth, const struct column *const *which,
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
	printf("%*s{", (int)(3 * depth + 3), "");
	json_members(which, n, cell);
}

void
json_line(struct json *j, size_t depth, const struct column *const *which,
    size_t n, char *const *cell)
{
	(alias_has(ALIAS_JSON) ? put_indented : put_compact)(
	    j, depth, which, n, cell);
	j->begun = true;
	j->depth = depth;
}

void
json_end(struct json *j)
{
	if (alias_has(ALIAS_JSON)) {
		if (j->begun)
			close_indented(j, 0);
		else
			printf("{\n   \"%s\": [\n", j->name);
		printf("\n   ]\n}\n");
	} else if (j->begun) {
		close_object(j, 0);
		printf("\n]}\n");
	} else
		printf("{\"%s\": []}\n", j->name);
}
