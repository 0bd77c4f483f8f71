/* SPDX-License-Identifier: ISC */
/* strerror(3) in the words of the system's other programs. */
#include_next <string.h>

#ifndef NSKIT_COMPAT_STRING_H
#define NSKIT_COMPAT_STRING_H

const char *compat_strerror(int errnum);

#define strerror compat_strerror

#endif
