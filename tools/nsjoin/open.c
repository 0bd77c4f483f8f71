/* SPDX-License-Identifier: ISC */
/* What has to be found out and opened before anything is entered. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/pin/pin.h"
#include "lib/reason/reason.h"
#include "lib/ref/join.h"
#include "lib/step/cgroup.h"
#include "lib/step/run.h"
#include "lib/uapi.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/target.h"

/* The types in the order in which nsenter opens them. */
static const int nsenter_order[] = { CLONE_NEWUSER, CLONE_NEWCGROUP,
	CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWNS,
	UAPI_CLONE_NEWTIME };

/* The name of the first of TYPES. */
static const char *
nsenter_first(int types)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (types & nsenter_order[i])
			return ns_type_by_flag(nsenter_order[i])->name;
	return "";
}

static bool
wants_root(const struct enter *e)
{
	return (e->r->root != NULL && *e->r->root == '\0') ||
	    (e->r->root == NULL && actas_takes(&e->r->act, ACTAS_ROOT));
}

static bool
wants_directory(const struct enter *e)
{
	return (e->r->wd != NULL && *e->r->wd == '\0') ||
	    (e->r->wd == NULL && e->r->wdns == NULL &&
		actas_takes(&e->r->act, ACTAS_WD));
}

/* A word that is neither a number nor any name that we know. */
static bool
is_no_process(const char *text)
{
	char path[PIN_PATH_MAX];
	struct ref_name name;
	const char *errstr;

	return ref_parse(text, &name, &errstr) == -1 ||
	    (name.kind == REF_NAME && !pin_find(text, path, sizeof(path)));
}

/* The file that nsenter would open first, of those of process TEXT. */
static void
nsenter_path(
    const struct enter *e, const char *text, int types, char *path, size_t size)
{
	const char *place = wants_root(e) ? "root" :
	    wants_directory(e)		  ? "cwd" :
					    "ns";

	if (types != 0)
		snprintf(
		    path, size, "/proc/%s/ns/%s", text, nsenter_first(types));
	else
		snprintf(path, size, "/proc/%s/%s", text, place);
}

/* TEXT cannot be opened: which file is it that nsenter would name? */
static void
say_as_nsenter(const struct enter *e, const char *text, int types)
{
	bool target = text == e->target;
	char path[PATH_MAX];
	struct stat st;
	int fd;

	if (!alias_has(ALIAS_WORDS))
		return;
	if (target && is_no_process(text))
		alias_value("target", text);
	snprintf(path, sizeof(path), "/proc/%s/ns/user", text);
	if (target && e->r->all && stat(path, &st) == -1)
		alias_fail(errno, "stat of %s failed", path);
	if (text[strspn(text, "0123456789")] != '\0')
		strlcpy(path, text, sizeof(path));
	else
		nsenter_path(e, text, types, path, sizeof(path));
	/* Only to know why: O_PATH opens no device and waits for nobody. */
	if ((fd = open(path, O_PATH | O_CLOEXEC)) == -1)
		alias_fail(errno, "cannot open %s", path);
	/* It is one, but only a path leads there: our own words say so. */
	if (!target && (strchr(text, '/') != NULL || ns_is_file(fd) != 1))
		alias_fail(EINVAL, "reassociate to namespace 'ns/%s' failed",
		    nsenter_first(types));
	file_close(fd);
}

static void
resolve(const struct enter *e, const char *text, int types, struct ref *r)
{
	const char *errstr;

	if (ref_resolve(text, types, r, &errstr) == -1) {
		say_as_nsenter(e, text, types);
		fail_why(EXIT_CANCELED, 0,
		    text == e->r->target ? e->r->hint : NULL, "%s: %s", text,
		    errstr);
	}
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
		if (e->r->from[i] == NULL)
			continue;
		resolve(e, e->r->from[i], ns_types[i].flag, &one);
		replace(e, i, one.fd[i]);
		one.fd[i] = -1;
		ref_close(&one);
	}
}

