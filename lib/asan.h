/* SPDX-License-Identifier: ISC */
/*
 * asan - AddressSanitizer has put fences between our data, which can be neither
 * read nor moved, and knows no stack but those of threads.
 */
#ifndef NSKIT_ASAN_H
#define NSKIT_ASAN_H

#include <stdbool.h>

/* gcc says so by a macro, clang by __has_feature. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif

/* ASAN_HERE - is it in this program? */
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define ASAN_HERE true
#else
#define ASAN_HERE false
#endif

#endif
