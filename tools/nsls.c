/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/scan.h"
#include "lib/text.h"
#include "tools/nsls.h"

static const char defaults[] = "NS,TYPE,NPROCS,PID,USER,COMMAND";

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
			*errstr = "not a type of namespace";
			return -1;
		}
		((struct request *)at)->types |= type->flag;
	}
	return 0;
}

static int
set_pid(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)opt;
	((struct request *)at)->pid = (int)strtonum(arg, 1, INT_MAX, errstr);
	return *errstr == NULL ? 0 : -1;
}

#define SET(member) \
	.parse = opt_set_bool, .offset = offsetof(struct request, member)

static const struct opt options[] = {
	{ .letter = '0',
	    .name = "null",
	    SET(null),
	    .help = "end each value with a NUL, no headings" },
	{ .letter = 'H',
	    .name = "list-columns",
	    SET(help),
	    .help = "say which columns there are" },
	{ .letter = 'J', .name = "json", SET(json), .help = "JSON" },
	{ .letter = 'l',
	    .name = "list",
	    SET(list),
	    .help = "a flat list, which it is anyway" },
	{ .letter = 'n',
	    .name = "noheadings",
	    SET(bare),
	    .help = "no headings" },
	{ .letter = 'o',
	    .name = "output",
	    .arg = "LIST",
	    .parse = opt_set_string,
	    .offset = offsetof(struct request, columns),
	    .help = "these columns; +LIST: these as well" },
	{ .name = "output-all", SET(everything), .help = "all columns" },
	{ .letter = 'P',
	    .name = "persistent",
	    SET(persistent),
	    .help = "only namespaces without processes" },
	{ .letter = 'p',
	    .name = "task",
	    .arg = "PID",
	    .parse = set_pid,
	    .help = "only the namespaces of this process" },
	{ .letter = 'q',
	    .name = "quiet",
	    SET(quiet),
	    .help = "do not say what could not be seen" },
	{ .letter = 'r',
	    .name = "raw",
	    SET(raw),
	    .help = "one space between values" },
	{ .letter = 't',
	    .name = "type",
	    .arg = "TYPE,...",
	    .parse = set_types,
	    .help = "only these types" },
	{ .letter = 'u',
	    .name = "notruncate",
	    SET(whole),
	    .help = "cut no text short" },
	{ .letter = 'W',
	    .name = "nowrap",
	    SET(flat),
	    .help = "lists on one line, with commas" },
	{ .letter = 'w',
	    .name = "why",
	    SET(why),
	    .help = "what keeps the namespace alive" },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ .title = "Options", .rows = options },
	{ 0 },
};

const struct opt_tool nsls_tool = {
	.name = "nsls",
	.synopsis = "nsls [-0JlnPqruW] [-o LIST] [-p PID] [-t TYPE,...] "
		    "[NS ...]\n"
		    "nsls -w NS",
	.purpose = "List the namespaces there are and what keeps them alive.",
	.footer = "-H lists the columns.",
	.status = USAGE,
	.groups = groups,
};

/* NS, ns:NS or TYPE:[NS] */
static ino_t
operand(const char *text)
{
	const struct ns_type *type;
	const char *errstr;
	ino_t ino;

	if (ns_parse(text, &type, &ino) == 0)
		return ino;
	ino = (ino_t)strtonum(text + (strncmp(text, "ns:", 3) == 0 ? 3 : 0), 1,
	    LLONG_MAX, &errstr);
	if (errstr != NULL)
		opt_usage(&nsls_tool, "%s: not the inode number of a namespace",
		    text);
	return ino;
}

static void
print_why(const struct scan_ns *ns)
{
	char *where;

	for (const struct scan_holder *h = ns->holders; h; h = h->next) {
		printf("%s:[%lu]\t%s", ns->type->name, (unsigned long)ns->ino,
		    scan_kind_name(h->kind));
		where = scan_holder_text(h);
		printf("\t%s", where != NULL ? where : "?");
		if (h->kind == SCAN_MOUNT)
			printf("\tmnt:[%lu]", (unsigned long)h->mntns);
		printf("\n");
		free(where);
	}
}

static void
print_all(const struct request *r, const struct scan *s, const ino_t *only,
    size_t nonly)
{
	const struct column *which[COLUMNS_MAX];
	const char *list = r->columns;
	struct row *rows = calloc(s->n + 1, sizeof(*rows));
	size_t ncolumns = 0, n = 0, i;

	if (rows == NULL)
		fail_errno(1, "namespaces");
	if (r->everything)
		ncolumns = column_all(which);
	else if (list == NULL || list[0] == '+')
		ncolumns = column_choose(defaults, which, 0);
	if (list != NULL)
		ncolumns = column_choose(
		    list + (list[0] == '+'), which, ncolumns);
	for (size_t k = 0; k < s->n; k++) {
		for (i = 0; i < nonly && s->ns[k]->ino != only[i]; i++)
			;
		if ((nonly > 0 && i == nonly) ||
		    (r->persistent && s->ns[k]->nprocs > 0))
			continue;
		rows[n].ns = s->ns[k];
		rows[n++].pid = s->ns[k]->pid;
	}
	print_rows(r, which, ncolumns, rows, n);
	free(rows);
}

static void
scan(struct scan *s, const struct request *r)
{
	const char *errstr;
	struct scan_request q = {
		.types = r->types ? r->types : NS_ALL_FLAGS,
		.pid = r->pid,
		.want = SCAN_NPROCS | SCAN_HOLDERS | SCAN_UP | SCAN_EVERYWHERE,
	};

	if (scan_all(s, &q, &errstr) == 0)
		return;
	if (r->pid != 0)
		fail(1, "/proc/%d: %s", r->pid, errstr);
	fail(1, "/proc: %s", errstr);
}

static int
incomplete(const struct scan *s, const struct request *r)
{
	char words[256];

	if (scan_incomplete(&s->unseen, words, sizeof(words)) == NULL)
		return 0;
	if (!r->quiet)
		fail_warn("incomplete: %s", words);
	return 1;
}

int
main(int argc, char **argv)
{
	struct request r = { 0 };
	struct scan_ns *ns;
	struct scan s;
	ino_t *only;
	int i, first, status = 0;

	file_guard_standard(USAGE);
	first = opt_parse(&nsls_tool, argc, argv, &r);
	if (r.help) {
		column_help();
		return fflush(stdout) == EOF ? 1 : 0;
	}
	if (r.why && (first != argc - 1 || r.pid != 0 || r.json))
		opt_usage(
		    &nsls_tool, "-w takes one namespace, and not -p or -J");
	if ((only = calloc((size_t)argc, sizeof(*only))) == NULL)
		fail_errno(1, "namespaces");
	for (i = first; i < argc; i++)
		only[i - first] = operand(argv[i]);
	signal(SIGPIPE, SIG_DFL);
	scan(&s, &r);
	for (i = first; i < argc; i++) {
		if ((ns = scan_find(&s, NULL, only[i - first])) == NULL) {
			fail_warn("%s: no such namespace to be seen", argv[i]);
			status = 1;
		} else if (r.why)
			print_why(ns);
	}
	if (!r.why)
		print_all(&r, &s, only, (size_t)(argc - first));
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(1, "standard output");
	return incomplete(&s, &r) ? 1 : status;
}
