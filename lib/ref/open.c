/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/reason/reason.h"
#include "lib/ref/open.h"
#include "lib/uapi.h"

/* Keep FD, a namespace, in its place. */
static int
keep(struct ref *r, int fd, const char **errstr)
{
	const struct ns_type *type = ns_type_of(fd);
	int errnum;

	if (type == NULL) {
		errnum = errno;
		close(fd);
		return ref_say(errstr, "%s",
		    errnum == EINVAL ? "not a namespace" : strerror(errnum));
	}
	if (r->fd[ns_index(type)] != -1)
		close(r->fd[ns_index(type)]);
	r->fd[ns_index(type)] = fd;
	return 0;
}

/* Opening it failed: because this kernel has no such type? */
static bool
is_unknown(const struct ref *r, const struct ns_type *type)
{
	struct ns_key key;

	return errno == EOPNOTSUPP ||
	    (errno == ENOENT && r->proc.dir != -1 &&
		ns_key_self(type, &key) == -1 && errno == ENOENT);
}

/* The namespace of TYPE of the process that R holds was refused. */
static int
say_refused(
    const struct ref *r, const struct ns_type *type, const char **errstr)
{
	int errnum = errno;
	long tid;

	/* By its directory, one that waits to be reaped has none (ENOENT). */
	if (errnum == ESRCH || (errnum == ENOENT && r->proc.dir != -1) ||
	    proc_alive(&r->proc) == -1) {
		if ((tid = proc_other_thread(&r->proc)) != 0)
			return ref_say(errstr,
			    "its first thread has ended, others live: tid:%ld",
			    tid);
		return ref_say(errstr, "%s (it has ended%s)", strerror(ESRCH),
		    proc_alive(&r->proc) == 0 ?
			", its parent has not waited for it yet" :
			"");
	}
	if (errnum == EACCES || errnum == EPERM)
		return ref_say(errstr, "%s: %s (%s)", type->words,
		    strerror(errnum), reason_process(r->proc.pid));
	if (errnum == ENOENT && r->proc.dir == -1)
		return ref_say(errstr, "%s", reason_proc_hidden(r->proc.pid));
	return ref_say(errstr, "%s: %s", type->words, strerror(errnum));
}

/* The types in TYPES of the process that R holds. */
static int
take_process(struct ref *r, int types, const char **errstr)
{
	const struct ns_type *type;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		type = &ns_types[i];
		if (!ref_chosen(types, type))
			continue;
		fd = proc_ns(&r->proc, type);
		if (fd == -1 && types == 0 && is_unknown(r, type))
			continue;
		if (fd == -1)
			return say_refused(r, type, errstr);
		r->fd[i] = fd;
	}
	if (proc_alive(&r->proc) == -1)
		return ref_say(errstr, "%s (it has ended)", strerror(ESRCH));
	return 0;
}

/* Who has the number now: another one than N says. */
static int
say_recycled(const struct ref_name *n, const struct ref *r, const char **errstr)
{
	int64_t age = proc_age(&r->proc);
	char since[48] = "";

	if (age != -1)
		snprintf(
		    since, sizeof(since), ", started %jd s ago", (intmax_t)age);
	return ref_say(errstr,
	    "the process has ended and its number was used again: %ju is "
	    "%ju:%ju now%s",
	    (uintmax_t)n->number, (uintmax_t)n->number, (uintmax_t)r->proc.ino,
	    since);
}

static int
say_no_process(const struct ref_name *n, pid_t pid, const char **errstr)
{
	const char *what = n->kind == REF_THREAD ? "thread" : "process";
	pid_t leader;

	if (errno == ESTALE)
		return ref_say(
		    errstr, "%s (the %s has ended)", strerror(ESRCH), what);
	if (errno == EPERM) /* which pidfd_open(2) itself never says */
		return ref_say(errstr,
		    "a seccomp filter is in force, which seems not to allow "
		    "pidfd_open(2)");
	if (errno != ESRCH && errno != EINVAL && errno != ENOENT)
		return ref_say(errstr, "the %s: %s", what, strerror(errno));
	if (n->kind != REF_THREAD && (leader = proc_leader(pid)) > 0 &&
	    leader != pid)
		return ref_say(errstr,
		    "it is a thread of process %d, see tid:%d", (int)leader,
		    (int)pid);
	return ref_say(errstr, "there is no such process%s%s",
	    n->kind == REF_THREAD ? " or thread" : "",
	    n->ino != 0 ? " any more" : "");
}

static int
open_process(const struct ref_name *n, struct ref *r, const char **errstr)
{
	pid_t pid = n->kind == REF_SELF ? getpid() : (pid_t)n->number;

	if (proc_open(&r->proc, pid, n->kind == REF_THREAD) == -1)
		return say_no_process(n, pid, errstr);
	if (n->ino != 0 && r->proc.ino == 0)
		return ref_say(errstr,
		    "this kernel gives processes no identity "
		    "(needs Linux 6.9)");
	if (n->ino != 0 && n->ino != r->proc.ino)
		return say_recycled(n, r, errstr);
	return n->kind == REF_PROCESS_FD ? 0 :
					   take_process(r, n->types, errstr);
}

