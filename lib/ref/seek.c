/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/reason/reason.h"
#include "lib/ref/open.h"
#include "lib/uapi.h"

#define MOUNTINFO_MAX (64 << 20)
#define LINK_MAX 64 /* "cgroup:[4294967295]" and the like */
#define IDS_MAX (1 << 20)

struct seek {
	const struct ref_name *n;
	int fd;		/* what was found, or -1 */
	size_t unseen;	/* places that we may not look at */
	int refusal;	/* how the first of them was refused */
	int errnum;	/* what else kept us from looking, or 0 */
	ino_t *visited; /* namespaces that have been asked */
	size_t nvisited;
};

/* Note why something could not be looked at; what has gone needs not be. */
static void
trouble(struct seek *s)
{
	static const int gone[] = { ENOENT, ESRCH, ENOTDIR, ESTALE };

	for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++)
		if (errno == gone[i])
			return;
	if (errno == EACCES || errno == EPERM) {
		if (s->unseen++ == 0)
			s->refusal = errno;
	} else if (s->errnum == 0) {
		s->errnum = errno;
	}
}

/* Take FD, a namespace, if it is the one; close it otherwise. */
static bool
take(struct seek *s, int fd)
{
	struct ns_identity id;

	if (fd == -1) {
		trouble(s);
		return false;
	}
	if (ns_identify(fd, &id) == -1) {
		trouble(s);
	} else if ((s->n->kind == REF_INODE ? id.key.ino : id.id) ==
	    s->n->number) {
		s->fd = fd;
		return true;
	}
	close(fd);
	return false;
}

/* The inode in "net:[4026531840]" if it may be what is looked for; else 0. */
static ino_t
candidate(const struct seek *s, const char *link)
{
	const char *at = strstr(link, ":["), *errstr;
	const struct ns_type *type;
	char text[LINK_MAX];
	ino_t ino;

	if (at == NULL || strlen(link) >= sizeof(text))
		return 0;
	strlcpy(text, link, sizeof(text));
	text[at - link] = '\0';
	text[strcspn(at + 2, "]") + (size_t)(at + 2 - link)] = '\0';
	type = ns_type_by_name(text);
	ino = (ino_t)strtonum(text + (at + 2 - link), 1, UINT32_MAX, &errstr);
	if (type == NULL || errstr != NULL ||
	    (s->n->kind == REF_INODE && ino != s->n->number))
		return 0;
	return ino;
}

/* Was INO looked at before?  It is from now on. */
static bool
visited(struct seek *s, ino_t ino)
{
	ino_t *more;

	for (size_t i = s->nvisited; i-- > 0;)
		if (s->visited[i] == ino)
			return true;
	more = reallocarray(s->visited, s->nvisited + 1, sizeof(*more));
	if (more == NULL) {
		s->errnum = errno;
		return true;
	}
	s->visited = more;
	s->visited[s->nvisited++] = ino;
	return false;
}

/* The link NAME of DIR, which names a namespace in its text. */
static bool
look_at_link(struct seek *s, int dir, const char *name)
{
	char text[LINK_MAX];
	ssize_t len = readlinkat(dir, name, text, sizeof(text) - 1);
	ino_t ino;

	if (len == -1) {
		trouble(s);
		return false;
	}
	text[len] = '\0';
	ino = candidate(s, text);
	if (ino == 0 || (s->n->kind == REF_ID && visited(s, ino)))
		return false;
	return take(s, ns_open_file(dir, name, 0));
}

static DIR *
open_dir(struct seek *s, int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd == -1 ? NULL : fdopendir(fd);

	if (d == NULL) {
		trouble(s);
		if (fd != -1)
			close(fd);
	}
	return d;
}

static const char *
next_name(struct seek *s, DIR *d)
{
	struct dirent *e;

	errno = 0;
	if ((e = readdir(d)) != NULL)
		return e->d_name;
	if (errno != 0)
		trouble(s);
	return NULL;
}

/* All links of the directory NAME of DIR. */
static bool
look_at_links(struct seek *s, int dir, const char *name)
{
	DIR *d = open_dir(s, dir, name);
	bool found = false;

	if (d == NULL)
		return false;
	while (!found && (name = next_name(s, d)) != NULL)
		found = *name != '.' && look_at_link(s, dirfd(d), name);
	closedir(d);
	return found;
}

