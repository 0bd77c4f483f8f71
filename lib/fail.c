/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/text.h"

#define UNDO_MAX 16

/* Forced on us: a failure deep in a step has no way to carry these up. */
static struct {
	int report_fd;
	int preferred_fd;
	int canceled;
	size_t n;
	struct {
		void (*fn)(void *);
		void *arg;
	} undo[UNDO_MAX];
} state = { .report_fd = -1, .preferred_fd = -1, .canceled = EXIT_CANCELED };

/* "tool: LINE\n" in one write, so lines of two processes never mix. */
static void
print_line(const char *line)
{
	char out[4 * FAIL_LINE_MAX + 64];
	size_t len;
	ssize_t n;

	len = (size_t)snprintf(out, 64, "%s: ", getprogname());
	if (len > 63)
		len = 63;
	text_escape(out + len, sizeof(out) - len - 1, line, strlen(line));
	len += strlen(out + len);
	out[len++] = '\n';
	do
		n = write(STDERR_FILENO, out, len);
	while (n == -1 && errno == EINTR);
}

__attribute__((format(printf, 4, 0))) static void
format_line(
    char *line, int errnum, const char *why, const char *fmt, va_list ap)
{
	size_t len;
	int n;

	n = vsnprintf(line, FAIL_LINE_MAX, fmt, ap);
	len = n < 0 ? 0 : (size_t)n;
	if (len >= FAIL_LINE_MAX)
		len = FAIL_LINE_MAX - 1;
	if (errnum != 0)
		len += (size_t)snprintf(
		    line + len, FAIL_LINE_MAX - len, ": %s", strerror(errnum));
	if (why != NULL && len < FAIL_LINE_MAX)
		snprintf(line + len, FAIL_LINE_MAX - len, " (%s)", why);
}

/* The word of a child that failed before we did. */
static bool
pending_report(struct fail_report *r)
{
	ssize_t n;

	if (state.preferred_fd == -1)
		return false;
	do
		n = recv(state.preferred_fd, r, sizeof(*r), MSG_DONTWAIT);
	while (n == 1 || (n == -1 && (errno == EINTR || errno == ECONNRESET)));
	r->line[sizeof(r->line) - 1] = '\0';
	return n == (ssize_t)sizeof(*r);
}

static _Noreturn void
finish(int status, const char *line)
{
	static struct fail_report r;
	ssize_t n;

	if (status == EXIT_CANCELED)
		status = state.canceled;
	if (pending_report(&r)) {
		line = r.line;
		status = r.status;
	}
	/* In reverse order, and before anybody hears of it. */
	fail_take_back();
	if (state.report_fd != -1) {
		r.status = status;
		if (line != r.line)
			strlcpy(r.line, line, sizeof(r.line));
		do
			n = send(state.report_fd, &r, sizeof(r), MSG_NOSIGNAL);
		while (n == -1 && errno == EINTR);
		if (n == (ssize_t)sizeof(r))
			_exit(status);
	}
	print_line(line);
	_exit(status);
}

void
fail(int status, const char *fmt, ...)
{
	char line[FAIL_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	format_line(line, 0, NULL, fmt, ap);
	va_end(ap);
	finish(status, line);
}

void
fail_errno(int status, const char *fmt, ...)
{
	char line[FAIL_LINE_MAX];
	int errnum = errno;
	va_list ap;

	va_start(ap, fmt);
	format_line(line, errnum, NULL, fmt, ap);
	va_end(ap);
	finish(status, line);
}

void
fail_why(int status, int errnum, const char *why, const char *fmt, ...)
{
	char line[FAIL_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	format_line(line, errnum, why, fmt, ap);
	va_end(ap);
	finish(status, line);
}

void
fail_warn(const char *fmt, ...)
{
	char line[FAIL_LINE_MAX];
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	format_line(line, 0, NULL, fmt, ap);
	va_end(ap);
	print_line(line);
	errno = saved;
}

void
fail_undo(void (*fn)(void *), void *arg)
{
	if (state.n == UNDO_MAX)
		abort();
	state.undo[state.n].fn = fn;
	state.undo[state.n].arg = arg;
	state.n++;
}

void
fail_undone(void)
{
	state.n = 0;
}

void
fail_take_back(void)
{
	while (state.n > 0) {
		state.n--;
		state.undo[state.n].fn(state.undo[state.n].arg);
	}
}

void
fail_to(int fd)
{
	state.report_fd = fd;
	state.preferred_fd = -1;
	state.n = 0;
}

void
fail_local(void)
{
	state.report_fd = -1;
}

void
fail_prefer_report(int fd)
{
	state.preferred_fd = fd;
}

void
fail_set_status(int status)
{
	state.canceled = status;
}

int
fail_receive(int fd, char *line, int *status)
{
	struct fail_report r;
	ssize_t n;

	/* One that died with our word unread resets: its own comes after. */
	do
		n = recv(fd, &r, sizeof(r), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		return -1;
	if (n != (ssize_t)sizeof(r))
		return 0;
	r.line[sizeof(r.line) - 1] = '\0';
	strlcpy(line, r.line, FAIL_LINE_MAX);
	*status = r.status;
	return 1;
}
