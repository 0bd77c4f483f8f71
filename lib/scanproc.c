/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scanfd.h"
#include "lib/scanmnt.h"
#include "lib/scanproc.h"
#include "lib/uapi.h"

/* One process, or thread TID of it, under our eyes. */
struct target {
	pid_t pid, tid; /* tid 0: the process, which is its leader */
	int dir;	/* O_PATH of it */
	ino_t ino[NS_NTYPES];
	bool refused; /* counted as unreadable */
};

/* The namespaces that a thread can have for itself. */
#define OF_THREAD                                                   \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | \
	    CLONE_NEWCGROUP | UAPI_CLONE_NEWTIME)

static void
refuse(struct scan_reader *r, struct target *t)
{
	if (!t->refused)
		r->unseen.processes++;
	t->refused = true;
}

/* The inode number of TYPE's link FILE; 0 and errno: it has none. */
static ino_t
link_read(const struct target *t, const struct ns_type *type, const char *file)
{
	char path[32], text[48], *end;
	size_t len = strlen(type->name);
	unsigned long long ino;
	ssize_t n;

	snprintf(path, sizeof(path), "ns/%s", file);
	n = readlinkat(t->dir, path, text, sizeof(text) - 1);
	if (n == -1)
		return 0;
	text[n] = '\0';
	errno = EINVAL;
	if (strncmp(text, type->name, len) != 0 || text[len] != ':' ||
	    text[len + 1] != '[')
		return 0;
	ino = strtoull(text + len + 2, &end, 10);
	return strcmp(end, "]") == 0 ? (ino_t)ino : 0;
}

/* The link FILE names INO: enter the namespace, with H as its holder. */
static struct scan_ns *
link_add(struct scan_reader *r, const struct target *t,
    const struct ns_type *type, const char *file, ino_t ino,
    const struct scan_holder *h)
{
	struct scan_ns *ns = scan_add(r, type, ino);
	char path[32];

	if (ns == NULL)
		return NULL;
	scan_hold(r, ns, h);
	if (scan_climbs(r, ns)) {
		snprintf(path, sizeof(path), "ns/%s", file);
		scan_climb(r, ns, openat(t->dir, path, O_RDONLY | O_CLOEXEC));
	}
	return ns;
}

/* What the children of T will be in, where T is not. */
static void
children_read(struct scan_reader *r, struct target *t)
{
	struct scan_holder h = {
		.kind = SCAN_FOR, .pid = t->pid, .number = t->tid
	};
	const struct ns_type *type;
	ino_t ino;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		type = &ns_types[i];
		if (type->children == NULL || (r->types & type->flag) == 0)
			continue;
		ino = link_read(t, type, type->children);
		if (ino != 0 && ino != t->ino[i])
			link_add(r, t, type, type->children, ino, &h);
	}
}

/* The links of T itself.  -1 and errno: it has none that we could read. */
static int
links_read(struct scan_reader *r, struct target *t)
{
	struct scan_holder h = { .kind = SCAN_PROCESS, .pid = t->pid };
	struct scan_ns *ns;
	int error = 0, found = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((r->types & ns_types[i].flag) == 0)
			continue;
		t->ino[i] = link_read(t, &ns_types[i], ns_types[i].name);
		if (t->ino[i] == 0) {
			error = errno;
			if (error == EACCES || error == EPERM)
				break;
			continue;
		}
		found++;
		ns = link_add(
		    r, t, &ns_types[i], ns_types[i].name, t->ino[i], &h);
		if (ns == NULL)
			break;
		scan_member(r, ns, t->pid);
		if (ns_types[i].flag == CLONE_NEWNS)
			scan_mounts_of(r, ns, t->pid, t->dir);
	}
	if (error == EACCES || error == EPERM)
		refuse(r, t);
	errno = error;
	return found > 0 || error == 0 ? 0 : -1;
}

