/* SPDX-License-Identifier: ISC */
/*
 * JSON by hand: what libsmartcols (up to 2.41) writes for an empty list is
 * [null].  All text is escaped by lib/text already, valid UTF-8 without control
 * characters: here its \xHH become JSON's own, \u000a, where they are one of a
 * character.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lib/alias.h"
#include "tools/nsls/nsls.h"

/* How far what is DEPTH deep is indented as libsmartcols does it. */
#define OBJECT(depth) (6 + 6 * (int)(depth))
#define MEMBER(depth) (OBJECT(depth) + 3)

/* The byte that "\\xHH" at S, of which LEN are there, stands for; or -1. */
static int
escaped(const char *s, size_t len)
{
	unsigned byte;

	return len >= 4 && s[0] == '\\' && s[1] == 'x' &&
		sscanf(s + 2, "%2x", &byte) == 1 ?
	    (int)byte :
	    -1;
}

/* What has a short escape in JSON, as libsmartcols has it. */
static bool
put_short(unsigned ch)
{
	static const char chars[] = "\b\t\n\f\r\\", names[] = "btnfr\\";
	const char *at = ch == 0 || ch > 0x7f ? NULL : strchr(chars, (int)ch);

	if (at == NULL)
		return false;
	printf("\\%c", names[at - chars]);
	return true;
}

/*
 * The character whose bytes are escaped at S, as JSON has it.  Returns how long
 * it was; 0: it is none, a byte of something else.
 */
static size_t
put_escape(const char *s, size_t len)
{
	int byte = escaped(s, len);
	size_t more = byte >= 0xf0 ? 3 :
	    byte >= 0xe0	   ? 2 :
	    byte >= 0xc2	   ? 1 :
				     0;
	unsigned ch = (unsigned)byte & (0x7fU >> (more == 0 ? 0 : more + 1));

	if (byte == -1 || (byte >= 0x80 && byte < 0xc2) || byte > 0xf4)
		return 0;
	for (size_t i = 1; i <= more; i++) {
		if (len < 4 * i ||
		    (byte = escaped(s + 4 * i, len - 4 * i)) == -1 ||
		    (byte & 0xc0) != 0x80)
			return 0;
		ch = ch << 6 | ((unsigned)byte & 0x3f);
	}
	/* Three bytes for what two would do, surrogates: no UTF-8. */
	if ((more == 2 && (ch < 0x800 || (ch >= 0xd800 && ch < 0xe000))) ||
	    (more == 3 && (ch < 0x10000 || ch > 0x10ffff)))
		return 0;
	if (alias_has(ALIAS_JSON) && put_short(ch))
		;
	else if (ch < 0x10000)
		printf("\\u%04x", ch);
	else
		printf("\\u%04x\\u%04x", 0xd7c0 + (ch >> 10),
		    0xdc00 + (ch & 0x3ff));
	return 4 * (more + 1);
}

static void
put_chars(const char *s, size_t len)
{
	size_t used;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\' && (used = put_escape(s + i, len - i)) > 0) {
			i += used - 1;
			continue;
		}
		if (s[i] == '"' || s[i] == '\\')
			putchar('\\');
		putchar(s[i]);
	}
}

static void
put_string(const char *s, size_t len)
{
	putchar('"');
	put_chars(s, len);
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
		put_chars(text, len);
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
