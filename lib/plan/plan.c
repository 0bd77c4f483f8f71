/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/plan/plan.h"
#include "lib/uapi.h"

/* TEXT as docker's value for a type: what it is here. */
static const char *
docker_value(const char *text)
{
	static const struct {
		const char *word, *why;
	} rows[] = {
		{ "container:", "of a container it is --join=TYPE=REF" },
		{ "host",
		    "without the option it is that of the host; a file of "
		    "that name is ./host" },
		{ "none",
		    "the option alone makes a new one; a file of that name "
		    "is ./none" },
		{ "private",
		    "the option alone makes a new one; a file of that name "
		    "is ./private" },
	};
	size_t len = strcspn(text, ":") + (strchr(text, ':') != NULL);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].word) == len &&
		    strncmp(rows[i].word, text, len) == 0)
			return rows[i].why;
	return NULL;
}

static int
parse_type(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct plan *p = at;

	if (arg != NULL && arg[0] == '\0') {
		*errstr = "empty name of a file";
		return -1;
	}
	if (arg != NULL && (*errstr = docker_value(arg)) != NULL &&
	    access(arg, F_OK) == -1)
		return -1;
	if (arg != NULL)
		p->keep.file[ns_index(ns_type_by_flag((int)opt->value))] = arg;
	p->types |= (int)opt->value;
	return 0;
}

/* "--user 1000:1000" and "-u 0" are docker's; "-u id" is ours. */
static bool
is_user(const char *option, const char *word)
{
	size_t len = strlen(option);

	if (strcmp(option, "--user") == 0)
		return strchr(word, '/') == NULL;
	return len > 1 && option[0] == '-' && option[1] != '-' &&
	    option[len - 1] == 'u' &&
	    (strcmp(word, "root") == 0 ||
		word[strspn(word, "0123456789:")] == '\0');
}

const char *
plan_misread(const struct opt_tool *tool, char *const argv[], int first)
{
	const struct opt *row = opt_apart(tool, argv, first);
	const char *why = NULL;

	if (first > 1 && argv[first] != NULL &&
	    is_user(argv[first - 1], argv[first]))
		return "the user of the command is -S USER, its group -G GROUP";
	if (row == NULL)
		return NULL;
	if (row->parse == parse_type)
		why = docker_value(argv[first]);
	return why != NULL ? why : opt_attach(row, argv[first]);
}

#define NEW(letter, name, type, words)                                \
	{                                                             \
		letter, name, .arg = "=[FILE]", .help = "new " words, \
			      .parse = parse_type, .value = type      \
	}

const struct opt plan_type_options[] = {
	NS_OPTIONS(NEW),
	{ 'a', "all", .help = "all eight", .parse = parse_type,
	    .value = NS_ALL_FLAGS },
	{ 0, "pin", .arg = "NAME",
	    .help = "keep the new ones under NAME, as nspin does",
	    OPT_STRING(struct plan, keep.name) },
	{ 0 },
};

const struct opt_habit plan_habits[] = {
	{ "cap-add", "--caps=LIST" },
	{ "cap-drop", "--caps=LIST" },
	{ "chdir", "--wd=DIR" },
	{ "cpus", "--into-cgroup=PATH" },
	{ "die-with-parent", "--kill-child" },
	{ "e", "--env=NAME=VALUE" },
	{ "entrypoint", "the command" },
	{ "env-file", "--env=NAME=VALUE" },
	{ "gidmap", "--map-groups=RANGE" },
	{ "init", "nsclone -p" },
	{ "memory", "--into-cgroup=PATH" },
	{ "mnt", "--mount" },
	{ "name", "--pin=NAME" },
	{ "network", "--net" },
	{ "new-session", "--pty" },
	{ "privileged", "nothing is taken without --caps" },
	{ "proc", "--mount-proc" },
	{ "read-only", "--bind=/DIR:ro" },
	{ "rm", "nothing stays but what --pin keeps" },
	{ "ro-bind", "--bind=SOURCE:DIR:ro" },
	{ "security-opt", "--no-new-privs" },
	{ "setenv", "--env=NAME=VALUE" },
	{ "t", "--pty" },
	{ "uidmap", "--map-users=RANGE" },
	{ "v", "--bind=SOURCE:DIR" },
	{ "volume", "--bind=SOURCE:DIR" },
	{ "workdir", "--wd=DIR" },
	{ 0 },
};

/* Options that say for themselves which namespace they are about. */
static void
imply(struct plan *p)
{
	const struct {
		bool asked;
		int types;
	} implied[] = {
		{ idmap_wanted(&p->idmap), CLONE_NEWUSER },
		{ mnt_needs_ns(&p->mnt), CLONE_NEWNS },
		{ place_wanted(&p->places), CLONE_NEWNS },
		{ p->mnt.binfmt != NULL, CLONE_NEWUSER },
		{ uts_wanted(&p->uts), CLONE_NEWUTS },
	};

	for (size_t i = 0; i < sizeof(implied) / sizeof(implied[0]); i++)
		if (implied[i].asked)
			p->types |= implied[i].types;
}

