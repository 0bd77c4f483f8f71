/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/child/init.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/plan/launch.h"
#include "lib/plan/setup.h"
#include "lib/reason/reason.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "lib/watch/handover.h"
#include "lib/watch/watch.h"

static bool
wants_init(const struct plan *p)
{
	return ((p->types | p->joined.types) & CLONE_NEWPID) &&
	    !p->watch.as_pid1;
}

/*
 * A new PID namespace ends with its PID 1, and needs no help.  In one that was
 * entered the orphans are not ours but of its PID 1, or of an init of ours.
 */
static bool
ends_rest(const struct plan *p)
{
	return ((p->types | p->joined.types) & CLONE_NEWPID) == 0 &&
	    !p->watch.leave_rest;
}

/* A new cgroup namespace begins where its process is, once that has moved. */
static void
new_cgroup_ns(const struct plan *p)
{
	int errnum;

	if ((p->types & CLONE_NEWCGROUP) == 0 || unshare(CLONE_NEWCGROUP) == 0)
		return;
	errnum = errno;
	fail_why(EXIT_CANCELED, errnum, reason_create(CLONE_NEWCGROUP, errnum),
	    "cannot create the namespaces");
}

/* What clone3(2) makes; the others come when something else has been done. */
static int
types_at_once(const struct plan *p)
{
	return p->types & ~UAPI_CLONE_NEWTIME &
	    ~(p->cgroup.path != NULL ? CLONE_NEWCGROUP : 0);
}

/*
 * Enter what is to be entered, and go on as a sibling in the new namespaces:
 * our parent, the supervisor, stays outside with all its rights and paths.
 */
static void
enter_joined(struct setup *s, const struct child *c)
{
	child_guard(c, SIGKILL);
	joined_enter(&s->joined);
	/* Those in there will see the sibling. */
	if (s->joined.types & CLONE_NEWPID)
		seal_apply(&s->seal, -1);
	idmap_as_owner(&s->plan->maps);
	child_sibling(c, types_at_once(s->plan), s->joined.types);
}

/*
 * May the command's process use the memory of its init until it executes?  One
 * that is shown may be held for long; and where others were there before it it
 * would not be PID 2.
 */
static bool
may_lend(const struct setup *s, const struct handover *h)
{
	return s->joined.types == 0 && s->kept == NULL && !h->wanted &&
	    s->plan->hooks.n == 0;
}

/*
 * Has the parent to write the ID maps?  Where a mount namespace was entered the
 * child's /proc is of others.
 */
static bool
maps_outside(const struct setup *s)
{
	return (s->plan->types & CLONE_NEWUSER) &&
	    (s->plan->maps.outside || (s->joined.types & CLONE_NEWNS));
}

/*
 * Does a step of the child's want something of the parent's, or let others run?
 * Else it need not wait for the parent before the last of them.
 */
static bool
waits_early(const struct setup *s, const struct handover *h)
{
	return !may_lend(s, h) || maps_outside(s) ||
	    ((s->plan->types & CLONE_NEWUSER) && s->seal.ready) ||
	    s->plan->cgroup.path != NULL;
}

/* Inside: the parent makes the way by which the child leaves our file. */
static void
await_sealed(struct setup *s, const struct child *c)
{
	int view = child_await_file(c);

	seal_apply(&s->seal, view);
}

/* Outside; in namespaces that are entered our file may have been left. */
static void
release(struct setup *s, const struct child *c)
{
	int view = s->joined.types == 0 ? seal_view(&s->seal) : -1;

	child_release_file(c, view);
	file_close(view);
	seal_close(&s->seal);
}

/* What the command's own process needs. */
struct command {
	const struct setup *setup;
	struct child *child;
	const struct watch *watch;
	const struct handover *handover;
	char **argv;
};

