/* SPDX-License-Identifier: ISC */
/*
 * nsjoin - enter namespaces that exist, then become the command.
 */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/seal.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "tools/nsjoin/batch.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/fdpass.h"
#include "tools/nsjoin/wait.h"

/* -n, -n/path, -n=REF, --net=REF; in -mun the rest is letters. */
static int
parse_type(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	const struct ns_type *type = ns_type_by_flag((int)opt->value);
	struct enter *e = at;

	e->types |= type->flag;
	if (arg == NULL)
		return 0;
	if (opt->letter == 0 || strchr("=/.:", *arg) != NULL) {
		if (opt->letter != 0 && *arg == '=')
			arg++;
		e->from[ns_index(type)] = arg;
		return 0;
	}
	for (; *arg != '\0'; arg++) {
		if ((type = ns_type_by_letter(*arg)) == NULL) {
			*errstr = "neither letters of types nor a REF (-n=REF)";
			return -1;
		}
		e->types |= type->flag;
	}
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

static int
parse_user_parent(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct enter *e = at;

	(void)opt, (void)arg, (void)errstr;
	e->types |= CLONE_NEWUSER;
	e->user_parent = true;
	return 0;
}

static const struct opt type_options[] = {
	{ 'C', "cgroup", .arg = "[REF]", .help = "the cgroup namespace",
	    .parse = parse_type, .value = CLONE_NEWCGROUP },
	{ 'N', "net-socket", .arg = "FD",
	    .help = "the network namespace of the target's socket FD",
	    OPT_FD(struct enter, socket) },
	{ 'T', "time", .arg = "[REF]", .help = "the time namespace",
	    .parse = parse_type, .value = UAPI_CLONE_NEWTIME },
	{ 'U', "user", .arg = "[REF]", .help = "the user namespace",
	    .parse = parse_type, .value = CLONE_NEWUSER },
	{ 'a', "all", .help = "all that differ from ours (default)",
	    OPT_BOOL(struct enter, all) },
	{ 'i', "ipc", .arg = "[REF]", .help = "the IPC namespace",
	    .parse = parse_type, .value = CLONE_NEWIPC },
	{ 'm', "mount", .arg = "[REF]", .help = "the mount namespace",
	    .parse = parse_type, .value = CLONE_NEWNS },
	{ 'n', "net", .arg = "[REF]", .help = "the network namespace",
	    .parse = parse_type, .value = CLONE_NEWNET },
	{ 'p', "pid", .arg = "[REF]", .help = "the PID namespace",
	    .parse = parse_type, .value = CLONE_NEWPID },
	{ 't', "target", .arg = "REF",
	    .help = "whose namespaces: a process, a pin, a set",
	    OPT_STRING(struct enter, target) },
	{ 'u', "uts", .arg = "[REF]", .help = "the UTS namespace",
	    .parse = parse_type, .value = CLONE_NEWUTS },
	{ 0, "user-parent", .help = "the parent of the user namespace",
	    .parse = parse_user_parent },
	{ 0 },
};

static const struct opt command_options[] = {
	{ 'F', "no-fork", .help = "no child, though in a PID namespace",
	    OPT_BOOL(struct enter, no_fork) },
	{ 'G', "setgid", .arg = "GID|NAME|follow",
	    .help = "group ID (0 in a user namespace)",
	    OPT_STRING(struct enter, cred.group) },
	{ 'S', "setuid", .arg = "UID|NAME|follow",
	    .help = "user ID (0 in a user namespace)",
	    OPT_STRING(struct enter, cred.user) },
	{ 'W', "wdns", .arg = "DIR",
	    .help = "the working directory, by its name inside",
	    .parse = parse_place, .offset = offsetof(struct enter, wdns) },
	{ 'X', "exec", .arg = "FILE", .help = "run this file of ours inside",
	    OPT_STRING(struct enter, program.file) },
	{ 'Z', "follow-context", .help = "the security label of the target",
	    OPT_BOOL(struct enter, follow_label) },
	{ 'c', "join-cgroup", .help = "the cgroup of the target",
	    OPT_BOOL(struct enter, join_cgroup) },
	{ 'e', "env", .help = "the environment of the target",
	    OPT_BOOL(struct enter, env) },
	{ 0, "keep-caps", .help = "it keeps those of the user namespace",
	    OPT_BOOL(struct enter, cred.caps.keep) },
	{ 0, "preserve-credentials", .help = "leave user and groups alone",
	    OPT_BOOL(struct enter, preserve) },
	{ 'r', "root", .arg = "[DIR]", .help = "the root of the target, or DIR",
	    .parse = parse_place, .offset = offsetof(struct enter, root) },
	{ 'v', "verbose", .help = "say what is entered, and what stays",
	    OPT_BOOL(struct enter, verbose) },
	{ 'w', "wd", .arg = "[DIR]",
	    .help = "the working directory of the target, or DIR",
	    .parse = parse_place, .offset = offsetof(struct enter, wd) },
	{ 0 },
};

struct request {
	struct enter enter;
	struct fdpass_request give;
	struct batch_request batch;
	char **argv; /* the command */
};

static const struct opt_group groups[] = {
	{ "Namespaces", type_options, 0 },
	{ NULL, wait_options, offsetof(struct request, enter.wait) },
	{ "The command", command_options, 0 },
	{ NULL, actas_options, offsetof(struct request, enter.act) },
	{ NULL, env_options, offsetof(struct request, enter.environment) },
	{ NULL, tty_options, offsetof(struct request, enter.tty) },
	{ NULL, explain_options, offsetof(struct request, enter.explain) },
	{ "Other ways", fdpass_options, offsetof(struct request, give) },
	{ NULL, batch_options, offsetof(struct request, batch) },
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nsjoin",
	.synopsis = "nsjoin [options] REF [command [argument ...]]\n"
		    "nsjoin [options] -t REF|--TYPE=REF [command [argument "
		    "...]]\n"
		    "nsjoin [options] -f FILE command [argument ...]\n"
		    "nsjoin -O N=REF ... command [argument ...]",
	.purpose = "Enter namespaces and become a command.",
	.status = EXIT_CANCELED,
	.groups = groups,
};

static bool
has_target(const struct enter *e)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (e->from[i] != NULL)
			return true;
	return e->target != NULL;
}

