/* SPDX-License-Identifier: ISC */
#include "config.h"

#ifdef NEED_STRTONUM
#include <errno.h>
#include <stdlib.h>

long long
strtonum(const char *text, long long min, long long max, const char **errstr)
{
	long long n;
	char *end;

	if (min > max) {
		*errstr = "invalid";
		return 0;
	}
	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0')
		*errstr = "invalid";
	else if (n < min || (errno == ERANGE && n < 0))
		*errstr = "too small";
	else if (n > max || errno == ERANGE)
		*errstr = "too large";
	else
		*errstr = NULL;
	if (*errstr != NULL)
		errno = **errstr == 'i' ? EINVAL : ERANGE;
	return *errstr == NULL ? n : 0;
}
#endif
