/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/clock.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/proc.h"
#include "tools/nsls/nsls.h"

#define INTERVAL_MS 1000
#define INTERVAL_MAX (24 * 3600 * 1000)

static int
set_types(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	const struct ns_type *type;
	char item[16];

	(void)opt;
	while (arg != NULL) {
		if (opt_list(&arg, item, sizeof(item), errstr) == -1)
			return -1;
		if ((type = ns_type_by_name(item)) == NULL) {
			alias_value("type", item);
			*errstr = ns_unknown(item);
			return -1;
		}
		((struct request *)at)->types |= type->flag;
	}
	return 0;
}

/* A number has to be a process's; what else there is in a REF is seen later. */
static int
set_task(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)opt;
	((struct request *)at)->task = arg;
	if (*arg != '\0' && arg[strspn(arg, " +-0123456789")] == '\0')
		opt_number(arg, 1,
		    alias_has(ALIAS_NOBODY) ? INT_MAX : PROC_PID_MAX, errstr);
	if (*errstr == NULL)
		return 0;
	alias_fail(ERANGE, "invalid PID argument: '%s'", arg);
	return -1;
}

static int
set_tree(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	static const char *const names[] = { [TREE_OWNER] = "owner",
		[TREE_PARENT] = "parent",
		[TREE_PROCESS] = "process" };

	(void)opt;
	if (arg != NULL && *arg == '=') /* -T=parent, as lsns takes it */
		arg++;
	for (int i = TREE_OWNER; i <= TREE_PROCESS; i++)
		if (arg == NULL || strcmp(arg, names[i]) == 0) {
			((struct request *)at)->tree = (enum tree)i;
			return 0;
		}
	alias_value("tree", arg);
	*errstr = "not owner, parent or process";
	return -1;
}

static int
set_watch(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;
	int64_t ms = INTERVAL_MS;

	(void)opt;
	r->watch = true;
	if (arg != NULL && clock_parse(arg, &ms, errstr) == -1)
		return -1;
	if (ms > INTERVAL_MAX) {
		*errstr = "too large (1d at most)";
		return -1;
	}
	r->interval = (int)ms;
	return 0;
}

static int
set_lines(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;

	(void)opt;
	(void)arg;
	(void)errstr;
	r->json = r->lines = true;
	return 0;
}

static const struct opt looks[] = {
	{ '0', "null", .help = "end each value with a NUL, no headings",
	    OPT_BOOL(struct request, null) },
	{ 'J', "json", .help = "JSON", OPT_BOOL(struct request, json) },
	{ 0, "json-lines", .help = "JSON, an object a line",
	    .parse = set_lines },
	{ 'l', "list", .help = "a flat list, no tree of processes",
	    OPT_BOOL(struct request, list) },
	{ 'n', "noheadings", .help = "no headings",
	    OPT_BOOL(struct request, bare) },
	{ 'o', "output", .arg = "LIST",
	    .help = "these columns; +LIST: these as well",
	    OPT_STRING(struct request, columns) },
	{ 0, "output-all", .help = "all columns",
	    OPT_BOOL(struct request, everything) },
	{ 'r', "raw", .help = "one space between values",
	    OPT_BOOL(struct request, raw) },
	{ 'T', "tree", .arg = "[REL]",
	    .help = "a tree by owner (default), parent or process",
	    .parse = set_tree },
	{ 'u', "notruncate", .help = "cut no text short",
	    OPT_BOOL(struct request, whole) },
	{ 'W', "nowrap", .help = "lists on one line, with commas",
	    OPT_BOOL(struct request, flat) },
	{ 0 },
};

static const struct opt chooses[] = {
	{ 0, "no-threads", .help = "do not look at each thread of a process",
	    OPT_BOOL(struct request, leaders) },
	{ 'P', "persistent", .help = "only namespaces without processes",
	    OPT_BOOL(struct request, persistent) },
	{ 'p', "task", .arg = "PID|REF",
	    .help = "only the namespaces of this process", .parse = set_task },
	{ 'Q', "filter", .arg = "EXPR",
	    .help = "only what this is true of, see scols-filter(5)",
	    OPT_STRING(struct request, filter) },
	{ 'q', "quiet", .help = "do not say what could not be seen",
	    OPT_BOOL(struct request, quiet) },
	{ 'S', "scm", .help = "also what is queued on unix sockets",
	    OPT_BOOL(struct request, scm) },
	{ 0, "strict",
	    .help = "fail if anything could not be seen, others' own too",
	    OPT_BOOL(struct request, strict) },
	{ 0, "threads",
	    .help = "show threads that left their leader's namespaces",
	    OPT_BOOL(struct request, threads) },
	{ 't', "type", .arg = "TYPE,...", .help = "only these types",
	    .parse = set_types },
	{ 'v', "verbose", .help = "say who else could change what REF leads to",
	    OPT_BOOL(struct request, verbose) },
	{ 0 },
};

