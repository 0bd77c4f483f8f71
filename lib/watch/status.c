/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/watch/status.h"

#define LAST_MS 1000 /* for the last lines, with a reader that is there */

void
status_open(struct status *s, int fd)
{
	struct stat st;

	s->fd = fd;
	s->len = 0;
	s->socket = fd != -1 && fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode);
}

static bool
has_room(const struct status *s, int ms)
{
	struct pollfd out = { .fd = s->fd, .events = POLLOUT };

	return poll(&out, 1, ms) == 1;
}

/*
 * The description is shared with the caller, so it is not for us to make it
 * non-blocking; a pipe with room takes PIPE_BUF bytes at once, though.
 */
static ssize_t
put(const struct status *s)
{
	if (s->socket)
		return send(
		    s->fd, s->queue, s->len, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (!has_room(s, 0)) {
		errno = EAGAIN;
		return -1;
	}
	return write(s->fd, s->queue, s->len);
}

void
status_flush(struct status *s)
{
	ssize_t n;

	while (s->fd != -1 && s->len > 0) {
		n = put(s);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && errno == EAGAIN)
			return;
		if (n == -1) {
			if (errno != EPIPE && errno != ECONNRESET)
				fail_warn("--status-fd: %s", strerror(errno));
			s->fd = -1;
			return;
		}
		s->len -= (size_t)n;
		memmove(s->queue, s->queue + n, s->len);
	}
}

void
status_add(struct status *s, const char *fmt, ...)
{
	char line[128];
	va_list ap;
	size_t len;

	if (s->fd == -1)
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line) - 1, fmt, ap);
	va_end(ap);
	strlcat(line, "\n", sizeof(line));
	len = strlen(line);
	if (s->len + len > sizeof(s->queue)) {
		s->fd = -1;
		return;
	}
	memcpy(s->queue + s->len, line, len);
	s->len += len;
	status_flush(s);
}

bool
status_waits(const struct status *s)
{
	return s->fd != -1 && s->len > 0;
}

void
status_close(struct status *s)
{
	status_flush(s);
	while (status_waits(s) && has_room(s, LAST_MS))
		status_flush(s);
	s->fd = -1;
}