static bool
wants_cgroup(const struct enter *e)
{
	return e->r->join_cgroup || actas_takes(&e->r->act, ACTAS_CGROUP);
}

/* Does the request speak of the target beyond its namespaces? */
static bool
wants_process(const struct enter *e)
{
	return e->r->env || request_follows(e->r->cred.user) ||
	    request_follows(e->r->cred.group) || wants_root(e) ||
	    wants_directory(e) || wants_cgroup(e) || e->r->follow_label ||
	    e->r->act.on;
}

/* Is there anything to do beside entering? */
static bool
wants_more(const struct enter *e)
{
	return wants_process(e) || e->r->cred.user != NULL ||
	    e->r->cred.group != NULL || e->r->root != NULL ||
	    e->r->wd != NULL || e->r->wdns != NULL ||
	    e->r->program.file != NULL;
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
	if (fd == -1) {
		alias_fail(errno, "cannot open %s", where);
		fail_why(EXIT_CANCELED, errno, reason_path(where, errno),
		    "%s %s", what, where);
	}
	return fd;
}

static void
open_places(struct enter *e)
{
	const struct actas_request *act = &e->r->act;

	e->root_fd = wants_root(e) ?
	    open_link(e, "root", actas_hint(act, ACTAS_ROOT)) :
	    open_directory("--root", e->r->root);
	e->wd_fd = wants_directory(e) ?
	    open_link(e, "cwd", actas_hint(act, ACTAS_WD)) :
	    open_directory("--wd", e->r->wd);
}

/* The name that the REF TEXT (or NULL) is; NULL: it is none. */
static const char *
name_in(const char *text)
{
	static struct ref_name name;
	const char *errstr;

	if (text == NULL || ref_parse(text, &name, &errstr) == -1 ||
	    name.kind != REF_NAME || name.nsteps > 0 ||
	    strcmp(name.text, ".") == 0 || strcmp(name.text, "..") == 0 ||
	    strchr(name.text, '/') != NULL)
		return NULL;
	return name.text;
}

/* A pin is no process, but it may be kept as long as one lives. */
static void
take_process_of_pin(struct enter *e)
{
	const struct ns_type *user = ns_type_by_flag(CLONE_NEWUSER);
	const char *name = name_in(e->target);
	struct ns_key own, entered;
	int fd;

	if (!wants_process(e) || e->ref.proc.pid != 0 || name == NULL)
		return;
	if (pin_process(name, &e->ref.proc) == -1) {
		if (errno == ESRCH)
			fail(EXIT_CANCELED,
			    "the process for which %s is kept has ended", name);
		return;
	}
	e->whole = false;
	if ((e->joins & CLONE_NEWUSER) == 0)
		return;
	fd = proc_ns(&e->ref.proc, user);
	if (fd == -1 || ns_key_fd(fd, &own) == -1 ||
	    ns_key_fd(e->ref.fd[ns_index(user)], &entered) == -1 ||
	    !ns_key_equal(&own, &entered))
		fail(EXIT_CANCELED,
		    "process %d, for which %s is kept, is not in the user "
		    "namespace to enter",
		    (int)e->ref.proc.pid, name);
	file_close(fd);
}

static void
open_process(struct enter *e)
{
	const struct proc *p = &e->ref.proc;
	const struct actas_request *act = &e->r->act;

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
	if (wants_cgroup(e))
		cgroup_open_like(
		    &e->cgroup, p->dir, actas_hint(act, ACTAS_CGROUP));
	if (e->r->follow_label)
		lsmlabel_read(&e->label, p, NULL);
	if (wants_process(e))
		target_status(p, &e->status);
	actas_read(&e->act, act, p, &e->status, e->joins & CLONE_NEWUSER);
	e->program_fd = program_open(&e->r->program, &e->libs);
}

/*
 * What we have read one after the other would be of two processes, in effect,
 * if it has changed its IDs or executed a set-user-ID program in between.
 */
static void
check_unchanged(const struct enter *e)
{
	if (wants_process(e) && !target_unchanged(&e->ref.proc, &e->status))
		fail(EXIT_CANCELED,
		    "process %d has changed its IDs or capabilities "
		    "meanwhile: try again",
		    (int)e->ref.proc.pid);
}

