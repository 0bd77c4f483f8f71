/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/alike.h"
#include "lib/opt.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

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
	char names[128] = "";

	for (const struct column *c = nsls_columns; c->name != NULL; c++)
		if (alike(c->name, name) && strlen(names) < 64) {
			strlcat(names, names[0] == '\0' ? " (there is " : ", ",
			    sizeof(names));
			strlcat(names, c->name, sizeof(names));
		}
	strlcat(names, names[0] == '\0' ? "" : ")", sizeof(names));
	opt_usage(&nsls_tool, "-o: no column %s%s", name, names);
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

static const char *
defaults(const struct list *l)
{
	if (l->members)
		return "PID,PPID,USER,COMMAND";
	/* NPROCS counts over all processes: -p reads one. */
	if (l->r->pid != 0)
		return "NS,TYPE,PID,USER,NAME,COMMAND";
	if (l->r->types & CLONE_NEWNET)
		return "NS,TYPE,NPROCS,PID,USER,NETNSID,NSFS,NAME,COMMAND";
	return "NS,TYPE,NPROCS,PID,USER,NAME,COMMAND";
}

void
column_choose(struct list *l)
{
	const char *names = l->r->columns;

	l->ncolumns = 0;
	if (l->r->everything)
		for (; nsls_columns[l->ncolumns].name != NULL; l->ncolumns++)
			l->which[l->ncolumns] = &nsls_columns[l->ncolumns];
	else if (names == NULL || names[0] == '+')
		choose(l, defaults(l));
	if (names != NULL)
		choose(l, names + (names[0] == '+'));
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
column_help(void)
{
	for (const struct column *c = nsls_columns; c->name != NULL; c++)
		printf("%-10s%s\n", c->name, c->help);
}
