/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/auxv.h>
#include <sys/types.h>

#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/alike.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/opt.h"

#define ROWS_MAX 128
#define LONG_ONLY 256 /* what getopt returns for row N is LONG_ONLY + N */
#define HELP_COLUMN 27

static const struct opt own_rows[] = {
	{ 'h', "help", .help = "show this and exit" },
	{ 'V', "version", .help = "show the version and exit" },
	{ 0 },
};

/* All rows of a tool side by side, as getopt_long(3) wants them. */
struct table {
	size_t n;
	const struct opt *row[ROWS_MAX];
	size_t at[ROWS_MAX];
	struct option longs[ROWS_MAX + 1];
	char shorts[3 * ROWS_MAX + 3];
};

static bool
is_row(const struct opt *row)
{
	return row->letter != 0 || row->name != NULL;
}

/* What the letter (or else the long name) takes, in getopt's numbers. */
static int
takes(const struct opt *row, bool letter)
{
	if (row->arg == NULL)
		return no_argument;
	if (row->arg[0] == '=')
		return letter ? no_argument : optional_argument;
	return row->arg[0] == '[' ? optional_argument : required_argument;
}

static void
table_add(struct table *t, const struct opt *rows, size_t at, size_t *nlong)
{
	char *s = t->shorts + strlen(t->shorts);

	for (; is_row(rows); rows++) {
		if (t->n == ROWS_MAX)
			abort();
		t->row[t->n] = rows;
		t->at[t->n] = at;
		if (rows->name != NULL)
			t->longs[(*nlong)++] = (struct option){ rows->name,
				takes(rows, false), NULL,
				LONG_ONLY + (int)t->n };
		if (rows->letter != 0) {
			*s++ = (char)rows->letter;
			for (int k = takes(rows, true); k > 0; k--)
				*s++ = ':';
			*s = '\0';
		}
		t->n++;
	}
}

static void
table_make(struct table *t, const struct opt_tool *tool)
{
	const struct opt_group *g;
	size_t nlong = 0;

	memset(t, 0, sizeof(*t));
	/* '+': the first operand ends the options; ':': we do the talking. */
	strlcpy(t->shorts, "+:", sizeof(t->shorts));
	for (g = tool->groups; g->rows != NULL; g++)
		table_add(t, g->rows, g->at, &nlong);
	table_add(t, own_rows, 0, &nlong);
}

static void
print_row(const struct opt *row)
{
	const char *arg = row->arg, *sep = "=";
	int len;

	if (row->help == NULL)
		return;
	if (arg == NULL)
		arg = sep = "";
	else if (arg[0] == '=')
		arg++;
	if (arg[0] == '[') { /* [FILE] is written --mount[=FILE] */
		sep = "[=";
		arg++;
	}
	if (row->letter != 0 && row->name != NULL)
		len = printf(
		    " -%c, --%s%s%s", row->letter, row->name, sep, arg);
	else if (row->letter != 0)
		len = printf(" -%c%s%s", row->letter, arg[0] ? " " : "", arg);
	else
		len = printf("     --%s%s%s", row->name, sep, arg);
	if (len >= HELP_COLUMN - 1)
		len = printf("\n") - 1;
	printf("%*s%s\n", HELP_COLUMN - len, "", row->help);
}

static int
status_of(const struct opt_tool *tool)
{
	return alias_has(ALIAS_STATUS_1) ? EXIT_FAILURE : tool->status;
}

static _Noreturn void
finish_stdout(const struct opt_tool *tool)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(status_of(tool), "standard output");
	exit(0);
}

static void
print_usage(const struct opt_tool *tool)
{
	const char *line, *end;
	const char *lead = "usage: ";

	for (line = tool->synopsis; line != NULL; line = end) {
		end = strchr(line, '\n');
		printf("%s%.*s\n", lead,
		    end == NULL ? (int)strlen(line) : (int)(end - line), line);
		lead = "       ";
		end = end == NULL || end[1] == '\0' ? NULL : end + 1;
	}
	printf("\n%s\n", tool->purpose);
}

