/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/child/child.h"
#include "lib/child/init.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/caps.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/ref/join.h"
#include "lib/step/cgroup.h"
#include "lib/step/mnt.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "lib/watch/watch.h"
#include "tools/nsjoin/enter.h"

/* Is DIR our root already?  Then it need not be allowed to change it. */
static bool
is_root(int dir)
{
	struct stat a, b;

	return fstat(dir, &a) == 0 && stat("/", &b) == 0 && file_same(&a, &b);
}

/* We are inside: from here on nothing is looked up. */
static void
take_place(const struct enter *e)
{
	fail_part(EXPLAIN_ROOT);
	if (e->root_fd != -1 &&
	    (fchdir(e->root_fd) == -1 ||
		(chroot(".") == -1 &&
		    (errno != EPERM || !is_root(e->root_fd)))))
		fail_why(EXIT_CANCELED, errno,
		    actas_hint(&e->r->act, ACTAS_ROOT), "--root");
	fail_part(EXPLAIN_WD);
	if (e->wd_fd != -1 && fchdir(e->wd_fd) == -1)
		fail_why(EXIT_CANCELED, errno, actas_hint(&e->r->act, ACTAS_WD),
		    "--wd");
	if (e->r->wdns != NULL && chdir(e->r->wdns) == -1) {
		alias_fail(errno, "cannot open current working directory");
		fail_why(EXIT_CANCELED, errno, reason_path(e->r->wdns, errno),
		    "--wdns %s", e->r->wdns);
	}
}

/* In a mount namespace of its own: that of the target stays as it is. */
static void
mount_proc(void)
{
	static const struct mnt_request mnt = {
		.propagation = MS_REC | MS_SLAVE, .proc = "/proc"
	};
	static const struct root root = { .fd = -1 };

	if (unshare(CLONE_NEWNS) == -1)
		fail_errno(
		    EXIT_CANCELED, "--mount-proc: the mount namespace for it");
	mnt_propagate(&mnt);
	mnt_mount(&mnt, &root);
}

/*
 * Our groups go while we may still clear them: inside it may be denied
 * (user_namespaces(7)), and root's groups are not for those in there.
 */
static void
drop_groups(const struct enter *e)
{
	if (request_changes_ids(e->r, e->joins) && setgroups(0, NULL) == -1 &&
	    errno != EPERM)
		fail_errno(EXIT_CANCELED, "clearing the supplementary groups");
}

