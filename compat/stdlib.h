/* SPDX-License-Identifier: ISC */
/*
 * What libbsd's <stdlib.h> has over the C library's, where configure found
 * that neither has it; this directory comes before the system's.
 */
#include_next <stdlib.h>

#ifndef NSKIT_COMPAT_STDLIB_H
#define NSKIT_COMPAT_STDLIB_H

#ifdef NEED_STRTONUM
/* strtonum(3): the number in TEXT, or 0 and *ERRSTR "invalid", "too small" or
 * "too large". */
long long strtonum(
    const char *text, long long min, long long max, const char **errstr);
#endif

#ifdef NEED_GETPROGNAME
/* getprogname(3): the name that messages begin with; it is not copied. */
const char *getprogname(void);
void setprogname(const char *name);
#endif

#endif