/* Options that exclude each other. */
static void
check(const struct request *r)
{
	const struct enter *e = &r->enter;
	bool batch = r->batch.file != NULL;
	bool target = has_target(e) || e->types != 0 || e->all || e->act.on;

	if (e->wd != NULL && e->wdns != NULL)
		opt_usage(&tool, "--wd and --wdns exclude each other");
	if (batch && e->target != NULL)
		opt_usage(&tool, "--file and --target exclude each other");
	if (!batch && (r->batch.jobs_set || r->batch.label))
		opt_usage(&tool, "%s needs --file",
		    r->batch.label ? "--label" : "--max-procs");
	if (r->give.n > 0 && (batch || target))
		opt_usage(&tool, "--open enters nothing: no targets or types");
	if (e->explain && (batch || r->give.n > 0))
		opt_usage(&tool, "--explain is for one target, not %s",
		    batch ? "--file" : "--open");
}

/* -O: here, with the namespaces as descriptors. */
static _Noreturn void
give(struct request *r)
{
	for (size_t i = 0; r->enter.wait.on && i < r->give.n; i++)
		wait_ref(&r->enter.wait, r->give.list[i].ref, 0);
	fdpass_open(&r->give);
	env_apply(&r->enter.environment);
	env_close_fds(&r->enter.environment);
	fdpass_send(&r->give);
	run_command(r->argv, -1);
}

/* -f: in the target of this line. */
static void
join_line(void *arg, const char *line, const struct child *parent)
{
	struct request *r = arg;

	r->enter.target = line;
	r->enter.parent = parent;
	enter_open(&r->enter, r->argv);
	enter_become(&r->enter, r->argv);
}

int
main(int argc, char **argv)
{
	static struct request r = { .enter.socket = -1, .batch.jobs = 1 };
	const char *errstr;
	int first;

	setprogname("nsjoin");
	file_guard_standard(EXIT_CANCELED);
	first = opt_parse(&tool, argc, argv, &r);
	check(&r);
	if (!has_target(&r.enter) && r.give.n == 0 && r.batch.file == NULL) {
		if (first == argc)
			opt_usage(&tool, "whose namespaces? no REF");
		r.enter.target = argv[first++];
	}
	r.argv = argv + first;
	if (enter_resolve(&r.enter, &errstr) == -1)
		fail(EXIT_CANCELED, "%s", errstr);
	if (r.give.n > 0)
		give(&r);
	if (r.batch.file != NULL) {
		/* Before the first line is read, once for all targets. */
		if (geteuid() == 0)
			seal_self(argv);
		batch_run(&r.batch, join_line, &r);
	}
	if (r.enter.explain)
		enter_explain(&r.enter, r.argv, argv);
	enter_open(&r.enter, r.argv);
	if (enter_needs_seal(&r.enter))
		seal_self(argv);
	enter_become(&r.enter, r.argv);
}
