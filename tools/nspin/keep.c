/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/signalfd.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/ids/cred.h"
#include "lib/pin/pin.h"
#include "lib/step/hook.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/ref/ref.h"
#include "lib/step/mnt.h"
#include "lib/step/timens.h"
#include "lib/seal.h"
#include "lib/uapi.h"
#include "tools/nspin/nspin.h"

/* A new set being made: both sides of the fork. */
struct making {
	const struct request *r;
	struct pin *pin;
	unsigned long long mnt_id; /* of the mount namespace of the binder */
	int lifeline[2];	   /* from the holder to the init */
	struct seal seal;	   /* of the init */
};

/* What ends us otherwise would leave a directory for -g. */
static void
block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGQUIT);
	sigaddset(set, SIGTERM);
	sigprocmask(SIG_BLOCK, set, NULL);
}

/* Take back what was made, then end of SIG as anybody would. */
static _Noreturn void
end_of(int sig, const sigset_t *set)
{
	fail_roll_back();
	sigprocmask(SIG_UNBLOCK, set, NULL);
	raise(sig);
	_exit(128 + sig);
}

/* Inside: all but the time namespace are there already. */
static void
prepare(const struct making *m)
{
	static const struct mnt_request mnt = MNT_REQUEST_DEFAULT;
	static const struct timens_request timens;

	if (m->r->types & UAPI_CLONE_NEWTIME)
		timens_enter(&timens);
	if (m->r->types & CLONE_NEWNET)
		net_apply(&m->r->net);
	if ((m->r->types & CLONE_NEWNS) == 0)
		return;
	mnt_propagate(&mnt);
	if (!m->pin->held && mntid_raise_above(m->mnt_id) == -1)
		fail_errno(EXIT_NO, "no mount namespace that can be kept");
}

/* Inside, once the maps stand. */
static void
mount_proc(void)
{
	static const struct mnt_request mnt = { .proc = "/proc" };
	static const struct root root = { .fd = -1 };

	mnt_mount(&mnt, &root);
}

/* Inside, once the maps stand: --setup. */
static void
run_hook(const struct request *r)
{
	if (r->types & CLONE_NEWUSER)
		cred_become_root(idmap_has_inside(&r->maps.users, 0),
		    idmap_has_inside(&r->maps.groups, 0));
	hook_run(r->hook);
}

static _Noreturn void
inside(struct making *m, const struct child *c)
{
	seal_apply(&m->seal, -1);
	prepare(m);
	child_executes(c);
	child_await(c);
	if (m->r->mount_proc)
		mount_proc();
	if (m->r->hook != NULL) {
		run_hook(m->r);
		child_executes(c);
	}
	if (m->r->types & CLONE_NEWPID)
		holder_init(c, m->pin->name, m->lifeline[0]);
	child_await(c);
	_exit(0);
}

/* Wait until it reports that it has got so far, or that it has failed. */
static void
await(const struct child *c, const sigset_t *set)
{
	struct signalfd_siginfo si;
	struct pollfd fds[2];
	char message;
	int rc;

	fds[0] = (struct pollfd){ .fd = c->channel, .events = POLLIN };
	fds[1].fd = signalfd(-1, set, SFD_CLOEXEC);
	fds[1].events = POLLIN;
	if (fds[1].fd == -1)
		fail_errno(EXIT_NO, "signalfd");
	while (poll(fds, 2, -1) == -1)
		if (errno != EINTR)
			fail_errno(EXIT_NO, "waiting for the helper process");
	if (fds[1].revents != 0 &&
	    read(fds[1].fd, &si, sizeof(si)) == (ssize_t)sizeof(si))
		end_of((int)si.ssi_signo, set);
	close(fds[1].fd);
	if ((rc = fail_receive(c->channel, &message, 1)) == -1)
		fail_errno(EXIT_NO, "receiving from the helper process");
	if (rc == 0)
		fail(EXIT_NO, "the helper process has died");
}

