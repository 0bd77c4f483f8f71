/* SPDX-License-Identifier: ISC */
/*
 * rows - the rows of the table, and what they have in common: a command that
 * reports.
 */
#ifndef NSKIT_TORTURE_ROWS_H
#define NSKIT_TORTURE_ROWS_H

#include "tests/torture/torture.h"

/*
 * start_reporting - as start; the command has REPORT open.  BEFORE, if given,
 * must call take_report.
 */
pid_t start_reporting(
    const struct column *col, const char *words, void (*before)(int), int arg);
void take_report(void); /* in the child */
bool open_report(void); /* for a child that is not started by start_… */
void drop_report(void); /* and afterwards */

/* The probe without a tool before it. */
pid_t start_plain(const char *what, void (*before)(int));

int hear(void);	     /* the next byte, see read_byte */
bool all_gone(void); /* has everybody let go of REPORT? */
void end_report(void);

void row_background(const struct column *col, struct cell *cell, int n);
void row_blocked(const struct column *col, struct cell *cell, int n);
void row_chld(const struct column *col, struct cell *cell, int n);
void row_closed(const struct column *col, struct cell *cell, int n);
void row_few(const struct column *col, struct cell *cell, int n);
void row_hangup(const struct column *col, struct cell *cell, int n);
void row_ignored(const struct column *col, struct cell *cell, int n);
void row_nproc(const struct column *col, struct cell *cell, int n);
void row_open(const struct column *col, struct cell *cell, int n);
void row_pid1(const struct column *col, struct cell *cell, int n);
void row_session(const struct column *col, struct cell *cell, int n);
void row_terminal(const struct column *col, struct cell *cell, int n);
void row_thread(const struct column *col, struct cell *cell, int n);

#endif