/* What FD, ours to close, stands for: a namespace or a socket's. */
static int
take_descriptor(struct ref *r, int fd, const char **errstr)
{
	int net, is;

	if (fd == -1)
		return ref_say(errstr, "%s", strerror(errno));
	if ((is = ns_is_file(fd)) == 1)
		return keep(r, fd, errstr);
	net = is == 0 ? ns_of_socket(fd) : -1;
	file_close(fd);
	if (net != -1)
		return keep(r, net, errstr);
	if (is == 0 && (errno == ENOTSOCK || errno == EBADF))
		return ref_say(errstr, "neither a namespace nor a socket");
	return ref_say(errstr, "%s%s",
	    is == 0 ? "network namespace of the socket: " : "",
	    strerror(errno));
}

/*
 * Descriptor NUMBER of P.  One that may not be copied, by a filter either, can
 * be opened by its link if it is a namespace.
 */
static int
open_descriptor(const struct proc *p, int number)
{
	int copy = uapi_pidfd_getfd(p->pidfd, number), fd, errnum = errno;
	char path[32];

	if (copy != -1 || (errnum != EPERM && errnum != ENOSYS) || p->dir == -1)
		return copy;
	snprintf(path, sizeof(path), "fd/%d", number);
	fd = ns_open_file(p->dir, path, 0);
	errno = errnum;
	return fd;
}

static int
open_process_fd(const struct ref_name *n, struct ref *r, const char **errstr)
{
	int fd;

	if (open_process(n, r, errstr) == -1)
		return -1;
	fd = open_descriptor(&r->proc, n->fd);
	/* From here on it is not that process that is meant. */
	proc_close(&r->proc);
	return take_descriptor(r, fd, errstr);
}

static int
open_inherited(const struct ref_name *n, struct ref *r, const char **errstr)
{
	if (!file_is_inherited(n->fd))
		return ref_say(errstr, "%s", strerror(EBADF));
	if (proc_from_pidfd(&r->proc, n->fd) == 0)
		return take_process(r, n->types, errstr);
	if (errno == ESRCH || errno == ESTALE)
		return ref_say(errstr,
		    "the process has ended or is not in our "
		    "PID namespace");
	return take_descriptor(r, fcntl(n->fd, F_DUPFD_CLOEXEC, 3), errstr);
}

static int
open_member(int dir, const char *path, struct ref *r, const char **errstr)
{
	int fd = ns_open_file(dir, path, 0);

	if (fd != -1)
		return keep(r, fd, errstr);
	if (dir == AT_FDCWD) /* the REF itself, which is told anyway */
		return ref_say(errstr, "%s",
		    errno == EINVAL ? "not a namespace" : strerror(errno));
	return ref_say(errstr, "%s in there: %s", path,
	    errno == EINVAL ? "not a namespace" : strerror(errno));
}

/* A file, or a directory of files that have the names of types. */
static int
open_path(const char *path, int types, struct ref *r, const char **errstr)
{
	const struct ns_type *type;
	struct stat st;
	int dir, rc = 0;

	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return open_member(AT_FDCWD, path, r, errstr);
	for (size_t i = 0; rc == 0 && i < NS_NTYPES; i++) {
		type = &ns_types[i];
		if (!ref_chosen(types, type) ||
		    (fstatat(dir, type->name, &st, 0) == -1 && errno == ENOENT))
			continue;
		rc = open_member(dir, type->name, r, errstr);
		if (rc == 0 && r->fd[i] == -1)
			rc = ref_say(errstr,
			    "%s is a namespace of another type", type->name);
	}
	close(dir);
	return rc;
}

static int
open_seek(const struct ref_name *n, struct ref *r, const char **errstr)
{
	int fd = ref_seek(n, errstr);

	return fd == -1 ? -1 : keep(r, fd, errstr);
}

/* The one namespace in R of TYPES for the step; -1 and *errstr. */
static int
only_one(const struct ref *r, int types, bool owner, const char **errstr)
{
	const char *step = owner ? "owner" : "up";
	int which = -1;

	for (int i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1 || !ref_chosen(types, &ns_types[i]) ||
		    (!owner && ns_types[i].flag != CLONE_NEWUSER &&
			ns_types[i].flag != CLONE_NEWPID))
			continue;
		if (which != -1)
			return ref_say(errstr, "of which type? (%s:%s=...)",
			    step, ns_types[which].name);
		which = i;
	}
	if (which == -1)
		return ref_say(errstr,
		    owner ? "nothing has an owner there" :
			    "only user and PID namespaces have a parent");
	return which;
}