/* FN with each entry of WHERE that is a number, but EXCEPT. */
static bool
each_number(struct seek *s, int dir, const char *except, const char *where,
    bool (*fn)(struct seek *s, int dir, const char *name))
{
	DIR *d = open_dir(s, dir, where);
	const char *errstr, *name;
	bool found = false;

	if (d == NULL)
		return false;
	while (!found && (name = next_name(s, d)) != NULL) {
		(void)strtonum(name, 1, INT32_MAX, &errstr);
		if (errstr == NULL &&
		    (except == NULL || strcmp(name, except) != 0))
			found = fn(s, dirfd(d), name);
	}
	closedir(d);
	return found;
}

static int
open_sub(struct seek *s, int dir, const char *name)
{
	int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		trouble(s);
	return fd;
}

static bool
in_links(struct seek *s, int dir, const char *name)
{
	int sub = open_sub(s, dir, name);
	bool found;

	if (sub == -1)
		return false;
	found = look_at_links(s, sub, "ns");
	close(sub);
	return found;
}

/* Descriptors of the process, and the links of its other threads. */
static bool
in_files(struct seek *s, int dir, const char *name)
{
	int sub = open_sub(s, dir, name);
	bool found;

	if (sub == -1)
		return false;
	found = look_at_links(s, sub, "fd") ||
	    each_number(s, sub, name, "task", in_links);
	close(sub);
	return found;
}

/* The mounts of the process whose directory is DIR, seen from its root. */
static bool
look_at_mounts(struct seek *s, int dir)
{
	char path[4096 + 8], *text, *rest;
	struct mountinfo m;
	bool found = false;

	text = file_get_all(dir, "mountinfo", MOUNTINFO_MAX, NULL);
	if (text == NULL) {
		trouble(s);
		return false;
	}
	for (rest = text; !found && mountinfo_next(&rest, &m);) {
		if (candidate(s, m.root) == 0)
			continue;
		snprintf(path, sizeof(path), "root%s", m.point);
		found = take(s, ns_open_file(dir, path, 0));
	}
	free(text);
	return found;
}

/* Once for each mount namespace. */
static bool
in_mounts(struct seek *s, int dir, const char *name)
{
	int sub = open_sub(s, dir, name);
	bool found = false;
	struct stat st;

	if (sub == -1)
		return false;
	if (fstatat(sub, "ns/mnt", &st, 0) == 0 && !visited(s, st.st_ino))
		found = look_at_mounts(s, sub);
	close(sub);
	return found;
}

