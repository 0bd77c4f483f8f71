/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/init.h"
#include "lib/launch.h"
#include "lib/run.h"
#include "lib/setup.h"
#include "lib/uapi.h"
#include "lib/watch.h"

static bool
wants_init(const struct plan *p)
{
	return (p->types & CLONE_NEWPID) && !p->watch.as_pid1;
}

/* Steps 6 to 18. */
static _Noreturn void
inside(const struct plan *p, const struct child *c, const int line[2],
    const struct watch *w, char **argv, int outside)
{
	if (p->kept != NULL)
		keep_side(p->kept, true);
	child_await(c);
	setup_inside(p);
	if (wants_init(p))
		init_become(line, c, p->watch.kill_sig, p->watch.wait_all);
	setup_last(p);
	/* Under an init the command dies with it. */
	if (!wants_init(p) && p->watch.kill_sig != 0)
		child_guard(c, p->watch.kill_sig);
	child_executes(c);
	watch_restore(w);
	run_command(argv, outside);
}

void
launch(struct plan *p, char **argv)
{
	static struct child child;
	static struct keep kept;
	int line[2] = { -1, -1 };
	struct watch w;
	int cgroup, outside;

	watch_begin(&w);
	outside = setup_outside(p, argv);
	if (wants_init(p))
		init_line(line);
	cgroup = cgroup_open(&p->cgroup);
	if (keep_wanted(&p->keep)) {
		keep_begin(&kept, &p->keep, p->types);
		p->kept = &kept;
	}
	idmap_as_owner(&p->maps);
	if (child_start(&child, p->types & ~UAPI_CLONE_NEWTIME, cgroup))
		inside(p, &child, line, &w, argv, outside);
	idmap_as_self(&p->maps);
	if (line[1] != -1)
		close(line[1]);
	if (p->types & CLONE_NEWUSER)
		idmap_install(child.pid, &p->maps);
	child_release(&child);
	if (p->kept != NULL) {
		keep_side(p->kept, false);
		keep_outside(p->kept);
	}
	watch_child(&w, &child, line[0], &p->watch);
}
