/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/pin.h"
#include "lib/ref.h"
#include "lib/uapi.h"

/* The reason in static memory: the caller prints it at once. */
static int __attribute__((format(printf, 2, 3)))
say(const char **errstr, const char *fmt, ...)
{
	static char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*errstr = text;
	return -1;
}

/* Is TYPE of those looked for?  0 looks for all. */
static bool
chosen(int types, const struct ns_type *type)
{
	return types == 0 || (types & type->flag) != 0;
}

/* Keep FD, a namespace, in its place. */
static int
keep(struct ref *r, int fd, const char **errstr)
{
	const struct ns_type *type = ns_type_of(fd);

	if (type == NULL) {
		close(fd);
		return say(errstr, "not a namespace");
	}
	if (r->fd[ns_index(type)] != -1)
		close(r->fd[ns_index(type)]);
	r->fd[ns_index(type)] = fd;
	return 0;
}

/* The types in TYPES of the process that R holds. */
static int
take_process(struct ref *r, int types, const char **errstr)
{
	const struct ns_type *type;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		type = &ns_types[i];
		if (!chosen(types, type))
			continue;
		fd = proc_ns(&r->proc, type);
		if (fd == -1 && types == 0 &&
		    (errno == ENOENT || errno == EOPNOTSUPP) &&
		    proc_alive(&r->proc) == 0)
			continue; /* a type that this kernel has not */
		if (fd == -1)
			return say(errstr, "%s of process %d: %s", type->words,
			    (int)r->proc.pid, strerror(errno));
		r->fd[i] = fd;
	}
	if (proc_alive(&r->proc) == -1)
		return say(errstr, "process %d has ended", (int)r->proc.pid);
	return 0;
}

static int
open_process(const struct ref_name *n, struct ref *r, const char **errstr)
{
	pid_t pid = n->kind == REF_SELF ? getpid() : (pid_t)n->number;

	if (proc_open(&r->proc, pid, n->kind == REF_THREAD) == -1) {
		r->proc.pid = 0;
		return say(errstr, "no %s %d: %s",
		    n->kind == REF_THREAD ? "thread" : "process", (int)pid,
		    strerror(errno));
	}
	if (n->ino != 0 && r->proc.ino == 0)
		return say(errstr,
		    "this kernel gives processes no identity "
		    "(needs Linux 6.9)");
	if (n->ino != 0 && n->ino != r->proc.ino)
		return say(errstr,
		    "process %d is another one: its number was "
		    "used again (it is %d:%ju now)",
		    (int)pid, (int)pid, (uintmax_t)r->proc.ino);
	return n->kind == REF_PROCESS_FD ? 0 :
					   take_process(r, n->types, errstr);
}

/* What FD, ours to close, stands for: a namespace or a socket's. */
static int
take_descriptor(struct ref *r, int fd, const char **errstr)
{
	int net;

	if (fd == -1)
		return say(errstr, "%s", strerror(errno));
	if (ns_is_file(fd) == 1)
		return keep(r, fd, errstr);
	/* Of a file that is no socket the number may ask for anything. */
	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &net, &(socklen_t){ 4 }) ==
	    -1) {
		close(fd);
		return say(errstr, "neither a namespace nor a socket");
	}
	net = ioctl(fd, UAPI_SIOCGSKNS);
	close(fd);
	if (net == -1)
		return say(errstr, "network namespace of the socket: %s",
		    strerror(errno));
	return keep(r, net, errstr);
}

static int
open_process_fd(const struct ref_name *n, struct ref *r, const char **errstr)
{
	char path[32];
	int fd;

	if (open_process(n, r, errstr) == -1)
		return -1;
	fd = uapi_pidfd_getfd(r->proc.pidfd, n->fd);
	snprintf(path, sizeof(path), "fd/%d", n->fd);
	/* A FIFO there would keep us waiting: look before opening. */
	if (fd == -1 && errno == EPERM && r->proc.dir != -1 &&
	    (fd = openat(r->proc.dir, path, O_PATH | O_CLOEXEC)) != -1 &&
	    ns_is_file(fd) == 1) {
		close(fd);
		fd = openat(r->proc.dir, path, O_RDONLY | O_CLOEXEC);
	}
	return take_descriptor(r, fd, errstr);
}

static int
open_inherited(const struct ref_name *n, struct ref *r, const char **errstr)
{
	if (proc_from_pidfd(&r->proc, n->fd) == 0)
		return take_process(r, n->types, errstr);
	r->proc.pid = 0;
	if (errno == ESRCH)
		return say(errstr,
		    "the process has ended or is not in our "
		    "PID namespace");
	return take_descriptor(r, fcntl(n->fd, F_DUPFD_CLOEXEC, 3), errstr);
}

