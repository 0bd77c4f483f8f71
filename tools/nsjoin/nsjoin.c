/* SPDX-License-Identifier: ISC */
/*
 * nsjoin - enter namespaces that exist, then become the command.
 */
#include "config.h"

#include <sys/types.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/seal.h"
#include "lib/step/run.h"
#include "tools/nsjoin/batch.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/fdpass.h"
#include "tools/nsjoin/request.h"
#include "tools/nsjoin/wait.h"

struct request {
	struct enter_request enter;
	struct fdpass_request fdpass;
	struct batch_request batch;
	char **argv; /* the command */
};

static const struct opt_group groups[] = {
	{ "Namespaces", enter_options, offsetof(struct request, enter) },
	{ NULL, wait_options, offsetof(struct request, enter.wait) },
	{ NULL, netfiles_options, offsetof(struct request, enter.netfiles) },
	{ "The command", command_options, offsetof(struct request, enter) },
	{ NULL, actas_options, offsetof(struct request, enter.act) },
	{ NULL, env_options, offsetof(struct request, enter.environment) },
	{ NULL, pty_options, offsetof(struct request, enter.pty) },
	{ NULL, tty_options, offsetof(struct request, enter.tty) },
	{ NULL, watch_end_options, offsetof(struct request, enter.watch) },
	{ NULL, explain_options, offsetof(struct request, enter.explain) },
	{ "Other ways", fdpass_options, offsetof(struct request, fdpass) },
	{ NULL, batch_options, offsetof(struct request, batch) },
	{ 0 },
};

static const struct opt_habit habits[] = {
	{ "d", "setsid -f nsjoin" },
	{ "detach", "setsid -f nsjoin" },
	{ "mnt", "--mount" },
	{ "privileged", "without -A" },
	{ "workdir", "--wdns=DIR" },
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
	.habits = habits,
	.groups = groups,
};

/* Options that exclude each other. */
static void
check_usage(const struct request *r)
{
	const struct enter_request *e = &r->enter;
	bool batch = r->batch.file != NULL;
	bool target = request_has_target(e) || e->types != 0 || e->all ||
	    e->act.on;

	if (e->wd != NULL && e->wdns != NULL)
		opt_usage(&tool, "--wd and --wdns exclude each other");
	if (batch && e->target != NULL)
		opt_usage(&tool, "--file and --target exclude each other");
	if (!batch && (r->batch.jobs_set || r->batch.label))
		opt_usage(&tool, "%s needs --file",
		    r->batch.label ? "--label" : "--max-procs");
	if (r->fdpass.n > 0 && (batch || target))
		opt_usage(&tool, "--open enters nothing: no targets or types");
	if (e->pty.on && (batch || r->fdpass.n > 0))
		opt_usage(&tool, "--pty is for one command inside, not %s",
		    batch ? "--file" : "--open");
	if (e->explain && (batch || r->fdpass.n > 0))
		opt_usage(&tool, "--explain is for one target, not %s",
		    batch ? "--file" : "--open");
}

/*
 * ARGV[FIRST] is what follows the REF: "--" may part the command from it, and
 * an option there would be run.  The file of --exec has options of its own.
 */
static int
skip_separator(const struct request *r, char **argv, int first)
{
	if (argv[first] != NULL && strcmp(argv[first], "--") == 0)
		return first + 1;
	if (argv[first] != NULL && argv[first][0] == '-' &&
	    r->enter.program.file == NULL)
		opt_usage(&tool, "%s: options come before REF", argv[first]);
	return first;
}

/*
 * Read the options.  "--env NAME=VALUE" ends them for getopt_long(3), to which
 * the argument of --env is optional: they go on behind it.  Returns the place
 * of the first operand.
 */
static int
read_options(struct request *r, int argc, char **argv)
{
	int first = opt_parse(&tool, argc, argv, r), at;

	while (first > 0 && first < argc &&
	    request_takes_variable(&r->enter, argv[first - 1], argv[first])) {
		at = first;
		first += opt_parse(&tool, argc - at, argv + at, r);
	}
	return first;
}

/* The only function that writes the request: after it nothing does. */
static void
read_request(struct request *r, int argc, char **argv)
{
	const struct opt *apart;
	const char *errstr;
	int first;

	first = read_options(r, argc, argv);
	check_usage(r);
	if (alias_has(ALIAS_NO_DEFAULT))
		r->enter.none = r->enter.types == 0 && !r->enter.all;
	if (!request_has_target(&r->enter) && r->fdpass.n == 0 &&
	    r->batch.file == NULL && !alias_has(ALIAS_NO_REF)) {
		if (first == argc)
			opt_usage(&tool, "whose namespaces? no REF");
		r->enter.hint = request_misread(argv[first - 1], argv[first]);
		r->enter.target = argv[first] + strspn(argv[first], " ");
		first++;
		first = skip_separator(r, argv, first);
	} else if ((apart = opt_apart(&tool, argv, first)) != NULL) {
		r->enter.misread = request_misread(
		    argv[first - 1], argv[first]);
		if (r->enter.misread == NULL)
			r->enter.misread = opt_attach(apart, argv[first]);
	}
	r->argv = argv + first;
	if (request_check(&r->enter, &errstr) == -1)
		fail(EXIT_CANCELED, "%s", errstr);
}

/* -O: here, with the namespaces as descriptors. */
static _Noreturn void
pass_descriptors(const struct request *r)
{
	int64_t deadline = wait_deadline(&r->enter.wait);
	int fds[FDPASS_MAX];

	for (size_t i = 0; r->enter.wait.on && i < r->fdpass.n; i++)
		wait_ref(&r->enter.wait, deadline, r->fdpass.list[i].ref, 0);
	fdpass_open(&r->fdpass, r->enter.verbose, fds);
	env_apply(&r->enter.environment);
	env_set(&r->enter.environment);
	env_close_fds(&r->enter.environment);
	fdpass_put(&r->fdpass, fds);
	run_command(r->argv, &(struct run){ -1, r->enter.misread });
}

/* -f: in the target of this line. */
static void
join_line(const void *arg, const char *line, const struct child *parent)
{
	const struct request *r = arg;
	struct enter e;

	enter_open(&e, &r->enter, line, r->argv);
	enter_complete(&e, r->argv);
	enter_become(&e, parent, r->argv);
}

static _Noreturn void
run(const struct request *r, char **argv)
{
	struct enter e;

	if (r->fdpass.n > 0)
		pass_descriptors(r);
	if (r->batch.file != NULL) {
		/* Before the first line is read, once for all targets. */
		seal_self(argv);
		batch_run(&r->batch, join_line, r);
	}
	if (r->enter.explain)
		enter_explain(&r->enter, r->argv, argv);
	enter_open(&e, &r->enter, r->enter.target, r->argv);
	enter_seal(&e, argv);
	enter_complete(&e, r->argv);
	pty_begin(&e.pty, &r->enter.pty, r->enter.watch.timeout);
	enter_become(&e, NULL, r->argv);
}

int
main(int argc, char **argv)
{
	static struct request r = { .enter = ENTER_REQUEST_DEFAULT,
		.batch.jobs = 1 };

	alias_begin(argv[0], "nsjoin");
	file_guard_standard(EXIT_CANCELED);
	read_request(&r, argc, argv);
	run(&r, argv);
}
