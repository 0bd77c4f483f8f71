/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lib/text.h"
#include "tests/unit/check.h"

/* The bytes of a row may hold '\0': then LEN counts, else strlen(3) does. */
static const struct row {
	const char *what, *src, *expected;
	size_t len;
} rows[] = {
	{ "nothing", "", "", 0 },
	{ "plain ASCII", "a b~!", "a b~!", 0 },
	{ "newline and tab", "x\ny\tz", "x\\x0ay\\x09z", 0 },
	{ "terminal escape", "\033[31m", "\\x1b[31m", 0 },
	{ "NUL", "a\0b", "a\\x00b", 3 },
	{ "DEL", "\177", "\\x7f", 0 },
	{ "backslash", "a\\x41", "a\\x5cx41", 0 },
	{ "two bytes", "\303\251", "\303\251", 0 },
	{ "three bytes", "\342\202\254", "\342\202\254", 0 },
	{ "four bytes", "\360\237\220\247", "\360\237\220\247", 0 },
	{ "C1 control U+009B", "\302\233", "\\xc2\\x9b", 0 },
	{ "a C1 byte alone", "\233", "\\x9b", 0 },
	{ "right-to-left override", "\342\200\256", "\\xe2\\x80\\xae", 0 },
	{ "isolate U+2066", "\342\201\246", "\\xe2\\x81\\xa6", 0 },
	{ "zero width space", "\342\200\213", "\\xe2\\x80\\x8b", 0 },
	{ "line separator", "\342\200\250", "\\xe2\\x80\\xa8", 0 },
	{ "byte order mark", "\357\273\277", "\\xef\\xbb\\xbf", 0 },
	{ "musical U+1D173", "\360\235\205\263", "\\xf0\\x9d\\x85\\xb3", 0 },
	{ "shorthand U+1BCA3", "\360\233\262\243", "\\xf0\\x9b\\xb2\\xa3", 0 },
	{ "Hangul filler U+FFA0", "\357\276\240", "\\xef\\xbe\\xa0", 0 },
	{ "variation selector U+FE0F", "\357\270\217", "\\xef\\xb8\\x8f", 0 },
	{ "variation selector U+E01EF", "\363\240\207\257",
	    "\\xf3\\xa0\\x87\\xaf", 0 },
	{ "blank U+2800", "\342\240\200", "\\xe2\\xa0\\x80", 0 },
	{ "Arabic number sign U+0600", "\330\200", "\330\200", 0 },
	{ "tag U+E0041", "\363\240\201\201", "\\xf3\\xa0\\x81\\x81", 0 },
	{ "overlong slash", "\300\257", "\\xc0\\xaf", 0 },
	{ "overlong of three", "\340\200\257", "\\xe0\\x80\\xaf", 0 },
	{ "surrogate", "\355\240\200", "\\xed\\xa0\\x80", 0 },
	{ "above U+10FFFF", "\364\220\200\200", "\\xf4\\x90\\x80\\x80", 0 },
	{ "cut character", "a\342\202", "a\\xe2\\x82", 0 },
	{ "wrong second byte", "\303a", "\\xc3a", 0 },
};

static void
test_escape(void)
{
	char buf[64];
	size_t len, need;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		len = rows[i].len ? rows[i].len : strlen(rows[i].src);
		need = text_escape(buf, sizeof(buf), rows[i].src, len);
		check_str(rows[i].what, rows[i].expected, buf);
		check_int(rows[i].what, (intmax_t)strlen(rows[i].expected),
		    (intmax_t)need);
	}
}

/* However small the buffer, no half character or escape is left in it. */
static void
test_cut(void)
{
	static const struct {
		const char *what;
		size_t size;
		const char *src, *expected;
		size_t need;
	} cuts[] = {
		{ "room for all", 4, "abc", "abc", 3 },
		{ "one short", 3, "abc", "ab", 3 },
		{ "only the end", 1, "abc", "", 3 },
		{ "escape whole", 5, "\n", "\\x0a", 4 },
		{ "escape cut", 4, "\n", "", 4 },
		{ "character cut", 3, "a\303\251", "a", 3 },
		{ "shorter after the cut", 4, "ab\nc", "ab", 7 },
	};
	char buf[8];

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		check_int(cuts[i].what, (intmax_t)cuts[i].need,
		    (intmax_t)text_escape(
			buf, cuts[i].size, cuts[i].src, strlen(cuts[i].src)));
		check_str(cuts[i].what, cuts[i].expected, buf);
	}
	memset(buf, 'x', sizeof(buf));
	check_int("no buffer", 3, (intmax_t)text_escape(buf, 0, "abc", 3));
	check_true("no buffer, nothing written", buf[0] == 'x');
}

static void
test_show(void)
{
	char *s = text_show("a\nb");

	check_str("text_show", "a\\x0ab", s);
	free(s);
}

int
main(void)
{
	test_escape();
	test_cut();
	test_show();
	return check_done();
}
