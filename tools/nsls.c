/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <libsmartcols.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/scan.h"
#include "lib/text.h"

#define USAGE 2
#define COLUMNS_MAX 32

struct request {
	bool json, raw, bare, why, quiet, list;
	const char *columns;
	int types;
	int pid;
};

enum { NS, TYPE, NPROCS, PID, PPID, UID, USER, COMMAND, PNS, ONS, HOLDERS,
	STATE, REF };

static const struct column {
	const char *name;
	int flags;
	int json;
} columns[] = {
	[NS] = { "NS", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[TYPE] = { "TYPE", 0, SCOLS_JSON_STRING },
	[NPROCS] = { "NPROCS", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[PID] = { "PID", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[PPID] = { "PPID", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[UID] = { "UID", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[USER] = { "USER", 0, SCOLS_JSON_STRING },
	[COMMAND] = { "COMMAND", SCOLS_FL_TRUNC, SCOLS_JSON_STRING },
	[PNS] = { "PNS", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[ONS] = { "ONS", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[HOLDERS] = { "HOLDERS", SCOLS_FL_RIGHT, SCOLS_JSON_NUMBER },
	[STATE] = { "STATE", 0, SCOLS_JSON_STRING },
	[REF] = { "REF", 0, SCOLS_JSON_STRING },
};

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))
static const char defaults[] = "NS,TYPE,NPROCS,PID,USER,COMMAND";

static int
set_types(void *at, const struct opt *opt, const char *arg,
    const char **errstr)
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

#define SET(member) .parse = opt_set_bool, \
	.offset = offsetof(struct request, member)

static const struct opt rows[] = {
	{ .letter = 'J', .name = "json", SET(json), .help = "JSON" },
	{ .letter = 'l', .name = "list", SET(list),
	    .help = "a flat list, which it is anyway" },
	{ .letter = 'n', .name = "noheadings", SET(bare),
	    .help = "no headings" },
	{ .letter = 'o', .name = "output", .arg = "LIST",
	    .parse = opt_set_string,
	    .offset = offsetof(struct request, columns),
	    .help = "these columns; +LIST: these as well" },
	{ .letter = 'p', .name = "task", .arg = "PID", .parse = set_pid,
	    .help = "only the namespaces of this process" },
	{ .letter = 'q', .name = "quiet", SET(quiet),
	    .help = "do not say what could not be seen" },
	{ .letter = 'r', .name = "raw", SET(raw),
	    .help = "one space between values" },
	{ .letter = 't', .name = "type", .arg = "TYPE,...", .parse = set_types,
	    .help = "only these types" },
	{ .letter = 'w', .name = "why", SET(why),
	    .help = "what keeps the namespace alive" },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ .title = "Options", .rows = rows },
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nsls",
	.synopsis = "nsls [-Jlnqr] [-o LIST] [-p PID] [-t TYPE,...] [NS ...]\n"
		    "nsls -w NS",
	.purpose = "List the namespaces there are and what keeps them alive.",
	.footer = "Columns: NS TYPE NPROCS PID PPID UID USER COMMAND PNS ONS "
		  "HOLDERS STATE REF",
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

	if (scan_parse(text, &type, &ino) == 0)
		return ino;
	ino = (ino_t)strtonum(text + (strncmp(text, "ns:", 3) == 0 ? 3 : 0), 1,
	    LLONG_MAX, &errstr);
	if (errstr != NULL)
		opt_usage(&tool, "%s: not the inode number of a namespace",
		    text);
	return ino;
}

static size_t
choose(const char *list, size_t *which, size_t n)
{
	const char *errstr;
	char item[16];
	size_t i;

	while (list != NULL) {
		if (opt_list(&list, item, sizeof(item), &errstr) == -1)
			opt_usage(&tool, "-o: %s", errstr);
		for (i = 0; i < NCOLUMNS; i++)
			if (strcasecmp(columns[i].name, item) == 0)
				break;
		if (i == NCOLUMNS)
			opt_usage(&tool, "-o: no column %s", item);
		if (n == COLUMNS_MAX)
			opt_usage(&tool, "-o: too many columns");
		which[n++] = i;
	}
	return n;
}

/* A process may be called anything: what follows the last ')' is sure. */
static char *
parent_of(pid_t pid)
{
	char path[64], buf[1024], *s, *out = NULL;
	int ppid;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (file_get(AT_FDCWD, path, buf, sizeof(buf)) == -1 ||
	    (s = strrchr(buf, ')')) == NULL ||
	    sscanf(s, ") %*c %d", &ppid) != 1 || asprintf(&out, "%d", ppid) < 0)
		return NULL;
	return out;
}

static char *
command_of(pid_t pid)
{
	char path[64], buf[4096], out[4 * sizeof(buf)];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	len = file_get(AT_FDCWD, path, buf, sizeof(buf));
	if (len == -1 && errno == E2BIG)
		len = (ssize_t)sizeof(buf) - 1;
	if (len <= 0) {
		snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
		len = file_get(AT_FDCWD, path, buf, sizeof(buf));
	}
	while (len > 0 && (buf[len - 1] == '\0' || buf[len - 1] == '\n'))
		len--;
	if (len <= 0)
		return NULL;
	for (ssize_t i = 0; i < len; i++)
		if (buf[i] == '\0')
			buf[i] = ' ';
	text_escape(out, sizeof(out), buf, (size_t)len);
	return strdup(out);
}

static char *
user_of(pid_t pid, bool name)
{
	const struct passwd *pw;
	char path[64], *out = NULL;
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	if (stat(path, &st) == -1)
		return NULL;
	if (name && (pw = getpwuid(st.st_uid)) != NULL)
		return text_show(pw->pw_name);
	return asprintf(&out, "%u", st.st_uid) < 0 ? NULL : out;
}

static char *
number(unsigned long n, bool absent)
{
	char *out = NULL;

	return absent || asprintf(&out, "%lu", n) < 0 ? NULL : out;
}

/* Fresh memory, or NULL: there is no such value. */
static char *
value(const struct scan_ns *ns, size_t column)
{
	char *out = NULL;

	switch (column) {
	case NS:
		return number(ns->ino, false);
	case TYPE:
		return strdup(ns->type->name);
	case NPROCS:
		return number(ns->nprocs, false);
	case PID:
		return number((unsigned long)ns->pid, ns->pid == 0);
	case PPID:
		return ns->pid == 0 ? NULL : parent_of(ns->pid);
	case UID:
	case USER:
		return ns->pid == 0 ? NULL : user_of(ns->pid, column == USER);
	case COMMAND:
		return ns->pid == 0 ? NULL : command_of(ns->pid);
	case PNS:
		return number(ns->parent, ns->parent == 0);
	case ONS:
		return number(ns->owner, ns->owner == 0);
	case HOLDERS:
		return number(ns->nholders, false);
	case STATE:
		return strdup(ns->nprocs > 0 ? "live" : "held");
	case REF:
		return asprintf(&out, "%s:[%lu]", ns->type->name,
		    (unsigned long)ns->ino) < 0 ? NULL : out;
	default:
		return NULL;
	}
}

static struct libscols_table *
table_new(const struct request *r, const size_t *which, size_t n)
{
	struct libscols_table *t = scols_new_table();
	struct libscols_column *c;

	if (t == NULL)
		fail_errno(1, "table");
	scols_table_enable_json(t, r->json);
	scols_table_enable_raw(t, r->raw);
	scols_table_enable_noheadings(t, r->bare);
	/* What is unsafe is escaped already; libsmartcols would do it twice. */
	scols_table_enable_noencoding(t, 1);
	scols_table_set_name(t, "namespaces");
	for (size_t i = 0; i < n; i++) {
		c = scols_table_new_column(t, columns[which[i]].name, 0,
		    columns[which[i]].flags);
		if (c == NULL)
			fail_errno(1, "table");
		scols_column_set_json_type(c, columns[which[i]].json);
	}
	return t;
}

static void
row_add(struct libscols_table *t, const struct request *r,
    const struct scan_ns *ns, const size_t *which, size_t n)
{
	struct libscols_line *line = scols_table_new_line(t, NULL);
	char *text;

	if (line == NULL)
		fail_errno(1, "table");
	for (size_t i = 0; i < n; i++) {
		text = value(ns, which[i]);
		if (text == NULL && !r->json)
			text = strdup("-");
		if (text != NULL && scols_line_refer_data(line, i, text) != 0)
			fail_errno(1, "table");
	}
}

static void
print_why(const struct scan_ns *ns)
{
	char *path;

	for (const struct scan_holder *h = ns->holders; h; h = h->next) {
		printf("%s:[%lu]\t%s", ns->type->name, (unsigned long)ns->ino,
		    h->kind);
		if (h->pid != 0)
			printf("\tpid:%d", (int)h->pid);
		if (strcmp(h->kind, "fd") == 0)
			printf("/fd/%ld", h->number);
		else if (h->number != 0)
			printf("\t%s:%ld", h->pid != 0 ? "tid" : "ns",
			    h->number);
		if (h->path != NULL) {
			if ((path = text_show(h->path)) == NULL)
				fail_errno(1, "table");
			printf("\t%s", path);
			free(path);
		}
		printf("\n");
	}
}

static void
print_all(const struct request *r, const struct scan *s, ino_t *only, size_t no)
{
	size_t which[COLUMNS_MAX], n = 0, i;
	const char *list = r->columns;
	struct libscols_table *t;

	if (list == NULL || list[0] == '+')
		n = choose(defaults, which, 0);
	if (list != NULL)
		n = choose(list + (list[0] == '+'), which, n);
	t = table_new(r, which, n);
	for (size_t k = 0; k < s->n; k++) {
		for (i = 0; i < no && s->ns[k]->ino != only[i]; i++)
			;
		if (no == 0 || i < no)
			row_add(t, r, s->ns[k], which, n);
	}
	if (scols_print_table(t) != 0)
		fail_errno(1, "standard output");
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
	first = opt_parse(&tool, argc, argv, &r);
	if (r.why && (first != argc - 1 || r.pid != 0 || r.json))
		opt_usage(&tool, "-w takes one namespace, and not -p or -J");
	if ((only = calloc((size_t)argc, sizeof(*only))) == NULL)
		fail_errno(1, "namespaces");
	for (i = first; i < argc; i++)
		only[i - first] = operand(argv[i]);
	signal(SIGPIPE, SIG_DFL);
	if (scan_all(&s, r.types ? r.types : NS_ALL_FLAGS, r.pid) == -1)
		fail_errno(1, r.pid != 0 ? "/proc/%d" : "/proc", r.pid);
	for (i = first; i < argc; i++) {
		if ((ns = scan_find(&s, only[i - first])) == NULL) {
			fail_warn("%s: no such namespace to be seen", argv[i]);
			status = 1;
		} else if (r.why)
			print_why(ns);
	}
	if (!r.why)
		print_all(&r, &s, only, (size_t)(argc - first));
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(1, "standard output");
	if (s.unseen > 0 && !r.quiet)
		fail_warn("incomplete: %zu processes, threads or mount tables "
		    "could not be read: %s", s.unseen, strerror(EACCES));
	return s.unseen > 0 ? 1 : status;
}
