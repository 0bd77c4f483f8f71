/* SPDX-License-Identifier: ISC */
/* renameat2(2), which older musl has no function for. */
#include_next <stdio.h>

#ifndef NSKIT_COMPAT_STDIO_H
#define NSKIT_COMPAT_STDIO_H

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif

int renameat2(
    int olddir, const char *old, int newdir, const char *new, unsigned flags);

#endif
