/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "lib/mountinfo.h"

static bool
is_octal(const char *s)
{
	return s[0] >= '0' && s[0] <= '3' && s[1] >= '0' && s[1] <= '7' &&
	    s[2] >= '0' && s[2] <= '7';
}

static void
unescape(char *s)
{
	char *out;

	/* Rare: most lines are left alone. */
	if ((s = strchr(s, '\\')) == NULL)
		return;
	for (out = s; *s != '\0'; s++)
		if (*s == '\\' && is_octal(s + 1)) {
			*out++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 |
			    (s[3] - '0'));
			s += 3;
		} else
			*out++ = *s;
	*out = '\0';
}

/* ID PARENT DEV ROOT POINT OPTIONS [TAG ...] - FSTYPE SOURCE OPTIONS */
static bool
read_line(char *line, struct mountinfo *m)
{
	char *field[6], *end;

	for (size_t i = 0; i < 6; i++)
		if ((field[i] = strsep(&line, " ")) == NULL || line == NULL)
			return false;
	/* The separator comes at once where there are no tags. */
	if (strncmp(line, "- ", 2) == 0) {
		m->peers = line + strlen(line); /* "" */
		m->fstype = line + 2;
	} else if ((end = strstr(line, " - ")) != NULL) {
		*end = '\0';
		m->peers = line;
		m->fstype = end + 3;
	} else
		return false;
	m->fstype[strcspn(m->fstype, " ")] = '\0';
	m->root = field[3];
	m->point = field[4];
	unescape(m->root);
	unescape(m->point);
	return true;
}

bool
mountinfo_next(char **rest, struct mountinfo *m)
{
	char *line;

	while ((line = strsep(rest, "\n")) != NULL)
		if (read_line(line, m))
			return true;
	return false;
}