bool
enter_is_its_user(const struct enter *e)
{
	return !e->r->user_parent &&
	    e->r->from[ns_index(ns_type_by_flag(CLONE_NEWUSER))] == NULL;
}

/*
 * Root becomes root in the user namespace.  Where that maps no root it must not
 * keep its IDs, which would put its files in the reach of the processes in
 * there: it takes the IDs of the target.
 */
static bool
root_has_no_mapping(const struct enter *e)
{
	return (e->joins & CLONE_NEWUSER) && !e->r->preserve && !e->r->act.on &&
	    geteuid() == 0 && e->ref.proc.pid != 0 && e->ref.proc.dir != -1 &&
	    enter_is_its_user(e) && !target_has_root(&e->ref.proc);
}

/* -S follow, -G follow: as the target, effectively. */
static void
follow(struct enter *e)
{
	bool unmapped = root_has_no_mapping(e);
	bool user = request_follows(e->r->cred.user) ||
	    (unmapped && e->r->cred.user == NULL);
	bool group = request_follows(e->r->cred.group) ||
	    (unmapped && e->r->cred.group == NULL);
	bool inside = e->joins & CLONE_NEWUSER;
	struct target_status *s = &e->status;

	if (!user && !group)
		return;
	if (inside && !enter_is_its_user(e))
		fail(EXIT_CANCELED,
		    "follow: the user namespace to enter is not the target's "
		    "own");
	if (!wants_process(e))
		target_status(&e->ref.proc, s);
	e->uid = user ? s->ids.uid[1] : e->uid;
	e->gid = group ? s->ids.gid[1] : e->gid;
	if ((inside && user &&
		target_user_inside(&e->ref.proc, &e->uid) == -1) ||
	    (inside && group &&
		target_group_inside(&e->ref.proc, &e->gid) == -1))
		fail_why(EXIT_CANCELED, errno,
		    "it has none there: --preserve-credentials leaves ours",
		    "the IDs of the target by its own maps");
}

/* --wait: for each REF that namespaces are taken from. */
static void
await_targets(const struct enter *e)
{
	int types = e->r->all ? 0 : e->r->types;
	int64_t deadline;

	if (!e->r->wait.on || e->r->explain)
		return;
	deadline = wait_deadline(&e->r->wait);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (e->r->from[i] != NULL) {
			types &= ~ns_types[i].flag;
			wait_ref(&e->r->wait, deadline, e->r->from[i],
			    ns_types[i].flag);
		}
	if (e->target != NULL)
		wait_ref(&e->r->wait, deadline, e->target, types);
}

/* What --target alone stands for. */
static void
resolve_target(struct enter *e)
{
	int wanted = e->r->all ? 0 : e->r->types;
	bool none = e->r->none ||
	    (e->r->act.on && !actas_takes(&e->r->act, ACTAS_NAMESPACES));

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (e->r->from[i] != NULL)
			wanted &= ~ns_types[i].flag;
		e->ref.fd[i] = -1;
	}
	e->ref.proc.pidfd = e->ref.proc.dir = -1;
	if (e->target == NULL && e->r->user_parent)
		wanted &= ~CLONE_NEWUSER; /* that of another type's REF */
	if (e->target == NULL && (wanted != 0 || e->r->all)) {
		alias_fail(0,
		    "neither filename nor target pid supplied for "
		    "ns/%s",
		    nsenter_first(wanted));
		fail(EXIT_CANCELED, "whose namespaces? no --target");
	}
	if (e->target == NULL)
		return;
	resolve(e, e->target, wanted, &e->ref);
	e->whole = true;
	/* Each type has a REF of its own: the target is only a process. */
	none = none ||
	    (wanted == 0 && !e->r->all &&
		(e->r->types != 0 || e->r->socket != -1));
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

	if (e->r->user_parent) {
		if ((fd = ns_owner(one_of(e))) == -1)
			fail_why(EXIT_CANCELED, errno,
			    errno == EPERM ? "there is none, or it is not "
					     "below our own" :
					     NULL,
			    "--user-parent");
		replace(e, user, fd);
	}
	if (e->r->socket == -1)
		return;
	if (e->ref.proc.pidfd == -1)
		fail(EXIT_CANCELED, "--net-socket: the target is no process");
	if ((sock = uapi_pidfd_getfd(e->ref.proc.pidfd, e->r->socket)) == -1 ||
	    (fd = ns_of_socket(sock)) == -1)
		fail_errno(EXIT_CANCELED, "--net-socket %d of process %d",
		    e->r->socket, (int)e->ref.proc.pid);
	close(sock);
	replace(e, net, fd);
}

