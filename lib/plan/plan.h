/* SPDX-License-Identifier: ISC */
/*
 * plan - what was asked of nsclone and nsunshare: filled once from the command
 * line, checked once, and const after that.  What is found out in the course
 * of the steps is in struct setup.
 */
#ifndef NSKIT_PLAN_PLAN_H
#define NSKIT_PLAN_PLAN_H

#include <stdbool.h>

#include "lib/ids/cred.h"
#include "lib/ids/idmap.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/pin/keep.h"
#include "lib/plan/joined.h"
#include "lib/step/cgroup.h"
#include "lib/step/env.h"
#include "lib/step/hook.h"
#include "lib/step/mnt.h"
#include "lib/step/net.h"
#include "lib/step/place.h"
#include "lib/step/pty.h"
#include "lib/step/root.h"
#include "lib/step/timens.h"
#include "lib/step/tty.h"
#include "lib/step/uts.h"
#include "lib/watch/handover.h"
#include "lib/watch/watch.h"

struct plan {
	int types; /* CLONE_NEW* */
	bool fork;
	bool quiet;
	bool explain; /* change nothing */
	/* what the command may have been meant to be, or NULL */
	const char *misread;
	struct joined_request joined;
	struct hook_request hooks;
	struct idmap_request idmap;
	struct mnt_request mnt;
	struct place_request places;
	struct root_request root;
	struct timens_request timens;
	struct uts_request uts;
	struct net_request net;
	struct cgroup_request cgroup;
	struct cred_request cred;
	struct env_request env;
	struct tty_request tty;
	struct pty_request pty;
	struct watch_request watch;
	struct keep_request keep;
	struct handover_request handover;

	/* Found out by plan_check. */
	struct idmap_job maps;
	bool uid0_inside, gid0_inside; /* the maps have a 0 for step 7 */
};

/* -m … -T, -a, --pin; relative to struct plan, as all rows here */
extern const struct opt plan_type_options[];

/* What users of docker-run(1), bwrap(1) and others type. */
extern const struct opt_habit plan_habits[];

/* clang-format off */
/* What the steps are asked for: the groups of options of nsclone, nsunshare. */
#define PLAN_GROUPS                                                        \
	{ "User namespace", idmap_options, offsetof(struct plan, idmap) }, \
	{ "Mounts and directories", root_options,                          \
	    offsetof(struct plan, root) },                                 \
	{ NULL, place_options, offsetof(struct plan, places) },            \
	{ NULL, mnt_options, offsetof(struct plan, mnt) },                 \
	{ "Names and network", uts_options, offsetof(struct plan, uts) },  \
	{ NULL, net_options, offsetof(struct plan, net) },                 \
	{ "Clocks", timens_options, offsetof(struct plan, timens) },       \
	{ "Credentials", cred_options, offsetof(struct plan, cred) },      \
	{ NULL, cgroup_options, offsetof(struct plan, cgroup) },           \
	{ NULL, caps_options, offsetof(struct plan, cred.caps) },          \
	{ "Environment", env_options, offsetof(struct plan, env) },        \
	{ NULL, env_set_options, offsetof(struct plan, env) },             \
	{ NULL, tty_options, offsetof(struct plan, tty) },                 \
	{ NULL, hook_options, offsetof(struct plan, hooks) },              \
	{ NULL, explain_options, offsetof(struct plan, explain) }
/* clang-format on */

/*
 * plan_misread - ARGV[FIRST], the command, stands behind an option that takes
 * no word but an attached one: what to write if it was meant for that, or NULL.
 */
const char *plan_misread(
    const struct opt_tool *tool, char *const argv[], int first);

/*
 * plan_check - apply what options imply, find contradictions, and look up
 * every name, range and limit that can be looked up before anything changes.
 *
 * Returns 0, or -1 with *errstr set to "what: why".  Outside, before step 1.
 */
int plan_check(struct plan *p, const char **errstr);

#endif
