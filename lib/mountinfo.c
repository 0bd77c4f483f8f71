/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/mountinfo.h"

#define FIRST (16 << 10) /* bytes read at a time, unless a line is longer */

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
	m->super = m->fstype + strcspn(m->fstype, " ");
	if (*m->super != '\0')
		*m->super++ = '\0'; /* the source follows */
	m->super += strcspn(m->super, " ");
	m->super += *m->super == ' ';
	m->id = field[0];
	m->parent = field[1];
	m->dev = field[2];
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

int
mountinfo_open(struct mountinfo_file *f, int dirfd, const char *path)
{
	*f = (struct mountinfo_file){ .size = FIRST };
	if ((f->fd = openat(dirfd, path, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	if ((f->buf = malloc(f->size)) == NULL) {
		file_close(f->fd);
		f->fd = -1;
		return -1;
	}
	return 0;
}

/* Read on, with room for a longer line where there is none.  False: the end. */
static bool
fill(struct mountinfo_file *f)
{
	char *more;
	ssize_t n;

	memmove(f->buf, f->buf + f->at, f->end - f->at);
	f->end -= f->at;
	f->at = 0;
	if (f->end + 1 == f->size) {
		if ((more = realloc(f->buf, 2 * f->size)) == NULL) {
			f->errnum = ENOMEM;
			return false;
		}
		f->buf = more;
		f->size *= 2;
	}
	do
		n = read(f->fd, f->buf + f->end, f->size - f->end - 1);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		f->errnum = errno;
	if (n <= 0)
		return false;
	f->end += (size_t)n;
	return true;
}

/* The next line, without its newline; NULL at the end. */
static char *
line_next(struct mountinfo_file *f)
{
	char *line, *newline;

	while ((newline = memchr(f->buf + f->at, '\n', f->end - f->at)) == NULL)
		if (!fill(f))
			break;
	if (newline == NULL && (f->errnum != 0 || f->at == f->end))
		return NULL;
	line = f->buf + f->at;
	if (newline == NULL)
		newline = f->buf + f->end;
	*newline = '\0';
	f->at = (size_t)(newline - f->buf) + (newline < f->buf + f->end);
	return line;
}

bool
mountinfo_read(struct mountinfo_file *f, struct mountinfo *m)
{
	char *line;

	while ((line = line_next(f)) != NULL)
		if (read_line(line, m))
			return true;
	return false;
}

int
mountinfo_close(struct mountinfo_file *f)
{
	file_close(f->fd);
	free(f->buf);
	errno = f->errnum;
	return f->errnum == 0 ? 0 : -1;
}
