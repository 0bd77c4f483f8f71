/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/plan/setup.h"
#include "lib/plan/unshare.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/step/run.h"
#include "lib/uapi.h"

/*
 * The helper stays outside, where the privilege over outside ids is, and
 * writes the maps of its parent once that has unshared.
 */
static _Noreturn void
help_from_outside(const struct plan *p, const struct child *c, pid_t parent)
{
	child_await(c);
	idmap_install(parent, &p->maps);
	_exit(0);
}

/* A helper that was killed, or failed, is our failure: it says so itself. */
static void
await_helper(struct child *c)
{
	int status;

	child_release(c);
	if (proc_reap(c->pid, &status) == -1)
		fail_errno(EXIT_CANCELED, "waiting for the helper");
	c->pid = -1;
	fail_prefer_report(-1);
	if (fail_receive(c->channel, NULL, 0) == -1)
		fail_errno(EXIT_CANCELED, "receiving from the helper");
	if (WIFSIGNALED(status))
		fail(EXIT_CANCELED,
		    "the helper that writes the ID maps was "
		    "killed by signal %d",
		    WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		fail(EXIT_CANCELED,
		    "the helper that writes the ID maps "
		    "exited with status %d",
		    WEXITSTATUS(status));
	close(c->channel);
}

static void
unshare_or_fail(int types, int entered)
{
	int errnum;

	if (types == 0 || unshare(types) == 0)
		return;
	errnum = errno;
	alias_fail(errnum, "unshare failed");
	fail_why(EXIT_CANCELED, errnum,
	    reason_create_in(entered, types, errnum),
	    "cannot create the namespaces");
}

void
unshare_enter(const struct plan *p, struct joined *j)
{
	int types = p->types & ~UAPI_CLONE_NEWTIME;
	static struct child helper;
	struct watch w;
	pid_t self = getpid();
	bool helped = (types & CLONE_NEWUSER) &&
	    (p->maps.outside || (j->types & CLONE_NEWNS));

	if (helped) {
		watch_begin(&w);
		if (child_start(&helper, 0))
			help_from_outside(p, &helper, self);
	}
	joined_enter(j);
	idmap_as_owner(&p->maps);
	fail_part(EXPLAIN_CREATE);
	unshare_or_fail(types, j->types);
	fail_part(EXPLAIN_WHOLE);
	if (helped) {
		await_helper(&helper); /* reaped: there is nothing to undo */
		watch_restore(&w);
	} else if (types & CLONE_NEWUSER) {
		idmap_install(0, &p->maps);
	}
}

void
unshare_become(const struct plan *p, char **argv, char **all)
{
	static struct keep kept;
	struct cgroup cgroup;
	static struct setup s;

	setup_sealed(&s, p, all);
	if ((p->types & CLONE_NEWPID) && !p->quiet)
		fail_warn("-p without -f: this process stays where it is, its "
			  "first child will be PID 1");
	if ((p->joined.types & CLONE_NEWPID) && !p->quiet)
		fail_warn("--join=pid without -f: this process stays where it "
			  "is, its children will be there");
	setup_outside(&s, argv);
	cgroup_open(&p->cgroup, &cgroup);
	cgroup_move(&cgroup, 0, NULL);
	if (keep_wanted(&p->keep)) {
		keep_begin_helper(&kept, &p->keep, p->types);
		s.kept = &kept;
	}
	unshare_enter(p, &s.joined);
	seal_apply(&s.seal, -1);
	setup_inside(&s);
	setup_last(&s);
	if (s.kept != NULL)
		keep_executes(s.kept);
	run_command(argv, &s.run);
}
