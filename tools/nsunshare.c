/* SPDX-License-Identifier: ISC */
/*
 * nsunshare - move this very process into new namespaces, then become the
 * command; with --fork, as nsclone does it.
 */
#include "config.h"

#include <sys/types.h>

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/plan/dryrun.h"
#include "lib/plan/launch.h"
#include "lib/plan/plan.h"
#include "lib/plan/unshare.h"
#include "lib/sig.h"

static int
parse_kill(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct plan *p = at;

	(void)opt;
	p->fork = true;
	p->watch.kill_sig = SIGKILL;
	if (arg != NULL && (p->watch.kill_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

static int
parse_forward(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct plan *p = at;

	(void)opt, (void)arg, (void)errstr;
	p->fork = true;
	p->watch.forward = UINT64_MAX;
	return 0;
}

static const struct opt fork_options[] = {
	{ 'f', "fork", .help = "run the command as a child, and watch over it",
	    OPT_BOOL(struct plan, fork) },
	{ 0, "forward-signals",
	    .help = "pass signals on to it (as --fork does)",
	    .parse = parse_forward },
	{ 0, "kill-child", .arg = "[SIG]",
	    .help = "it gets SIG (KILL) when we die; implies -f",
	    .parse = parse_kill },
	{ 'q', "quiet", .help = "do not explain what -p means without -f",
	    OPT_BOOL(struct plan, quiet) },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ "Namespaces", plan_type_options, 0 },
	{ NULL, joined_options, offsetof(struct plan, joined) },
	{ "The process", fork_options, 0 },
	PLAN_GROUPS,
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nsunshare",
	.synopsis = "nsunshare [options] [command [argument ...]]",
	.purpose = "Move into new namespaces and become a command.",
	.footer = "With -f what the command leaves running ends with it: for "
		  "certain with -p, else\nunless we are killed.",
	.status = EXIT_CANCELED,
	.habits = plan_habits,
	.groups = groups,
};

/* What unshare does where nothing else is asked for. */
static void
take_habits(struct plan *p)
{
	p->quiet = alias_has(ALIAS_QUIET_PID);
	p->watch.leave_rest = alias_has(ALIAS_LEAVES_REST);
	if (alias_has(ALIAS_IGNORES))
		p->watch.forward &= ~(SIG_BIT(SIGINT) | SIG_BIT(SIGTERM));
}

int
main(int argc, char **argv)
{
	struct plan plan = {
		.idmap = IDMAP_REQUEST_DEFAULT,
		.mnt = MNT_REQUEST_DEFAULT,
		.cred = CRED_REQUEST_DEFAULT,
		.handover = HANDOVER_REQUEST_DEFAULT,
		.watch = { .forward = UINT64_MAX, .as_pid1 = true },
	};
	const char *errstr;
	int first;

	alias_begin(argv[0], "nsunshare");
	file_guard_standard(EXIT_CANCELED);
	take_habits(&plan);
	first = opt_parse(&tool, argc, argv, &plan);
	plan.misread = plan_misread(&tool, argv, first);
	if (plan_check(&plan, &errstr) == -1)
		fail(EXIT_CANCELED, "%s", errstr);
	if (plan.explain)
		dryrun_explain(&plan, argv + first);
	if (plan.fork)
		launch(&plan, argv + first, argv);
	unshare_become(&plan, argv + first, argv);
}
