/* SPDX-License-Identifier: ISC */
/*
 * sig - signals by name (signal(7)).
 */
#ifndef NSKIT_SIG_H
#define NSKIT_SIG_H

#include <stdint.h>

/*
 * sig_parse - TERM, SIGTERM, RTMIN+1 or 15 as a number from 1 to SIGRTMAX.
 *
 * Returns it, or -1 with *errstr set.
 */
int sig_parse(const char *text, const char **errstr);

/*
 * sig_name - "TERM", "RTMIN+1", or the number in digits, in static memory that
 * the next call may use again.
 */
const char *sig_name(int sig);

/*
 * sig_parse_set - all, none or a list of signals, comma-separated; bit N - 1
 * of *SET stands for signal N.  Returns 0, or -1 with *errstr set.
 */
int sig_parse_set(const char *text, uint64_t *set, const char **errstr);

#endif
