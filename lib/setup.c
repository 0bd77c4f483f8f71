/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <paths.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/run.h"
#include "lib/setup.h"
#include "lib/uapi.h"

static void
become_root(const struct plan *p)
{
	if (p->maps.owner)
		cred_settle();
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
propagate(const struct plan *p)
{
	if (p->types & CLONE_NEWNS)
		mnt_propagate(&p->mnt);
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

/* The hook is a program like any other: our mask is not for it. */
static _Noreturn void
run_hook_shell(const char *cmd, volatile int *errnum)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execl(_PATH_BSHELL, "sh", "-c", cmd, (char *)NULL);
	*errnum = errno;
	_exit(EXIT_ENOENT);
}

void
setup_hook(const char *cmd)
{
	volatile int errnum = 0;
	int status;
	pid_t pid;

	/* It has our memory until its execve(2), and tells us by it. */
	if ((pid = vfork()) == -1)
		fail_errno(EXIT_CANCELED, "--setup");
	if (pid == 0)
		run_hook_shell(cmd, &errnum);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			fail_errno(EXIT_CANCELED, "--setup");
	if (errnum != 0)
		fail_why(
		    EXIT_CANCELED, errnum, NULL, "--setup: %s", _PATH_BSHELL);
	if (WIFSIGNALED(status))
		fail(EXIT_CANCELED, "--setup %s: killed by signal %d", cmd,
		    WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		fail(EXIT_CANCELED, "--setup %s: exit status %d", cmd,
		    WEXITSTATUS(status));
}

static void
run_hook(const struct plan *p)
{
	if (p->hook != NULL)
		setup_hook(p->hook);
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

/* The order is the table in setup.h: change both or neither. */
static void (*const steps[])(const struct plan *) = {
	become_root,	  /* 7 */
	enter_time,	  /* 8 */
	close_to_others,  /* after 8 */
	propagate,	  /* 9 */
	set_mounts,	  /* 10 */
	set_names,	  /* 11 */
	set_loopback,	  /* 11 */
	run_hook,	  /* 12 */
	change_root,	  /* 13 */
	change_directory, /* 14 */
};

int
setup_outside(const struct plan *p, char *const argv[])
{
	mnt_check_outside(&p->mnt);
	return p->mnt.root != NULL ? run_look(argv) : -1;
}

void
setup_inside(const struct plan *p)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		steps[i](p);
}

/* Will the command be somebody else than our caller? */
static bool
changes_privilege(const struct plan *p)
{
	const struct cred_request *c = &p->cred;

	return (p->types & CLONE_NEWUSER) || c->user != NULL ||
	    c->group != NULL || c->groups != NULL || c->caps_set ||
	    c->no_new_privs;
}

void
setup_last(const struct plan *p)
{
	if (changes_privilege(p))
		tty_guard(&p->tty);
	cred_apply(&p->cred);
	env_apply(&p->env);
	env_close_fds(&p->env);
}
