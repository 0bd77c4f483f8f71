/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
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
#define MAP_MAX (64 << 10)
#define STATUS_MAX (1 << 20)

static void
resolve(const char *text, int types, struct ref *r)
{
	const char *errstr;

	if (ref_resolve(text, types, r, &errstr) == -1)
		fail(EXIT_CANCELED, "%s: %s", text, errstr);
}

/* FD (or -1) is what to enter for that type. */
static void
replace(struct enter *e, size_t i, int fd)
{
	if (e->ref.fd[i] != -1)
		close(e->ref.fd[i]);
	e->ref.fd[i] = fd;
	e->whole = false;
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
		replace(e, i, one.fd[i]);
		one.fd[i] = -1;
		ref_close(&one);
	}
}

static bool
follows(const char *text)
{
	return text != NULL && strcmp(text, "follow") == 0;
}

/* Does the request speak of the target beyond its namespaces? */
static bool
wants_process(const struct enter *e)
{
	return e->env || follows(e->cred.user) || follows(e->cred.group) ||
	    (e->root != NULL && *e->root == '\0') ||
	    (e->wd != NULL && *e->wd == '\0');
}

/* A directory of the target's process, or one by its name here. */
static int
open_place(
    struct enter *e, const char *what, const char *where, const char *link)
{
	int fd;

	if (where == NULL)
		return -1;
	if (*where == '\0')
		fd = openat(
		    e->ref.proc.dir, link, O_PATH | O_DIRECTORY | O_CLOEXEC);
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
		fail(EXIT_CANCELED,
		    "the target is no process: it has no "
		    "root, directory or environment");
	e->root_fd = open_place(e, "--root", e->root, "root");
	e->wd_fd = open_place(e, "--wd", e->wd, "cwd");
	if (e->env)
		e->environ = read_environ(e->ref.proc.dir);
}

/* The second of the numbers after NAME in its status file: the effective. */
static unsigned int
effective_id(const char *status, const char *name)
{
	const char *at = strstr(status, name);
	unsigned int real, effective;

	if (at == NULL ||
	    sscanf(at + strlen(name), "%u %u", &real, &effective) != 2)
		fail(EXIT_CANCELED, "status of the target: no %.3s", name + 1);
	return effective;
}

/* ID, as seen here, by the target's map: what it is called in there. */
static unsigned int
inside_id(const struct enter *e, const char *map, unsigned int id)
{
	unsigned int in, out, n;
	char *text, *at;
	int used;

	if ((e->joins & CLONE_NEWUSER) == 0)
		return id;
	if ((text = file_get_all(e->ref.proc.dir, map, MAP_MAX, NULL)) == NULL)
		fail_errno(EXIT_CANCELED, "%s of the target", map);
	for (at = text; sscanf(at, "%u %u %u%n", &in, &out, &n, &used) == 3;
	     at += used)
		if (id >= out && id - out < n) {
			free(text);
			return in + (id - out);
		}
	fail(EXIT_CANCELED, "the target's ID %u is not in its %s", id, map);
}

/* -S follow, -G follow: as the target, effectively. */
static void
follow(struct enter *e)
{
	char *status;

	if (!follows(e->cred.user) && !follows(e->cred.group))
		return;
	if ((status = file_get_all(
		 e->ref.proc.dir, "status", STATUS_MAX, NULL)) == NULL)
		fail_errno(EXIT_CANCELED, "status of the target");
	if (follows(e->cred.user))
		e->cred.uid = inside_id(
		    e, "uid_map", effective_id(status, "\nUid:"));
	if (follows(e->cred.group))
		e->cred.gid = inside_id(
		    e, "gid_map", effective_id(status, "\nGid:"));
	free(status);
}