/* That of our child PID, whatever /proc shows under that number, or of us. */
static int
open_member(const struct ns_type *type, pid_t pid)
{
	bool children = type->flag == UAPI_CLONE_NEWTIME;
	struct proc p;
	int fd;

	if (pid == 0)
		return ns_open(0, type, children);
	if (proc_open(&p, pid, false) == -1)
		return -1;
	if (children && (fd = ns_open_for_children(pid, 0, type)) == -1 &&
	    p.dir != -1)
		fd = ns_open(pid, type, true);
	else if (!children)
		fd = proc_ns(&p, type);
	proc_close(&p);
	return fd;
}

/* The namespaces of TYPES that process PID (0: we) is in. */
static void
add_members(struct pin *pin, int types, pid_t pid)
{
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((types & ns_types[i].flag) == 0)
			continue;
		if ((fd = open_member(&ns_types[i], pid)) == -1)
			fail_why(EXIT_NO, errno,
			    errno == ENOENT ? reason_proc("self") :
					      reason_filter(errno),
			    "cannot open the new %s", ns_types[i].words);
		pin_add(pin, &ns_types[i], fd, EXIT_NO);
		close(fd);
	}
}

/*
 * Where nothing happens inside, and we do not change what we need to make
 * mounts, no child is needed: we go there ourselves.
 */
static bool
can_go_ourselves(const struct making *m)
{
	const int easy = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET |
	    CLONE_NEWCGROUP | UAPI_CLONE_NEWTIME;

	return (m->r->types & ~easy) == 0 && m->r->hook == NULL &&
	    !m->pin->held && m->pin->until == -1;
}

static void
go_ourselves(const struct making *m)
{
	int errnum;

	if (unshare(m->r->types) == -1) {
		errnum = errno;
		fail_why(EXIT_NO, errnum, reason_create(m->r->types, errnum),
		    "cannot create the namespaces");
	}
	if (m->r->types & CLONE_NEWNET)
		net_apply(&m->r->net);
	add_members(m->pin, m->r->types, 0);
}

static void
open_lifeline(struct making *m)
{
	m->lifeline[0] = m->lifeline[1] = -1;
	if (!m->pin->held || (m->r->types & CLONE_NEWPID) == 0)
		return;
	if (pipe2(m->lifeline, O_CLOEXEC) == -1)
		fail_why(
		    EXIT_NO, errno, reason_fork(errno), "pipe to the init");
	m->pin->init = m->lifeline[1];
}

static void
keep_new(struct making *m, const sigset_t *set)
{
	static struct child child;
	const struct request *r = m->r;

	if (can_go_ourselves(m)) {
		go_ourselves(m);
		return;
	}
	open_lifeline(m);
	idmap_as_owner(&r->maps);
	if (child_start(&child, r->types & ~UAPI_CLONE_NEWTIME)) {
		if (m->lifeline[1] != -1)
			close(m->lifeline[1]);
		inside(m, &child);
	}
	idmap_as_self(&r->maps);
	seal_close(&m->seal);
	await(&child, set);
	add_members(m->pin, r->types, child.pid);
	if (r->types & CLONE_NEWUSER)
		idmap_install(child.pid, &r->maps);
	child_release(&child);
	if (r->hook != NULL)
		await(&child, set);
	if (r->types & CLONE_NEWPID) {
		/* Recorded before it may outlive us: -g knows it. */
		pin_init(m->pin, child.pid, EXIT_NO);
		child_release(&child);
		await(&child, set);
	}
	pin_publish(m->pin, EXIT_NO);
	fail_undone();
	/* The end of its channel ends it, too. */
	close(child.channel);
	if ((r->types & CLONE_NEWPID) == 0)
		child_destroy(&child);
}

static bool
is_own(size_t i, int fd)
{
	struct ns_key own, key;

	return ns_key_self(&ns_types[i], &own) == 0 &&
	    ns_key_fd(fd, &key) == 0 && ns_key_equal(&own, &key);
}

/*
 * Without letters and -a, what differs from ours, as nsjoin would enter it.
 * What was not asked for by letter need not be possible.
 */
