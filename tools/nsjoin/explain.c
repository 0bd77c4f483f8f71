/* SPDX-License-Identifier: ISC */
/* enter, by looking and trying: --explain. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/probe.h"
#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/ref/join.h"
#include "lib/seal.h"
#include "lib/step/cgroup.h"
#include "lib/step/run.h"
#include "tools/nsjoin/enter.h"

struct dryrun {
	const struct enter_request *r;
	struct enter *enter;
	char **argv;
	size_t type; /* of try_one */
};

static void
try_open(void *arg, volatile int *at)
{
	struct dryrun *t = arg;

	*at = ENTER_OPEN;
	enter_open(t->enter, t->r, t->r->target, t->argv);
}

static void
try_all(void *arg, volatile int *at)
{
	struct dryrun *t = arg;

	enter_try(t->enter, at, t->argv);
}

/* One type alone, with the user namespace that may give the right to it. */
static void
try_one(void *arg, volatile int *at)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER));
	struct dryrun *t = arg;

	*at = ENTER_JOIN;
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (i != t->type && i != user)
			t->enter->ref.fd[i] = -1;
	join_enter(&t->enter->ref, false, "-U");
}

static void
explain_joins(const struct enter *e, struct explain *x)
{
	struct stat st;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->joins & ns_types[i].flag) {
			if (fstat(e->ref.fd[i], &st) == -1)
				st.st_ino = 0;
			explain_step(x, EXPLAIN_TYPE + (int)i,
			    "enter the %s %s:[%ju]", ns_types[i].words,
			    ns_types[i].name, (uintmax_t)st.st_ino);
		} else if (e->r->types & ns_types[i].flag) {
			explain_seen(
			    x, NULL, "in the %s already", ns_types[i].words);
		}
	}
}

static void
explain_place(struct explain *x, int part, const char *what, const char *dir)
{
	if (dir != NULL)
		explain_step(x, part, "%s %s", what,
		    *dir != '\0' ? dir : "of the target");
}

/* Why an ID of the request would not be the one that counts. */
static void
explain_ids(const struct enter *e, struct explain *x)
{
	bool inside = request_becomes_root(e->r, e->joins);
	const char *may = geteuid() != 0 ? ", if there is one" : "";

	if (inside || e->r->cred.group != NULL)
		explain_step(x, EXPLAIN_GID, "group ID %u%s", (unsigned)e->gid,
		    e->r->cred.group == NULL ? may : "");
	if (inside || e->r->cred.user != NULL)
		explain_step(x, EXPLAIN_UID, "user ID %u%s", (unsigned)e->uid,
		    e->r->cred.user == NULL ? may : "");
}

static void
describe(const struct enter *e, char **argv, struct explain *x)
{
	x->step = ENTER_OPEN;
	for (size_t i = 0; i < e->cgroup.n; i++)
		explain_seen(x, cgroup_reason(e->cgroup.group[i].procs),
		    "enter the %scgroup of the target",
		    e->cgroup.group[i].name);
	x->step = ENTER_JOIN;
	explain_joins(e, x);
	netfiles_explain(&e->netfiles, x);
	x->step = ENTER_PREPARE;
	explain_place(x, EXPLAIN_ROOT, "root directory", e->r->root);
	explain_place(x, EXPLAIN_WD, "working directory", e->r->wd);
	explain_place(x, EXPLAIN_WD, "working directory inside", e->r->wdns);
	if (e->r->mount_proc)
		explain_step(x, EXPLAIN_PROC,
		    "proc on /proc, in a mount namespace of its own");
	explain_ids(e, x);
	if (e->r->act.on)
		explain_step(
		    x, EXPLAIN_ACT_AS, "all the rest as the target has it");
	if (e->environ != NULL)
		explain_step(x, EXPLAIN_ENV, "environment of the target%s%s",
		    e->not_taken[0] != '\0' ? ", but for " : "", e->not_taken);
	env_explain(&e->r->environment, x);
	if (e->r->pty.on)
		explain_step(x, EXPLAIN_WHOLE, "a terminal of its own");
	x->step = ENTER_RUN;
	if (e->r->program.file != NULL)
		explain_seen(x, NULL, "run our file %s%s", e->r->program.file,
		    e->libs.loader != -1 ? " and its libraries" : "");
	else
		run_explain(argv, x);
}

/* Not all could be entered: which of them? */
static void
explain_each(struct dryrun *t, struct explain *x)
{
	static struct fail_report report;

	for (t->type = 0; t->type < NS_NTYPES; t->type++) {
		if ((t->enter->joins & ns_types[t->type].flag) == 0)
			continue;
		probe(try_one, t, &report);
		if (report.line[0] != '\0' &&
		    report.part == EXPLAIN_TYPE + (int)t->type)
			explain_failed(x, ENTER_JOIN, &report);
	}
}

void
enter_explain(const struct enter_request *r, char **argv, char **all)
{
	struct enter e;
	struct dryrun t = { .r = r, .enter = &e, .argv = argv };
	static struct fail_report report;
	static struct explain x;
	int step;

	signal(SIGCHLD, SIG_DFL);
	probe(try_open, &t, &report);
	if (report.line[0] != '\0') {
		explain_seen(&x, report.line, "open what is to be entered");
		explain_print(&x, EXIT_CANCELED);
	}
	enter_open(&e, r, r->target, argv);
	enter_seal(&e, all);
	enter_complete(&e, argv);
	describe(&e, argv, &x);
	step = probe(try_all, &t, &report);
	for (int i = ENTER_JOIN; i < step; i++)
		explain_worked(&x, i);
	if (step == ENTER_JOIN)
		explain_each(&t, &x);
	if (step < ENTER_DONE)
		explain_failed(&x, step, &report);
	explain_print(&x, EXIT_CANCELED);
}