/* The REF that the network is taken from, if it is a name; or NULL. */
static const char *
network_name(const struct enter *e)
{
	const char *text = e->r->from[ns_index(ns_type_by_flag(CLONE_NEWNET))];

	return name_in(text != NULL ? text : e->target);
}

static void
look_for_netfiles(struct enter *e)
{
	const struct netfiles_request *r = &e->r->netfiles;
	const char *name = network_name(e);
	bool network = (e->joins & ~CLONE_NEWUSER) == CLONE_NEWNET;

	if (r->mode == NETFILES_ON &&
	    (name == NULL || (e->joins & CLONE_NEWNS) ||
		(e->joins & CLONE_NEWNET) == 0))
		fail(EXIT_CANCELED, "--netns-files: %s",
		    name == NULL ?
			"the network has no name" :
			e->joins & CLONE_NEWNS ?
			"the mount namespace to enter has files of its own" :
			"no other network is entered");
	if (r->mode == NETFILES_ON ||
	    (r->mode == NETFILES_DEFAULT && network && name != NULL))
		netfiles_look(&e->netfiles, r, name);
}

static const struct enter nothing = {
	.root_fd = -1,
	.wd_fd = -1,
	.program_fd = -1,
	.cgroup = { .back = -1 },
	.libs.loader = -1,
};

void
enter_open(struct enter *e, const struct enter_request *r, const char *target,
    char *const argv[])
{
	*e = nothing;
	e->r = r;
	e->target = target;
	e->uid = r->cred.uid;
	e->gid = r->cred.gid;
	await_targets(e);
	resolve_target(e);
	resolve_single(e);
	resolve_other(e);
	e->joins = join_differing(&e->ref);
	e->run.outside = (e->joins & CLONE_NEWNS) || e->r->root != NULL ?
	    run_look(argv) :
	    -1;
	e->run.hint = r->misread;
	if (e->r->mount_proc && (e->joins & CLONE_NEWPID) == 0)
		fail(
		    EXIT_CANCELED, "--mount-proc: no PID namespace is entered");
	take_process_of_pin(e);
	open_process(e);
	follow(e);
	e->environ = environ_read(e, e->not_taken);
	look_for_netfiles(e);
	check_unchanged(e);
	/* What we have read may be of a later process with its number. */
	if (e->ref.proc.pid != 0 && proc_alive(&e->ref.proc) == -1)
		fail_why(EXIT_CANCELED, ESRCH, "it has ended", "process %d",
		    (int)e->ref.proc.pid);
	e->tty_exposed = tty_look(&e->r->tty);
	if (e->joins == 0 && e->r->types == 0 && !e->r->none &&
	    e->r->socket == -1 && !e->r->all && !wants_more(e))
		fail(EXIT_CANCELED,
		    "%s: we are in all of its namespaces "
		    "already",
		    e->target);
}

void
enter_complete(struct enter *e, char *const argv[])
{
	const struct cred_request *c = &e->r->cred;
	const struct inside *in = &e->inside;

	inside_look(e, argv);
	if (e->r->act.on && (c->user != NULL || c->group != NULL))
		actas_become(&e->act, c->user != NULL ? &e->uid : NULL,
		    c->group != NULL || in->sets_groups ? &e->gid : NULL,
		    in->groups, in->ngroups);
}
