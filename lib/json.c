/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/json.h"

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

void
json_put(const char *s, size_t len)
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
