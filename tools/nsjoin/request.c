/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/uapi.h"
#include "tools/nsjoin/request.h"

/* ":NSID" is how nsenter(1) spells id:NSID.  Returns NULL on failure. */
static const char *
spell_ref(const char *arg)
{
	char *spelt;

	if (*arg != ':')
		return arg;
	return asprintf(&spelt, "id%s", arg) == -1 ? NULL : spelt;
}

/* -n, -n/path, -n=REF, --net=REF; in -mun the rest is letters. */
static int
parse_type(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	const struct ns_type *type = ns_type_by_flag((int)opt->value);
	struct enter_request *r = at;

	r->types |= type->flag;
	if (arg == NULL)
		return 0;
	if (opt->letter == 0 || strchr("=/.:", *arg) != NULL) {
		if (opt->letter != 0 && *arg == '=')
			arg++;
		if ((r->from[ns_index(type)] = spell_ref(arg)) != NULL)
			return 0;
		*errstr = strerror(errno);
		return -1;
	}
	for (; *arg != '\0'; arg++) {
		if ((type = ns_type_by_letter(*arg)) == NULL) {
			*errstr = strcmp(arg, "t") == 0 ?
			    "docker's -it is --pty" :
			    "neither letters of types nor a REF (-n=REF)";
			return -1;
		}
		r->types |= type->flag;
	}
	return 0;
}

/* A number may come as ps(1) prints it, with blanks before it. */
static int
parse_target(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct enter_request *r = at;

	(void)opt;
	if (r->target != NULL) {
		alias_fail(0, "option --target may be given only once");
		*errstr = "there was one before; --file has several";
		return -1;
	}
	r->target = arg + strspn(arg, " ");
	return 0;
}

/* -r, -r/dir, -r=/dir, --root=/dir: the target's ("") or that one. */
static int
parse_place(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)errstr;
	if (arg != NULL && opt->letter != 0 && *arg == '=')
		arg++;
	*(const char **)((char *)at + opt->offset) = arg == NULL ? "" : arg;
	return 0;
}

/* Alone it is nsenter's, that of the target. */
static int
parse_env(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct enter_request *r = at;

	if (arg != NULL)
		return env_add(&r->environment, arg, errstr);
	r->env = true;
	r->lone_envs += opt->letter == 0;
	r->letter_env = r->letter_env || opt->letter != 0;
	return 0;
}

static int
parse_user_parent(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct enter_request *r = at;

	(void)opt, (void)arg, (void)errstr;
	r->types |= CLONE_NEWUSER;
	r->user_parent = true;
	return 0;
}

#define THE(letter, name, type, words)                              \
	{                                                           \
		letter, name, .arg = "[REF]", .help = "the " words, \
			      .parse = parse_type, .value = type    \
	}

const struct opt enter_options[] = {
	NS_OPTIONS(THE),
	{ 'N', "net-socket", .arg = "FD",
	    .help = "the network namespace of the target's socket FD",
	    OPT_FD(struct enter_request, socket) },
	{ 'a', "all", .help = "all that differ from ours (default)",
	    OPT_BOOL(struct enter_request, all) },
	{ 't', "target", .arg = "REF",
	    .help = "whose namespaces: a process, a pin, a set",
	    .parse = parse_target },
	{ 0, "user-parent", .help = "the parent of the user namespace",
	    .parse = parse_user_parent },
	{ 0 },
};

const struct opt command_options[] = {
	{ 'F', "no-fork", .help = "no child, though in a PID namespace",
	    OPT_BOOL(struct enter_request, no_fork) },
	{ 'G', "setgid", .arg = "GID|NAME|follow",
	    .help = "group ID (0 in a user namespace)",
	    OPT_STRING(struct enter_request, cred.group) },
	{ 'S', "setuid", .arg = "UID|NAME|follow",
	    .help = "user ID (0 in a user namespace)",
	    OPT_STRING(struct enter_request, cred.user) },
	{ 'W', "wdns", .arg = "DIR",
	    .help = "the working directory, by its name inside",
	    .parse = parse_place,
	    .offset = offsetof(struct enter_request, wdns) },
	{ 'X', "exec", .arg = "FILE", .help = "run this file of ours inside",
	    OPT_STRING(struct enter_request, program.file) },
	{ 'Z', "follow-context", .help = "the security label of the target",
	    OPT_BOOL(struct enter_request, follow_label) },
	{ 'c', "join-cgroup", .help = "the cgroups of the target",
	    OPT_BOOL(struct enter_request, join_cgroup) },
	{ 'e', "env", .arg = "=[NAME=VALUE]",
	    .help = "the environment of the target; or set a variable",
	    .parse = parse_env },
	{ 0, "init",
	    .help = "end all it leaves, also when nsjoin ends or is killed",
	    OPT_BOOL(struct enter_request, init) },
	{ 0, "init-groups", .help = "all groups that the user of -S is in",
	    OPT_BOOL(struct enter_request, init_groups) },
	{ 0, "keep-caps", .help = "it keeps those of the user namespace",
	    OPT_BOOL(struct enter_request, cred.caps.keep) },
	{ 0, "login", .help = "HOME, USER and SHELL of its user inside",
	    OPT_BOOL(struct enter_request, login) },
	{ 0, "mount-proc",
	    .help = "proc of its PID namespace on /proc, for it alone",
	    OPT_BOOL(struct enter_request, mount_proc) },
	{ 0, "preserve-credentials", .help = "leave user and groups alone",
	    OPT_BOOL(struct enter_request, preserve) },
	{ 'r', "root", .arg = "[DIR]", .help = "the root of the target, or DIR",
	    .parse = parse_place,
	    .offset = offsetof(struct enter_request, root) },
	{ 'v', "verbose", .help = "say what is entered, and what stays",
	    OPT_BOOL(struct enter_request, verbose) },
	{ 'w', "wd", .arg = "[DIR]",
	    .help = "the working directory of the target, or DIR",
	    .parse = parse_place,
	    .offset = offsetof(struct enter_request, wd) },
	{ 0, "with-libs", .help = "with -X, its loader and libraries as well",
	    OPT_BOOL(struct enter_request, program.with_libs) },
	{ 0 },
};