/* What --target alone stands for. */
static void
resolve_target(struct enter *e)
{
	int wanted = e->all ? 0 : e->types;
	bool none;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->from[i] != NULL)
			wanted &= ~ns_types[i].flag;
		e->ref.fd[i] = -1;
	}
	e->ref.proc.pidfd = e->ref.proc.dir = -1;
	if (e->target == NULL && (wanted != 0 || e->all))
		fail(EXIT_CANCELED, "whose namespaces? no --target");
	if (e->target == NULL)
		return;
	resolve(e->target, wanted, &e->ref);
	e->whole = true;
	/* Each type asked for is from elsewhere: here it is but a process. */
	none = wanted == 0 && !e->all && (e->types != 0 || e->socket != -1);
	for (size_t i = 0; none && i < NS_NTYPES; i++)
		replace(e, i, -1);
}

static void
resolve_other(struct enter *e)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER));
	size_t net = ns_index(ns_type_by_flag(CLONE_NEWNET));
	int fd, sock;

	if (e->user_parent) {
		if ((fd = ns_parent(e->ref.fd[user])) == -1)
			fail_errno(EXIT_CANCELED, "--user-parent");
		replace(e, user, fd);
	}
	if (e->socket == -1)
		return;
	if (e->ref.proc.pidfd == -1)
		fail(EXIT_CANCELED, "--net-socket: the target is no process");
	if ((sock = uapi_pidfd_getfd(e->ref.proc.pidfd, e->socket)) == -1 ||
	    (fd = ioctl(sock, UAPI_SIOCGSKNS)) == -1)
		fail_errno(EXIT_CANCELED, "--net-socket %d of process %d",
		    e->socket, (int)e->ref.proc.pid);
	close(sock);
	replace(e, net, fd);
}

int
enter_resolve(struct enter *e, const char **errstr)
{
	struct cred_request names = e->cred;

	/* follow is found out of the target later. */
	if (follows(names.user))
		names.user = NULL;
	if (follows(names.group))
		names.group = NULL;
	if (cred_resolve(&names, errstr) == -1)
		return -1;
	e->cred.uid = names.uid;
	e->cred.gid = names.gid;
	return 0;
}

void
enter_open(struct enter *e, char *const argv[])
{
	resolve_target(e);
	resolve_single(e);
	resolve_other(e);
	open_process(e);
	e->joins = join_differing(&e->ref);
	e->outside = (e->joins & CLONE_NEWNS) || e->root != NULL ?
	    run_look(argv) :
	    -1;
	follow(e);
	/* What was read of another one with its number is not the target's. */
	if (e->ref.proc.pid != 0 && proc_alive(&e->ref.proc) == -1)
		fail(EXIT_CANCELED, "process %d has ended",
		    (int)e->ref.proc.pid);
	tty_look(&e->tty);
	if (e->joins == 0 && e->types == 0 && !wants_process(e) &&
	    e->socket == -1)
		fail(EXIT_CANCELED,
		    "%s: we are in all of its namespaces "
		    "already",
		    e->target);
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
	if (e->root_fd != -1 && (fchdir(e->root_fd) == -1 || chroot(".") == -1))
		fail_errno(EXIT_CANCELED, "--root");
	if (e->wd_fd != -1 && fchdir(e->wd_fd) == -1)
		fail_errno(EXIT_CANCELED, "--wd");
	if (e->wdns != NULL && chdir(e->wdns) == -1)
		fail_errno(EXIT_CANCELED, "--wdns %s", e->wdns);
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
		fail_errno(EXIT_CANCELED,
		    "group ID %ju "
		    "(--preserve-credentials leaves it)",
		    (uintmax_t)e->cred.gid);
	if (user && setresuid(e->cred.uid, e->cred.uid, e->cred.uid) == -1 &&
	    (privileged || e->cred.user != NULL))
		fail_errno(EXIT_CANCELED,
		    "user ID %ju "
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
	if (e->cred.keep_caps)
		cred_keep_caps();
	take_ids(e, privileged);
	if (e->cred.keep_caps)
		cred_raise_caps();
}

static _Noreturn void
execute(const struct enter *e, char **argv)
{
	if (e->environ != NULL)
		environ = e->environ;
	run_command(argv, e->outside);
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
		fail_why(EXIT_CANCELED, errno,
		    errno == ENOMEM ?
			"its PID 1 has ended: nothing can start in there" :
			NULL,
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
