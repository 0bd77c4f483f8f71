/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scan.h"

#define MOUNTINFO_MAX (64 << 20)

int
scan_parse(const char *text, const struct ns_type **type, ino_t *ino)
{
	const char *colon = strchr(text, ':'), *errstr;
	char name[16], digits[24];
	size_t len;

	if (colon == NULL || (size_t)(colon - text) >= sizeof(name) ||
	    colon[1] != '[')
		return -1;
	memcpy(name, text, (size_t)(colon - text));
	name[colon - text] = '\0';
	len = strcspn(colon + 2, "]");
	if (len >= sizeof(digits) || strcmp(colon + 2 + len, "]") != 0)
		return -1;
	memcpy(digits, colon + 2, len);
	digits[len] = '\0';
	*ino = (ino_t)strtonum(digits, 1, LLONG_MAX, &errstr);
	*type = ns_type_by_name(name);
	return errstr == NULL && *type != NULL ? 0 : -1;
}

struct scan_ns *
scan_find(const struct scan *s, ino_t ino)
{
	struct scan_ns *ns;

	if (s->nbucket == 0)
		return NULL;
	for (ns = s->bucket[ino % s->nbucket]; ns != NULL; ns = ns->chain)
		if (ns->ino == ino)
			return ns;
	return NULL;
}

static int
grow(struct scan *s)
{
	size_t size = s->size == 0 ? 256 : 2 * s->size;
	struct scan_ns **ns, **bucket;

	if ((ns = reallocarray(s->ns, size, sizeof(*ns))) == NULL)
		return -1;
	s->ns = ns;
	if ((bucket = calloc(size + 1, sizeof(*bucket))) == NULL)
		return -1;
	free(s->bucket);
	s->bucket = bucket;
	s->nbucket = size + 1;
	s->size = size;
	for (size_t i = 0; i < s->n; i++) {
		ns[i]->chain = bucket[ns[i]->ino % s->nbucket];
		bucket[ns[i]->ino % s->nbucket] = ns[i];
	}
	return 0;
}

/* The namespace; *FRESH when it was not known.  NULL: no memory. */
static struct scan_ns *
add(struct scan *s, const struct ns_type *type, ino_t ino, bool *fresh)
{
	struct scan_ns *ns = scan_find(s, ino);

	*fresh = ns == NULL;
	if (ns != NULL)
		return ns;
	if ((s->n == s->size && grow(s) == -1) ||
	    (ns = calloc(1, sizeof(*ns))) == NULL)
		return NULL;
	ns->type = type;
	ns->ino = ino;
	ns->chain = s->bucket[ino % s->nbucket];
	s->bucket[ino % s->nbucket] = ns;
	s->ns[s->n++] = ns;
	return ns;
}

static int
hold(struct scan_ns *ns, const char *kind, pid_t pid, long number,
    const char *path)
{
	struct scan_holder *h = calloc(1, sizeof(*h));

	if (h == NULL || (path != NULL && (h->path = strdup(path)) == NULL)) {
		free(h);
		return -1;
	}
	h->kind = kind;
	h->pid = pid;
	h->number = number;
	if (ns->last == NULL)
		ns->holders = h;
	else
		ns->last->next = h;
	ns->last = h;
	ns->nholders++;
	return 0;
}

/*
 * FD is namespace NS: note owner and parent, and go up.  Each namespace is
 * climbed from once, so this is linear.  Closes FD.
 */
static int climb(struct scan *s, struct scan_ns *ns, int fd);

static int
climb_one(struct scan *s, struct scan_ns *ns, int up, bool owner)
{
	struct ns_identity id;
	struct scan_ns *above;
	bool fresh;

	if (up == -1)
		return 0;
	if (ns_identify(up, &id) == -1) {
		close(up);
		return 0;
	}
	*(owner ? &ns->owner : &ns->parent) = id.key.ino;
	if ((above = add(s, id.type, id.key.ino, &fresh)) == NULL ||
	    hold(above, owner ? "owned" : "child", 0, (long)ns->ino, NULL) ==
		-1) {
		close(up);
		return -1;
	}
	if (fresh)
		return climb(s, above, up);
	close(up);
	return 0;
}

