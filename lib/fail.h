/* SPDX-License-Identifier: ISC */
/*
 * fail - the end of a run that cannot go on: what was made outside is taken
 * back, one line is printed by one process, and we are gone.
 *
 * A child does not print: it reports its line and status to the process that
 * watches over it (fail_to, fail_receive), which undoes, prints and exits.
 * The state kept here is the process's own, as atexit(3)'s is.
 */
#ifndef NSKIT_FAIL_H
#define NSKIT_FAIL_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

#define FAIL_LINE_MAX 2048 /* bytes of an error line, its '\0' included */

/*
 * fail - print "tool: FMT", undo, and exit with STATUS; see fail_why.
 */
_Noreturn void fail(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * fail_errno - the same with ": strerror(errno)" after it.
 */
_Noreturn void fail_errno(int status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * fail_why - "tool: FMT: strerror(ERRNUM) (WHY)", undo, and exit.
 *
 * ERRNUM 0 leaves its text out; WHY is the cause and the cure in words, as
 * lib/reason finds them, or NULL.  The line goes through text_escape.
 * Undo steps run first, latest first, then one write(2) to descriptor 2, then
 * _exit(STATUS): no stdio buffer of a caller is flushed twice.  After fail_to
 * the line and STATUS go to that descriptor instead.
 */
#define fail_why(status, errnum, why, ...) \
	(fail_cause(errnum), fail_told(status, why, __VA_ARGS__))

/*
 * The two halves of it: ERRNUM, which may be errno, is taken before WHY is
 * looked for, which may change that.
 */
void fail_cause(int errnum);
_Noreturn void fail_told(int status, const char *why, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * fail_warn - print "tool: FMT" on descriptor 2 and go on; a closed or full
 * standard error is nobody's failure.  Keeps errno.
 */
void fail_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * fail_undo - remember to call FN(ARG) should this process fail from here on.
 *
 * At most 16 at a time.  FN runs in the process that called fail_undo alone:
 * fail_to forgets those from before.
 */
void fail_undo(void (*fn)(void *), void *arg);

/*
 * fail_undone - forget the undo steps: the work is complete, or rolled back.
 */
void fail_undone(void);

/*
 * fail_roll_back - run the undo steps now, latest first, and forget them.
 */
void fail_roll_back(void);

/*
 * fail_to - in a child: from now on failures are reported over FD, an end of a
 * channel (lib/channel) whose other end the parent gives to fail_receive.
 */
void fail_to(int fd);

/*
 * fail_local - that parent has gone: failures are printed again.
 */
void fail_local(void);

/*
 * fail_prefer_report - in the parent: should we fail, a report that waits on FD
 * is the cause of our own trouble (of a child that has gone, say) and is what
 * is printed.  -1: there is nobody who could report.
 */
void fail_prefer_report(int fd);

/*
 * fail_part - what is done from here on is PART, in the caller's numbers: a
 * report of its failure says so.  0: of no part in particular.
 */
void fail_part(int part);

/* What a failed child sends: one record of just this size. */
struct fail_report {
	int status;
	int part;		  /* of fail_part */
	char line[FAIL_LINE_MAX]; /* without the tool's name */
};

/*
 * fail_within - from here on lines begin with "tool: WHERE: ", as "set:3" of
 * the third line of a file (NULL: with "tool: ").  WHERE stays the caller's.
 */
void fail_within(const char *where);

/*
 * fail_set_status - the status that this tool has instead of EXIT_CANCELED,
 * which rooms give to fail as that of nsclone and its kind.
 */
void fail_set_status(int status);

/*
 * fail_is_report - is the message R of LEN bytes, as received, such a report?
 * If so its line ends in '\0'.
 */
bool fail_is_report(struct fail_report *r, ssize_t len);

/*
 * fail_receive - wait on the channel FD for a message of LEN bytes; a report
 * of a failure is ours: fail().
 *
 * Returns 1; 0 for any other message and when the other end has gone; -1 and
 * errno otherwise.
 */
int fail_receive(int fd, void *message, size_t len);

/*
 * fail_receive_report - wait on the channel FD for a report: 1; 0 for another
 * message and when the other end has gone; -1 and errno otherwise.
 */
int fail_receive_report(int fd, struct fail_report *r);

#endif