/* A thread of LEADER's: what it alone is in. */
static void
thread_read(
    struct scan_reader *r, struct target *t, const struct target *leader)
{
	struct scan_holder h = {
		.kind = SCAN_THREAD, .pid = t->pid, .number = t->tid
	};
	struct scan_ns *ns;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((r->types & ns_types[i].flag) == 0)
			continue;
		t->ino[i] = leader->ino[i];
		if (t->ino[i] == 0 || (ns_types[i].flag & OF_THREAD) != 0)
			t->ino[i] = link_read(
			    t, &ns_types[i], ns_types[i].name);
		if (t->ino[i] == 0)
			continue;
		if (t->ino[i] != leader->ino[i])
			ns = link_add(r, t, &ns_types[i], ns_types[i].name,
			    t->ino[i], &h);
		else
			ns = scan_add(r, &ns_types[i], t->ino[i]);
		if (ns == NULL)
			return;
		ns->nthreads++;
		if (ns_types[i].flag == CLONE_NEWNS &&
		    t->ino[i] != leader->ino[i])
			scan_mounts_of(r, ns, t->pid, t->dir);
	}
	if ((r->want & SCAN_CHILDREN) != 0)
		children_read(r, t);
}

static void
threads_each(struct scan_reader *r, struct target *leader, DIR *dir)
{
	struct target t;
	const struct dirent *d;
	const char *errstr;
	pid_t tid;

	while (!r->full && (d = readdir(dir)) != NULL) {
		tid = (pid_t)strtonum(d->d_name, 1, INT_MAX, &errstr);
		if (errstr != NULL || tid == leader->pid)
			continue;
		t = (struct target){ .pid = leader->pid, .tid = tid };
		t.dir = openat(dirfd(dir), d->d_name, O_PATH | O_CLOEXEC);
		if (t.dir == -1)
			continue;
		thread_read(r, &t, leader);
		close(t.dir);
	}
}

static void
threads_read(struct scan_reader *r, struct target *leader)
{
	struct scan_ns *ns;
	struct stat st;
	DIR *dir;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (leader->ino[i] != 0 &&
		    (ns = scan_add(r, &ns_types[i], leader->ino[i])) != NULL)
			ns->nthreads++;
	/* A directory for each thread makes a link more: two are "." and "..".
	 */
	if (fstatat(leader->dir, "task", &st, 0) == -1 || st.st_nlink <= 3)
		return;
	fd = openat(leader->dir, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return;
	if ((dir = fdopendir(fd)) == NULL) {
		close(fd);
		return;
	}
	threads_each(r, leader, dir);
	closedir(dir);
}

int
scan_process(struct scan_reader *r, pid_t pid)
{
	struct target t = { .pid = pid };
	char name[16];
	int result;

	snprintf(name, sizeof(name), "%d", (int)pid);
	t.dir = openat(r->proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (t.dir == -1)
		return -1;
	result = links_read(r, &t);
	if (!t.refused && (r->want & SCAN_CHILDREN) != 0)
		children_read(r, &t);
	if (!t.refused && (r->want & (SCAN_THREADS | SCAN_NTHREADS)) != 0)
		threads_read(r, &t);
	if (!t.refused && (r->want & (SCAN_FDS | SCAN_QUEUES)) != 0)
		scan_fds(r, pid, t.dir);
	close(t.dir);
	return result;
}

int
scan_processes(struct scan_reader *r)
{
	int fd = openat(r->proc, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd == -1 ? NULL : fdopendir(fd);
	const struct dirent *d;
	const char *errstr;
	bool first = false;
	pid_t pid;

	if (dir == NULL)
		return -1;
	while (!r->full && (d = readdir(dir)) != NULL) {
		pid = (pid_t)strtonum(d->d_name, 1, INT_MAX, &errstr);
		if (errstr != NULL)
			continue;
		first = first || pid == 1;
		scan_process(r, pid);
	}
	closedir(dir);
	/* A PID namespace ends with its process 1: who does not see it does
	 * not see all. */
	r->unseen.hidden = !first;
	return 0;
}
