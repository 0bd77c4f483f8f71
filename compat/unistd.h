/* SPDX-License-Identifier: ISC */
/* execveat(2), which musl has no function for. */
#include_next <unistd.h>

#ifndef NSKIT_COMPAT_UNISTD_H
#define NSKIT_COMPAT_UNISTD_H

int execveat(int dirfd, const char *path, char *const argv[],
    char *const envp[], int flags);

#endif