/* Open PATH below DIR once it is known to be a namespace. */
static int
open_file(int dir, const char *path, struct ref *r, const char **errstr)
{
	char self[48];
	int fd, real;

	if ((fd = openat(dir, path, O_PATH | O_CLOEXEC)) == -1)
		return say(errstr, "%s: %s", path, strerror(errno));
	if (ns_is_file(fd) != 1) {
		close(fd);
		return say(errstr, "%s is not a namespace", path);
	}
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	real = open(self, O_RDONLY | O_CLOEXEC);
	if (real == -1 && errno == ENOENT) /* no /proc */
		real = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	close(fd);
	if (real == -1)
		return say(errstr, "%s: %s", path, strerror(errno));
	return keep(r, real, errstr);
}

static int
open_path(const char *path, int types, struct ref *r, const char **errstr)
{
	struct stat st;
	int dir;

	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return open_file(AT_FDCWD, path, r, errstr);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (chosen(types, &ns_types[i]) &&
		    (types != 0 ||
			fstatat(dir, ns_types[i].name, &st, 0) == 0) &&
		    open_file(dir, ns_types[i].name, r, errstr) == -1) {
			close(dir);
			return -1;
		}
	close(dir);
	return 0;
}

static bool
exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/* The directories where pins are, with colons between. */
static void
search_path(char *buf, size_t size)
{
	char dir[PIN_PATH_MAX];

	buf[0] = '\0';
	for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++) {
		if (dir[0] == '\0')
			continue;
		strlcat(buf, buf[0] == '\0' ? "" : ":", size);
		strlcat(buf, dir, size);
	}
}

/* Does NAME look like WANTED: same beginning, or one within the other? */
static bool
similar(const char *name, const char *wanted)
{
	size_t n = strlen(wanted) < 3 ? strlen(wanted) : 3;

	return strncasecmp(name, wanted, n) == 0 ||
	    strcasestr(name, wanted) != NULL ||
	    strcasestr(wanted, name) != NULL;
}

/* Append what in DIR looks like NAME. */
static void
add_similar(const char *dir, const char *name, char *out, size_t size)
{
	struct dirent *e;
	DIR *d = opendir(dir);

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL)
		if (ref_name_valid(e->d_name) && similar(e->d_name, name) &&
		    strlen(out) + strlen(e->d_name) + 3 < size) {
			strlcat(out, *out == '\0' ? "" : ", ", size);
			strlcat(out, e->d_name, size);
		}
	closedir(d);
}

static int
open_name(const struct ref_name *n, struct ref *r, const char **errstr)
{
	char dir[PIN_PATH_MAX], path[4096], list[4096], like[256] = "";

	for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++) {
		if (dir[0] == '\0')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, n->text);
		if (exists(path))
			return open_path(path, n->types, r, errstr);
		add_similar(dir, n->text, like, sizeof(like));
	}
	if (n->plain && exists(n->text))
		return open_file(AT_FDCWD, n->text, r, errstr);
	search_path(list, sizeof(list));
	if (*like != '\0')
		return say(
		    errstr, "no such name in %s; there is: %s", list, like);
	return say(errstr, "no such name in %s", list);
}

/* Look through DIR (links TYPE:[INUM]) of process P. */
static int
look_into(const struct proc *p, const char *sub, const struct ref_name *n,
    struct ref *r, bool *blind)
{
	struct ns_identity id;
	const char *errstr;
	struct dirent *e;
	int fd, file;
	DIR *d;

	fd = openat(p->dir, sub, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || (d = fdopendir(fd)) == NULL) {
		*blind |= errno == EACCES || errno == EPERM;
		return 0;
	}
	while ((e = readdir(d)) != NULL) {
		struct stat st;

		if (*e->d_name == '.' || fstatat(fd, e->d_name, &st, 0) == -1 ||
		    (n->kind == REF_INODE && st.st_ino != n->number))
			continue;
		file = openat(fd, e->d_name, O_PATH | O_CLOEXEC);
		if (file == -1 || ns_is_file(file) != 1) {
			if (file != -1)
				close(file);
			continue;
		}
		close(file);
		file = openat(fd, e->d_name, O_RDONLY | O_CLOEXEC);
		if (file != -1 && ns_identify(file, &id) == 0 &&
		    chosen(n->types, id.type) &&
		    (n->kind == REF_INODE ? id.key.ino == n->number :
					    id.id == n->number)) {
			closedir(d);
			return keep(r, file, &errstr) == 0;
		}
		if (file != -1)
			close(file);
	}
	closedir(d);
	return 0;
}