static _Noreturn void
print_help(const struct opt_tool *tool)
{
	const struct alias *alias = alias_has(ALIAS_HELP) ? alias_now() : NULL;
	const struct opt_group *g;

	if (alias != NULL)
		printf("\nUsage:\n %s %s\n\n%s\n\nOptions:\n", alias->name,
		    alias->synopsis, alias->purpose);
	else
		print_usage(tool);
	for (g = tool->groups; g->rows != NULL; g++) {
		/* What has no heading goes on with the group before. */
		if (alias == NULL ? g->title != NULL : g != tool->groups)
			printf("\n");
		if (alias == NULL && g->title != NULL)
			printf("%s:\n", g->title);
		for (const struct opt *row = g->rows; is_row(row); row++)
			print_row(row);
	}
	printf("\n");
	for (const struct opt *row = own_rows; is_row(row); row++)
		print_row(row);
	if (alias != NULL)
		printf("\nFor more details see %s(1).\n", tool->name);
	else if (tool->footer != NULL)
		printf("\n%s\n", tool->footer);
	finish_stdout(tool);
}

static _Noreturn void
print_version(const struct opt_tool *tool)
{
	if (alias_has(ALIAS_HELP))
		alias_version();
	else
		printf("%s (nskit) %s\n", tool->name, PACKAGE_VERSION);
	finish_stdout(tool);
}

/* "--mount=x" and "-mun" as the user's word for the message. */
static void
word_of(const struct opt *row, bool is_long, char *word, size_t size)
{
	if (is_long || row->letter == 0)
		snprintf(word, size, "--%s", row->name);
	else
		snprintf(word, size, "-%c", row->letter);
}

/* The first LEN bytes of WORD are an option of other tools: what it is here. */
static const char *
habit(const struct opt_tool *tool, const char *word, size_t len)
{
	const struct opt_habit *h = tool->habits;

	for (; h != NULL && h->word != NULL; h++)
		if (strlen(h->word) == len && strncmp(h->word, word, len) == 0)
			return alias_has(ALIAS_WORDS) ? NULL : h->ours;
	return NULL;
}

/* WORD is no option: which are like it? */
static _Noreturn void
unknown(const struct opt_tool *tool, const struct table *t, const char *word)
{
	char name[64];
	struct alike like = { .wanted = name, .lead = "--" };
	size_t len = strcspn(word, "=");
	const char *ours = habit(tool, word + 2, len - 2);

	if (ours != NULL)
		opt_usage(
		    tool, "unrecognized option '%s' (here: %s)", word, ours);
	snprintf(name, sizeof(name), "%.*s", (int)len - 2, word + 2);
	for (const struct option *l = t->longs; l->name != NULL; l++)
		(void)alike_add(&like, l->name);
	if (like.n == 0 || alias_has(ALIAS_WORDS))
		opt_usage(tool, "unrecognized option '%s'", word);
	opt_usage(
	    tool, "unrecognized option '%s' (there is %s)", word, like.names);
}

/*
 * Why getopt_long(3) said '?' to WORD: unknown, ambiguous, or no argument, in
 * glibc's words, which scripts look for.
 */
static _Noreturn void
refuse(const struct opt_tool *tool, const struct table *t, const char *word)
{
	char names[512] = "";
	size_t len = strcspn(word, "="), n = 0;
	const struct option *l;
	const char *ours;

	if (strncmp(word, "--", 2) != 0 || len == 2) {
		ours = habit(tool, &(char){ (char)optopt }, 1);
		opt_usage(tool, "invalid option -- '%c'%s%s%s", optopt,
		    ours == NULL ? "" : " (here: ", ours == NULL ? "" : ours,
		    ours == NULL ? "" : ")");
	}
	for (l = t->longs; l->name != NULL; l++) {
		if (strncmp(l->name, word + 2, len - 2) != 0)
			continue;
		if (strlen(l->name) == len - 2 && l->has_arg == no_argument)
			opt_usage(tool,
			    "option '--%s' doesn't allow an "
			    "argument",
			    l->name);
		strlcat(names, n++ ? "' '--" : "'--", sizeof(names));
		strlcat(names, l->name, sizeof(names));
	}
	if (n == 1 && word[len] == '=')
		opt_usage(tool, "option %s' doesn't allow an argument", names);
	if (n > 0)
		opt_usage(tool,
		    "option '%.*s' is ambiguous; possibilities: "
		    "%s'",
		    (int)len, word, names);
	unknown(tool, t, word);
}

