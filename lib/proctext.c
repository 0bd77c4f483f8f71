/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <string.h>

#include "lib/proctext.h"

/* The number at *AT, which moves behind its last digit. */
static int
digits(const char **at, uint64_t *value)
{
	const char *s = *at;
	uint64_t v = 0;

	for (; *s >= '0' && *s <= '9'; s++) {
		unsigned int d = (unsigned int)(*s - '0');

		if (v > (UINT64_MAX - d) / 10)
			return -1;
		v = v * 10 + d;
	}
	if (s == *at)
		return -1;
	*at = s;
	*value = v;
	return 0;
}

int
proctext_stat(const char *text, int field, int64_t *value)
{
	const char *at = strrchr(text, ')');
	uint64_t number;
	bool negative;

	/* The ')' ends the second field, a blank begins each of the others. */
	for (int i = 2; at != NULL && i < field; i++)
		at = strchr(at + 1, ' ');
	if (at == NULL)
		return -1;
	at++;
	negative = *at == '-';
	at += negative;
	if (digits(&at, &number) == -1 || number > INT64_MAX)
		return -1;
	if (*at != ' ' && *at != '\n' && *at != '\0')
		return -1;
	*value = negative ? -(int64_t)number : (int64_t)number;
	return 0;
}

char
proctext_state(const char *text)
{
	const char *at = strrchr(text, ')');

	return at == NULL || at[1] != ' ' ? '\0' : at[2];
}

const char *
proctext_status(const char *text, const char *key, size_t *len)
{
	size_t n = strlen(key);

	while (*text != '\0') {
		if (strncmp(text, key, n) == 0 && text[n] == ':') {
			text += n + 1;
			text += strspn(text, " \t");
			if (len != NULL)
				*len = strcspn(text, "\n");
			return text;
		}
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return NULL;
}

int
proctext_number(const char *text, const char *key, int n, uint64_t *value)
{
	const char *at = proctext_status(text, key, NULL);

	if (at == NULL)
		return -1;
	for (int i = 0; digits(&at, value) == 0; i++) {
		if (*at != '\0' && strchr(" \t\n", *at) == NULL)
			return -1;
		at += strspn(at, " \t");
		if (i == n || (n == -1 && (*at == '\n' || *at == '\0')))
			return 0;
	}
	return -1;
}

void
proctext_mask(const char *text, unsigned long *mask, size_t n)
{
	const size_t width = 8 * sizeof(*mask);
	const char *digits = "0123456789abcdef", *at;
	size_t bit = 0;

	memset(mask, 0, n * sizeof(*mask));
	for (size_t i = strlen(text); i > 0 && bit < n * width; i--) {
		if ((at = strchr(digits, text[i - 1])) == NULL)
			continue;
		mask[bit / width] |= (unsigned long)(at - digits)
		    << (bit % width);
		bit += 4;
	}
}

char *
proctext_cgroup(char *text)
{
	char *at;

	if (strncmp(text, "0::/", 4) == 0)
		at = text + 3;
	else if ((at = strstr(text, "\n0::/")) != NULL)
		at += 4;
	else
		return NULL;
	at[strcspn(at, "\n")] = '\0';
	return at;
}

bool
proctext_group(char *line, struct proctext_group *g)
{
	g->controllers = line + strcspn(line, ":");
	if (*g->controllers == '\0')
		return false;
	*g->controllers++ = '\0';
	g->path = g->controllers + strcspn(g->controllers, ":");
	if (*g->path == '\0')
		return false;
	*g->path++ = '\0';
	return true;
}

size_t
proctext_environ(char *text, size_t len, char **list, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i += strlen(text + i) + 1) {
		if (strchr(text + i, '=') == NULL)
			continue;
		if (list != NULL && n + 1 >= max)
			break;
		if (list != NULL)
			list[n] = text + i;
		n++;
	}
	if (list != NULL && max > 0)
		list[n] = NULL;
	return n;
}