static int
climb(struct scan *s, struct scan_ns *ns, int fd)
{
	int r = 0;

	if (fd == -1)
		return 0;
	if (ns->type->flag == CLONE_NEWPID || ns->type->flag == CLONE_NEWUSER)
		r = climb_one(s, ns, ns_parent(fd), false);
	/* The owner of a user namespace is its parent. */
	if (r == 0 && ns->type->flag == CLONE_NEWUSER)
		ns->owner = ns->parent;
	else if (r == 0)
		r = climb_one(s, ns, ns_owner(fd), true);
	close(fd);
	return r;
}

/* The link FILE in DIRFD: a namespace with one holder more.  1: it is one. */
static int
link_add(struct scan *s, int dirfd, const char *file, const char *kind,
    pid_t pid, long number, struct scan_ns **ns)
{
	const struct ns_type *type;
	char text[64];
	ssize_t len;
	ino_t ino;
	bool fresh;

	if ((len = readlinkat(dirfd, file, text, sizeof(text) - 1)) == -1)
		return 0;
	text[len] = '\0';
	if (scan_parse(text, &type, &ino) == -1)
		return 0;
	if ((*ns = add(s, type, ino, &fresh)) == NULL ||
	    hold(*ns, kind, pid, number, NULL) == -1)
		return -1;
	if (fresh &&
	    climb(s, *ns, openat(dirfd, file, O_RDONLY | O_CLOEXEC)) == -1)
		return -1;
	return 1;
}

/* mountinfo(5) writes space, tab, newline and backslash as \ooo. */
static void
unescape(char *s)
{
	char *out = s;

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' &&
		    s[2] <= '7' && s[3] >= '0' && s[3] <= '7') {
			*out++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 |
			    (s[3] - '0'));
			s += 3;
		} else
			*out++ = *s;
	}
	*out = '\0';
}

static int
mount_line(struct scan *s, pid_t pid, int procfd, char *line)
{
	const struct ns_type *type;
	struct scan_ns *ns;
	char *field[5], path[PATH_MAX + 8];
	int fd, up;
	ino_t ino;
	bool fresh;

	if (strstr(line, " - nsfs ") == NULL)
		return 0;
	for (size_t i = 0; i < 5; i++)
		if ((field[i] = strsep(&line, " ")) == NULL)
			return 0;
	if (scan_parse(field[3], &type, &ino) == -1)
		return 0;
	unescape(field[4]);
	if ((ns = add(s, type, ino, &fresh)) == NULL ||
	    hold(ns, "mount", pid, 0, field[4]) == -1)
		return -1;
	if (!fresh)
		return 0;
	/* Another file may lie over it: never open what is not on nsfs. */
	snprintf(path, sizeof(path), "root%s", field[4]);
	if ((fd = openat(procfd, path, O_PATH | O_CLOEXEC)) == -1)
		return 0;
	up = -1;
	if (ns_is_file(fd) == 1) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		up = open(path, O_RDONLY | O_CLOEXEC);
	}
	close(fd);
	return climb(s, ns, up);
}

static int
mounts_read(struct scan *s, pid_t pid, int procfd)
{
	char *text = file_get_all(procfd, "mountinfo", MOUNTINFO_MAX, NULL);
	char *rest = text, *line;
	int r = 0;

	if (text == NULL) {
		if (errno != ENOENT && errno != ESRCH)
			s->unseen++;
		return 0;
	}
	while (r == 0 && (line = strsep(&rest, "\n")) != NULL)
		r = mount_line(s, pid, procfd, line);
	free(text);
	return r;
}

