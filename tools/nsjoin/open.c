/* SPDX-License-Identifier: ISC */
/* What has to be found out and opened before anything is entered. */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/ref/join.h"
#include "lib/step/cgroup.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/target.h"

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

static bool
wants_root(const struct enter *e)
{
	return (e->root != NULL && *e->root == '\0') ||
	    (e->root == NULL && actas_takes(&e->act, ACTAS_ROOT));
}

static bool
wants_directory(const struct enter *e)
{
	return (e->wd != NULL && *e->wd == '\0') ||
	    (e->wd == NULL && e->wdns == NULL &&
		actas_takes(&e->act, ACTAS_WD));
}

static bool
wants_cgroup(const struct enter *e)
{
	return e->join_cgroup || actas_takes(&e->act, ACTAS_CGROUP);
}

/* Does the request speak of the target beyond its namespaces? */
static bool
wants_process(const struct enter *e)
{
	return e->env || follows(e->cred.user) || follows(e->cred.group) ||
	    wants_root(e) || wants_directory(e) || wants_cgroup(e) ||
	    e->follow_label || e->act.on;
}

/* Is there anything to do beside entering? */
static bool
wants_more(const struct enter *e)
{
	return wants_process(e) || e->cred.user != NULL ||
	    e->cred.group != NULL || e->root != NULL || e->wd != NULL ||
	    e->wdns != NULL || e->program.file != NULL;
}

/* A directory of the target's process. */
static int
open_link(const struct enter *e, const char *link, const char *hint)
{
	int fd = openat(
	    e->ref.proc.dir, link, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		fail_why(EXIT_CANCELED, errno, hint, "%s of the target",
		    strcmp(link, "cwd") == 0 ? "working directory" : link);
	return fd;
}

/* One by its name here. */
static int
open_directory(const char *what, const char *where)
{
	int fd;

	if (where == NULL || *where == '\0')
		return -1;
	fd = open(where, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		fail_errno(EXIT_CANCELED, "%s %s", what, where);
	return fd;
}

static void
open_places(struct enter *e)
{
	const struct actas_request *act = &e->act;

	e->root_fd = wants_root(e) ?
	    open_link(e, "root", actas_hint(act, ACTAS_ROOT)) :
	    open_directory("--root", e->root);
	e->wd_fd = wants_directory(e) ?
	    open_link(e, "cwd", actas_hint(act, ACTAS_WD)) :
	    open_directory("--wd", e->wd);
}

static void
open_process(struct enter *e)
{
	const struct proc *p = &e->ref.proc;
	struct actas_request *act = &e->act;

	if (wants_process(e) && p->pid == 0)
		fail(EXIT_CANCELED,
		    "the target is no process: it has no "
		    "root, directory, environment, cgroup or IDs");
	if (wants_process(e) && p->dir == -1)
		fail_why(EXIT_CANCELED, p->errnum,
		    p->errnum == ENOENT ? "it is another PID namespace's, or "
					  "hides it (hidepid)" :
					  NULL,
		    "/proc does not show process %d", (int)p->pid);
	open_places(e);
	e->cgroup_fd = -1;
	if (wants_cgroup(e))
		e->cgroup_fd = cgroup_open_like(
		    p->dir, actas_hint(act, ACTAS_CGROUP));
	if (e->follow_label)
		lsmlabel_read(&e->label, p, NULL);
	if (e->env || actas_takes(act, ACTAS_ENV))
		e->environ = target_environ(p);
	actas_read(act, p, e->joins & CLONE_NEWUSER);
	program_open(&e->program);
}

/* Is it the target's own user namespace, whose maps it shows? */
static bool
enters_its_user(const struct enter *e)
{
	return !e->user_parent &&
	    e->from[ns_index(ns_type_by_flag(CLONE_NEWUSER))] == NULL;
}

/*
 * Root would be root in the user namespace.  Where that has no root it may not
 * stay who it is, with its files in the reach of those in there: it becomes
 * who the target is.
 */
static bool
root_has_no_mapping(const struct enter *e)
{
	return (e->joins & CLONE_NEWUSER) && !e->preserve && !e->act.on &&
	    geteuid() == 0 && e->ref.proc.pid != 0 && e->ref.proc.dir != -1 &&
	    enters_its_user(e) && !target_has_root(&e->ref.proc);
}

/* -S follow, -G follow: as the target, effectively. */
static void
follow(struct enter *e)
{
	bool unmapped = root_has_no_mapping(e);
	bool user = follows(e->cred.user) || (unmapped && e->cred.user == NULL);
	bool group = follows(e->cred.group) ||
	    (unmapped && e->cred.group == NULL);
	bool inside = e->joins & CLONE_NEWUSER;
	struct target_status status;

	if (!user && !group)
		return;
	if (inside && !enters_its_user(e))
		fail(EXIT_CANCELED,
		    "follow: the user namespace to enter is not the target's "
		    "own");
	target_status(&e->ref.proc, &status);
	e->cred.uid = user ? status.who.uid[1] : e->cred.uid;
	e->cred.gid = group ? status.who.gid[1] : e->cred.gid;
	if ((inside && user &&
		target_user_inside(&e->ref.proc, &e->cred.uid) == -1) ||
	    (inside && group &&
		target_group_inside(&e->ref.proc, &e->cred.gid) == -1))
		fail_why(EXIT_CANCELED, errno, NULL,
		    "the IDs of the target by its own maps");
}

/* --wait, for each that namespaces are taken from. */
static void
await_targets(struct enter *e)
{
	int types = e->all ? 0 : e->types;

	if (!e->wait.on)
		return;
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (e->from[i] != NULL) {
			types &= ~ns_types[i].flag;
			wait_ref(&e->wait, e->from[i], ns_types[i].flag);
		}
	if (e->target != NULL)
		wait_ref(&e->wait, e->target, types);
}

/* What --target alone stands for. */
static void
resolve_target(struct enter *e)
{
	int wanted = e->all ? 0 : e->types;
	bool none = e->act.on && !actas_takes(&e->act, ACTAS_NAMESPACES);

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->from[i] != NULL)
			wanted &= ~ns_types[i].flag;
		e->ref.fd[i] = -1;
	}
	e->ref.proc.pidfd = e->ref.proc.dir = -1;
	if (e->target == NULL && e->user_parent)
		wanted &= ~CLONE_NEWUSER; /* that of another type's REF */
	if (e->target == NULL && (wanted != 0 || e->all))
		fail(EXIT_CANCELED, "whose namespaces? no --target");
	if (e->target == NULL)
		return;
	resolve(e->target, wanted, &e->ref);
	e->whole = true;
	/* Each type asked for is from elsewhere: here it is but a process. */
	none = none ||
	    (wanted == 0 && !e->all && (e->types != 0 || e->socket != -1));
	for (size_t i = 0; none && i < NS_NTYPES; i++)
		replace(e, i, -1);
}

