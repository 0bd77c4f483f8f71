/* SPDX-License-Identifier: ISC */
/*
 * clock - how long: a number of seconds, minutes, hours or days.
 */
#ifndef NSKIT_CLOCK_H
#define NSKIT_CLOCK_H

#include <stdint.h>

/*
 * clock_parse - "10", "2.5", "3m", "1h" or "1d" as milliseconds, at least
 * one; up to three decimals.  Returns 0, or -1 and *errstr.
 */
int clock_parse(const char *text, int64_t *ms, const char **errstr);

#endif
