/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/enter.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/join.h"
#include "lib/run.h"
#include "lib/uapi.h"
#include "lib/watch.h"

#define ENVIRON_MAX (64 << 20)

static void
resolve(const char *text, int types, struct ref *r)
{
	const char *errstr;

	if (ref_resolve(text, types, r, &errstr) == -1)
		fail(EXIT_CANCELED, "%s: %s", text, errstr);
}

/* The types that have a REF of their own, into their places. */
static void
resolve_single(struct enter *e)
{
	struct ref one;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->from[i] == NULL)
			continue;
		resolve(e->from[i], ns_types[i].flag, &one);
		if (e->ref.fd[i] != -1)
			close(e->ref.fd[i]);
		e->ref.fd[i] = one.fd[i];
		one.fd[i] = -1;
		ref_close(&one);
		e->whole = false;
	}
}

/* Does the request speak of the target beyond its namespaces? */
static bool
wants_process(const struct enter *e)
{
	return e->env || (e->root != NULL && *e->root == '\0') ||
	    (e->wd != NULL && *e->wd == '\0');
}

/* A directory of the target's process, or one by its name here. */
static int
open_place(struct enter *e, const char *what, const char *where,
    const char *link)
{
	int fd;

	if (where == NULL)
		return -1;
	if (*where == '\0')
		fd = openat(e->ref.proc.dir, link,
		    O_PATH | O_DIRECTORY | O_CLOEXEC);
	else
		fd = open(where, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		fail_errno(EXIT_CANCELED, "%s%s%s", what,
		    *where != '\0' ? " " : " of the target", where);
	return fd;
}

/* NAME=VALUE strings, each with its '\0', as an array. */
static char **
read_environ(int dir)
{
	size_t len, n = 1;
	char *text, **list;

	if ((text = file_get_all(dir, "environ", ENVIRON_MAX, &len)) == NULL)
		fail_errno(EXIT_CANCELED, "environment of the target");
	for (size_t i = 0; i < len; i++)
		n += text[i] == '\0';
	if ((list = calloc(n + 1, sizeof(*list))) == NULL)
		fail_errno(EXIT_CANCELED, "environment of the target");
	n = 0;
	for (size_t i = 0; i < len; i += strlen(text + i) + 1)
		if (strchr(text + i, '=') != NULL)
			list[n++] = text + i;
	return list;
}

static void
open_process(struct enter *e)
{
	if (wants_process(e) && (e->ref.proc.pid == 0 || e->ref.proc.dir == -1))
		fail(EXIT_CANCELED, "the target is no process: it has no "
				    "root, directory or environment");
	e->root_fd = open_place(e, "--root", e->root, "root");
	e->wd_fd = open_place(e, "--wd", e->wd, "cwd");
	if (e->env)
		e->environ = read_environ(e->ref.proc.dir);
	/* Opened by a number in use again, it is not the target's. */
	if (e->ref.proc.pid != 0 && proc_alive(&e->ref.proc) == -1)
		fail(EXIT_CANCELED, "process %d has ended",
		    (int)e->ref.proc.pid);
}

void
enter_open(struct enter *e)
{
	int wanted = e->all ? 0 : e->types;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->from[i] != NULL)
			wanted &= ~ns_types[i].flag;
		e->ref.fd[i] = -1;
	}
	e->ref.proc.pidfd = e->ref.proc.dir = -1;
	if (e->target != NULL)
		resolve(e->target, wanted, &e->ref);
	else if (wanted != 0 || e->all)
		fail(EXIT_CANCELED, "whose namespaces? no --target");
	e->whole = true;
	if (e->target != NULL && wanted == 0 && !e->all && e->types != 0)
		for (size_t i = 0; i < NS_NTYPES; i++)
			if (e->ref.fd[i] != -1) {
				close(e->ref.fd[i]);
				e->ref.fd[i] = -1;
			}
	resolve_single(e);
	open_process(e);
	tty_look(&e->tty);
	e->joins = join_differing(&e->ref);
	if (e->joins == 0 && e->types == 0 && !wants_process(e))
		fail(EXIT_CANCELED, "%s: we are in all of its namespaces "
		    "already", e->target);
}

bool
enter_needs_seal(const struct enter *e)
{
	return (e->joins & (CLONE_NEWNS | CLONE_NEWPID)) &&
	    !(e->joins & CLONE_NEWUSER);
}

/* Inside from here on: nothing is looked up any more. */
static void
take_place(const struct enter *e)
{
	if (e->root_fd != -1 &&
	    (fchdir(e->root_fd) == -1 || chroot(".") == -1))
		fail_errno(EXIT_CANCELED, "--root");
	if (e->wd_fd != -1 && fchdir(e->wd_fd) == -1)
		fail_errno(EXIT_CANCELED, "--wd");
}

