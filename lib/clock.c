/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/clock.h"
#include "lib/opt.h"

int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int
clock_parse(const char *text, int64_t *ms, const char **errstr)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
		{ 'd', 86400000 } };
	size_t len = strlen(text), i, dot;
	int64_t unit = 1000, whole, part = 0, scale = 1;
	char digits[24];

	for (i = 0; len > 0 && i < sizeof(units) / sizeof(units[0]); i++)
		if (text[len - 1] == units[i].unit)
			unit = units[i].ms;
	if (len > 0 && strchr("smhd", text[len - 1]) != NULL)
		len--;
	*errstr = "not a time (10, 2.5, 3m, 1h, 1d)";
	if (len == 0 || len >= sizeof(digits))
		return -1;
	memcpy(digits, text, len);
	digits[len] = '\0';
	dot = strcspn(digits, ".");
	for (i = dot + 1; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9' || scale == 1000)
			return -1;
		part = 10 * part + (digits[i] - '0');
		scale *= 10;
	}
	digits[dot] = '\0';
	if (strspn(digits, "0123456789") != dot || (dot == 0 && len == 1))
		return -1;
	whole = opt_number(
	    dot == 0 ? "0" : digits, 0, 100 * 365 * 86400LL, errstr);
	if (*errstr != NULL)
		return -1;
	*ms = whole * unit + part * unit / scale;
	if (*ms == 0)
		*errstr = "too small (more than 0)";
	return *ms == 0 ? -1 : 0;
}
