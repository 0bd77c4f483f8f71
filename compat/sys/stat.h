/* SPDX-License-Identifier: ISC */
/* statx(2), which older musl has no function for. */
#include_next <sys/stat.h>

#ifndef NSKIT_COMPAT_SYS_STAT_H
#define NSKIT_COMPAT_SYS_STAT_H

#ifndef STATX_BASIC_STATS
#include <linux/stat.h>
#endif

int statx(int dirfd, const char *restrict path, int flags, unsigned mask,
    struct statx *restrict stx);

#endif
