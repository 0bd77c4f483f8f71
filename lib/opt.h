/* SPDX-License-Identifier: ISC */
/*
 * opt - the command line: one row is one option.
 *
 *	{ 'o', "output", .arg = "LIST", .help = "these columns",
 *	    OPT_STRING(struct request, columns) },
 *
 * A row holds the letter, the long name, the argument's name, the help line
 * and the parser; the short string, the long table of getopt_long(3) and the
 * usage are made from the rows, so an option is added in one place: the room
 * of its noun, which exports its rows beside its request struct.  A tool lists
 * the groups it takes, each with the place of that struct in its own request.
 */
#ifndef NSKIT_OPT_H
#define NSKIT_OPT_H

#include <stdbool.h>
#include <stddef.h>

struct opt {
	/* short letter, or 0 */
	int letter;
	/* long name, or NULL */
	const char *name;
	/*
	 * NULL: takes no argument.  "FILE": takes one.  "[FILE]": may take one,
	 * attached (-eFILE, --env=FILE).  "=[FILE]": only the long form may,
	 * the letter takes none, so letters cluster (unshare's -mun).
	 */
	const char *arg;
	/* usage, lower case, no full stop; NULL: not shown (an alias) */
	const char *help;
	/*
	 * Store ARG (NULL if there is none) in the request at AT.  Returns 0,
	 * or -1 with *errstr set as strtonum(3) words it.  Changes nothing
	 * outside the request.  OPT is a copy of the row, its letter 0 where
	 * the long name was used.
	 */
	int (*parse)(void *at, const struct opt *opt, const char *arg,
	    const char **errstr);
	/* for the parser's use: an offset in the request's struct, a flag */
	size_t offset;
	long value;
};

/* A table of rows, ended by a row with neither letter nor name. */
struct opt_group {
	const char *title; /* heading in the usage, or NULL */
	const struct opt *rows;
	size_t at; /* where the rows' request struct is in the tool's */
};

/* An option that somebody may bring along from another tool, and ours. */
struct opt_habit {
	const char *word; /* a letter, or a long name without dashes */
	const char *ours; /* "--pty" */
};

struct opt_tool {
	const char *name;     /* "nsclone" */
	const char *synopsis; /* one or more lines, each without the indent */
	const char *purpose;  /* one sentence */
	const char *footer;   /* after the options, or NULL */
	int status;	      /* exit status of a usage error */
	bool mixes;	      /* options may come after operands */
	/* ended by one whose word is NULL; or NULL */
	const struct opt_habit *habits;
	/* ended by a group whose rows are NULL */
	const struct opt_group *groups;
};

/*
 * opt_parse - read the options of ARGV into REQUEST.
 *
 * Begins behind ARGV[0], also when it is called once more; ends at the first
 * operand (where the tool mixes them, all are moved to the end) or after
 * "--" and returns its index in ARGV (ARGC if there is none).  Long options may
 * be abbreviated.  -h/--help prints the usage on stdout and exits 0;
 * -V/--version prints "TOOL (nskit) VERSION".  A bad option or argument is one
 * line on stderr, in glibc's words where getopt would have some, and exit
 * TOOL->status.  Under an old name lib/alias decides what is different.
 */
int opt_parse(
    const struct opt_tool *tool, int argc, char **argv, void *request);

/*
 * opt_usage - a usage error that opt_parse cannot see: "tool: FMT; try 'tool
 * --help'", exit TOOL->status.
 */
_Noreturn void opt_usage(const struct opt_tool *tool, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * opt_apart - ARGV[FIRST], the first operand, stands behind the long name of an
 * option that may take an argument, attached, and has none: which?  NULL: there
 * is no such one.  (Behind a letter it is most often the command.)
 * opt_attach - "what --net takes is attached: --net=WORD", in static memory.
 */
const struct opt *opt_apart(
    const struct opt_tool *tool, char *const argv[], int first);
const char *opt_attach(const struct opt *row, const char *word);

/*
 * Parsers for plain rows; OFFSET says where in the request the member is.  Each
 * returns 0; opt_set_fd also -1 and *errstr.
 */

/* opt_set_bool - bool member = true */
int opt_set_bool(
    void *at, const struct opt *opt, const char *arg, const char **errstr);
/* opt_set_string - const char *member = the argument, NULL if there is none */
int opt_set_string(
    void *at, const struct opt *opt, const char *arg, const char **errstr);
/* opt_set_int - int member = row's value */
int opt_set_int(
    void *at, const struct opt *opt, const char *arg, const char **errstr);
/* opt_set_fd - int member = the descriptor number in ARG, 0 to INT_MAX */
int opt_set_fd(
    void *at, const struct opt *opt, const char *arg, const char **errstr);

/*
 * For rows, what they set with such a parser: OPT_BOOL(struct request, json).
 */
#define OPT_BOOL(type, member) OPT_SET(bool, type, member)
#define OPT_STRING(type, member) OPT_SET(string, type, member)
#define OPT_INT(type, member) OPT_SET(int, type, member)
#define OPT_FD(type, member) OPT_SET(fd, type, member)
#define OPT_SET(what, type, member) \
	.parse = opt_set_##what, .offset = offsetof(type, member)

/*
 * opt_number - TEXT as a number from MIN to MAX, or *ERRSTR set, which names
 * the limit, in static memory.  Sets *ERRSTR to NULL on success.
 */
long long opt_number(
    const char *text, long long min, long long max, const char **errstr);

/*
 * opt_list - the next item of a comma-separated list.
 *
 * Copies the item that *LIST points at to ITEM (SIZE bytes), and moves *LIST
 * after its comma, or to NULL at the end.  Returns 0; -1 and *errstr for an
 * empty or a too long item.
 */
int opt_list(const char **list, char *item, size_t size, const char **errstr);

#endif