bool
request_has_target(const struct enter_request *r)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->from[i] != NULL)
			return true;
	return r->target != NULL;
}

bool
request_follows(const char *text)
{
	return text != NULL && strcmp(text, "follow") == 0;
}

bool
request_takes_variable(
    struct enter_request *r, const char *option, const char *word)
{
	size_t len = strcspn(word, "=");
	const char *errstr;
	char name[16];

	if (strcmp(option, "--env") != 0 || word[len] == '\0' || len == 0 ||
	    word[strspn(word,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
		"wxyz0123456789_")] != '=')
		return false;
	snprintf(name, sizeof(name), "%.*s", (int)len, word);
	if (ns_type_by_name(name) != NULL ||
	    env_add(&r->environment, word, &errstr) == -1)
		return false;
	/* It was no --env of the target's, then. */
	r->env = --r->lone_envs > 0 || r->letter_env;
	return true;
}

const char *
request_misread(const char *option, const char *word)
{
	static const struct {
		const char *name;
		char letter;
		const char *sign; /* that WORD is no REF */
		const char *hint;
	} rows[] = {
		{ "--env", 'e', "=", "a variable is --env=NAME=VALUE" },
		{ "--root", 'r', "/", "the DIR of -r is attached: --root=DIR" },
		{ "--user", 'u', "000:", "the user is -S USER -G GROUP" },
		{ "--user", 'u', "root", "the user is -S USER" },
		{ "--wd", 'w', "/", "-W DIR is a directory inside" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strstr(word, rows[i].sign) != NULL &&
		    (strcmp(option, rows[i].name) == 0 ||
			(option[0] == '-' && option[1] != '-' &&
			    option[strlen(option) - 1] == rows[i].letter)))
			return rows[i].hint;
	return NULL;
}

bool
request_is_name(const char *text)
{
	return text != NULL && !request_follows(text) &&
	    text[strspn(text, "-0123456789")] != '\0';
}

bool
request_becomes_root(const struct enter_request *r, int joins)
{
	return (joins & CLONE_NEWUSER) && !r->preserve && !r->act.on;
}

bool
request_changes_ids(const struct enter_request *r, int joins)
{
	return !r->act.on &&
	    (request_becomes_root(r, joins) || r->cred.user != NULL ||
		r->cred.group != NULL);
}

/* The first pair of options that exclude each other, or NULL. */
static const char *
contradiction(const struct enter_request *r)
{
	const struct {
		bool found;
		const char *errstr;
	} rules[] = {
		{ r->act.excepts && !r->act.on, "--except: needs --act-as" },
		{ actas_takes(&r->act, ACTAS_IDS) && r->preserve,
		    "--act-as: takes the IDs of the target "
		    "(--except=ids,groups leaves ours)" },
		{ r->mount_proc && r->no_fork,
		    "--mount-proc: only a child is in the PID namespace: not "
		    "with --no-fork" },
		{ r->init_groups && r->cred.user == NULL,
		    "--init-groups: whose? It needs -S" },
		{ actas_takes(&r->act, ACTAS_CAPS) && r->cred.caps.keep,
		    "--act-as: takes the capabilities of the target "
		    "(--except=caps)" },
		{ r->program.with_libs && r->program.file == NULL,
		    "--with-libs is for the file of --exec" },
		/* The loader believes what it finds in there. */
		{ r->program.with_libs && !r->act.on,
		    "--with-libs needs -A: what the loader opens inside would "
		    "have our rights" },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].found)
			return rules[i].errstr;
	return NULL;
}

int
request_check(struct enter_request *r, const char **errstr)
{
	struct cred_request names = r->cred;

	if ((*errstr = contradiction(r)) != NULL)
		return -1;
	/* Of the target, or the place that it is in: not known yet. */
	if (request_follows(names.user) || request_is_name(names.user))
		names.user = NULL;
	if (request_follows(names.group) || request_is_name(names.group))
		names.group = NULL;
	if (cred_resolve(&names, errstr) == -1)
		return -1;
	/* The end of the time is that of all; both need a watcher. */
	r->init |= r->watch.timeout != 0 || r->watch.forward_set;
	if (r->init && r->no_fork) {
		*errstr = "--init, --timeout and --forward need a child: "
			  "not with --no-fork";
		return -1;
	}
	r->cred.uid = names.uid;
	r->cred.gid = names.gid;
	if (actas_takes(&r->act, ACTAS_FDS))
		r->environment.close_fds = true;
	if (actas_takes(&r->act, ACTAS_KEYRING)) {
		r->environment.new_keyring = true;
		r->environment.keyring_hint = actas_hint(
		    &r->act, ACTAS_KEYRING);
	}
	return 0;
}
