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
	{ 'C', "cgroup", "[REF]", "the cgroup namespace", parse_type, 0,
	    CLONE_NEWCGROUP },
	{ 'N', "net-socket", "FD",
	    "the network namespace of the target's socket FD", opt_set_fd,
	    offsetof(struct enter, socket), 0 },
	{ 'T', "time", "[REF]", "the time namespace", parse_type, 0,
	    UAPI_CLONE_NEWTIME },
	{ 'U', "user", "[REF]", "the user namespace", parse_type, 0,
	    CLONE_NEWUSER },
	{ 'a', "all", NULL, "all that differ from ours (default)", opt_set_bool,
	    offsetof(struct enter, all), 0 },
	{ 'i', "ipc", "[REF]", "the IPC namespace", parse_type, 0,
	    CLONE_NEWIPC },
	{ 'm', "mount", "[REF]", "the mount namespace", parse_type, 0,
	    CLONE_NEWNS },
	{ 'n', "net", "[REF]", "the network namespace", parse_type, 0,
	    CLONE_NEWNET },
	{ 'p', "pid", "[REF]", "the PID namespace", parse_type, 0,
	    CLONE_NEWPID },
	{ 't', "target", "REF", "whose namespaces: a process, a pin, a set",
	    opt_set_string, offsetof(struct enter, target), 0 },
	{ 'u', "uts", "[REF]", "the UTS namespace", parse_type, 0,
	    CLONE_NEWUTS },
	{ 0, "user-parent", NULL, "the parent of the user namespace",
	    parse_user_parent, 0, 0 },
	{ 0 },
};

static const struct opt command_options[] = {
	{ 'F', "no-fork", NULL, "no child, though in a PID namespace",
	    opt_set_bool, offsetof(struct enter, no_fork), 0 },
	{ 'G', "setgid", "GID|NAME|follow", "group ID (0 in a user namespace)",
	    opt_set_string, offsetof(struct enter, cred.group), 0 },
	{ 'S', "setuid", "UID|NAME|follow", "user ID (0 in a user namespace)",
	    opt_set_string, offsetof(struct enter, cred.user), 0 },
	{ 'W', "wdns", "DIR", "the working directory, by its name inside",
	    parse_place, offsetof(struct enter, wdns), 0 },
	{ 'X', "exec", "FILE", "run this file of ours inside", opt_set_string,
	    offsetof(struct enter, program.file), 0 },
	{ 'Z', "follow-context", NULL, "the security label of the target",
	    opt_set_bool, offsetof(struct enter, follow_label), 0 },
	{ 'c', "join-cgroup", NULL, "the cgroup of the target", opt_set_bool,
	    offsetof(struct enter, join_cgroup), 0 },
	{ 'e', "env", NULL, "the environment of the target", opt_set_bool,
	    offsetof(struct enter, env), 0 },
	{ 0, "keep-caps", NULL, "it keeps those of the user namespace",
	    opt_set_bool, offsetof(struct enter, cred.caps.keep), 0 },
	{ 0, "preserve-credentials", NULL, "leave user and groups alone",
	    opt_set_bool, offsetof(struct enter, preserve), 0 },
	{ 'r', "root", "[DIR]", "the root of the target, or DIR", parse_place,
	    offsetof(struct enter, root), 0 },
	{ 'v', "verbose", NULL, "say what is entered, and what stays",
	    opt_set_bool, offsetof(struct enter, verbose), 0 },
	{ 'w', "wd", "[DIR]", "the working directory of the target, or DIR",
	    parse_place, offsetof(struct enter, wd), 0 },
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
