/* SPDX-License-Identifier: ISC */
/*
 * What libbsd's <stdlib.h> has over the C library's, for a C library that
 * libbsd is not there for; configure puts this directory before the system's.
 */
#include_next <stdlib.h>

#ifndef NSKIT_COMPAT_STDLIB_H
#define NSKIT_COMPAT_STDLIB_H

/* strtonum(3): the number in TEXT, or 0 and *ERRSTR "invalid", "too small" or
 * "too large". */
long long strtonum(
    const char *text, long long min, long long max, const char **errstr);

/* getprogname(3): the name that messages begin with; it is not copied. */
const char *getprogname(void);
void setprogname(const char *name);

#endif
