/* SPDX-License-Identifier: ISC */
/*
 * nsclone - start a command in new namespaces, prepare them, and watch over it
 * to its end.
 */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/plan/dryrun.h"
#include "lib/plan/launch.h"
#include "lib/plan/plan.h"

/* unshare(1) has to be told. */
static int
parse_fork(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)at, (void)opt, (void)arg, (void)errstr;
	return 0;
}

static const struct opt fork_options[] = {
	{ 'f', "fork", .help = "accepted: the command always is a child",
	    .parse = parse_fork },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ "Namespaces", plan_type_options, 0 },
	{ NULL, joined_options, offsetof(struct plan, joined) },
	PLAN_GROUPS,
	{ NULL, pty_options, offsetof(struct plan, pty) },
	{ "Watching over the command", fork_options, 0 },
	{ NULL, watch_options, offsetof(struct plan, watch) },
	{ NULL, watch_end_options, offsetof(struct plan, watch) },
	{ "Handing it over", handover_options,
	    offsetof(struct plan, handover) },
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nsclone",
	.synopsis = "nsclone [options] [command [argument ...]]",
	.purpose = "Start a command in new namespaces and watch over it.",
	.footer = "What the command leaves running ends with it: for certain "
		  "with -p, else unless\nwe are killed.",
	.status = EXIT_CANCELED,
	.habits = plan_habits,
	.groups = groups,
};

int
main(int argc, char **argv)
{
	struct plan plan = {
		.fork = true,
		.idmap = IDMAP_REQUEST_DEFAULT,
		.mnt = MNT_REQUEST_DEFAULT,
		.root = { .pivot = true },
		.net = { .lo = -1 },
		.cred = CRED_REQUEST_DEFAULT,
		.handover = HANDOVER_REQUEST_DEFAULT,
		.watch = WATCH_REQUEST_DEFAULT,
	};
	const char *errstr;
	int first;

	setprogname("nsclone");
	file_guard_standard(EXIT_CANCELED);
	first = opt_parse(&tool, argc, argv, &plan);
	plan.misread = plan_misread(&tool, argv, first);
	/* A new proc would show the processes of the old PID namespace. */
	if (mnt_wants_proc(&plan.mnt) &&
	    (plan.joined.types & CLONE_NEWPID) == 0)
		plan.types |= CLONE_NEWPID;
	if (plan_check(&plan, &errstr) == -1)
		fail(EXIT_CANCELED, "%s", errstr);
	if (plan.explain)
		dryrun_explain(&plan, argv + first);
	launch(&plan, argv + first, argv);
}
