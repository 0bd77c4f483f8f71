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
#include "lib/ns.h"
#include "lib/scan/ancestors.h"
#include "lib/scan/descriptors.h"
#include "lib/scan/mounts.h"
#include "lib/scan/numbers.h"
#include "lib/scan/processes.h"
#include "lib/uapi.h"

/*
 * The namespaces that a thread can have for itself: setns(2) takes a user or
 * time namespace from a process of one thread alone, and none is made to have
 * another time than its process.
 */
#define OF_THREAD                                                   \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | \
	    CLONE_NEWCGROUP)

/* Those that a process is in still which has ended. */
#define OF_DEAD (CLONE_NEWUSER | CLONE_NEWPID)

/* Links that are read faster from their directory. */
#define WORTH_ENTERING 4

/* After so many processes with one of their own the next is taken for another.
 */
#define IN_A_ROW 8

/* Threads of one process that are worth readers who begin anew. */
#define WIDE 1024

/* What descriptors are read for. */
#define OF_FDS (SCAN_FDS | SCAN_QUEUES | SCAN_QUEUED_COUNT)

/* The file below /proc/PID of each type's link. */
static const char *
link_file(const struct ns_type *type, bool children)
{
	/* In the order of ns_types. */
	static const char *const files[NS_NTYPES] = { "ns/mnt", "ns/uts",
		"ns/ipc", "ns/net", "ns/pid", "ns/user", "ns/cgroup",
		"ns/time" };

	if (!children)
		return files[ns_index(type)];
	return type->flag == CLONE_NEWPID ? "ns/pid_for_children" :
					    "ns/time_for_children";
}

/* That link of T: its name, below *DIR. */
static const char *
link_where(const struct scan_reader *r, struct scan_target *t,
    const struct ns_type *type, bool children, int *dir)
{
	const char *file = link_file(type, children);

	*dir = t->ns != -1 ? t->ns : r->proc;
	return t->ns != -1 ? file + strlen("ns/") : scan_target_path(t, file);
}

/* N of "TYPE:[N]"; 0: it is something else. */
static ino_t
link_number(const char *text, const struct ns_type *type)
{
	size_t len = strlen(type->name);
	ino_t ino = 0;

	if (strncmp(text, type->name, len) != 0 || text[len] != ':' ||
	    text[len + 1] != '[')
		return 0;
	for (text += len + 2; *text >= '0' && *text <= '9'; text++)
		ino = 10 * ino + (ino_t)(*text - '0');
	return strcmp(text, "]") == 0 ? ino : 0;
}

/* The inode number that a link of TYPE names; 0 and errno: it has none. */
static ino_t
link_read(struct scan_reader *r, struct scan_target *t,
    const struct ns_type *type, bool children)
{
	char text[48];
	int dir;
	const char *path = link_where(r, t, type, children, &dir);
	ssize_t n = readlinkat(dir, path, text, sizeof(text) - 1);

	/* While another thread of it calls execve(2), it has no leader. */
	if (n == -1 && (errno == ENOENT || errno == ESRCH))
		n = readlinkat(dir, path, text, sizeof(text) - 1);
	if (n == -1)
		return 0;
	text[n] = '\0';
	errno = EINVAL;
	return link_number(text, type);
}

static int
link_open(struct scan_reader *r, struct scan_target *t,
    const struct ns_type *type, bool children)
{
	int dir;
	const char *path = link_where(r, t, type, children, &dir);

	return openat(dir, path, O_RDONLY | O_CLOEXEC);
}

/*
 * The link names INO: enter that namespace, with H as its holder.  FD is it, or
 * -1, and is closed.
 */
static struct scan_ns *
link_add(struct scan_reader *r, struct scan_target *t,
    const struct ns_type *type, bool children, ino_t ino,
    const struct scan_holder *h, int fd)
{
	struct scan_ns *ns = scan_add(r, type, ino);

	if (ns != NULL)
		scan_hold(r, ns, h);
	if (ns != NULL && fd != -1)
		scan_climb_from(r, ns, fd);
	else if (ns != NULL && scan_climbs(r, ns))
		scan_climb(r, ns, link_open(r, t, type, children));
	file_close(fd);
	return ns;
}

static void
read_not_yet_populated(struct scan_reader *r, const struct scan_target *t,
    const struct ns_type *type, const struct scan_holder *h)
{
	int fd = ns_open_for_children(t->pid, t->tid, type);
	struct scan_ns *ns = scan_add_fd(r, type->flag, fd);

	if (ns != NULL && ns->ino != t->ino[ns_index(type)]) {
		scan_hold(r, ns, h);
		scan_climb_from(r, ns, fd);
	}
	file_close(fd);
}

