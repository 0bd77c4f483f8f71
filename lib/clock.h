/* SPDX-License-Identifier: ISC */
/*
 * clock - what time it is, and how long a number of seconds, minutes, hours or
 * days is.
 */
#ifndef NSKIT_CLOCK_H
#define NSKIT_CLOCK_H

#include <stdint.h>

/*
 * clock_ms - milliseconds of CLOCK_MONOTONIC, which nobody sets: for deadlines.
 */
int64_t clock_ms(void);

/*
 * clock_parse - "10", "2.5", "3m", "1h" or "1d" as milliseconds, at least
 * one; up to three decimals.  Returns 0, or -1 and *errstr.
 */
int clock_parse(const char *text, int64_t *ms, const char **errstr);

#endif