/* What unshare finds out in the middle of it, or has words for. */
static void
say_as_unshare(const struct plan *p)
{
	if (timens_wanted(&p->timens) && !(p->types & UAPI_CLONE_NEWTIME))
		alias_fail(0,
		    "options --monotonic and --boottime require unsharing of "
		    "a time namespace (-t)");
	if (p->idmap.setgroups == 0 && !(p->types & CLONE_NEWUSER))
		alias_fail(EPERM, "write failed /proc/self/setgroups");
}

static int
check_contradictions(const struct plan *p, const char **errstr)
{
	const struct {
		bool asked;
		bool allowed;
		const char *errstr;
	} rules[] = {
		{ timens_wanted(&p->timens), p->types & UAPI_CLONE_NEWTIME,
		    "--monotonic, --boottime: they need -T" },
		{ p->net.lo == 1, p->types & CLONE_NEWNET, "--lo: needs -n" },
		{ timens_wanted(&p->timens),
		    (p->joined.types & (CLONE_NEWUSER | CLONE_NEWNS)) == 0,
		    "--monotonic, --boottime: not with --join=user and "
		    "--join=mnt: enter these first, by nsjoin" },
		{ keep_wanted(&p->keep), (p->joined.types & CLONE_NEWNS) == 0,
		    "--pin, --TYPE=FILE: not with --join=mnt: enter that "
		    "first, by nsjoin" },
		{ p->hooks.n > 0, p->fork || (p->types & CLONE_NEWPID) == 0,
		    "--setup: with -p it needs --fork: it would be PID 1, with "
		    "which the PID namespace ends" },
		{ p->pty.on, !p->handover.detach, "--pty: not with --detach" },
		{ p->watch.wait_all,
		    (p->types & CLONE_NEWPID) && !p->watch.as_pid1,
		    "--wait-all: needs -p, and not -I" },
		{ p->idmap.setgroups == 0, p->types & CLONE_NEWUSER,
		    "--setgroups deny: needs -U" },
		{ p->cred.caps.no_userns, p->types & CLONE_NEWUSER,
		    "--disable-userns: needs -U" },
		{ place_wanted(&p->places), mnt_stays_inside(&p->mnt),
		    "--propagation: with --bind, --dev and --tmpfs it is "
		    "private or slave" },
		{ place_covers_root(&p->places), p->root.dir != NULL,
		    "--bind, --tmpfs: a mount on / needs -R" },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].asked && !rules[i].allowed) {
			*errstr = rules[i].errstr;
			return -1;
		}
	return 0;
}

/* Whose own ID becomes another one is that one inside, and not root. */
static bool
may_be_root(const struct idmap_side *side, const struct idmap *map)
{
	return idmap_has_inside(map, 0) &&
	    (!side->single || side->inside_id == 0);
}

/* The maps of a user namespace that is entered are not known yet. */
static bool
checks_ids(const struct plan *p)
{
	return !p->explain && (p->joined.types & CLONE_NEWUSER) == 0;
}

/* May maps that we do not write be written in the meantime? */
static bool
may_be_mapped(const struct plan *p)
{
	return p->handover.hold_fd != -1 || p->hooks.n > 0;
}

int
plan_check(struct plan *p, const char **errstr)
{
	imply(p);
	say_as_unshare(p);
	/* What a user namespace gives is kept, and nothing else. */
	if (((p->types | p->joined.types) & CLONE_NEWUSER) == 0)
		p->cred.caps.keep = false;
	if (p->types & CLONE_NEWUSER)
		p->cred.job = &p->maps;
	if (check_contradictions(p, errstr) == -1 ||
	    joined_check(&p->joined, p->types, errstr) == -1 ||
	    handover_check(&p->handover, errstr) == -1 ||
	    idmap_resolve(&p->idmap, &p->maps, errstr) == -1 ||
	    timens_check(&p->timens, errstr) == -1 ||
	    cred_resolve(&p->cred, errstr) == -1 ||
	    (checks_ids(p) &&
		cred_check(&p->cred, !may_be_mapped(p), errstr) == -1) ||
	    keep_check(&p->keep, p->types, !p->fork, errstr) == -1)
		return -1;
	/* Other mounts than private ones cannot be let go of alone. */
	p->root.pivot = p->root.pivot && (p->types & CLONE_NEWNS) &&
	    mnt_stays_inside(&p->mnt);
	p->uid0_inside = may_be_root(&p->idmap.users, &p->maps.users);
	p->gid0_inside = may_be_root(&p->idmap.groups, &p->maps.groups);
	return 0;
}
