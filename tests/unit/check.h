/* SPDX-License-Identifier: ISC */
/*
 * check - a table-driven test: each row says what it asks, what it expects and
 * what it got; a row that differs is printed, and the program exits 1.
 *
 *	check_str("escape of a tab", "\\x09", got);
 *	return check_done();
 */
#ifndef NSKIT_CHECK_H
#define NSKIT_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* One counter for one program that a test is: the sums of check_done. */
static unsigned int check_rows, check_failures;

static inline void
check_row(bool ok, const char *what, const char *expected, const char *got)
{
	check_rows++;
	if (ok)
		return;
	check_failures++;
	printf("%s\n  expected: %s\n  got:      %s\n", what, expected, got);
}

static inline void
check_str(const char *what, const char *expected, const char *got)
{
	const char *e = expected == NULL ? "(null)" : expected;
	const char *g = got == NULL ? "(null)" : got;

	check_row((expected == NULL) == (got == NULL) && strcmp(e, g) == 0,
	    what, e, g);
}

static inline void
check_int(const char *what, intmax_t expected, intmax_t got)
{
	char e[32], g[32];

	snprintf(e, sizeof(e), "%jd", expected);
	snprintf(g, sizeof(g), "%jd", got);
	check_row(expected == got, what, e, g);
}

static inline void
check_true(const char *what, bool got)
{
	check_row(got, what, "true", got ? "true" : "false");
}

/* The program's exit status. */
static inline int
check_done(void)
{
	printf("%u rows, %u failed\n", check_rows, check_failures);
	return check_failures > 0 || check_rows == 0;
}

#endif