/* A process of the user namespace that we are in, in our own /proc; or -1. */
static int
who_has_maps(const struct enter *e)
{
	if (e->joins & CLONE_NEWUSER)
		return enter_is_its_user(e) ? e->ref.proc.dir : -1;
	return e->joins & CLONE_NEWNS ?
	    -1 :
	    open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* ASKED: as it was typed; NULL: an ID that nobody asked for. */
static _Noreturn void
id_refused(const struct enter *e, bool group, const char *asked)
{
	int errnum = errno;
	const char *why = cred_why_refused(errnum, group, who_has_maps(e));

	alias_fail(errnum, group ? "setgid failed" : "setuid failed");
	if (asked != NULL)
		fail_why(EXIT_CANCELED, errnum, why, "--%s %s",
		    group ? "setgid" : "setuid", asked);
	fail_why(EXIT_CANCELED, errnum,
	    cred_with_cure(why, "--preserve-credentials leaves ours"),
	    "%s ID %u", group ? "group" : "user",
	    (unsigned)(group ? e->gid : e->uid));
}

static void
take_group(const struct enter *e, bool tolerant)
{
	if (cred_set_gid(e->gid, e->gid) == 0)
		return;
	if (!tolerant || e->r->cred.group != NULL)
		id_refused(e, true, e->r->cred.group);
	if (e->r->verbose)
		fail_warn("no group 0 for us in there: ours stays");
}

static void
take_user(const struct enter *e, bool tolerant)
{
	if (cred_set_uid(e->uid, e->uid) == 0)
		return;
	if (!tolerant || e->r->cred.user != NULL)
		id_refused(e, false, e->r->cred.user);
	if (e->r->verbose)
		fail_warn("no root for us in there: user and groups stay");
}

/*
 * Root in a user namespace, unless -S or -G say otherwise; an ordinary user
 * who is not mapped to root there keeps the IDs.
 */
static void
take_ids(const struct enter *e, bool privileged)
{
	const struct inside *in = &e->inside;
	bool inside = request_becomes_root(e->r, e->joins);

	if (e->r->act.on)
		return;
	drop_groups(e);
	if (in->sets_groups && setgroups(in->ngroups, in->groups) == -1)
		fail_why(EXIT_CANCELED, errno,
		    cred_why_groups_refused(errno, who_has_maps(e)),
		    "--init-groups");
	fail_part(EXPLAIN_GID);
	if (inside || e->r->cred.group != NULL || in->sets_groups)
		take_group(e, !privileged);
	fail_part(EXPLAIN_UID);
	if (inside || e->r->cred.user != NULL)
		take_user(e, !privileged);
}

/* What has to be done before we enter, and is inherited; then enter. */
static void
begin(struct enter *e)
{
	cgroup_move(&e->cgroup, 0, actas_hint(&e->r->act, ACTAS_CGROUP));
	fail_part(EXPLAIN_ACT_AS);
	actas_begin(&e->act);
	fail_part(EXPLAIN_WHOLE);
	drop_groups(e);
	join_enter(&e->ref, e->whole, "-U");
	seal_apply(&e->seal, -1);
	netfiles_apply(&e->netfiles);
}

/* The command's own process, in its namespaces. */
static void
prepare(const struct enter *e, bool privileged)
{
	take_place(e);
	fail_part(EXPLAIN_PROC);
	if (e->r->mount_proc)
		mount_proc();
	fail_part(EXPLAIN_WHOLE);
	if (!e->r->pty.on &&
	    (e->joins != 0 || request_changes_ids(e->r, e->joins) ||
		e->r->act.on))
		tty_guard(e->tty_exposed);
	fail_part(EXPLAIN_ACT_AS);
	lsmlabel_apply(&e->label);
	if (e->r->cred.caps.keep)
		caps_keep();
	take_ids(e, privileged);
	if (e->r->cred.caps.keep)
		caps_raise();
	fail_part(EXPLAIN_ACT_AS);
	actas_finish(&e->act);
}

static void
take_environment(const struct enter *e)
{
	if (e->environ != NULL)
		environ = e->environ;
	env_apply(&e->r->environment);
	inside_environ(e);
	pty_environ(&e->pty);
	env_set(&e->r->environment);
}

/* The filters come last: they may refuse what any other step needs. */
static _Noreturn void
execute(const struct enter *e, char **argv)
{
	pty_enter(&e->pty);
	take_environment(e);
	actas_signals(&e->r->act);
	actas_filter(&e->act);
	if (e->program_fd != -1)
		program_execute(&e->r->program, &e->libs, e->program_fd, argv);
	if (e->inside.lost && e->run.hint == NULL && !alias_has(ALIAS_WORDS) &&
	    !run_look(argv))
		fail_why(EXIT_ENOENT, ENOENT,
		    e->run.outside == 1 ?
			"it is there outside, but neither our PATH nor the "
			"target's has it inside; -e takes the environment of "
			"the target" :
			"neither our PATH nor the target's has it inside; -e "
			"takes the environment of the target",
		    "%s", argv[0]);
	run_command(argv, &e->run);
}

static _Noreturn void
no_child(int errnum)
{
	fail_part(EXPLAIN_TYPE + (int)ns_index(ns_type_by_flag(CLONE_NEWPID)));
	fail_why(EXIT_CANCELED, errnum,
	    reason_create_in(CLONE_NEWPID, 0, errnum), "cannot create a child");
}

/* Only a child is in the PID namespace that we enter. */
static bool
enters_pid(const struct enter *e)
{
	return (e->joins & CLONE_NEWPID) && !e->r->no_fork;
}

/* What the command's own process needs. */
struct command {
	struct enter *enter;
	struct child *child;
	const struct watch *watch;
	char **argv;
	bool privileged;
};

/* INIT: the parent, or 0. */
static _Noreturn void
become_command(void *arg, pid_t init)
{
	const struct command *cmd = arg;

	cmd->child->parent = init;
	prepare(cmd->enter, cmd->privileged);
	child_guard(cmd->child, SIGKILL);
	child_executes(cmd->child);
	watch_restore(cmd->watch);
	execute(cmd->enter, cmd->argv);
}

/* In its process: where the command's own process is, with its init. */
static _Noreturn void
start_inside(struct command *cmd, const int init[2])
{
	struct enter *e = cmd->enter;
	struct child *c = cmd->child;

	/* In the target's cgroup it may be frozen. */
	child_guard(c, SIGKILL);
	begin(e);
	if (enters_pid(e)) {
		child_sibling(c, 0, e->joins);
		child_await(c);
	}
	if (e->r->init)
		init_become(init, c,
		    &(struct init_request){ .kill_sig = SIGKILL,
			.joined = true,
			.command = become_command,
			.arg = cmd });
	become_command(cmd, 0);
}

/* So that it can be killed: see fail_undo. */
static void
take_back(void *arg)
{
	const struct enter *e = arg;

	cgroup_take_back(&e->cgroup, e->child->pid);
}

static _Noreturn void
become_watched(struct enter *e, char **argv)
{
	static struct child child;
	int init[2] = { -1, -1 };
	struct watch w;
	struct command cmd = { e, &child, &w, argv, geteuid() == 0 };

	watch_begin(&w);
	if (e->r->init)
		init_channel(init);
	if (child_start(&child, 0))
		start_inside(&cmd, init);
	e->child = &child;
	fail_undo(take_back, e);
	child.init = init[0];
	file_close(init[1]);
	seal_close(&e->seal);
	if (enters_pid(e))
		child_adopt(&child, &w.mask);
	/* Until it is released it is no init. */
	child.joined = e->r->init;
	watch_start_clock(&w, &e->r->watch);
	child_release(&child);
	watch_child(&w, &child, init[0], &e->r->watch, NULL);
}

/* Somebody else could have changed what the REF TEXT (or NULL) leads to. */
static void
report_doubt(const char *text)
{
	const char *why = text == NULL ? NULL : ref_doubt(text);

	if (why != NULL)
		fail_warn("%s: %s", text, why);
}

/*
 * -v: what will be entered.  Once: where a copy of us goes on, it begins anew
 * and comes here.
 */
static void
report_joins(const struct enter *e)
{
	char list[64] = "";

	report_doubt(e->target);
	for (size_t i = 0; i < NS_NTYPES; i++)
		report_doubt(e->r->from[i]);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (e->joins & ns_types[i].flag) {
			strlcat(list, *list == '\0' ? "" : ", ", sizeof(list));
			strlcat(list, ns_types[i].name, sizeof(list));
		}
	fail_warn("entering %s%s%s", *list == '\0' ? "nothing" : list,
	    e->target != NULL ? " of " : "",
	    e->target != NULL ? e->target : "");
	if (e->not_taken[0] != '\0')
		fail_warn("not taken from the environment of the target: %s",
		    e->not_taken);
}

void
enter_become(struct enter *e, const struct child *parent, char **argv)
{
	bool privileged = geteuid() == 0;

	if (e->r->verbose)
		report_joins(e);
	/* While /proc is ours, which old kernels need for it. */
	env_close_fds(&e->r->environment);
	enter_seal_program(e);
	if (enters_pid(e) || e->r->init)
		become_watched(e, argv);
	if (parent != NULL)
		child_guard(parent, SIGKILL);
	pty_report(&e->pty);
	begin(e);
	prepare(e, privileged);
	if (parent != NULL)
		child_guard(parent, SIGKILL);
	execute(e, argv);
}

static void
try_inside(struct enter *e, volatile int *at, char **argv, bool privileged)
{
	*at = ENTER_PREPARE;
	fail_part(EXPLAIN_WHOLE);
	prepare(e, privileged);
	take_environment(e);
	*at = ENTER_RUN;
	fail_part(EXPLAIN_WHOLE);
	if (e->program_fd == -1)
		run_check(argv, &e->run);
	*at = ENTER_DONE;
}

void
enter_try(struct enter *e, volatile int *at, char **argv)
{
	bool privileged = geteuid() == 0;
	pid_t pid;

	*at = ENTER_JOIN;
	e->cgroup.n = 0;
	begin(e);
	if (!enters_pid(e)) {
		try_inside(e, at, argv, privileged);
		return;
	}
	if ((pid = fork()) == -1)
		no_child(errno);
	if (pid == 0) {
		try_inside(e, at, argv, privileged);
		_exit(0);
	}
	(void)proc_reap(pid, NULL);
}
