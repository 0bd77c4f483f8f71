/* SPDX-License-Identifier: ISC */
/*
 * nspin - keep namespaces alive under a name, and let go of them.
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/idmap.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/pin/pin.h"
#include "lib/sig.h"
#include "lib/text.h"
#include "lib/uapi.h"
#include "tools/nspin/nspin.h"

static int
parse_type(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;

	(void)arg;
	(void)errstr;
	r->types |= (int)opt->value;
	return 0;
}

static int
parse_verb(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;

	(void)arg;
	if (r->verb != 0 && r->verb != (int)opt->value) {
		*errstr = "one job at a time";
		return -1;
	}
	r->verb = (int)opt->value;
	return 0;
}

static int
parse_kill(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;

	(void)opt;
	r->kill = arg == NULL ? SIGTERM : sig_parse(arg, errstr);
	return r->kill == -1 ? -1 : 0;
}

static const struct opt verbs[] = {
	{ 'M', "rename", .help = "OLD NEW: another name for it",
	    .parse = parse_verb, .value = 'M' },
	{ 'd', "delete", .help = "let go of NAME ...", .parse = parse_verb,
	    .value = 'd' },
	{ 'f', "file", .arg = "FILE",
	    .help = "keep what the lines of FILE say, unless it is there",
	    OPT_STRING(struct request, file) },
	{ 'g', "gc", .help = "remove what is dead or was left half made",
	    .parse = parse_verb, .value = 'g' },
	{ 'l', "list", .help = "list names and what they hold",
	    .parse = parse_verb, .value = 'l' },
	{ 'q', "query", .help = "is all of NAME alive, and may we enter it?",
	    .parse = parse_verb, .value = 'q' },
	{ 0 },
};

static const struct opt how[] = {
	{ '0', "null", .help = "with -l: each value ends in a NUL, no headings",
	    OPT_BOOL(struct request, null) },
	{ 'F', "force",
	    .help = "with -d: unmount it wherever else it is mounted",
	    OPT_BOOL(struct request, force) },
	{ 'H', "holder",
	    .help = "by a process, not by mounts; with -l: no headings",
	    OPT_BOOL(struct request, holder) },
	{ 'J', "json", .help = "with -l: as JSON",
	    OPT_BOOL(struct request, json) },
	{ 'N', "dry-run", .help = "with -g: only print",
	    OPT_BOOL(struct request, dry) },
	{ 'k', "kill", .arg = "=[SIG]",
	    .help = "with -d: end what is inside by SIG (TERM), then KILL",
	    .parse = parse_kill },
	{ 0, "mount-proc", .help = "with -p: mount proc in there, in a new -m",
	    OPT_BOOL(struct request, mount_proc) },
	{ 0, "netns", .help = "let ip-netns(8) see the name, too",
	    OPT_BOOL(struct request, netns) },
	{ 0, "noheadings", .help = "with -l: no headings",
	    OPT_BOOL(struct request, no_headings) },
	{ 0, "setup", .arg = "CMD",
	    .help = "run sh -c CMD in the new ones before they show",
	    OPT_STRING(struct request, hook) },
	{ 't', "target", .arg = "REF",
	    .help = "keep the namespaces of REF, not new ones",
	    OPT_STRING(struct request, target) },
	{ 'v', "verbose",
	    .help = "say where it is kept, and who else could change REF",
	    OPT_BOOL(struct request, verbose) },
	{ 0, "while", .arg = "REF", .help = "let go when that process ends",
	    OPT_STRING(struct request, until) },
	{ 0 },
};

#define TYPE(letter, name, type, words)                           \
	{                                                         \
		letter, name, .help = words, .parse = parse_type, \
			      .value = type                       \
	}

static const struct opt type_rows[] = {
	NS_OPTIONS(TYPE),
	{ 'a', "all",
	    .help = "all eight; with -t all of REF, with -d all names",
	    OPT_BOOL(struct request, all) },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ "What to do", verbs, 0 },
	{ "How", how, 0 },
	{ "Namespaces", type_rows, 0 },
	{ NULL, net_options, offsetof(struct request, net) },
	{ "User namespace", idmap_options, offsetof(struct request, idmap) },
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nspin",
	.synopsis = "nspin [-muinpUCT | -a] [-H] [-t REF] NAME ...\n"
		    "nspin -f FILE\n"
		    "nspin -d [-F] [-k] NAME ... | -a\n"
		    "nspin -l [-J] [-H] [-0] [NAME ...]\n"
		    "nspin -q NAME\n"
		    "nspin -g [-N]\n"
		    "nspin -M OLD NEW",
	.purpose = "Keep namespaces under a name, and let go of them.",
	.status = EXIT_USAGE,
	.groups = groups,
};

/* NAME is a command of ip-netns(8): what that is here. */
static const char *
habit(const char *name)
{
	static const char *const rows[][2] = {
		{ "add", "; to add one: nspin -n NAME" },
		{ "del", "; to delete one: nspin -d NAME" },
		{ "delete", "; to delete one: nspin -d NAME" },
		{ "attach",
		    "; to keep those of a process: nspin -n -t PID NAME" },
		{ "exec", "; to enter one: nsjoin NAME" },
		{ "identify", "; to see those of a process: nsls -p PID" },
		{ "list", "; to list them: nspin -l" },
		{ "ls", "; to list them: nspin -l" },
		{ "monitor", "; to see them come and go: nsls --watch" },
		{ "pids", "; to see what is in one: nsls -w NAME" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(name, rows[i][0]) == 0)
			return rows[i][1];
	return "";
}

/* NAME is the first. */
static void
check_keep(struct request *r, const char *name)
{
	if (idmap_wanted(&r->idmap))
		r->types |= CLONE_NEWUSER;
	if (r->target != NULL) {
		if (r->hook != NULL || r->mount_proc || r->net.lo != -1 ||
		    idmap_wanted(&r->idmap))
			opt_usage(&tool,
			    "--setup, --mount-proc, --lo and ID maps are for "
			    "new namespaces, not for those of -t");
		if (r->all)
			r->types = 0;
		return;
	}
	if (r->all)
		r->types |= NS_ALL_FLAGS;
	if (r->types == 0)
		opt_usage(&tool,
		    "which namespaces? Letters for new ones (-n), or -t "
		    "REF%s",
		    habit(name));
	if (r->mount_proc && (r->types & CLONE_NEWPID) == 0)
		opt_usage(&tool, "--mount-proc needs -p");
	if (r->mount_proc)
		r->types |= CLONE_NEWNS;
	if (r->net.lo == 1 && (r->types & CLONE_NEWNET) == 0)
		opt_usage(&tool, "--lo needs -n");
}

/* A name, or a path that the user gave. */
static void
print_name(const char *name)
{
	char shown[4 * PATH_MAX];

	text_escape(shown, sizeof(shown), name, strlen(name));
	if (printf("%s\n", shown) < 0)
		fail_errno(EXIT_NO, "standard output");
}

static int
clean(const struct request *r)
{
	int rc = pin_clean(r->dry, print_name), errnum = errno;
	int status = stale_clean(r->dry, print_name);

	errno = errnum;
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(EXIT_NO, "standard output");
	if (rc == -1)
		fail_errno(EXIT_NO, "cannot clean the pin directory");
	return status;
}

static int
rename_pin(char **names)
{
	if (pin_rename(names[0], names[1]) == 0)
		return 0;
	if (errno == EREMOTE)
		fail(EXIT_NO, "%s: it is not one of ours", names[0]);
	if (errno == ENOENT || errno == EPERM)
		fail(EXIT_NO, "%s: %s", names[0],
		    pin_missing(names[0], errno, 0));
	fail(EXIT_NO, "%s %s: %s", names[0], names[1],
	    pin_missing(names[0], errno, 0));
}

static void
check_verb(const struct request *r)
{
	const bool keeps = r->verb == 0, lists = r->verb == 'l';
	const struct {
		bool broken;
		const char *errstr;
	} rules[] = {
		{ r->dry && r->verb != 'g', "-N needs -g" },
		{ r->force && r->verb != 'd', "-F needs -d" },
		{ r->kill != 0 && r->verb != 'd', "-k needs -d" },
		{ (r->json || r->null || r->no_headings) && !lists,
		    "-J, -0 and --noheadings need -l" },
		{ r->holder && !keeps && !lists,
		    "-H keeps new ones, or goes with -l" },
		{ (r->netns || r->verbose || r->hook != NULL ||
		      r->until != NULL || r->target != NULL || r->types != 0 ||
		      r->mount_proc || r->net.lo != -1 ||
		      (r->all && r->verb != 'd') || idmap_wanted(&r->idmap)) &&
			!keeps,
		    "letters of types, -t and other options for what to keep "
		    "go with no other job" },
		{ r->json && r->null, "-J or -0?" },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].broken)
			opt_usage(&tool, "%s", rules[i].errstr);
}

