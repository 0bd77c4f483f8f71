/* SPDX-License-Identifier: ISC */
#include "config.h"

#ifdef NEED_STRLCPY
#include <string.h>

size_t
strlcpy(char *restrict dst, const char *restrict src, size_t size)
{
	size_t len = strlen(src), n = len;

	if (size == 0)
		return len;
	if (n >= size)
		n = size - 1;
	memcpy(dst, src, n);
	dst[n] = '\0';
	return len;
}

size_t
strlcat(char *restrict dst, const char *restrict src, size_t size)
{
	size_t len = strnlen(dst, size);

	return len + strlcpy(dst + len, src, size - len);
}
#endif