/* What the children of T will be in, where T is not. */
static void
children_read(struct scan_reader *r, struct scan_target *t)
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
		ino = t->next[i] != 0 ? t->next[i] :
					link_read(r, t, type, true);
		if (ino != 0 && ino != t->ino[i])
			link_add(r, t, type, true, ino, &h, -1);
		else if (ino == 0 && errno == ENOENT && t->ino[i] != 0 &&
		    type->flag == CLONE_NEWPID)
			read_not_yet_populated(r, t, type, &h);
		else if (ino == 0 && errno != ENOENT && errno != ESRCH)
			scan_target_refuse(r, t);
	}
}

/* The directory of T's links, unless fewer are read there than that takes. */
static void
links_enter(const struct scan_reader *r, struct scan_target *t)
{
	if (__builtin_popcount((unsigned)r->types) >= WORTH_ENTERING)
		t->ns = scan_target_enter(r, t, "ns");
}

/*
 * The namespace of type I that T is in.  Whose children will be in the
 * outermost one is in it too, since nobody comes back into it: one link tells
 * both.  0 and errno as link_read.
 */
static ino_t
link_own(struct scan_reader *r, struct scan_target *t, size_t i)
{
	const struct ns_type *type = &ns_types[i];

	if (r->outermost[i] != 0 && !t->dead &&
	    (r->want & SCAN_CHILDREN) != 0) {
		t->next[i] = link_read(r, t, type, true);
		if (t->next[i] == r->outermost[i])
			return t->next[i];
	}
	return link_read(r, t, type, false);
}

/*
 * The namespace of type I that T is in, opened without reading its link: it is
 * most likely a new one, which would be opened next.  -1: it is not, or cannot
 * be opened.
 */
static int
link_new(struct scan_reader *r, struct scan_target *t, size_t i)
{
	struct stat st;
	int fd;

	if (r->fresh[i] < IN_A_ROW ||
	    (fd = link_open(r, t, &ns_types[i], false)) == -1)
		return -1;
	if (fstat(fd, &st) == 0 && st.st_dev == r->nsfs) {
		t->ino[i] = st.st_ino;
		return fd;
	}
	close(fd);
	return -1;
}

/*
 * Has nobody a link of type I, as the kernel was built without it?  Then it is
 * not asked for any more.  Keeps errno.
 */
static bool
type_lacks(struct scan_reader *r, size_t i)
{
	char path[32], text[48];
	bool lacks;

	snprintf(path, sizeof(path), "self/%s", link_file(&ns_types[i], false));
	lacks = readlinkat(r->proc, path, text, sizeof(text)) == -1 &&
	    errno == ENOENT;
	if (lacks)
		r->types &= ~ns_types[i].flag;
	errno = ENOENT;
	return lacks;
}

/* Did this process lead to NS, of which no other place has told? */
static bool
is_fresh(const struct scan_reader *r, const struct scan_ns *ns)
{
	return ns->nprocs == 0 && ns->climbed && !r->listed;
}

/* The links of a process.  -1 and errno: it has none that we could read. */
static int
links_read(struct scan_reader *r, struct scan_target *t)
{
	struct scan_holder h = { .kind = SCAN_PROCESS, .pid = t->pid };
	struct scan_ns *ns;
	int error = 0, found = 0, fd;

	for (size_t i = 0; i < NS_NTYPES && !r->full; i++) {
		if ((r->types & ns_types[i].flag) == 0 ||
		    (t->dead && (ns_types[i].flag & OF_DEAD) == 0))
			continue;
		fd = link_new(r, t, i);
		if (fd == -1)
			t->ino[i] = link_own(r, t, i);
		if (t->ino[i] == 0 && errno == ENOENT && type_lacks(r, i))
			continue;
		if (t->ino[i] == 0) {
			error = errno;
			if (error != ENOENT && error != ESRCH)
				break;
			/* A zombie is in a user and a PID namespace still. */
			t->dead = true;
			continue;
		}
		found++;
		ns = link_add(r, t, &ns_types[i], false, t->ino[i], &h, fd);
		if (ns == NULL)
			break;
		r->fresh[i] = is_fresh(r, ns) ? r->fresh[i] + 1 : 0;
		scan_member(r, ns, t->pid, t->uid);
		if (ns_types[i].flag == CLONE_NEWNS)
			scan_mounts_of(r, ns, t);
	}
	if (error != 0 && error != ENOENT && error != ESRCH)
		scan_target_refuse(r, t);
	errno = error;
	return found > 0 || error == 0 ? 0 : -1;
}

/* A thread of LEADER's: what it alone is in. */
static void
thread_read(
    struct scan_reader *r, struct scan_target *t, const ino_t *of_leader)
{
	struct scan_holder h = {
		.kind = SCAN_THREAD, .pid = t->pid, .number = t->tid
	};
	const struct ns_type *type;
	struct scan_ns *ns;
	int may_differ = OF_THREAD;