static void
take(const struct opt_tool *tool, const struct opt *row, void *at, bool is_long)
{
	struct opt used = *row;
	const char *errstr = NULL;
	char word[64];

	if (is_long)
		used.letter = 0;
	if (row->parse(at, &used, optarg, &errstr) == 0)
		return;
	if (row->name != NULL && optarg != NULL)
		alias_value(row->name, optarg);
	word_of(row, is_long, word, sizeof(word));
	if (optarg != NULL)
		fail(status_of(tool), "%s %s: %s", word, optarg, errstr);
	fail(status_of(tool), "%s: %s", word, errstr);
}

/* The place in the table of what getopt_long(3) calls VALUE. */
static size_t
find(const struct table *t, int value)
{
	if (value >= LONG_ONLY && (size_t)(value - LONG_ONLY) < t->n)
		return (size_t)(value - LONG_ONLY);
	for (size_t i = 0; i < t->n; i++)
		if (value == t->row[i]->letter && value != 0)
			return i;
	abort(); /* it is from this table */
}

/* Do what getopt_long(3) found: VALUE, in the argument WORD. */
static void
act(const struct opt_tool *tool, const struct table *t, int value,
    const char *word, void *request)
{
	bool missing = value == ':', is_long;
	char name[64];
	size_t i;

	if (value == '?')
		refuse(tool, t, word);
	if (missing)
		value = optopt;
	i = find(t, value);
	is_long = value >= LONG_ONLY;
	/* What is another tool's whole word is no abbreviation of ours. */
	if (is_long && strlen(t->row[i]->name) != strcspn(word, "=") - 2 &&
	    habit(tool, word + 2, strcspn(word, "=") - 2) != NULL)
		unknown(tool, t, word);
	if (missing) {
		word_of(t->row[i], is_long, name, sizeof(name));
		if (is_long || t->row[i]->letter == 0)
			opt_usage(
			    tool, "option '%s' requires an argument", name);
		opt_usage(tool, "option requires an argument -- '%c'",
		    t->row[i]->letter);
	}
	if (t->row[i]->parse != NULL)
		take(tool, t->row[i], (char *)request + t->at[i], is_long);
	else if (t->row[i]->letter == 'h')
		print_help(tool);
	else
		print_version(tool);
}

/*
 * WORD, an abbreviation of the old program's, written out: our own options may
 * have made it ambiguous.  WORD itself if it is none.
 */
static char *
written_out(const struct table *t, char *word)
{
	static char whole[4096];
	size_t len = strcspn(word, "=");
	const char *name;

	if (strncmp(word, "--", 2) != 0 || len == 2 ||
	    !alias_has(ALIAS_ABBREVIATIONS))
		return word;
	for (const struct option *l = t->longs; l->name != NULL; l++)
		if (strlen(l->name) == len - 2 &&
		    strncmp(l->name, word + 2, len - 2) == 0)
			return word;
	if ((name = alias_option(word + 2, len - 2)) == NULL ||
	    (size_t)snprintf(whole, sizeof(whole), "--%s%s", name,
		word + len) >= sizeof(whole))
		return word;
	return strdup(whole);
}

/* Turn the N words at ARGV so that the one at BY comes first. */
static void
turn(char **argv, int n, int by)
{
	char *first;

	for (; by > 0; by--) {
		first = argv[0];
		memmove(argv, argv + 1, (size_t)(n - 1) * sizeof(*argv));
		argv[n - 1] = first;
	}
}

/* Move operands at WORD to the end, where those behind END are already. */
static int
operands_last(int argc, char **argv, int word, int end)
{
	for (; word < end; end--) {
		if (argv[word][0] == '-' && argv[word][1] != '\0')
			break;
		turn(argv + word, argc - word, 1);
	}
	return end;
}

