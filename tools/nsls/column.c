/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/alike.h"
#include "lib/opt.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define WIDE 100 /* columns of a terminal with room for CONTAINER */

const struct column *
column_find(const char *name)
{
	for (const struct column *c = nsls_columns; c->name != NULL; c++)
		if (strcasecmp(c->name, name) == 0)
			return c;
	return NULL;
}

static _Noreturn void
no_column(const char *name)
{
	struct alike like = { .wanted = name };

	alias_fail(0, "unknown column: %s", name);
	for (const struct column *c = nsls_columns; c->name != NULL; c++)
		(void)alike_add(&like, c->name);
	opt_usage(&nsls_tool, "-o: %s",
	    alike_none(&like, "column", "nsls -H lists them"));
}

static void
choose(struct list *l, const char *names)
{
	const char *errstr;
	char item[16];

	while (names != NULL) {
		if (opt_list(&names, item, sizeof(item), &errstr) == -1)
			opt_usage(&nsls_tool, "-o: %s", errstr);
		if (l->ncolumns == COLUMNS_MAX)
			opt_usage(&nsls_tool, "-o: too many columns");
		if ((l->which[l->ncolumns++] = column_find(item)) == NULL)
			no_column(item);
	}
}

/* As lsns has them, and in its order; ours come after those. */
static const char *
defaults(const struct list *l)
{
	bool net = (l->r->types & CLONE_NEWNET) != 0;
	bool record = l->r->json || l->r->raw || l->r->null;
	bool named;

	if (l->members)
		return "PID,PPID,USER,COMMAND";
	/* A column for nothing would take the place of the commands. */
	named = !alias_has(ALIAS_COLUMNS) &&
	    (record || l->r->watch || facts_names(l->facts)->n > 0);
	if (net)
		return named ?
		    "NS,TYPE,NPROCS,PID,USER,NETNSID,NSFS,COMMAND,NAME" :
		    "NS,TYPE,NPROCS,PID,USER,NETNSID,NSFS,COMMAND";
	return named ? "NS,TYPE,NPROCS,PID,USER,COMMAND,NAME" :
		       "NS,TYPE,NPROCS,PID,USER,COMMAND";
}

/* Under its name those of lsns are all: up to ONS. */
static void
choose_all(struct list *l)
{
	const struct column *c = nsls_columns;

	for (; c->name != NULL; c++) {
		l->which[l->ncolumns++] = c;
		if (alias_has(ALIAS_COLUMNS) && strcmp(c->name, "ONS") == 0)
			return;
	}
}

void
column_choose(struct list *l)
{
	const char *names = l->r->columns;

	l->ncolumns = 0;
	/* -o is more precise than --output-all. */
	if (l->r->everything && (names == NULL || names[0] == '+'))
		choose_all(l);
	else if (names == NULL || names[0] == '+')
		choose(l, defaults(l));
	if (names != NULL)
		choose(l, names + (names[0] == '+'));
}

/* Is the width there for what is not in every row? */
static bool
is_wide(void)
{
	struct winsize w;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= WIDE;
}

void
column_container(struct list *l)
{
	const struct column *c = column_find("CONTAINER");
	const struct request *r = l->r;
	bool found = false;
	char *text;

	if (c == NULL || r->columns != NULL || r->everything || l->members ||
	    r->json || r->raw || r->null || r->watch || r->dot ||
	    alias_has(ALIAS_COLUMNS) || !is_wide())
		return;
	for (size_t i = 0; i < l->n && !found; i++) {
		text = c->value(&l->rows[i]);
		found = text != NULL;
		free(text);
	}
	if (found)
		l->which[l->ncolumns++] = c;
}

unsigned
column_want(const struct list *l)
{
	unsigned want = 0;

	for (size_t i = 0; i < l->ncolumns; i++)
		want |= l->which[i]->want;
	return want;
}

void
column_help(const struct request *r)
{
	static const char *const kinds[] = { [COLUMN_TEXT] = "<string>",
		[COLUMN_NUMBER] = "<number>",
		[COLUMN_LIST] = "<array>" };
	static const struct column columns[] = { { .name = "HOLDER" },
		{ .name = "TYPE" }, { .name = "DESCRIPTION" } };
	const struct column *which[] = { &columns[0], &columns[1],
		&columns[2] };
	const struct column *c = nsls_columns;
	char *cell[3], name[32];
	struct print *p;

	for (; c->name != NULL && !r->json && !r->raw && !r->null; c++)
		printf("%-10s%s\n", c->name, c->help);
	if (c->name == NULL)
		return;
	snprintf(name, sizeof(name), "%s-columns", getprogname());
	p = print_begin(r, name, which, 3, TREE_NONE);
	for (; c->name != NULL; c++) {
		cell[0] = value_copy(c->name);
		cell[1] = value_copy(kinds[c->kind]);
		cell[2] = value_copy(c->help);
		print_line(p, 0, cell);
	}
	print_end(p);
}
