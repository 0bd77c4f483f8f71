/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/plan/setup.h"
#include "lib/step/hook.h"
#include "lib/step/run.h"
#include "lib/uapi.h"

static void
open_paths(struct setup *s)
{
	if (s->plan->joined.types & CLONE_NEWNS)
		root_open(&s->root, &s->plan->root);
	if ((s->plan->types & CLONE_NEWNS) == 0)
		return;
	root_open_again(&s->root, &s->plan->root);
	place_open_again(&s->places, &s->plan->places);
}

static void
become_root(struct setup *s)
{
	const struct plan *p = s->plan;

	if (s->joined.types & CLONE_NEWUSER) {
		cred_become_root_there(&p->cred, s->joined.privileged,
		    (s->joined.types & CLONE_NEWNS) == 0);
		return;
	}
	if (p->maps.owner)
		cred_settle(
		    idmap_has_outside(&p->maps.users, p->maps.owner_uid),
		    idmap_has_outside(&p->maps.groups, p->maps.owner_gid));
	cred_become_root(p->uid0_inside, p->gid0_inside);
}

static void
enter_time(struct setup *s)
{
	if (s->plan->types & UAPI_CLONE_NEWTIME)
		timens_enter(&s->plan->timens);
}

void
setup_close(void)
{
	if (prctl(PR_SET_DUMPABLE, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
}

/*
 * What the command's future uid owns could otherwise look into us, or write to
 * us, while we still hold more than it will (ptrace(2)); execve(2) restores
 * it.  Not before the files below /proc/self have been written: of a process
 * like that they belong to root.
 */
static void
close_to_others(struct setup *s)
{
	(void)s;
	setup_close();
}

static void
set_propagation(struct setup *s)
{
	if (s->plan->types & CLONE_NEWNS)
		mnt_propagate(&s->plan->mnt);
}

static void
offer_kept(struct setup *s)
{
	if (s->kept != NULL)
		keep_offer(s->kept);
}

static void
set_mounts(struct setup *s)
{
	root_bind(&s->root, &s->plan->root);
	place_mount(&s->places, &s->plan->places, &s->root);
	if (s->plan->mnt.proc != NULL)
		place_make(&s->places, &s->root, s->plan->mnt.proc);
	mnt_mount(&s->plan->mnt, &s->root);
}

static void
set_names(struct setup *s)
{
	uts_apply(&s->plan->uts);
}

static void
set_loopback(struct setup *s)
{
	if (s->plan->types & CLONE_NEWNET)
		net_apply(&s->plan->net);
}

static void
run_hook(struct setup *s)
{
	const struct hook_request *r = &s->plan->hooks;

	for (size_t i = 0; i < r->n; i++)
		hook_run(r->list[i]);
}

static void
forbid_userns(struct setup *s)
{
	caps_forbid_userns(&s->plan->cred.caps);
}

/* While /proc is ours: old kernels need it for that. */
static void
close_files(struct setup *s)
{
	env_close_fds(&s->plan->env);
}

static void
change_root(struct setup *s)
{
	root_change(&s->root, &s->plan->root);
}

static void
change_directory(struct setup *s)
{
	mnt_directory(&s->plan->mnt);
}

static void
settle_kept(struct setup *s)
{
	if (s->kept != NULL)
		keep_settle(s->kept);
}

static void
explain_kept(const struct plan *p, struct explain *e)
{
	keep_explain(&p->keep, e);
}

static void
explain_root_inside(const struct plan *p, struct explain *e)
{
	if (p->joined.types & CLONE_NEWUSER)
		explain_step(e, EXPLAIN_WHOLE,
		    "become user 0 and group 0 inside, where there are any");
	else if (p->uid0_inside || p->gid0_inside)
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
	place_explain(&p->places, e);
	mnt_explain(&p->mnt, p->root.dir, e);
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
	for (size_t i = 0; i < p->hooks.n; i++)
		explain_step(
		    e, EXPLAIN_WHOLE, "set-up command: %s", p->hooks.list[i]);
}

static void
explain_userns(const struct plan *p, struct explain *e)
{
	if (p->cred.caps.no_userns)
		explain_step(e, EXPLAIN_WHOLE,
		    "no other user namespace inside, and no "
		    "CAP_SYS_RESOURCE");
}

static void
explain_root(const struct plan *p, struct explain *e)
{
	root_explain(&p->root, e);
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
	void (*run)(struct setup *);
	void (*explain)(const struct plan *, struct explain *);
	enum setup_trial trial;
} steps[] = {
	{ open_paths, NULL, SETUP_TRY_OR_END },		     /* 6 */
	{ become_root, explain_root_inside, SETUP_TRY },     /* 7 */
	{ enter_time, explain_time, SETUP_TRY },	     /* 8 */
	{ close_to_others, NULL, SETUP_TRY },		     /* after 8 */
	{ set_propagation, explain_propagation, SETUP_TRY }, /* 9 */
	{ offer_kept, explain_kept, SETUP_TRY },	     /* 5: before 10 */
	{ set_mounts, explain_mounts, SETUP_TRY },	     /* 10 */
	{ set_names, explain_names, SETUP_TRY },	     /* 11 */
	{ set_loopback, explain_loopback, SETUP_TRY },	     /* 11 */
	{ run_hook, explain_hook, SETUP_LOOK },		     /* 12 */
	{ forbid_userns, explain_userns, SETUP_TRY },	     /* after 12 */
	{ close_files, NULL, SETUP_TRY },		     /* before 13 */
	{ change_root, explain_root, SETUP_TRY_OR_END },     /* 13 */
	{ change_directory, explain_directory, SETUP_TRY },  /* 14 */
	{ settle_kept, NULL, SETUP_TRY }, /* 5: nothing more can fail */
};

#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

static bool
is_inside(const void *plan, uid_t uid)
{
	const struct plan *p = plan;

	return idmap_reaches(&p->maps, p->types, uid);
}

/*
 * Will an init of ours be there that those inside can get at?  Who looks at
 * one that is closed to others (close_to_others) needs CAP_SYS_PTRACE in the
 * user namespace that its program was executed in: in ours (ptrace(2)).
 */
static bool
exposes_init(const struct plan *p)
{
	return (p->types & CLONE_NEWPID) && !p->watch.as_pid1 &&
	    (p->types & CLONE_NEWUSER) == 0;
}

/*
 * Else the command is of our own tree, where it can reach our program by its
 * name, and so can who looks at its process before it is the command, by the
 * root of that; and nothing of ours that could be reached stays with it.
 */
static bool
changes_view(const struct setup *s)
{
	const struct plan *p = s->plan;

	return exposes_init(p) ||
	    ((p->types & CLONE_NEWPID) && s->joined.types != 0) ||
	    (s->joined.types & (CLONE_NEWPID | CLONE_NEWNS)) ||
	    p->root.dir != NULL || place_wanted(&p->places) || p->hooks.n > 0;
}

/*
 * An ordinary user who gets no other rights changes no view, and the kernel
 * says so.  What leaving our file takes a new user namespace gives.
 */
static void
seal(struct setup *s, char **all)
{
	const uint64_t leave = CAPS_BIT(CAP_SYS_ADMIN) |
	    CAPS_BIT(CAP_CHECKPOINT_RESTORE);
	const struct plan *p = s->plan;
	bool gains = (p->types | s->joined.types) & CLONE_NEWUSER;
	uint64_t caps;

	if (!changes_view(s))
		return;
	caps = gains ? leave : caps_effective();
	if (!gains &&
	    (caps & (CAPS_BIT(CAP_SYS_ADMIN) | CAPS_BIT(CAP_SYS_CHROOT))) == 0)
		return;
	/* Without a user namespace all are there, whoever our owner is. */
	if (gains && !seal_wanted(-1, is_inside, p))
		return;
	if (caps & leave)
		seal_prepare(&s->seal, all);
	else
		seal_self(all);
}

void
setup_sealed(struct setup *s, const struct plan *p, char **all)
{
	s->plan = p;
	s->kept = NULL;
	s->seal = (struct seal){ .ready = false };
	joined_open(&s->joined, &p->joined);
	if (all != NULL)
		seal(s, all);
}

/* Will the command be somebody else than our caller? */
static bool
changes_privilege(const struct plan *p)
{
	return (p->types & CLONE_NEWUSER) || p->joined.types != 0 ||
	    cred_changes_ids(&p->cred) || p->cred.caps.given ||
	    p->cred.no_new_privs;
}

void
setup_outside(struct setup *s, char **argv)
{
	const struct plan *p = s->plan;

	s->root = (struct root){ .fd = -1 };
	/* In a mount namespace that is entered it is a directory of that. */
	if ((p->joined.types & CLONE_NEWNS) == 0)
		root_open(&s->root, &p->root);
	place_open(&s->places, &p->places);
	s->tty_exposed = changes_privilege(p) && tty_look(&p->tty);
	s->groups_denied = cred_changes_ids(&p->cred) && idmap_groups_denied();
	s->run.outside = p->root.dir != NULL ? run_look(argv) : -1;
	s->run.hint = p->misread;
}

void
setup_inside(struct setup *s)
{
	for (size_t i = 0; i < NSTEPS; i++)
		steps[i].run(s);
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
setup_try(struct setup *s, size_t i)
{
	steps[i].run(s);
}

void
setup_last(const struct setup *s)
{
	if (!s->pty.on)
		tty_guard(s->tty_exposed);
	cred_apply(&s->plan->cred, s->groups_denied);
	pty_enter(&s->pty);
	env_apply(&s->plan->env);
	pty_environ(&s->pty);
	env_set(&s->plan->env);
}
