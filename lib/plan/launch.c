/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/child/init.h"
#include "lib/plan/launch.h"
#include "lib/plan/setup.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "lib/watch/handover.h"
#include "lib/watch/watch.h"

static bool
wants_init(const struct plan *p)
{
	return (p->types & CLONE_NEWPID) && !p->watch.as_pid1;
}

/* Steps 6 to 18. */
static _Noreturn void
inside(struct setup *s, const struct child *c, const int init[2],
    const struct watch *w, const struct handover *h, char **argv)
{
	const struct plan *p = s->plan;
	int kill_sig = p->watch.kill_sig;

	if (s->kept != NULL)
		keep_side(s->kept, true);
	/* Nothing of what is still to be done is for an orphan to do. */
	child_guard(c, SIGKILL);
	child_await(c);
	setup_inside(s);
	if (wants_init(p)) {
		init_become(init, c, kill_sig, p->watch.wait_all, h->wanted);
		kill_sig = 0; /* the command dies with its init */
	}
	if (h->wanted)
		child_show(c);
	daemon_streams(&h->background);
	setup_last(s);
	child_guard(c, kill_sig);
	child_executes(c);
	watch_restore(w);
	run_command(argv, s->found_outside);
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
	int cgroup;

	watch_begin(&w);
	handover_begin(&handover, &p->handover, p->types, &w.mask);
	setup_outside(&setup, p, argv, all);
	if (wants_init(p))
		init_channel(init);
	cgroup = cgroup_open(&p->cgroup);
	if (keep_wanted(&p->keep)) {
		keep_begin(&kept, &p->keep, p->types);
		setup.kept = &kept;
	}
	idmap_as_owner(&p->maps);
	if (child_start(&child, p->types & ~UAPI_CLONE_NEWTIME, cgroup))
		inside(&setup, &child, init, &w, &handover, argv);
	idmap_as_self(&p->maps);
	seal_close(&setup.seal);
	if (init[1] != -1)
		close(init[1]);
	if (p->types & CLONE_NEWUSER)
		idmap_install(child.pid, &p->maps);
	watch_start_clock(&w, &p->watch);
	child_release(&child);
	if (setup.kept != NULL) {
		keep_side(setup.kept, false);
		keep_outside(setup.kept);
	}
	watch_child(&w, &child, init[0], &p->watch, &handover);
}