	/* Whatever mount namespaces there are, the walk finds them. */
	if (r->walks &&
	    (r->want & (SCAN_MOUNTS | SCAN_HOLDERS | SCAN_NTHREADS)) ==
		SCAN_MOUNTS)
		may_differ &= ~CLONE_NEWNS;
	for (size_t i = 0; i < NS_NTYPES && !r->full; i++) {
		type = &ns_types[i];
		if ((r->types & type->flag) == 0)
			continue;
		t->ino[i] = of_leader[i];
		if (of_leader[i] == 0 || (type->flag & may_differ) != 0)
			t->ino[i] = link_read(r, t, type, false);
		if (t->ino[i] == 0)
			continue;
		if (t->ino[i] == of_leader[i])
			ns = scan_add(r, type, t->ino[i]);
		else
			ns = link_add(r, t, type, false, t->ino[i], &h, -1);
		if (ns == NULL)
			return;
		ns->nthreads++;
		if (type->flag == CLONE_NEWNS && t->ino[i] != of_leader[i])
			scan_mounts_of(r, ns, t);
	}
	if ((r->want & SCAN_CHILDREN) != 0)
		children_read(r, t);
}

void
scan_thread(struct scan_reader *r, const struct scan_target *leader, pid_t tid,
    bool files)
{
	struct scan_target t;

	if (tid == leader->pid)
		return;
	scan_target_init(&t, leader->pid, tid);
	links_enter(r, &t);
	thread_read(r, &t, leader->ino);
	scan_target_leave(t.ns);
	if (files)
		scan_fds(r, &t);
}

static void
threads_each(struct scan_reader *r, struct scan_target *leader)
{
	/* Threads share their files, but for exotic ones. */
	bool files = leader->dead && (r->want & OF_FDS) != 0;
	struct scan_dir dir;
	int tid;

	if (scan_dir_open(&dir, r->proc, scan_target_path(leader, "task")) ==
	    -1) {
		if (errno != ENOENT && errno != ESRCH)
			scan_target_refuse(r, leader);
		return;
	}
	while (!r->full && (tid = scan_dir_next(&dir)) != -1) {
		scan_thread(r, leader, tid, files);
		files = files && tid == leader->pid;
	}
	if (!r->full && errno != 0 && errno != ENOENT && errno != ESRCH)
		scan_target_refuse(r, leader);
	scan_dir_close(&dir);
}

/* Leave the threads of LEADER to all readers together? */
static bool
threads_put_off(struct scan_reader *r, const struct scan_target *leader)
{
	struct scan_wide *w;

	if (!r->puts_off || leader->nlink < WIDE || leader->dead ||
	    (w = malloc(sizeof(*w))) == NULL)
		return false;
	w->leader = *leader;
	w->next = r->wide;
	r->wide = w;
	return true;
}

static void
threads_read(struct scan_reader *r, struct scan_target *leader)
{
	struct scan_ns *ns;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (leader->ino[i] != 0 &&
		    (ns = scan_add(r, &ns_types[i], leader->ino[i])) != NULL)
			ns->nthreads++;
	/* Each thread is a directory there: with "." and ".." one more link. */
	if (leader->nlink > 3 && !threads_put_off(r, leader))
		threads_each(r, leader);
}

/*
 * One look at the directory of its threads tells how many they are and, as it
 * is for all to read, whose they are, also of what is not dumpable.
 */
static void
task_read(struct scan_reader *r, struct scan_target *t)
{
	struct uapi_statx sx;

	if ((r->want & (SCAN_THREADS | SCAN_NTHREADS | SCAN_NPROCS)) == 0 ||
	    uapi_statx(r->proc, scan_target_path(t, "task"), 0,
		UAPI_STATX_NLINK | UAPI_STATX_UID, &sx) == -1)
		return;
	t->nlink = sx.stx_nlink;
	t->uid = sx.stx_uid;
}

int
scan_process(struct scan_reader *r, pid_t pid)
{
	struct scan_target t;
	int result;

	scan_target_init(&t, pid, 0);
	if (r->sockets_alone) {
		scan_fds(r, &t);
		return 0;
	}
	task_read(r, &t);
	links_enter(r, &t);
	result = links_read(r, &t);
	if ((r->want & SCAN_CHILDREN) != 0 && !t.dead && !t.refused && !r->full)
		children_read(r, &t);
	scan_target_leave(t.ns);
	t.ns = -1;
	if (t.refused || r->full)
		return result;
	if ((r->want & (SCAN_THREADS | SCAN_NTHREADS)) != 0)
		threads_read(r, &t);
	if ((r->want & OF_FDS) != 0 && !t.dead)
		scan_fds(r, &t);
	return result;
}