/* The user namespace, whose owner is its parent, or else any that there is. */
static int
one_of(const struct enter *e)
{
	int fd = e->ref.fd[ns_index(ns_type_by_flag(CLONE_NEWUSER))];

	for (size_t i = 0; fd == -1 && i < NS_NTYPES; i++)
		fd = e->ref.fd[i];
	return fd;
}

static void
resolve_other(struct enter *e)
{
	size_t user = ns_index(ns_type_by_flag(CLONE_NEWUSER));
	size_t net = ns_index(ns_type_by_flag(CLONE_NEWNET));
	int fd, sock;

	if (e->user_parent) {
		if ((fd = ns_owner(one_of(e))) == -1)
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

/* What speaks against what; NULL: nothing. */
static const char *
contradiction(const struct enter *e)
{
	const struct {
		bool found;
		const char *errstr;
	} rules[] = {
		{ e->act.excepts && !e->act.on, "--except: needs --act-as" },
		{ actas_takes(&e->act, ACTAS_IDS) &&
			(e->cred.user != NULL || e->cred.group != NULL ||
			    e->preserve),
		    "--act-as: takes the IDs of the target "
		    "(--except=ids,groups leaves them to -S and -G)" },
		{ actas_takes(&e->act, ACTAS_CAPS) && e->cred.caps.keep,
		    "--act-as: takes the capabilities of the target "
		    "(--except=caps)" },
		{ e->preserve &&
			(e->cred.user != NULL || e->cred.group != NULL),
		    "--preserve-credentials: neither with -S nor with -G" },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].found)
			return rules[i].errstr;
	return NULL;
}

int
enter_resolve(struct enter *e, const char **errstr)
{
	struct cred_request names = e->cred;

	if ((*errstr = contradiction(e)) != NULL)
		return -1;
	/* follow is found out of the target later. */
	if (follows(names.user))
		names.user = NULL;
	if (follows(names.group))
		names.group = NULL;
	if (cred_resolve(&names, errstr) == -1)
		return -1;
	e->cred.uid = names.uid;
	e->cred.gid = names.gid;
	if (actas_takes(&e->act, ACTAS_FDS))
		e->environment.close_fds = true;
	return 0;
}

void
enter_open(struct enter *e, char *const argv[])
{
	await_targets(e);
	resolve_target(e);
	resolve_single(e);
	resolve_other(e);
	e->joins = join_differing(&e->ref);
	e->outside = (e->joins & CLONE_NEWNS) || e->root != NULL ?
	    run_look(argv) :
	    -1;
	open_process(e);
	follow(e);
	/* What was read of another one with its number is not the target's. */
	if (e->ref.proc.pid != 0 && proc_alive(&e->ref.proc) == -1)
		fail(EXIT_CANCELED, "process %d has ended",
		    (int)e->ref.proc.pid);
	tty_look(&e->tty);
	if (e->joins == 0 && e->types == 0 && e->socket == -1 &&
	    (e->all || !wants_more(e)))
		fail(EXIT_CANCELED,
		    "%s: we are in all of its namespaces "
		    "already",
		    e->target);
}
