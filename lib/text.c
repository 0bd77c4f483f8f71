/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/text.h"

static const struct span {
	uint32_t first, last;
} hidden[] = {
#include "lib/text-hidden.h"
};

static bool
is_hidden(uint32_t ch)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (ch >= hidden[i].first && ch <= hidden[i].last)
			return true;
	return false;
}

/*
 * The length of the UTF-8 character at S, of which LEN bytes are there, and
 * its code point; 0 if it is not one: overlong forms, surrogates and what lies
 * above U+10FFFF are not (RFC 3629).
 */
static size_t
decode(const unsigned char *s, size_t len, uint32_t *ch)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n;

	if (s[0] < 0x80) {
		*ch = s[0];
		return 1;
	}
	n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4 || n > len)
		return 0;
	*ch = s[0] & (0xffU >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*ch = *ch << 6 | (s[i] & 0x3f);
	}
	if (*ch < least[n] || (*ch >= 0xd800 && *ch <= 0xdfff) ||
	    *ch > 0x10ffff)
		return 0;
	return n;
}

/* How many bytes at S stay as they are, of ASCII alone: most text has no other.
 */
static size_t
plain(const unsigned char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] >= ' ' && s[n] < 0x7f && s[n] != '\\')
		n++;
	return n;
}

/* N bytes of text behind the END bytes of DST that are there, or fewer. */
static size_t
append(char *dst, size_t end, size_t size, const char *text, size_t n)
{
	if (n > size - 1 - end)
		n = size - 1 - end;
	memcpy(dst + end, text, n);
	return n;
}

size_t
text_escape(char *dst, size_t size, const char *src, size_t len)
{
	const unsigned char *s = (const unsigned char *)src;
	size_t end = 0, need = 0, n, out;
	bool full = size == 0;
	uint32_t ch;
	char unit[17];

	for (size_t i = 0; i < len; i += n) {
		if ((n = plain(s + i, len - i)) > 0) {
			if (!full)
				end += append(dst, end, size, src + i, n);
			need += n;
			full = need >= size;
			continue;
		}
		n = decode(s + i, len - i, &ch);
		if (n == 0 || is_hidden(ch)) {
			n = n == 0 ? 1 : n;
			for (size_t k = 0; k < n; k++)
				snprintf(unit + 4 * k, 5, "\\x%02x", s[i + k]);
			out = 4 * n;
		} else {
			memcpy(unit, s + i, n);
			out = n;
		}
		need += out;
		if (need >= size)
			full = true; /* nothing shorter may follow the cut */
		if (!full) {
			memcpy(dst + end, unit, out);
			end += out;
		}
	}
	if (size > 0)
		dst[end] = '\0';
	return need;
}

char *
text_show(const char *src)
{
	size_t len = strlen(src);
	char *s = malloc(4 * len + 1);

	if (s != NULL)
		text_escape(s, 4 * len + 1, src, len);
	return s;
}

size_t
text_width(const char *text)
{
	static const struct span wide[] = {
		{ 0x1100, 0x115f },
		{ 0x2e80, 0xa4cf },
		{ 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f },
		{ 0xff00, 0xff60 },
		{ 0xffe0, 0xffe6 },
		{ 0x1f300, 0x1faff },
		{ 0x20000, 0x3fffd },
	};
	const unsigned char *s = (const unsigned char *)text;
	size_t width = 0, len = strlen(text), n;
	uint32_t ch = 0;

	for (size_t i = 0; i < len; i += n, width++) {
		if ((n = decode(s + i, len - i, &ch)) == 0)
			n = 1;
		for (size_t k = 0; k < sizeof(wide) / sizeof(wide[0]); k++)
			if (ch >= wide[k].first && ch <= wide[k].last)
				width++;
	}
	return width;
}
