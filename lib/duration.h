/* SPDX-License-Identifier: ISC */
/*
 * duration - how long: a number of seconds, minutes, hours or days.
 */
#ifndef NSKIT_DURATION_H
#define NSKIT_DURATION_H

#include <stdint.h>

/*
 * duration_parse - "10", "2.5", "3m", "1h" or "1d" as milliseconds, at least
 * one; up to three decimals.  Returns 0, or -1 and *errstr.
 */
int duration_parse(const char *text, int64_t *ms, const char **errstr);

#endif
