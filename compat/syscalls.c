/* SPDX-License-Identifier: ISC */
/*
 * System calls that a C library has no function for; where a newer one has,
 * and links it, ours stand back (weak).
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/syscall.h>

#include <stdio.h>
#include <unistd.h>

#define WEAK __attribute__((weak))

WEAK int
close_range(unsigned first, unsigned last, int flags)
{
	return (int)syscall(SYS_close_range, first, last, flags);
}

WEAK int
execveat(int dirfd, const char *path, char *const argv[], char *const envp[],
    int flags)
{
	return (int)syscall(SYS_execveat, dirfd, path, argv, envp, flags);
}

WEAK int
renameat2(
    int olddir, const char *old, int newdir, const char *new, unsigned flags)
{
	return (int)syscall(SYS_renameat2, olddir, old, newdir, new, flags);
}

WEAK int
statx(int dirfd, const char *restrict path, int flags, unsigned mask,
    struct statx *restrict stx)
{
	return (int)syscall(SYS_statx, dirfd, path, flags, mask, stx);
}
