/* SPDX-License-Identifier: ISC */
/*
 * explain - what --explain prints: one line for each namespace and step, in
 * the order in which they would be done, and whether each can be.
 *
 * A room describes its own steps (X_explain beside X_apply): what it found out
 * by looking it says at once (explain_seen), the rest is left to the trial
 * (explain_step), which runs the step in a process that ends at once; see
 * lib/child/probe.
 */
#ifndef NSKIT_EXPLAIN_H
#define NSKIT_EXPLAIN_H

#include <stddef.h>

#include "lib/fail.h"
#include "lib/opt.h"

#define EXPLAIN_LINES 128
#define EXPLAIN_TEXT 512

/*
 * What has a line of its own within a step of several lines.  A room says what
 * it is about to do by fail_part, so that a failure finds its line.  Of a type
 * of namespace: EXPLAIN_TYPE + its place in ns_types.
 */
enum explain_part {
	EXPLAIN_WHOLE, /* the step */
	EXPLAIN_CREATE,
	EXPLAIN_OWNER,
	EXPLAIN_SETGROUPS,
	EXPLAIN_GID_MAP,
	EXPLAIN_UID_MAP,
	EXPLAIN_TIME,
	EXPLAIN_MONOTONIC,
	EXPLAIN_BOOTTIME,
	EXPLAIN_PROC,
	EXPLAIN_BINFMT,
	EXPLAIN_INTERP,
	EXPLAIN_HOSTNAME,
	EXPLAIN_DOMAINNAME,
	EXPLAIN_ROOT,
	EXPLAIN_WD,
	EXPLAIN_GROUPS,
	EXPLAIN_GID,
	EXPLAIN_UID,
	EXPLAIN_CAPS,
	EXPLAIN_NO_NEW_PRIVS,
	EXPLAIN_ENV,
	EXPLAIN_KEYRING,
	EXPLAIN_CLOSE_FDS,
	EXPLAIN_ACT_AS,
	EXPLAIN_NET_MOUNTS,
	EXPLAIN_NET_ETC,
	EXPLAIN_NET_SYS,
	EXPLAIN_TYPE,
	/* of a place, by its number in the order given (lib/step/place) */
	EXPLAIN_PLACE = EXPLAIN_TYPE + 8,
};

enum explain_verdict { EXPLAIN_OPEN, EXPLAIN_YES, EXPLAIN_NO };

struct explain {
	int step; /* that the lines to come belong to; the caller's number */
	size_t n;
	struct explain_line {
		int step;
		enum explain_verdict verdict;
		int part;
		char text[EXPLAIN_TEXT];
		char why[FAIL_LINE_MAX];
	} lines[EXPLAIN_LINES];
};

/* --explain; a bool at the group's place */
extern const struct opt explain_options[];

/*
 * explain_step - add the line FMT about PART, with no verdict so far.
 */
void explain_step(struct explain *e, int part, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * explain_seen - add the line FMT, whose verdict is known by looking: WHY not,
 * or NULL if nothing is in the way.
 */
void explain_seen(struct explain *e, const char *why, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* explain_worked - in the trial STEP went well. */
void explain_worked(struct explain *e, int step);

/*
 * explain_failed - in the trial STEP failed, as the REPORT says: the line of
 * its part cannot be done, else the first one of STEP, else a line is added.
 */
void explain_failed(
    struct explain *e, int step, const struct fail_report *report);

/*
 * explain_print - print all lines on standard output: "yes", "no" or "?" (not
 * tried: an earlier one is in the way, or it cannot be tried without doing
 * it), the text, and why not.  Exits 0, or 1 if one says no; STATUS where the
 * output cannot be written.
 */
_Noreturn void explain_print(const struct explain *e, int status);

#endif
