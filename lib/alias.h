/* SPDX-License-Identifier: ISC */
/*
 * alias - the old names of our tools, unshare, nsenter and lsns, and what is
 * different under each.
 *
 * A tool that is called by an old name (the last part of argv[0]: a link) keeps
 * the habits that scripts rely on.  This room says all of them, and the pages
 * say them after it (COMPATIBILITY); other rooms ask alias_has.
 */
#ifndef NSKIT_ALIAS_H
#define NSKIT_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

enum alias_habit {
	ALIAS_STATUS_1,	     /* a failure of our own is status 1 */
	ALIAS_HELP,	     /* --help and -V look like the old program's */
	ALIAS_ABBREVIATIONS, /* the old program's own ones stay good */
	ALIAS_WORDS,	     /* the commonest refusals are its own words */
	ALIAS_NUMBERS,	     /* a number is a process, whatever its namesakes */
	ALIAS_QUIET_PID,     /* -p without -f is nothing to speak of */
	ALIAS_LEAVES_REST,   /* what the command leaves is not ended */
	ALIAS_IGNORES,	     /* INT and TERM while the command runs */
	ALIAS_NO_FILE,	     /* a FILE to keep a namespace on is not made */
	ALIAS_NO_REF,	     /* the first operand is the command */
	ALIAS_NO_DEFAULT,    /* no type asked for: none is entered */
	ALIAS_COLUMNS,	     /* columns as the old program shows them */
	ALIAS_LOWEST,	     /* the PID of -p is the lowest in there */
	ALIAS_TREE,	     /* processes are drawn as a tree, unless -l */
	ALIAS_JSON,	     /* JSON is laid out as there */
	ALIAS_NOBODY,	     /* who is not to be seen is in nothing */
};

struct alias {
	const char *name;     /* "unshare" */
	const char *tool;     /* whose old name it is: "nsunshare" */
	const char *synopsis; /* after the name */
	const char *purpose;  /* one sentence */
};

/*
 * alias_begin - what we are called: the base name of ARGV0 if that is an old
 * name of TOOL, else TOOL.  First thing in main; getprogname(3) says it from
 * then on.  ARGV0 may be NULL.
 */
void alias_begin(const char *argv0, const char *tool);

/* alias_now - the old name that we have been called by, or NULL. */
const struct alias *alias_now(void);

/* alias_has - do we keep HABIT?  False under a name of our own. */
bool alias_has(enum alias_habit habit);

/*
 * alias_option - the long option of the old program that WORD (LEN bytes, no
 * dashes) is short for, where it is short for just one; else NULL.
 */
const char *alias_option(const char *word, size_t len);

/*
 * alias_fail - with ALIAS_WORDS, fail in the old program's words: print "FMT:
 * strerror(ERRNUM)" (ERRNUM 0: FMT alone) and exit with its status.  Else
 * returns, and the caller says it in ours.  Both sides of the fork.
 */
void alias_fail(int errnum, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * alias_value - with ALIAS_WORDS, where the old program has words for a bad
 * ARG of its option OPTION (the long name): fail in those.  Else returns.
 */
void alias_value(const char *option, const char *arg);

/* alias_version - print the line of -V, as scripts read it, on stdout. */
void alias_version(void);

#endif
