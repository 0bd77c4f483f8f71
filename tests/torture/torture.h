/* SPDX-License-Identifier: ISC */
/*
 * torture - the tools that watch over a command, and every way in which a
 * command, a signal, a terminal or a caller can make that hard.
 */
#ifndef NSKIT_TORTURE_H
#define NSKIT_TORTURE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

/* One way to run a command. */
struct column {
	const char *title;
	const char *root[8], *user[8]; /* the words before the command */
	bool init;		       /* of ours, in front of the command */
	bool first;		       /* the command is PID 1 */
	bool whole;		       /* dies as a whole with its supervisor */
};

extern const struct column columns[];
extern const size_t ncolumns;

/* What came of a cell: how many times it went well, or badly. */
struct cell {
	int passed, failed;
	const char *skipped; /* the reason, or NULL */
};

/* A row: try it N times, or as often as the row needs, for one column. */
struct row {
	const char *title;
	void (*run)(const struct column *col, struct cell *cell, int n);
	int n, few; /* in the long form, in the short one */
};

extern const struct row rows[];
extern const size_t nrows;

/* The command of all rows: "torture probe WHAT ...", see probe.c. */
int probe(int argc, char **argv);

/* Set by main. */
struct settings {
	const char *tools; /* the directory of the tools */
	char self[4096];
	char target[32]; /* the process whose PID namespace nsjoin enters */
	bool verbose;
};
extern struct settings settings;

/*
 * start - run the tool of COL with "torture probe WORDS" as its command, in a
 * child for which BEFORE(ARG), if there is one, is called before its execve(2).
 * Returns its process ID.
 */
pid_t start(
    const struct column *col, const char *words, void (*before)(int), int arg);

/* become - the same in this process. */
_Noreturn void become(const struct column *col, const char *words);

/* wait_status - of PID, half a minute at most; -1: it hung, and was killed. */
int wait_status(pid_t pid);

/* expect - count a pass, or a failure with the reason in words. */
bool expect(struct cell *cell, const struct column *col, bool good,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* read_byte - from FD within half a minute; -1: nothing came, -2: the end. */
int read_byte(int fd);

/* The descriptor that a probe writes to: its first free one, above 2. */
#define REPORT 9

#endif