static int
links_read(struct scan *s, pid_t pid, long tid, int procfd, bool thread)
{
	static const char *const next[] = { "pid_for_children",
		"time_for_children" };
	struct scan_ns *ns, *seen;
	char file[64];
	int r;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		snprintf(file, sizeof(file), "ns/%s", ns_types[i].name);
		r = link_add(s, procfd, file, thread ? "thread" : "process",
		    pid, tid, &ns);
		if (r == -1)
			return -1;
		if (r == 0 && errno == EACCES) {
			s->unseen++;
			return 0;
		}
		if (r == 0 || thread)
			continue;
		ns->nprocs++;
		if (ns->pid == 0 || pid < ns->pid)
			ns->pid = pid;
		if (ns->nprocs == 1 && ns_types[i].flag == CLONE_NEWNS &&
		    mounts_read(s, pid, procfd) == -1)
			return -1;
	}
	for (size_t i = 0; i < 2; i++) {
		snprintf(file, sizeof(file), "ns/%s", next[i]);
		if (link_add(
			s, procfd, file, "for_children", pid, tid, &seen) == -1)
			return -1;
	}
	return 0;
}

/* Every entry of the directory FILE whose name is a number. */
static int
numbers_read(
    struct scan *s, pid_t pid, int procfd, const char *file, bool tasks)
{
	int dirfd = openat(procfd, file, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = dirfd == -1 ? NULL : fdopendir(dirfd);
	struct scan_ns *ns;
	const struct dirent *d;
	const char *errstr;
	int fd, r = 0;
	long n;

	if (dir == NULL)
		return 0;
	while (r != -1 && (d = readdir(dir)) != NULL) {
		n = (long)strtonum(d->d_name, 0, INT_MAX, &errstr);
		if (errstr != NULL || (tasks && n == pid))
			continue;
		if (!tasks) {
			r = link_add(s, dirfd, d->d_name, "fd", pid, n, &ns);
			continue;
		}
		fd = openat(dirfd, d->d_name, O_PATH | O_CLOEXEC);
		if (fd == -1)
			continue;
		r = links_read(s, pid, n, fd, true);
		close(fd);
	}
	closedir(dir);
	return r == -1 ? -1 : 0;
}

static int
process_read(struct scan *s, int proc, const char *name, pid_t pid, bool all)
{
	int fd = openat(proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC), r;

	if (fd == -1)
		return all && errno == ENOENT ? 0 : -1;
	r = links_read(s, pid, 0, fd, false);
	if (r == 0 && all)
		r = numbers_read(s, pid, fd, "task", true);
	if (r == 0 && all)
		r = numbers_read(s, pid, fd, "fd", false);
	close(fd);
	return r;
}

static int
compare(const void *a, const void *b)
{
	const struct scan_ns *const *x = a, *const *y = b;

	return ((*x)->ino > (*y)->ino) - ((*x)->ino < (*y)->ino);
}

static void
keep(struct scan *s, int flags, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if ((s->ns[i]->type->flag & flags) != 0 &&
		    (all || s->ns[i]->nprocs > 0))
			s->ns[n++] = s->ns[i];
	s->n = n;
	qsort(s->ns, s->n, sizeof(s->ns[0]), compare);
}

int
scan_all(struct scan *s, int flags, pid_t pid)
{
	DIR *dir = opendir("/proc");
	const struct dirent *d;
	const char *errstr;
	char name[16];
	int r = 0;
	pid_t n;

	memset(s, 0, sizeof(*s));
	if (dir == NULL || grow(s) == -1)
		return -1;
	if (pid != 0) {
		snprintf(name, sizeof(name), "%d", (int)pid);
		r = process_read(s, dirfd(dir), name, pid, false);
	}
	while (pid == 0 && r == 0 && (d = readdir(dir)) != NULL) {
		n = (pid_t)strtonum(d->d_name, 1, INT_MAX, &errstr);
		if (errstr == NULL)
			r = process_read(s, dirfd(dir), d->d_name, n, true);
	}
	closedir(dir);
	if (r == 0 && s->n == 0 && s->unseen == 0) {
		errno = ENOENT;
		r = -1;
	}
	keep(s, flags, pid == 0);
	return r;
}
