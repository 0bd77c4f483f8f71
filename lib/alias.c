/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"

#define LIKE "2.42" /* the util-linux whose habits these are */

static const struct alias aliases[] = {
	{ "unshare", "nsunshare", "[options] [<program> [<argument>...]]",
	    "Run a program with some namespaces unshared from the parent." },
	{ "nsenter", "nsjoin", "[options] [<program> [<argument>...]]",
	    "Run a program with namespaces of other processes." },
	{ "lsns", "nsls", "[options] [<namespace>]",
	    "List system namespaces." },
};

#define NALIASES (sizeof(aliases) / sizeof(aliases[0]))

/* The words are those of COMPATIBILITY in the page of the tool. */
static const struct {
	const char *name;
	enum alias_habit habit;
	const char *words;
} habits[] = {
	{ "unshare", ALIAS_STATUS_1,
	    "a failure of its own is status 1, not 125" },
	{ "unshare", ALIAS_HELP, "--help and -V are laid out as there" },
	{ "unshare", ALIAS_ABBREVIATIONS,
	    "what was an unambiguous abbreviation stays one" },
	{ "unshare", ALIAS_WORDS,
	    "the commonest refusals are worded as there, without a cause" },
	{ "unshare", ALIAS_NO_FILE, "the FILE of --TYPE=FILE has to be there" },
	{ "unshare", ALIAS_QUIET_PID, "-p without -f is not remarked on" },
	{ "unshare", ALIAS_LEAVES_REST,
	    "what the command leaves running is not ended" },
	{ "unshare", ALIAS_IGNORES,
	    "SIGINT and SIGTERM are passed on with --forward-signals only" },
	{ "nsenter", ALIAS_STATUS_1,
	    "a failure of its own is status 1, not 125" },
	{ "nsenter", ALIAS_HELP, "--help and -V are laid out as there" },
	{ "nsenter", ALIAS_ABBREVIATIONS,
	    "what was an unambiguous abbreviation stays one" },
	{ "nsenter", ALIAS_WORDS,
	    "the commonest refusals are worded as there, without a cause" },
	{ "nsenter", ALIAS_NO_REF,
	    "all operands are the command, the target is that of -t" },
	{ "nsenter", ALIAS_NUMBERS,
	    "a number is a process, also where a pin has that name" },
	{ "nsenter", ALIAS_NO_DEFAULT,
	    "where no type is asked for, none is entered" },
	{ "lsns", ALIAS_STATUS_1, "a usage error is status 1, not 2" },
	{ "lsns", ALIAS_HELP, "--help and -V are laid out as there" },
	{ "lsns", ALIAS_ABBREVIATIONS,
	    "what was an unambiguous abbreviation stays one" },
	{ "lsns", ALIAS_WORDS,
	    "the commonest refusals are worded as there, without a cause" },
	{ "lsns", ALIAS_COLUMNS,
	    "the columns are its alone, and as wide, NETNSID may be "
	    "unassigned, PNS "
	    "and ONS may be 0, and in a record what is absent is empty" },
	{ "lsns", ALIAS_LOWEST,
	    "with -p, too, PID is the lowest process of the namespace" },
	{ "lsns", ALIAS_TREE,
	    "without -l, processes are a tree: drawn in COMMAND, nested in "
	    "JSON" },
	{ "lsns", ALIAS_JSON,
	    "JSON is laid out as there, NETNSID and NSFS are strings" },
	{ "lsns", ALIAS_NOBODY,
	    "-p of a process that is not to be seen lists nothing, with "
	    "status 0" },
};

/* What each says of a value; a quote that it opens is closed after it. */
static const struct {
	const char *name, *option, *words;
} refusals[] = {
	{ "unshare", "boottime", "failed to parse boottime offset: '" },
	{ "unshare", "kill-child", "unknown signal: " },
	{ "unshare", "map-group", "failed to parse gid: '" },
	{ "unshare", "map-groups", "could not parse ID: '" },
	{ "unshare", "map-user", "failed to parse uid: '" },
	{ "unshare", "map-users", "could not parse ID: '" },
	{ "unshare", "monotonic", "failed to parse monotonic offset: '" },
	{ "unshare", "propagation", "unsupported propagation mode: " },
	{ "unshare", "setgid", "failed to parse gid: '" },
	{ "unshare", "setgroups", "unsupported --setgroups argument '" },
	{ "unshare", "setuid", "failed to parse uid: '" },
	{ "nsenter", "setgid", "failed to parse gid: '" },
	{ "nsenter", "setuid", "failed to parse uid: '" },
	{ "nsenter", "target", "failed to parse pid: '" },
	{ "lsns", "task", "invalid PID argument: '" },
	{ "lsns", "tree", "unknown tree type: " },
	{ "lsns", "type", "unknown namespace type: " },
};

