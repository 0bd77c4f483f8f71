/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/text.h"

#define UNDO_MAX 16

/* Forced on us: a failure deep in a step has no way to carry these up. */
static struct {
	int report_fd;
	int preferred_fd;
	int canceled;
	int part;
	int cause;
	const char *within;
	size_t n;
	struct {
		void (*fn)(void *);
		void *arg;
	} undo[UNDO_MAX];
} state = { .report_fd = -1, .preferred_fd = -1, .canceled = EXIT_CANCELED };

/* "tool: WITHIN: LINE\n" in one write: lines of two processes never mix. */
static void
print_line(const char *line)
{
	const char *part[] = { getprogname(), state.within, line };
	char out[3 * (4 * FAIL_LINE_MAX + 2)];
	size_t len = 0;
	ssize_t n;

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (part[i] != NULL) {
			if (len > 0)
				len += strlcpy(out + len, ": ", 3);
			len += text_escape(out + len, sizeof(out) - len,
			    part[i], strnlen(part[i], FAIL_LINE_MAX));
		}
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

/* Of a child that failed before we did, after whatever else it sent. */
static bool
pending_report(struct fail_report *r)
{
	ssize_t n = 0;

	if (state.preferred_fd == -1)
		return false;
	do
		n = channel_receive_now(state.preferred_fd, r, sizeof(*r));
	while (n > 0 && !fail_is_report(r, n));
	return n > 0;
}

static _Noreturn void
finish(int status, const char *line)
{
	static struct fail_report r;

	if (status == EXIT_CANCELED)
		status = state.canceled;
	if (pending_report(&r)) {
		line = r.line;
		status = r.status;
	} else {
		r.part = state.part;
	}
	/* In reverse order, and before anybody hears of it. */
	fail_roll_back();
	if (state.report_fd != -1) {
		r.status = status;
		if (line != r.line)
			strlcpy(r.line, line, sizeof(r.line));
		if (channel_send(state.report_fd, &r, sizeof(r)) == 1)
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
fail_cause(int errnum)
{
	state.cause = errnum;
}

void
fail_told(int status, const char *why, const char *fmt, ...)
{
	char line[FAIL_LINE_MAX];
	va_list ap;

	va_start(ap, fmt);
	format_line(line, state.cause, why, fmt, ap);
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
fail_roll_back(void)
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
fail_within(const char *where)
{
	state.within = where;
}

void
fail_set_status(int status)
{
	state.canceled = status;
}

void
fail_part(int part)
{
	state.part = part;
}

bool
fail_is_report(struct fail_report *r, ssize_t len)
{
	if (len != (ssize_t)sizeof(*r))
		return false;
	r->line[sizeof(r->line) - 1] = '\0';
	return true;
}

int
fail_receive_report(int fd, struct fail_report *r)
{
	ssize_t n = channel_receive(fd, r, sizeof(*r));

	return n == -1 ? -1 : fail_is_report(r, n);
}

int
fail_receive(int fd, void *message, size_t len)
{
	static struct fail_report r;
	ssize_t n = channel_receive(fd, &r, sizeof(r));

	if (n == -1)
		return -1;
	if (fail_is_report(&r, n)) {
		fail_part(r.part);
		fail(r.status, "%s", r.line);
	}
	if (n == 0 || (size_t)n != len)
		return 0;
	memcpy(message, &r, len);
	return 1;
}