/* Steps 15 to 18.  INIT: the parent, or 0. */
static _Noreturn void
become_command(void *arg, pid_t init)
{
	const struct command *cmd = arg;
	const struct setup *s = cmd->setup;
	struct child *c = cmd->child;
	const bool joined = s->joined.types & CLONE_NEWPID;
	int kill_sig = s->plan->watch.kill_sig;

	if (init != 0) {
		/* With PID 1 the command dies anyway. */
		kill_sig = joined ? SIGKILL : 0;
		c->parent = joined ? init : 0;
	}
	if (cmd->handover->wanted)
		child_show(c, s->joined.types == 0 || !s->joined.privileged);
	daemon_streams(&cmd->handover->background);
	setup_last(s);
	if (init != 0)
		setup_close(); /* the memory may be that of the init, too */
	child_guard(c, kill_sig);
	child_executes(c);
	watch_restore(cmd->watch);
	run_command(cmd->argv, &s->run);
}

/* Steps 6 to 18. */
static _Noreturn void
inside(struct setup *s, struct command *cmd, const int init[2])
{
	const struct plan *p = s->plan;
	struct child *c = cmd->child;
	bool early = waits_early(s, cmd->handover);

	if (s->joined.types != 0)
		enter_joined(s, c);
	if (s->kept != NULL)
		keep_side(s->kept, true);
	/* Nothing of what is still to be done is for an orphan to do. */
	child_guard(c, SIGKILL);
	if (p->cgroup.path != NULL)
		child_executes(c); /* it may be moved */
	if (early)
		await_sealed(s, c);
	if ((p->types & CLONE_NEWUSER) && !maps_outside(s))
		idmap_install(0, &p->maps);
	if (p->cgroup.path != NULL)
		new_cgroup_ns(p);
	setup_inside(s);
	if (!early)
		await_sealed(s, c);
	if (wants_init(p))
		init_become(init, c,
		    &(struct init_request){ .kill_sig = p->watch.kill_sig,
			.wait_all = p->watch.wait_all,
			.asked = cmd->handover->wanted,
			.joined = s->joined.types & CLONE_NEWPID,
			.lend = may_lend(s, cmd->handover),
			.command = become_command,
			.arg = cmd });
	become_command(cmd, 0);
}

/* Outside: the process that the command will be, or its init. */
static void
start(struct setup *s, struct command *cmd, const int init[2])
{
	const struct plan *p = s->plan;
	struct child *c = cmd->child;

	if (s->joined.types != 0) {
		if (child_start(c, 0))
			inside(s, cmd, init);
		child_adopt(c, &cmd->watch->mask);
		c->joined = wants_init(p) && (s->joined.types & CLONE_NEWPID);
		c->init = init[0];
		return;
	}
	idmap_as_owner(&p->maps);
	if (child_start(c, types_at_once(p)))
		inside(s, cmd, init);
	idmap_as_self(&p->maps);
}

void
launch(const struct plan *p, char **argv, char **all)
{
	static struct handover handover;
	static struct child child;
	static struct keep kept;
	static struct setup setup;
	int init[2] = { -1, -1 };
	struct watch w;
	struct cgroup cgroup;
	struct command cmd = { &setup, &child, &w, &handover, argv };

	setup_sealed(&setup, p, all);
	watch_begin(&w);
	handover_begin(&handover, &p->handover, p->types, &w.mask);
	setup_outside(&setup, argv);
	pty_begin(&setup.pty, &p->pty, p->watch.timeout);
	if (wants_init(p))
		init_channel(init);
	cgroup_open(&p->cgroup, &cgroup);
	if (keep_wanted(&p->keep)) {
		keep_begin(&kept, &p->keep, p->types);
		setup.kept = &kept;
	}
	if (ends_rest(p))
		rest_begin(&w.rest, false);
	start(&setup, &cmd, init);
	if (init[1] != -1)
		close(init[1]);
	/* It moves once it dies with us: where it goes it may be frozen. */
	if (cgroup.n > 0) {
		child_wait_ready(&child, &w.mask);
		cgroup_move(&cgroup, child.pid, NULL);
	}
	if (maps_outside(&setup))
		idmap_install(child.pid, &p->maps);
	watch_start_clock(&w, &p->watch);
	if (setup.kept == NULL)
		rest_adopt(&w.rest);
	release(&setup, &child);
	if (setup.kept != NULL) {
		keep_side(setup.kept, false);
		keep_outside(setup.kept, &w.mask);
		/* Only now: what keeps them is to outlive us. */
		rest_adopt(&w.rest);
	}
	watch_child(&w, &child, init[0], &p->watch, &handover);
}