static const struct opt acts[] = {
	{ 'd', "diff", .help = "which namespaces of two REFs differ",
	    OPT_BOOL(struct request, diff) },
	{ 0, "dot", .help = "the hierarchy for Graphviz",
	    OPT_BOOL(struct request, dot) },
	{ 'H', "list-columns", .help = "say which columns there are",
	    OPT_BOOL(struct request, help) },
	{ 0, "wait-gone", .arg = "REF", .help = "return when it has died",
	    OPT_STRING(struct request, gone) },
	{ 0, "watch", .arg = "[SEC]",
	    .help = "namespaces as they come (+) and go (-)",
	    .parse = set_watch },
	{ 'w', "why", .help = "what keeps the namespace alive",
	    OPT_BOOL(struct request, why) },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ "What is listed", chooses, 0 },
	{ "How", looks, 0 },
	{ "In place of a listing", acts, 0 },
	{ 0 },
};

static const struct opt_habit habits[] = {
	{ "a", "all are shown" },
	{ "all", "all are shown" },
	{ "format", "--output=LIST" },
	{ "no-trunc", "--notruncate" },
	{ "sort", "nsls -rn | sort" },
	{ 0 },
};

const struct opt_tool nsls_tool = {
	.name = "nsls",
	.synopsis =
	    "nsls [-0JlnPqrSuvW] [-o LIST] [-p PID] [-Q EXPR] [-t TYPE,...]\n"
	    "     [-T[REL]] [REF ...]\n"
	    "nsls -w REF ...\n"
	    "nsls -d REF REF\n"
	    "nsls --dot [REF ...]\n"
	    "nsls --watch[=SEC] | --wait-gone=REF",
	.purpose = "List the namespaces there are and what keeps them alive.",
	.footer = "REF is what nskit(7) says; -H lists the columns.",
	.status = USAGE,
	.mixes = true,
	.habits = habits,
	.groups = groups,
};

void
request_check(const struct request *r, int n)
{
	int acting = r->why + r->diff + r->dot + r->watch + (r->gone != NULL);
	int looking = r->json + r->raw + r->null;
	const struct {
		bool wrong;
		const char *words;
	} rules[] = {
		{ acting > 1,
		    "-d, -w, --dot, --watch and --wait-gone exclude each "
		    "other" },
		{ looking > 1, "-0, -J and -r exclude each other" },
		{ r->tree != TREE_NONE && !alias_has(ALIAS_TREE) &&
			(r->raw || r->null || r->list || r->lines),
		    "-T has no flat form: not with -0, -l, -r or "
		    "--json-lines" },
		{ r->tree != TREE_NONE && acting > 0, "-T is for listings" },
		{ r->task != NULL && (n > 0 || acting > 0),
		    "-p takes neither a REF nor -d, -w, --dot, --watch or "
		    "--wait-gone" },
		{ r->task != NULL && r->persistent,
		    "-p and -P exclude each other" },
		{ r->threads && r->leaders,
		    "--threads and --no-threads exclude each other" },
		{ r->why && n == 0, "-w takes a REF" },
		{ r->diff && n != 2, "-d takes two REFs" },
		{ (r->watch || r->gone != NULL) && n > 0,
		    "--watch (--watch=SEC) and --wait-gone take no operand" },
		{ r->dot && looking > 0, "--dot has a form of its own" },
		{ (r->columns != NULL || r->everything) && acting > 0 &&
			!r->watch,
		    "-o is for listings and --watch" },
		{ r->filter != NULL && acting > 0 && !r->watch,
		    "-Q is for listings and --watch" },
	};

	if (r->json && r->raw)
		alias_fail(0, "mutually exclusive arguments: --json --raw");
	if (r->task != NULL && n > 0)
		alias_fail(0, "--task is mutually exclusive with <namespace>");
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].wrong)
			opt_usage(&nsls_tool, "%s", rules[i].words);
}