static void
keep_target(const struct request *r, struct pin *pin, const struct ref *ref)
{
	size_t kept = 0;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((fd = ref->fd[i]) == -1)
			continue;
		if (r->types == 0 && !r->all && is_own(i, fd))
			continue;
		if (r->types != 0 || ns_types[i].flag != CLONE_NEWNS)
			pin_add(pin, &ns_types[i], fd, EXIT_NO);
		else if (pin_try(pin, &ns_types[i], fd) == -1) {
			fail_warn("left out: the %s: %s", ns_types[i].words,
			    pin_is_older(&ns_types[i], errno) ?
				"it is our own or an older one" :
				strerror(errno));
			continue;
		}
		kept++;
	}
	if (kept == 0)
		fail(EXIT_NO, "%s: %s", r->target,
		    r->all ? "nothing there that can be kept" :
			     "nothing there that differs from ours; -a keeps "
			     "all");
}

/* The process whose end is the name's. */
static void
set_while(const struct request *r, struct pin *pin)
{
	const char *errstr;
	struct ref ref;

	if (r->until == NULL)
		return;
	if (ref_resolve(r->until, 0, &ref, &errstr) == -1)
		fail(EXIT_NO, "--while %s: %s", r->until, errstr);
	if (ref.proc.pid == 0 || ref.proc.pidfd == -1)
		fail(EXIT_NO, "--while %s: not a process", r->until);
	pin_while(pin, ref.proc.pid, ref.proc.pidfd, EXIT_NO);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (ref.fd[i] != -1)
			close(ref.fd[i]);
}

static void
check_netns(const struct request *r, const struct ref *ref)
{
	size_t net = ns_index(ns_type_by_flag(CLONE_NEWNET));

	if (r->netns &&
	    (r->target == NULL ? (r->types & CLONE_NEWNET) == 0 :
				 ref->fd[net] == -1))
		fail(EXIT_USAGE, "--netns: needs -n");
}

static bool
is_inside(const void *request, uid_t uid)
{
	const struct request *r = request;

	return idmap_reaches(&r->maps, r->types, uid);
}

void
nspin_keep(struct request *r, const char *name, char **all)
{
	static struct pin pin;
	struct making m = { .r = r, .pin = &pin };
	const char *errstr;
	struct ref ref;
	sigset_t set;

	if (idmap_resolve(&r->idmap, &r->maps, &errstr) == -1)
		fail(EXIT_USAGE, "%s", errstr);
	if (r->target != NULL &&
	    ref_resolve(r->target, r->types, &ref, &errstr) == -1)
		fail(EXIT_NO, "%s: %s", r->target, errstr);
	if (r->verbose && r->target != NULL &&
	    (errstr = ref_doubt(r->target)) != NULL)
		fail_warn("%s: %s", r->target, errstr);
	check_netns(r, &ref);
	if ((r->types & CLONE_NEWPID) && r->target == NULL &&
	    seal_wanted(-1, is_inside, r)) {
		if (r->types & CLONE_NEWUSER)
			seal_prepare(&m.seal, all);
		else
			seal_self(all);
	}
	block_signals(&set);
	m.mnt_id = mntid_of();
	pin_begin(&pin, name, r->holder || geteuid() != 0, EXIT_NO);
	pin.netns = r->netns;
	set_while(r, &pin);
	if (r->target == NULL)
		keep_new(&m, &set);
	else
		keep_target(r, &pin, &ref);
	if (!pin.published)
		pin_publish(&pin, EXIT_NO);
	fail_undone();
	close(pin.dir);
	close(pin.run);
	if (r->verbose)
		fail_warn("%s: kept in %s", name, pin.path);
	if ((r->types & CLONE_NEWUSER) && r->target == NULL && geteuid() == 0 &&
	    !idmap_wanted(&r->idmap))
		fail_warn("%s: root has no ID in its user namespace: nsjoin "
			  "needs --preserve-credentials (-r maps root)",
		    name);
}
