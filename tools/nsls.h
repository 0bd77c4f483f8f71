/* SPDX-License-Identifier: ISC */
/*
 * nsls - what its files share: the request, the columns, and how they are
 * printed.
 */
#ifndef NSKIT_NSLS_H
#define NSKIT_NSLS_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

#include "lib/opt.h"
#include "lib/scan.h"

#define USAGE 2
#define COLUMNS_MAX 64

enum tree { TREE_NONE, TREE_OWNER, TREE_PARENT, TREE_PROCESS };

struct request {
	bool json, raw, null, bare, why, quiet, list, persistent, whole, flat;
	bool help, everything;
	const char *columns;
	int types;
	int pid;
};

extern const struct opt_tool nsls_tool;

/* One line of the listing. */
struct row {
	const struct scan_ns *ns;
	pid_t pid; /* its process, or 0 */
};

enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_LIST };

struct column {
	const char *name, *help;
	enum column_kind kind;
	bool cut; /* may be shortened where the terminal is narrow */
	/* Fresh memory, of a list one item a line; NULL: there is none. */
	char *(*value)(const struct row *row);
};

/*
 * column_choose - put the columns that LIST names behind the N in WHICH;
 * returns how many there are, exits on a usage error.
 */
size_t column_choose(const char *list, const struct column **which, size_t n);

/* column_all - every column there is, as column_choose. */
size_t column_all(const struct column **which);

/* column_help - a line on stdout for each column (-H). */
void column_help(void);

/* print_rows - the table, JSON, or whatever R wants; exits with 1. */
void print_rows(const struct request *r, const struct column **which,
    size_t ncolumns, const struct row *rows, size_t n);

#endif
