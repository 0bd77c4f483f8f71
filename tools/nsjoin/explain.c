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
	join_enter(&t->enter->ref, false);
}

/* What an error about it begins with; see lib/join. */
static const char *
key_of(size_t i)
{
	static char keys[NS_NTYPES][64];

	snprintf(
	    keys[i], sizeof(keys[i]), "entering the %s", ns_types[i].words);
	return keys[i];
}

static void
explain_joins(const struct enter *e, struct explain *x)
{
	struct stat st;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->joins & ns_types[i].flag) {
			if (fstat(e->ref.fd[i], &st) == -1)
				st.st_ino = 0;
			explain_step(x, key_of(i), "enter the %s %s:[%ju]",
			    ns_types[i].words, ns_types[i].name,
			    (uintmax_t)st.st_ino);
		} else if (e->r->types & ns_types[i].flag) {
			explain_seen(
			    x, NULL, "in the %s already", ns_types[i].words);
		}
	}
}

static void
explain_place(
    struct explain *x, const char *key, const char *what, const char *dir)
{
	if (dir != NULL)
		explain_step(x, key, "%s %s", what,
		    *dir != '\0' ? dir : "of the target");
}

/* Why an ID of the request would not be the one that counts. */
static void
explain_ids(const struct enter *e, struct explain *x)
{
	bool inside = (e->joins & CLONE_NEWUSER) && !e->r->preserve &&
	    !e->r->act.on;
	const char *may = geteuid() != 0 ? ", if there is one" : "";

	if (inside || e->r->cred.group != NULL)
		explain_step(x, "group ID", "group ID %u%s", (unsigned)e->gid,
		    e->r->cred.group == NULL ? may : "");
	if (inside || e->r->cred.user != NULL)
		explain_step(x, "user ID", "user ID %u%s", (unsigned)e->uid,
		    e->r->cred.user == NULL ? may : "");
}

static void
describe(const struct enter *e, char **argv, struct explain *x)
{
	x->step = ENTER_OPEN;
	if (e->cgroup_fd != -1)
		explain_seen(x, cgroup_reason(e->cgroup_fd),
		    "enter the cgroup of the target");
	x->step = ENTER_JOIN;
	explain_joins(e, x);
	x->step = ENTER_PREPARE;
	explain_place(x, "--root", "root directory", e->r->root);
	explain_place(x, "--wd", "working directory", e->r->wd);
	explain_place(x, "--wdns", "working directory inside", e->r->wdns);
	explain_ids(e, x);
	if (e->r->act.on)
		explain_step(
		    x, "--act-as", "all the rest as the target has it");
	if (e->environ != NULL)
		explain_step(x, NULL, "environment of the target");
	env_explain(&e->r->environment, x);
	x->step = ENTER_RUN;
	if (e->r->program.file != NULL)
		explain_seen(x, NULL, "run our file %s", e->r->program.file);
	else
		run_explain(argv, x);
}

/* Not all could be entered: which of them? */
static void
explain_each(struct dryrun *t, struct explain *x)
{
	static char line[FAIL_LINE_MAX];

	for (t->type = 0; t->type < NS_NTYPES; t->type++) {
		if ((t->enter->joins & ns_types[t->type].flag) == 0)
			continue;
		probe(try_one, t, line);
		if (strncmp(line, key_of(t->type), strlen(key_of(t->type))) ==
		    0)
			explain_failed(x, ENTER_JOIN, line);
	}
}

void
enter_explain(const struct enter_request *r, char **argv, char **all)
{
	struct enter e;
	struct dryrun t = { .r = r, .enter = &e, .argv = argv };
	static char line[FAIL_LINE_MAX];
	static struct explain x;
	int step;

	signal(SIGCHLD, SIG_DFL);
	probe(try_open, &t, line);
	if (line[0] != '\0') {
		explain_seen(&x, line, "open what is to be entered");
		explain_print(&x, EXIT_CANCELED);
	}
	enter_open(&e, r, r->target, argv);
	if (enter_needs_seal(&e))
		seal_self(all);
	describe(&e, argv, &x);
	step = probe(try_all, &t, line);
	for (int i = ENTER_JOIN; i < step; i++)
		explain_worked(&x, i);
	if (step == ENTER_JOIN)
		explain_each(&t, &x);
	if (step < ENTER_DONE)
		explain_failed(&x, step, line);
	explain_print(&x, EXIT_CANCELED);
}