/* From one of TYPES (0: any) to one that is WANTED; up: keeps the type. */
static int
take_step(struct ref *r, const struct ref_step *s, int types, int wanted,
    const char **errstr)
{
	int which, fd;

	if (types == 0 && !s->owner)
		types = s->types != 0 ? s->types : wanted;
	if ((which = only_one(r, types, s->owner, errstr)) == -1)
		return -1;
	fd = s->owner ? ns_owner(r->fd[which]) : ns_parent(r->fd[which]);
	if (fd == -1 && errno == EPERM)
		return ref_say(errstr,
		    "the %s of the %s: %s (there is none, or it is not below "
		    "our own)",
		    s->owner ? "owner" : "parent", ns_types[which].words,
		    strerror(EPERM));
	if (fd == -1)
		return ref_say(errstr, "the %s of the %s: %s",
		    s->owner ? "owner" : "parent", ns_types[which].words,
		    strerror(errno));
	ref_close(r);
	return keep(r, fd, errstr);
}

static int
open_container(const struct ref_name *n, struct ref *r, const char **errstr)
{
	return ref_open_container(n, &r->proc, errstr) == -1 ?
	    -1 :
	    take_process(r, n->types, errstr);
}

/* SCHEME:NAME of a scheme that somebody has added, or a name. */
static int
open_name(const struct ref_name *n, struct ref *r, const char **errstr)
{
	size_t len = strcspn(n->text, ":");
	struct ref_name c = *n;
	char dir[PIN_PATH_MAX];

	if (!n->bare || n->text[len] == '\0' || !ref_has_scheme(n->text, len) ||
	    !ref_scheme(&c, n->text, len))
		return ref_open_name(n, r->fd, errstr);
	if (pin_find(n->text, dir, sizeof(dir)))
		return ref_say(errstr,
		    "ambiguous: a container (container:%s), or %s/%s (name:%s)",
		    c.text, dir, n->text, n->text);
	return open_container(&c, r, errstr);
}

static int
open_target(const struct ref_name *n, struct ref *r, const char **errstr)
{
	switch (n->kind) {
	case REF_PROCESS:
	case REF_THREAD:
	case REF_SELF:
		return open_process(n, r, errstr);
	case REF_PROCESS_FD:
		return open_process_fd(n, r, errstr);
	case REF_FD:
		return open_inherited(n, r, errstr);
	case REF_INODE:
	case REF_ID:
		return open_seek(n, r, errstr);
	case REF_PATH:
		return open_path(n->text, n->types, r, errstr);
	case REF_NAME:
		return open_name(n, r, errstr);
	case REF_CONTAINER:
		return open_container(n, r, errstr);
	}
	abort();
}

/* All in TYPES has to be there; what is not in it goes. */
static int
narrow(struct ref *r, int types, const char **errstr)
{
	const struct ns_type *type;
	const char *has = NULL;
	size_t n = 0;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->fd[i] != -1)
			has = ns_types[i].words;
	for (size_t i = 0; i < NS_NTYPES; i++) {
		type = &ns_types[i];
		if (types != 0 && (types & type->flag) && r->fd[i] == -1)
			return ref_say(errstr,
			    has == NULL ? "no %s there" :
					  "no %s there, but a %s",
			    type->words, has);
		if (!ref_chosen(types, type) && r->fd[i] != -1) {
			close(r->fd[i]);
			r->fd[i] = -1;
		}
		n += r->fd[i] != -1;
	}
	return n > 0 ? 0 : ref_say(errstr, "no namespaces there");
}

int
ref_resolve(const char *text, int wanted, struct ref *r, const char **errstr)
{
	struct ref_name n;
	int rc, types, last;

	memset(r, 0, sizeof(*r));
	r->proc.pidfd = r->proc.dir = -1;
	for (size_t i = 0; i < NS_NTYPES; i++)
		r->fd[i] = -1;
	if (ref_parse(text, &n, errstr) == -1 || ref_check(&n, errstr) == -1)
		return -1;
	types = n.types;
	if (n.types == 0 && n.nsteps == 0)
		n.types = wanted;
	rc = open_target(&n, r, errstr);
	for (size_t i = 0; rc == 0 && i < n.nsteps; i++) {
		last = i + 1 == n.nsteps ? wanted : 0;
		rc = take_step(r, &n.steps[i], types, last, errstr);
		types = n.steps[i].types;
		if (rc == 0 && types != 0)
			rc = narrow(r, types, errstr);
	}
	if (rc == 0 && types != 0 && wanted != 0 && (wanted & ~types) != 0)
		rc = ref_say(errstr, "of another type than asked for");
	if (rc == 0)
		rc = narrow(r, wanted != 0 ? wanted : types, errstr);
	if (rc == -1)
		ref_close(r);
	return rc;
}

void
ref_close(struct ref *r)
{
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] != -1)
			close(r->fd[i]);
		r->fd[i] = -1;
	}
	proc_close(&r->proc);
}