int
opt_parse(const struct opt_tool *tool, int argc, char **argv, void *request)
{
	struct table t;
	int value, word, end = argc;

	/* Privileges of ours would be the caller's to use as he likes. */
	if (getauxval(AT_SECURE) != 0)
		fail(status_of(tool),
		    "not to be run set-user-ID, set-group-ID "
		    "or with file capabilities");
	table_make(&t, tool);
	optind = 1;
	opterr = 0;
	for (;;) {
		/* What is refused is this word, which optind will pass. */
		word = optind > 0 ? optind : 1;
		if (tool->mixes)
			end = operands_last(argc, argv, word, end);
		if (word < end)
			argv[word] = written_out(&t, argv[word]);
		value = getopt_long(argc, argv, t.shorts, t.longs, NULL);
		if (value == -1 && optind < end) /* those after "--" */
			turn(argv + optind, argc - optind, end - optind);
		if (value == -1)
			return optind;
		act(tool, &t, value, argv[word], request);
	}
}

/* Is NAME, a long name or its beginning, ROW without what it may take? */
static bool
lacks_attached(const char *name, size_t len, const struct opt *row)
{
	return row->name != NULL && row->arg != NULL &&
	    row->arg[row->arg[0] == '='] == '[' &&
	    strncmp(row->name, name, len) == 0;
}

const struct opt *
opt_apart(const struct opt_tool *tool, char *const argv[], int first)
{
	const struct opt_group *g;
	const struct opt *row;
	const char *word;

	if (first < 2 || argv[first] == NULL)
		return NULL;
	word = argv[first - 1];
	if (strncmp(word, "--", 2) != 0 || word[2] == '\0')
		return NULL;
	for (g = tool->groups; g->rows != NULL; g++)
		for (row = g->rows; is_row(row); row++)
			if (lacks_attached(word + 2, strlen(word + 2), row))
				return row;
	return NULL;
}

const char *
opt_attach(const struct opt *row, const char *word)
{
	static char text[256];

	snprintf(text, sizeof(text), "what --%s takes is attached: --%s=%s",
	    row->name, row->name, word);
	return text;
}

void
opt_usage(const struct opt_tool *tool, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (alias_has(ALIAS_WORDS)) {
		fail_warn("%s", line);
		dprintf(STDERR_FILENO,
		    "Try '%s --help' for more information.\n", getprogname());
		exit(status_of(tool));
	}
	fail(status_of(tool), "%s; try '%s --help'", line, getprogname());
}

int
opt_set_bool(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)arg, (void)errstr;
	*(bool *)((char *)at + opt->offset) = true;
	return 0;
}

int
opt_set_string(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)errstr;
	*(const char **)((char *)at + opt->offset) = arg;
	return 0;
}

int
opt_set_int(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)arg, (void)errstr;
	*(int *)((char *)at + opt->offset) = (int)opt->value;
	return 0;
}

long long
opt_number(const char *text, long long min, long long max, const char **errstr)
{
	static char why[64];
	long long n;

	/* libbsd's leaves errno alone. */
	n = strtonum(text, min, max, errstr);
	if (*errstr == NULL)
		return n;
	if (strcmp(*errstr, "too small") == 0)
		snprintf(why, sizeof(why), "too small (%lld or more)", min);
	else if (strcmp(*errstr, "too large") == 0)
		snprintf(why, sizeof(why), "too large (%lld at most)", max);
	else
		strlcpy(why, "not a number", sizeof(why));
	*errstr = why;
	return n;
}

int
opt_set_fd(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	*(int *)((char *)at + opt->offset) = (int)opt_number(
	    arg, 0, INT_MAX, errstr);
	return *errstr == NULL ? 0 : -1;
}

int
opt_list(const char **list, char *item, size_t size, const char **errstr)
{
	size_t len = strcspn(*list, ",");

	if (len == 0 || len >= size) {
		*errstr = len == 0 ? "empty item in the list" : "item too long";
		return -1;
	}
	memcpy(item, *list, len);
	item[len] = '\0';
	*list = (*list)[len] == ',' ? *list + len + 1 : NULL;
	return 0;
}
