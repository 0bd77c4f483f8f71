/* SPDX-License-Identifier: ISC */
/*
 * status - the status stream: lines for another program that tell how the
 * command fares (nsclone(1)).  A reader that is slow, or has gone, is nobody's
 * trouble but its own.
 */
#ifndef NSKIT_WATCH_STATUS_H
#define NSKIT_WATCH_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#define STATUS_QUEUE 4096 /* bytes that wait for a slow reader, PIPE_BUF */

struct status {
	int fd; /* -1: nobody listens */
	bool socket;
	size_t len;
	char queue[STATUS_QUEUE];
};

/* status_open - lines go to FD from here on; -1: to nobody. */
void status_open(struct status *s, int fd);

/*
 * status_add - one line, FMT without its newline; never waits.  What a reader
 * has no room for is kept; a reader that lets more than STATUS_QUEUE bytes wait
 * gets nothing any more.  SIGPIPE must be blocked.
 */
void status_add(struct status *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* status_waits - is there something that the reader had no room for? */
bool status_waits(const struct status *s);

/* status_flush - write as much of it as there is room for now. */
void status_flush(struct status *s);

/* status_close - write the rest, a second at most; nobody listens any more. */
void status_close(struct status *s);

#endif