/* How many names each job takes. */
static void
count_names(const struct request *r, int n)
{
	static const struct {
		int verb, min, max;
		const char *errstr;
	} jobs[] = {
		{ 0, 1, INT_MAX, "NAME is missing" },
		{ 'M', 2, 2, "-M takes two names: OLD NEW" },
		{ 'd', 1, INT_MAX, "-d takes a NAME, or -a for all" },
		{ 'g', 0, 0, "-g takes no name" },
		{ 'l', 0, INT_MAX, NULL },
		{ 'q', 1, 1, "-q takes one NAME" },
	};
	size_t i = 0;

	while (jobs[i].verb != r->verb)
		i++;
	if (r->file != NULL) {
		if (n > 0 || r->verb != 0)
			opt_usage(&tool, "-f goes with no name and no job");
		return;
	}
	if (r->all && r->verb == 'd') {
		if (n > 0)
			opt_usage(&tool, "names or -a?");
		return;
	}
	if (n < jobs[i].min || n > jobs[i].max)
		opt_usage(&tool, "%s", jobs[i].errstr);
}

/* Is the I-th name that of a pin to be made? */
static bool
is_new(const struct request *r, int i)
{
	return r->verb == 0 || (r->verb == 'M' && i == 1);
}

static void
check_names(const struct request *r, int n, char **names)
{
	count_names(r, n);
	/* As a REF has it: what is kept already may be called anything. */
	for (int i = 0; i < n; i++)
		if (!is_new(r, i) && strncmp(names[i], "name:", 5) == 0)
			names[i] += 5;
	for (int i = 0; i < n && r->verb != 'd'; i++)
		if (is_new(r, i) && !pin_name_valid(names[i]))
			fail(EXIT_USAGE, "%s: " PIN_NAME_WORDS, names[i]);
		else if (!pin_name_possible(names[i]))
			fail(EXIT_USAGE, "%s: not a name", names[i]);
}