/* The namespace that a socket among the descriptors is in. */
static bool
in_sockets(struct seek *s, int dir, const char *name)
{
	char text[LINK_MAX], where[64];
	int pidfd, sock, net;
	const char *errstr;
	struct dirent *e;
	bool found = false;
	ssize_t len;
	DIR *d;

	snprintf(where, sizeof(where), "%s/fd", name);
	net = openat(dir, where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (net == -1)
		return false;
	pidfd = uapi_pidfd_open(
	    (pid_t)strtonum(name, 1, PROC_PID_MAX, &errstr), 0);
	if (pidfd == -1 || (d = fdopendir(net)) == NULL) {
		close(net);
		if (pidfd != -1)
			close(pidfd);
		return false;
	}
	while (!found && (e = readdir(d)) != NULL) {
		len = readlinkat(dirfd(d), e->d_name, text, sizeof(text) - 1);
		if (len < 7 || memcmp(text, "socket:", 7) != 0)
			continue;
		sock = uapi_pidfd_getfd(
		    pidfd, (int)strtonum(e->d_name, 0, INT32_MAX, &errstr));
		if (sock == -1)
			continue;
		found = take(s, ioctl(sock, UAPI_SIOCGSKNS));
		close(sock);
	}
	closedir(d);
	close(pidfd);
	return found;
}

/* From FD, which is closed, to its owner and parent, and theirs. */
static bool
climb(struct seek *s, int fd)
{
	struct stat st;
	bool found;

	if (fd == -1)
		return false;
	if (fstat(fd, &st) == -1 || visited(s, st.st_ino)) {
		close(fd);
		return false;
	}
	found = take(s, fcntl(fd, F_DUPFD_CLOEXEC, 3)) ||
	    climb(s, ns_parent(fd)) || climb(s, ns_owner(fd));
	close(fd);
	return found;
}

static bool
in_relatives(struct seek *s, int dir, const char *name)
{
	bool found = false;
	struct stat st;
	char path[64];

	for (size_t i = 0; !found && i < NS_NTYPES; i++) {
		snprintf(
		    path, sizeof(path), "%s/ns/%s", name, ns_types[i].name);
		if (fstatat(dir, path, &st, 0) == -1)
			continue;
		for (size_t j = 0; j < s->nvisited; j++)
			if (s->visited[j] == st.st_ino)
				st.st_ino = 0;
		if (st.st_ino != 0)
			found = climb(
			    s, openat(dir, path, O_RDONLY | O_CLOEXEC));
	}
	return found;
}

/* Linux 6.19 takes the id alone. */
static int
open_handle(uint64_t id)
{
	return ns_open_id(&(struct ns_identity){ .id = id });
}

/* Those that no process shows: Linux 6.19 lists them all. */
static bool
in_kernel(struct seek *s)
{
	struct uapi_ns_id_req req = { .size = sizeof(req) };
	uint64_t *ids = calloc(IDS_MAX, sizeof(*ids));
	bool found = false;
	ssize_t n;

	if (ids == NULL)
		return false;
	n = uapi_listns(&req, ids, IDS_MAX);
	for (ssize_t i = 0; !found && i < n; i++)
		found = take(s, open_handle(ids[i]));
	free(ids);
	return found;
}

/* Nothing: in words, and where we could not look. */
static int
say_nothing(const struct seek *s, const char **errstr)
{
	const char *why = reason_proc("self");
	struct stat st;

	if (why != NULL)
		return ref_say(errstr, "%s", why);
	if (s->errnum != 0)
		return ref_say(errstr,
		    "no such namespace found, but not all could be looked at: "
		    "%s",
		    strerror(s->errnum));
	if (s->unseen > 0)
		return ref_say(errstr,
		    "no such namespace found, but at %zu places we may not "
		    "look: %s (needs CAP_SYS_PTRACE)",
		    s->unseen, strerror(s->refusal));
	if (stat("/proc/1", &st) == -1)
		return ref_say(errstr,
		    "no such namespace found; /proc does not show all "
		    "processes (hidepid)");
	return ref_say(
	    errstr, "%s (there is no such namespace)", strerror(ENOENT));
}

/* Does the kernel give IDs at all?  Our own namespaces tell. */
static bool
has_ids(void)
{
	struct ns_identity id;
	int fd = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);
	bool has;

	if (fd == -1)
		return true; /* not known: look */
	has = ns_identify(fd, &id) == -1 || id.id != 0;
	close(fd);
	return has;
}

int
ref_seek(const struct ref_name *n, const char **errstr)
{
	static bool (*const passes[])(
	    struct seek * s, int dir, const char *name) = { in_links, in_files,
		in_mounts, in_sockets, in_relatives };
	struct seek s = { .n = n, .fd = -1 };
	bool found = false;
	int proc;

	if (n->kind == REF_ID && take(&s, open_handle(n->number)))
		return s.fd;
	if (n->kind == REF_ID && !has_ids())
		return ref_say(errstr,
		    "this kernel gives namespaces no IDs (needs Linux 6.18)");
	s.errnum = 0; /* of the handle, which is optional */
	s.unseen = 0;
	proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (proc == -1)
		return ref_say(errstr, "/proc: %s", strerror(errno));
	for (size_t i = 0; !found && i < sizeof(passes) / sizeof(*passes);
	     i++) {
		found = each_number(&s, proc, NULL, ".", passes[i]);
		s.nvisited = 0;
	}
	close(proc);
	found = found || in_kernel(&s);
	free(s.visited);
	return found ? s.fd : say_nothing(&s, errstr);
}
