/* SPDX-License-Identifier: ISC */
#include_next <string.h>

#ifndef NSKIT_COMPAT_STRING_H
#define NSKIT_COMPAT_STRING_H

#ifdef NEED_STRERROR
/* strerror(3) in the words of glibc, which scripts know. */
const char *compat_strerror(int errnum);

#define strerror compat_strerror
#endif

#ifdef NEED_STRLCPY
/* strlcpy(3), strlcat(3): as much as fits in SIZE bytes; they return the length
 * that they tried to make. */
size_t strlcpy(char *restrict dst, const char *restrict src, size_t size);
size_t strlcat(char *restrict dst, const char *restrict src, size_t size);
#endif

#endif
