/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/reason.h"
#include "lib/run.h"
#include "lib/setup.h"
#include "lib/trial.h"
#include "lib/unshare.h"

/* The numbers of the steps; those of lib/setup lie between. */
enum { OUTSIDE, CREATE, MAPS, FIRST };

/* What the children have done so far, in memory that we share with them. */
struct progress {
	volatile int step;
};

/* FIRST + N is step N of lib/setup; then come these two. */
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

/* Can each type be made by itself?  Returns whether all can be. */
static bool
explain_types(const struct plan *p, struct explain *e)
{
	int all = p->types != 0 ? reason_try(p->types) : 0, one, types;
	char text[REASON_MAX + 64];
	const struct ns_type *t;
	bool found = false;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		t = nth_type(i);
		if ((p->types & t->flag) == 0)
			continue;
		types = (p->types & CLONE_NEWUSER) | t->flag;
		one = all > 0 ? reason_try(types) : 0;
		found |= one > 0;
		explain_seen(e,
		    one > 0 ? said(text, sizeof(text), one,
				  reason_create(types, one)) :
			      NULL,
		    "new %s%s", t->words,
		    t->flag == CLONE_NEWPID && !p->fork ?
			", for children only" :
			"");
	}
	if (all > 0 && !found)
		explain_seen(e,
		    said(text, sizeof(text), all, reason_create(p->types, all)),
		    "all of these at once");
	return all <= 0;
}

/* Steps 7 to 15, and a look for the command; no step of SKIP. */
static _Noreturn void
try_inside(const struct plan *p, struct progress *at, unsigned int skip,
    char **argv, int outside)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < (int)setup_steps(); i++) {
		at->step = FIRST + i;
		if (!is_in(skip, at->step) && kind_of(at->step) != SETUP_LOOK)
			setup_try(p, (size_t)i);
	}
	at->step = last_step();
	if (!is_in(skip, at->step))
		setup_last(p);
	at->step = run_step();
	run_check(argv, outside);
	at->step++;
	_exit(0);
}

/* The process for all of it, and its child if that makes a difference. */
static _Noreturn void
try_all(struct plan *p, struct progress *at, unsigned int skip, char **argv)
{
	int outside, status;
	pid_t pid;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	at->step = OUTSIDE;
	outside = setup_outside(p, argv);
	at->step = MAPS;
	unshare_enter(p);
	if ((p->types & CLONE_NEWPID) == 0 || !p->fork)
		try_inside(p, at, skip, argv, outside);
	if ((pid = fork()) == -1)
		fail_errno(EXIT_CANCELED, "PID 1 of the new PID namespace");
	if (pid == 0)
		try_inside(p, at, skip, argv, outside);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			break;
	_exit(0);
}

/*
 * One trial.  Returns the step that failed, and its LINE; that after the last
 * one if none did.
 */
static int
try_once(struct plan *p, unsigned int skip, char **argv, char line[])
{
	static struct child child;
	struct progress *at;
	int step, status, rc;

	at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		fail_errno(EXIT_CANCELED, "--explain: shared memory");
	if (child_start(&child, 0, -1))
		try_all(p, at, skip, argv);
	if ((rc = fail_receive(child.sock, line, &status)) == -1)
		fail_errno(EXIT_CANCELED, "hearing from the trial");
	if (rc == 0)
		strlcpy(line, "the trial was killed", FAIL_LINE_MAX);
	child_destroy(&child);
	fail_undone();
	fail_heed(-1);
	close(child.sock);
	close(child.pidfd);
	step = at->step;
	munmap(at, sizeof(*at));
	return step;
}

/* Try, leave out what fails, and try again. */
static void
try_steps(struct plan *p, char **argv, struct explain *e)
{
	static char line[FAIL_LINE_MAX];
	unsigned int skip = 0;
	int failed, done = 0;

	do {
		failed = try_once(p, skip, argv, line);
		for (; done < failed; done++)
			if (kind_of(done) != SETUP_LOOK)
				explain_worked(e, done);
		if (failed > run_step())
			return;
		explain_failed(e, failed, line);
		skip |= 1U << failed;
		done = failed + 1;
	} while (kind_of(failed) == SETUP_TRY);
}

void
trial_explain(struct plan *p, char **argv)
{
	static struct explain e;
	bool possible;

	/* Our own, so that the trial can be waited for. */
	signal(SIGCHLD, SIG_DFL);
	e.step = OUTSIDE;
	cgroup_explain(&p->cgroup, &e);
	e.step = CREATE;
	possible = explain_types(p, &e);
	e.step = MAPS;
	idmap_explain(&p->maps, &e);
	for (size_t i = 0; i < setup_steps(); i++) {
		e.step = FIRST + (int)i;
		setup_explain(p, i, &e);
	}
	e.step = last_step();
	cred_explain(&p->cred, &e);
	env_explain(&p->env, &e);
	e.step = run_step();
	run_explain(argv, &e);
	if (possible)
		try_steps(p, argv, &e);
	explain_print(&e, EXIT_CANCELED);
}