/* By handle: needs type and inode before Linux 6.19, and its privilege. */
static bool
open_handle(uint64_t id, struct ref *r)
{
	struct {
		struct file_handle h;
		struct uapi_nsfs_file_handle ns;
	} handle = { .h = { sizeof(handle.ns), UAPI_FILEID_NSFS },
		.ns = { id, 0, 0 } };
	const char *errstr;
	int fd;

	fd = open_by_handle_at(
	    UAPI_FD_NSFS_ROOT, &handle.h, O_RDONLY | O_CLOEXEC);
	return fd != -1 && keep(r, fd, &errstr) == 0;
}

static int
open_scan(const struct ref_name *n, struct ref *r, const char **errstr)
{
	bool blind = false, found = false;
	struct dirent *e;
	struct proc p = { .pidfd = -1 };
	const char *bad;
	DIR *d;

	if (n->kind == REF_ID && open_handle(n->number, r))
		return 0;
	if ((d = opendir("/proc")) == NULL)
		return say(errstr, "/proc: %s", strerror(errno));
	while (!found && (e = readdir(d)) != NULL) {
		p.pid = (pid_t)strtonum(e->d_name, 1, PROC_PID_MAX, &bad);
		if (bad != NULL)
			continue;
		p.dir = openat(
		    dirfd(d), e->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (p.dir == -1)
			continue;
		found = look_into(&p, "ns", n, r, &blind) ||
		    look_into(&p, "fd", n, r, &blind);
		proc_close(&p);
	}
	closedir(d);
	if (found)
		return 0;
	return say(errstr,
	    "no such namespace among processes and their "
	    "descriptors%s",
	    blind ? " that we may look at; there are others" : "");
}

/* The one namespace in R of TYPES for the step; -1 and *errstr. */
static int
only_one(const struct ref *r, int types, bool owner, const char **errstr)
{
	int which = -1;

	for (int i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1 || !chosen(types, &ns_types[i]) ||
		    (!owner && ns_types[i].flag != CLONE_NEWUSER &&
			ns_types[i].flag != CLONE_NEWPID))
			continue;
		if (which != -1)
			return say(errstr, "%s: which type? (%s:TYPE=...)",
			    owner ? "owner" : "up", owner ? "owner" : "up");
		which = i;
	}
	if (which == -1)
		return say(errstr,
		    owner ? "nothing has an owner there" :
			    "only user and PID namespaces have a parent");
	return which;
}

static int
take_step(
    struct ref *r, const struct ref_step *s, int types, const char **errstr)
{
	int which, fd;

	if ((which = only_one(r, types, s->owner, errstr)) == -1)
		return -1;
	fd = s->owner ? ns_owner(r->fd[which]) : ns_parent(r->fd[which]);
	if (fd == -1)
		return say(errstr, "%s of the %s: %s",
		    s->owner ? "owner" : "parent", ns_types[which].words,
		    strerror(errno));
	ref_close(r);
	return keep(r, fd, errstr);
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
		return open_scan(n, r, errstr);
	case REF_PATH:
		return open_path(n->text, n->types, r, errstr);
	case REF_NAME:
		return open_name(n, r, errstr);
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
			return say(errstr,
			    has == NULL ? "no %s there" :
					  "no %s there, but a %s",
			    type->words, has);
		if (!chosen(types, type) && r->fd[i] != -1) {
			close(r->fd[i]);
			r->fd[i] = -1;
		}
		n += r->fd[i] != -1;
	}
	return n > 0 ? 0 : say(errstr, "no namespaces there");
}

int
ref_resolve(const char *text, int wanted, struct ref *r, const char **errstr)
{
	struct ref_name n;
	int rc, types;

	memset(r, 0, sizeof(*r));
	r->proc.pidfd = r->proc.dir = -1;
	for (size_t i = 0; i < NS_NTYPES; i++)
		r->fd[i] = -1;
	if (ref_parse(text, &n, errstr) == -1)
		return -1;
	types = n.types;
	if (n.types == 0 && n.nsteps == 0)
		n.types = wanted;
	rc = open_target(&n, r, errstr);
	for (size_t i = 0; rc == 0 && i < n.nsteps; i++) {
		rc = take_step(r, &n.steps[i], types, errstr);
		types = n.steps[i].types;
		if (rc == 0 && types != 0)
			rc = narrow(r, types, errstr);
	}
	if (rc == 0 && types != 0 && wanted != 0 && (wanted & ~types) != 0)
		rc = say(errstr, "of another type than asked for");
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
	r->proc.pid = 0;
}