static bool
changes_ids(const struct enter *e)
{
	return ((e->joins & CLONE_NEWUSER) && !e->preserve) ||
	    e->cred.user != NULL || e->cred.group != NULL;
}

/*
 * Our groups go while we may still clear them: inside it may be denied
 * (user_namespaces(7)), and root's groups are not for those in there.
 */
static void
drop_groups(const struct enter *e)
{
	if (changes_ids(e) && setgroups(0, NULL) == -1 && errno != EPERM)
		fail_errno(EXIT_CANCELED, "clearing the supplementary groups");
}

/* In a user namespace root, unless told otherwise, if it has one for us. */
static void
take_ids(const struct enter *e, bool privileged)
{
	bool inside = (e->joins & CLONE_NEWUSER) && !e->preserve;
	bool user = inside || e->cred.user != NULL;
	bool group = inside || e->cred.group != NULL;

	drop_groups(e);
	if (group && setresgid(e->cred.gid, e->cred.gid, e->cred.gid) == -1 &&
	    (privileged || e->cred.group != NULL))
		fail_errno(EXIT_CANCELED, "group ID %ju "
		    "(--preserve-credentials leaves it)",
		    (uintmax_t)e->cred.gid);
	if (user && setresuid(e->cred.uid, e->cred.uid, e->cred.uid) == -1 &&
	    (privileged || e->cred.user != NULL))
		fail_errno(EXIT_CANCELED, "user ID %ju "
		    "(--preserve-credentials leaves it)",
		    (uintmax_t)e->cred.uid);
}

/* The command's own process, in its namespaces. */
static void
prepare(const struct enter *e, bool privileged)
{
	take_place(e);
	if (e->joins != 0 || e->cred.user != NULL || e->cred.group != NULL)
		tty_guard(&e->tty);
	take_ids(e, privileged);
}

static _Noreturn void
execute(const struct enter *e, char **argv)
{
	if (e->environ != NULL)
		environ = e->environ;
	run_command(argv);
}

/* Enter, and start the command's process beside us, as our parent's child. */
static void
stage(struct enter *e)
{
	long pid;

	drop_groups(e);
	join_enter(&e->ref, e->whole);
	pid = uapi_clone(CLONE_PARENT | SIGCHLD, NULL);
	if (pid == -1)
		fail_why(EXIT_CANCELED, errno, errno == ENOMEM ?
		    "its PID 1 has ended: nothing can start in there" : NULL,
		    "child in the PID namespace");
	if (pid > 0)
		_exit(0);
}

/* The stage's child is ours: from its word on it is C. */
static void
adopt(struct child *c)
{
	static struct fail_report report;
	struct pollfd line = { .fd = c->sock, .events = POLLIN };
	pid_t pid = 0, old = c->pid;

	while (poll(&line, 1, -1) == -1)
		if (errno != EINTR)
			fail_errno(EXIT_CANCELED, "waiting for the child");
	switch (child_hear(c, &report, &pid)) {
	case CHILD_FAILED:
		fail(report.status, "%s", report.line);
	case CHILD_EXECUTES:
		break;
	default:
		fail(EXIT_CANCELED, "the child died before the command ran");
	}
	while (waitpid(old, NULL, 0) == -1)
		if (errno != EINTR)
			fail_errno(EXIT_CANCELED, "waiting for the child");
	c->pid = pid;
	close(c->pidfd);
	if ((c->pidfd = uapi_pidfd_open(pid, 0)) == -1)
		fail_errno(EXIT_CANCELED, "pidfd of the command");
}

static _Noreturn void
become_watched(struct enter *e, char **argv)
{
	struct watch_request request = { .kill_sig = SIGKILL,
		.forward = UINT64_MAX };
	bool privileged = geteuid() == 0;
	static struct child child;
	struct watch w;

	watch_begin(&w);
	if (child_start(&child, 0, -1)) {
		stage(e);
		child_executes(&child); /* here is who we are */
		child_await(&child);
		prepare(e, privileged);
		child_guard(&child, SIGKILL);
		child_executes(&child);
		watch_restore(&w);
		execute(e, argv);
	}
	adopt(&child);
	child_release(&child);
	watch_child(&w, &child, -1, &request);
}

void
enter_become(struct enter *e, char **argv)
{
	bool privileged = geteuid() == 0;

	if ((e->joins & CLONE_NEWPID) && !e->no_fork)
		become_watched(e, argv);
	drop_groups(e);
	join_enter(&e->ref, e->whole);
	prepare(e, privileged);
	execute(e, argv);
}
