/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/probe.h"
#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/plan/dryrun.h"
#include "lib/plan/setup.h"
#include "lib/plan/unshare.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/step/run.h"

/* The numbers of the steps; those of lib/plan/setup lie between. */
enum { OUTSIDE, CREATE, MAPS, FIRST };

struct dryrun {
	const struct plan *plan;
	struct setup setup;
	unsigned int skip; /* steps to leave out */
	char **argv;
};

/* FIRST + N is step N of lib/plan/setup; then come these two. */
static int
last_step(void)
{
	return FIRST + (int)setup_steps();
}

static int
run_step(void)
{
	return last_step() + 1;
}

/* May STEP be tried, and may the trial go on without it? */
static enum setup_trial
kind_of(int step)
{
	if (step < FIRST || step == run_step())
		return SETUP_TRY_OR_END;
	return step == last_step() ? SETUP_TRY :
				     setup_trial((size_t)(step - FIRST));
}

static bool
is_in(unsigned int set, int step)
{
	return set & (1U << step);
}

/* "Operation not permitted (why)" into BUF. */
static const char *
said(char *buf, size_t size, int errnum, const char *why)
{
	snprintf(
	    buf, size, why != NULL ? "%s (%s)" : "%s", strerror(errnum), why);
	return buf;
}

/* The type N-th in the order in which the kernel makes them: user first. */
static const struct ns_type *
nth_type(size_t n)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER));

	return n == 0 ? &ns_types[user] : &ns_types[n <= user ? n - 1 : n];
}

/* A line for T, whose making gives ERRNUM, 0 for success. */
static void
explain_type(const struct plan *p, struct explain *e, const struct ns_type *t,
    int types, int errnum)
{
	char text[REASON_MAX + 64];

	explain_seen(e,
	    errnum == 0 ?
		NULL :
		said(text, sizeof(text), errnum, reason_create(types, errnum)),
	    "new %s%s", t->words,
	    t->flag == CLONE_NEWPID && !p->fork ? ", for children only" : "");
}

/* All of them at once give ERRNUM: which is to blame, or none alone? */
static void
explain_refused(const struct plan *p, struct explain *e, int errnum)
{
	char text[REASON_MAX + 64];
	const struct ns_type *t;
	int types, one, refused = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		t = nth_type(i);
		if ((p->types & t->flag) == 0)
			continue;
		types = (p->types & CLONE_NEWUSER) | t->flag;
		one = reason_try(types);
		explain_type(p, e, t, types, one == -1 ? 0 : one);
		refused += one > 0;
	}
	if (refused == 0)
		explain_seen(e,
		    said(text, sizeof(text), errnum,
			reason_create(p->types, errnum)),
		    "all of these at once");
}

/* Can each type be made by itself?  Returns whether all can be. */
static bool
explain_types(const struct plan *p, struct explain *e)
{
	int errnum = p->types != 0 ? reason_try(p->types) : 0;

	if (errnum > 0) {
		explain_refused(p, e, errnum);
		return false;
	}
	for (size_t i = 0; i < NS_NTYPES; i++)
		if ((p->types & nth_type(i)->flag) != 0)
			explain_type(p, e, nth_type(i), 0, 0);
	return true;
}

/* What a user namespace gives that is entered is known only in there. */
static void
explain_types_there(const struct plan *p, struct explain *e)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (p->types & ns_types[i].flag)
			explain_step(
			    e, EXPLAIN_CREATE, "new %s", ns_types[i].words);
}

/* Steps 7 to 15, and a look for the command. */
static void
try_inside(struct dryrun *t, volatile int *at)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < (int)setup_steps(); i++) {
		*at = FIRST + i;
		fail_part(EXPLAIN_WHOLE);
		if (!is_in(t->skip, *at) && kind_of(*at) != SETUP_LOOK)
			setup_try(&t->setup, (size_t)i);
	}
	*at = last_step();
	fail_part(EXPLAIN_WHOLE);
	if (!is_in(t->skip, *at))
		setup_last(&t->setup);
	*at = run_step();
	fail_part(EXPLAIN_WHOLE);
	run_check(t->argv, &t->setup.run);
	++*at;
}

/* All of it, in a child of its own if that makes a difference. */
static void
try_all(void *arg, volatile int *at)
{
	struct dryrun *t = arg;
	pid_t pid;

	*at = OUTSIDE;
	setup_sealed(&t->setup, t->plan, NULL);
	setup_outside(&t->setup, t->argv);
	*at = MAPS;
	unshare_enter(t->plan, &t->setup.joined);
	if (((t->plan->types | t->setup.joined.types) & CLONE_NEWPID) == 0 ||
	    !t->plan->fork) {
		try_inside(t, at);
		return;
	}
	if ((pid = fork()) == -1)
		fail_errno(EXIT_CANCELED, "a child in the PID namespace");
	if (pid == 0) {
		try_inside(t, at);
		_exit(0);
	}
	if (proc_reap(pid, NULL) == -1)
		fail_errno(EXIT_CANCELED, "waiting for PID 1 inside");
}

/* Try, leave out what fails, and try again. */
static void
try_steps(const struct plan *p, char **argv, struct explain *e)
{
	static struct fail_report report;
	static struct dryrun t;
	int failed, done = 0;

	t.plan = p;
	t.argv = argv;
	do {
		failed = probe(try_all, &t, &report);
		for (; done < failed; done++)
			if (kind_of(done) != SETUP_LOOK)
				explain_worked(e, done);
		if (failed > run_step())
			return;
		explain_failed(e, failed, &report);
		t.skip |= 1U << failed;
		done = failed + 1;
	} while (kind_of(failed) == SETUP_TRY);
}

void
dryrun_explain(const struct plan *p, char **argv)
{
	static struct explain e;
	bool possible = true;

	/* Our own, so that the trial can be waited for. */
	signal(SIGCHLD, SIG_DFL);
	e.step = OUTSIDE;
	handover_explain(&p->handover, &e);
	cgroup_explain(&p->cgroup, &e);
	e.step = MAPS;
	joined_explain(&p->joined, &e);
	e.step = CREATE;
	if ((p->joined.types & CLONE_NEWUSER) == 0)
		possible = explain_types(p, &e);
	e.step = MAPS;
	if (p->joined.types & CLONE_NEWUSER)
		explain_types_there(p, &e);
	idmap_explain(&p->maps, &e);
	for (size_t i = 0; i < setup_steps(); i++) {
		e.step = FIRST + (int)i;
		setup_explain(p, i, &e);
	}
	e.step = last_step();
	cred_explain(&p->cred, &e);
	env_explain(&p->env, &e);
	if (p->pty.on)
		explain_seen(&e, NULL, "a terminal of its own");
	e.step = run_step();
	run_explain(argv, &e);
	if (possible)
		try_steps(p, argv, &e);
	explain_print(&e, EXIT_CANCELED);
}
