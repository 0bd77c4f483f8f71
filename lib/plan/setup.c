/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/plan/setup.h"
#include "lib/step/hook.h"
#include "lib/step/run.h"
#include "lib/uapi.h"

static void
become_root(const struct plan *p)
{
	if (p->maps.owner)
		cred_settle(
		    idmap_has_outside(&p->maps.users, p->maps.owner_uid),
		    idmap_has_outside(&p->maps.groups, p->maps.owner_gid));
	cred_become_root(p->uid0_inside, p->gid0_inside);
}

static void
enter_time(const struct plan *p)
{
	if (p->types & UAPI_CLONE_NEWTIME)
		timens_enter(&p->timens);
}

/*
 * What the command's future uid owns could otherwise look into us, or write to
 * us, while we still hold more than it will (ptrace(2)); execve(2) restores
 * it.  Not before the files below /proc/self have been written: of a process
 * like that they belong to root.
 */
static void
close_to_others(const struct plan *p)
{
	(void)p;
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
}

static void
set_propagation(const struct plan *p)
{
	if (p->types & CLONE_NEWNS)
		mnt_propagate(&p->mnt);
}

static void
offer_kept(const struct plan *p)
{
	if (p->kept != NULL)
		keep_offer(p->kept);
}

static void
set_mounts(const struct plan *p)
{
	mnt_mount(&p->mnt);
}

static void
set_names(const struct plan *p)
{
	uts_apply(&p->uts);
}

static void
set_loopback(const struct plan *p)
{
	if (p->types & CLONE_NEWNET)
		net_apply(&p->net);
}

static void
run_hook(const struct plan *p)
{
	if (p->hook != NULL)
		hook_run(p->hook);
}

static void
change_root(const struct plan *p)
{
	mnt_root(&p->mnt);
}

static void
change_directory(const struct plan *p)
{
	mnt_directory(&p->mnt);
}

static void
settle_kept(const struct plan *p)
{
	if (p->kept != NULL)
		keep_settle(p->kept);
}

static void
explain_kept(const struct plan *p, struct explain *e)
{
	keep_explain(&p->keep, e);
}

static void
explain_root_inside(const struct plan *p, struct explain *e)
{
	if (p->uid0_inside || p->gid0_inside)
		explain_step(e, EXPLAIN_WHOLE, "become %s%s%s inside",
		    p->uid0_inside ? "user 0" : "",
		    p->uid0_inside && p->gid0_inside ? " and " : "",
		    p->gid0_inside ? "group 0" : "");
}

static void
explain_time(const struct plan *p, struct explain *e)
{
	if (p->types & UAPI_CLONE_NEWTIME)
		timens_explain(&p->timens, e);
}

static void
explain_propagation(const struct plan *p, struct explain *e)
{
	if (p->types & CLONE_NEWNS)
		mnt_explain_propagation(&p->mnt, e);
}

static void
explain_mounts(const struct plan *p, struct explain *e)
{
	mnt_explain(&p->mnt, e);
}

static void
explain_names(const struct plan *p, struct explain *e)
{
	uts_explain(&p->uts, e);
}

static void
explain_loopback(const struct plan *p, struct explain *e)
{
	if (p->types & CLONE_NEWNET)
		net_explain(&p->net, e);
}

static void
explain_hook(const struct plan *p, struct explain *e)
{
	if (p->hook != NULL)
		explain_step(e, EXPLAIN_WHOLE, "set-up command: %s", p->hook);
}

static void
explain_root(const struct plan *p, struct explain *e)
{
	mnt_explain_root(&p->mnt, e);
}

static void
explain_directory(const struct plan *p, struct explain *e)
{
	mnt_explain_directory(&p->mnt, e);
}

/*
 * The order is the table in setup.h: change both or neither.  What a step does
 * and what --explain says of it stand side by side.
 */
static const struct step {
	void (*run)(const struct plan *);
	void (*explain)(const struct plan *, struct explain *);
	enum setup_trial trial;
} steps[] = {
	{ become_root, explain_root_inside, SETUP_TRY },     /* 7 */
	{ enter_time, explain_time, SETUP_TRY },	     /* 8 */
	{ close_to_others, NULL, SETUP_TRY },		     /* after 8 */
	{ set_propagation, explain_propagation, SETUP_TRY }, /* 9 */
	{ offer_kept, explain_kept, SETUP_TRY },	     /* 5: before 10 */
	{ set_mounts, explain_mounts, SETUP_TRY },	     /* 10 */
	{ set_names, explain_names, SETUP_TRY },	     /* 11 */
	{ set_loopback, explain_loopback, SETUP_TRY },	     /* 11 */
	{ run_hook, explain_hook, SETUP_LOOK },		     /* 12 */
	{ change_root, explain_root, SETUP_TRY_OR_END },     /* 13 */
	{ change_directory, explain_directory, SETUP_TRY },  /* 14 */
	{ settle_kept, NULL, SETUP_TRY }, /* 5: nothing more can fail */
};

#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

int
setup_outside(const struct plan *p, char *const argv[])
{
	mnt_check_outside(&p->mnt);
	return p->mnt.root != NULL ? run_look(argv) : -1;
}

static bool
is_inside(const void *plan, uid_t uid)
{
	const struct plan *p = plan;

	return idmap_reaches(&p->maps, p->types, uid);
}

/*
 * Else the command is of our own tree, where it can reach our program by its
 * name, and nothing of ours stays with it.
 */
static bool
changes_view(const struct plan *p)
{
	return (p->types & CLONE_NEWPID) || p->mnt.root != NULL ||
	    p->hook != NULL;
}

void
setup_seal(const struct plan *p, struct seal *s, char **all)
{
	if (changes_view(p) && seal_wanted(-1, is_inside, p))
		seal_prepare(s, all);
}

void
setup_inside(const struct plan *p)
{
	for (size_t i = 0; i < NSTEPS; i++)
		steps[i].run(p);
}

size_t
setup_steps(void)
{
	return NSTEPS;
}

void
setup_explain(const struct plan *p, size_t i, struct explain *e)
{
	if (steps[i].explain != NULL)
		steps[i].explain(p, e);
}

enum setup_trial
setup_trial(size_t i)
{
	return steps[i].trial;
}

void
setup_try(const struct plan *p, size_t i)
{
	steps[i].run(p);
}

/* Will the command be somebody else than our caller? */
static bool
changes_privilege(const struct plan *p)
{
	const struct cred_request *c = &p->cred;

	return (p->types & CLONE_NEWUSER) || c->user != NULL ||
	    c->group != NULL || c->groups != NULL || c->caps.given ||
	    c->no_new_privs;
}

void
setup_last(const struct plan *p)
{
	if (changes_privilege(p))
		tty_guard(tty_look(&p->tty));
	cred_apply(&p->cred);
	env_apply(&p->env);
	env_close_fds(&p->env);
}