struct names {
	char **name;
	size_t n;
};

static int
add_name(void *arg, int run, const char *dir, const char *name)
{
	struct names *all = arg;
	struct stat st;

	/* Those of root, which everybody sees, are root's. */
	if (!pindir_owns(dir) || fstat(run, &st) == -1 ||
	    st.st_uid != geteuid())
		return 0;
	all->name = reallocarray(all->name, all->n + 2, sizeof(*all->name));
	if (all->name == NULL || (all->name[all->n] = strdup(name)) == NULL)
		fail_errno(EXIT_NO, "-a");
	all->name[++all->n] = NULL;
	return 0;
}

/* Every name that is ours to let go of; *STATUS: were all seen? */
static char **
all_names(int *status)
{
	static char *none[] = { NULL };
	struct names all = { NULL, 0 };

	*status = nspin_each(add_name, &all);
	return all.n == 0 ? none : all.name;
}

static char **
parse(struct request *r, int argc, char **argv)
{
	char **names;

	*r = (struct request){ .net = { .lo = -1 },
		.idmap = IDMAP_REQUEST_DEFAULT };
	names = argv + opt_parse(&tool, argc, argv, r);
	check_verb(r);
	check_names(r, (int)(argv + argc - names), names);
	if (r->verb == 0 && r->file == NULL)
		check_keep(r, names[0]);
	return names;
}

int
main(int argc, char **argv)
{
	static struct request r;
	char **names;
	int status = 0;

	setprogname("nspin");
	fail_set_status(EXIT_NO);
	file_guard_standard(EXIT_NO);
	/* A caller that ignores it would keep us from waiting. */
	(void)signal(SIGCHLD, SIG_DFL);
	names = parse(&r, argc, argv);
	if (r.file != NULL)
		return nspin_declare(r.file, argv, parse);
	switch (r.verb) {
	case 'd':
		if (r.all)
			names = all_names(&status);
		return nspin_drop(&r, names) | status;
	case 'g':
		return clean(&r);
	case 'l':
		return nspin_list(&r, names);
	case 'M':
		return rename_pin(names);
	case 'q':
		return nspin_query(names[0]);
	default:
		for (; *names != NULL; names++)
			nspin_keep(&r, *names, argv);
		return 0;
	}
}