/*
 * The long options of each program, oldest version first: "--for" was --fork
 * before there was --forward-signals, and is in scripts.
 */
static const struct {
	const char *name;
	const char *options;
} peers[] = {
	{ "unshare",
	    "boottime cgroup fork help ipc keep-caps kill-child map-auto "
	    "map-current-user map-group map-groups map-root-user map-user "
	    "map-users monotonic mount mount-proc net pid propagation root "
	    "setgid setgroups setuid time user uts version wd" },
	{ "unshare",
	    "boottime cgroup clear-env fork forward-signals help ipc keep-caps "
	    "kill-child load-interp map-auto map-current-user map-group "
	    "map-groups map-root-user map-subids map-user map-users monotonic "
	    "mount mount-binfmt mount-proc net owner pid propagation root "
	    "setgid setgroups setuid time user uts version wd whitelist-env" },
	{ "nsenter",
	    "all cgroup follow-context help ipc mount net no-fork pid "
	    "preserve-credentials root setgid setuid target time user uts "
	    "version wd wdns" },
	{ "nsenter",
	    "all cgroup env follow-context help ipc join-cgroup keep-caps "
	    "mount net net-socket no-fork pid preserve-credentials root setgid "
	    "setuid target time user user-parent uts version wd wdns" },
	{ "lsns",
	    "help json list noheadings notruncate nowrap output output-all "
	    "raw task tree type version" },
	{ "lsns",
	    "filter help json list list-columns noheadings notruncate nowrap "
	    "output output-all persistent raw task tree type version" },
};

void
alias_begin(const char *argv0, const char *tool)
{
	const char *slash, *name = argv0 == NULL ? tool : argv0;

	if ((slash = strrchr(name, '/')) != NULL)
		name = slash + 1;
	setprogname(tool);
	for (size_t i = 0; i < NALIASES; i++)
		if (strcmp(aliases[i].name, name) == 0 &&
		    strcmp(aliases[i].tool, tool) == 0)
			setprogname(aliases[i].name);
	if (alias_has(ALIAS_STATUS_1))
		fail_set_status(EXIT_FAILURE);
}

const struct alias *
alias_now(void)
{
	for (size_t i = 0; i < NALIASES; i++)
		if (strcmp(aliases[i].name, getprogname()) == 0)
			return &aliases[i];
	return NULL;
}

bool
alias_has(enum alias_habit habit)
{
	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++)
		if (habits[i].habit == habit &&
		    strcmp(habits[i].name, getprogname()) == 0)
			return true;
	return false;
}

/* The one word of OPTIONS that begins with the LEN bytes of WORD, or NULL. */
static const char *
only_one(const char *options, const char *word, size_t len)
{
	const char *one = NULL;

	for (const char *o = options; *o != '\0'; o += strspn(o, " ")) {
		size_t length = strcspn(o, " ");

		if (strncmp(o, word, len) == 0) {
			if (length == len)
				return o;
			if (one != NULL)
				return NULL;
			one = o;
		}
		o += length;
	}
	return one;
}

const char *
alias_option(const char *word, size_t len)
{
	static char name[32];
	const char *one;

	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
		if (strcmp(peers[i].name, getprogname()) != 0)
			continue;
		one = only_one(peers[i].options, word, len);
		if (one == NULL)
			continue;
		snprintf(
		    name, sizeof(name), "%.*s", (int)strcspn(one, " "), one);
		return name;
	}
	return NULL;
}

void
alias_fail(int errnum, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	if (!alias_has(ALIAS_WORDS))
		return;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	fail_why(EXIT_CANCELED, errnum, NULL, "%s", line);
}

void
alias_value(const char *option, const char *arg)
{
	const char *words;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		words = refusals[i].words;
		if (strcmp(refusals[i].name, getprogname()) == 0 &&
		    strcmp(refusals[i].option, option) == 0)
			alias_fail(0, "%s%s%s", words, arg,
			    words[strlen(words) - 1] == '\'' ? "'" : "");
	}
}

void
alias_version(void)
{
	printf("%s from util-linux %s (nskit %s)\n", getprogname(), LIKE,
	    PACKAGE_VERSION);
}
