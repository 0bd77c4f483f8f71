/* SPDX-License-Identifier: ISC */
/* close_range(2) and execveat(2), which musl has no functions for. */
#include_next <unistd.h>

#ifndef NSKIT_COMPAT_UNISTD_H
#define NSKIT_COMPAT_UNISTD_H

int close_range(unsigned first, unsigned last, int flags);
int execveat(int dirfd, const char *path, char *const argv[],
    char *const envp[], int flags);

#endif
