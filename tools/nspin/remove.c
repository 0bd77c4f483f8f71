/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/ref/ref.h"
#include "lib/scan/scan.h"
#include "lib/uapi.h"
#include "tools/nspin/nspin.h"

#define SHOWN 8 /* holders that a line names */
#define GRACE_TRIES 100
#define GRACE_MS 10

/* A namespace that was let go of. */
struct gone {
	const char *name;
	struct ns_identity ns; /* id 0: none that it can be known by */
};

struct list {
	struct gone *gone;
	size_t n, size;
};

static void
add(struct list *l, const char *name, const struct ns_identity *id)
{
	size_t size = l->size == 0 ? 16 : 2 * l->size;
	struct gone *gone;
	int again;

	if (l->n == l->size) {
		if ((gone = reallocarray(l->gone, size, sizeof(*gone))) == NULL)
			fail_errno(EXIT_NO, "%s", name);
		l->gone = gone;
		l->size = size;
	}
	gone = &l->gone[l->n++];
	*gone = (struct gone){ name, *id };
	/* If it cannot be opened by its id now, that it cannot later means
	 * nothing. */
	if (gone->ns.id != 0 && (again = ns_open_id(&gone->ns)) != -1)
		close(again);
	else
		gone->ns.id = 0;
}

static const char *
reason(const char *name, int errnum)
{
	switch (errnum) {
	case EINVAL:
		return "it holds what is no namespace";
	case EREMOTE:
		return "it is one of docker, or of a directory that is not "
		       "ours";
	default:
		return pin_missing(name, errnum, 0);
	}
}

/*
 * NAME is not mounted here.  Its files may go if it is mounted nowhere, for
 * their removal would end it there.
 */
static int
drop_stale(struct stale *st, const struct request *r, const char *name)
{
	char where[256];

	if (stale_where(st, name, where, sizeof(where)) != STALE_NOWHERE &&
	    !r->force) {
		fail_warn("%s: %s; -F lets go of it there", name, where);
		return EXIT_NO;
	}
	if (pin_remove(name, true) == 0)
		return 0;
	fail_warn("%s: %s", name, reason(name, errno));
	return EXIT_NO;
}

/* Let go of NAME; what it had goes to L. */
static int
drop(
    struct list *l, struct stale *st, const struct request *r, const char *name)
{
	struct pin_info info;
	size_t before = l->n;

	if (!pin_name_possible(name)) {
		fail_warn("%s: not a name", name);
		return EXIT_NO;
	}
	if (pin_look(NULL, name, &info) == 0) {
		for (size_t i = 0; i < NS_NTYPES; i++)
			if (info.fd[i] != -1)
				add(l, name, &info.id[i]);
		pin_close(info.fd);
	}
	if (pin_remove(name, false) == 0)
		return 0;
	if (errno == EXDEV)
		return drop_stale(st, r, name);
	l->n = before;
	fail_warn("%s: %s", name, reason(name, errno));
	return EXIT_NO;
}

/* Drop from L what is known to have died. */
static void
leave_living(struct list *l)
{
	size_t n = 0;
	int fd;

	for (size_t i = 0; i < l->n; i++) {
		if (l->gone[i].ns.id != 0) {
			if ((fd = ns_open_id(&l->gone[i].ns)) == -1)
				continue;
			close(fd);
		}
		l->gone[n++] = l->gone[i];
	}
	l->n = n;
}

static int
look(const struct list *l, struct scan *s)
{
	ino_t *ino = calloc(l->n, sizeof(*ino));
	const char *errstr;
	int rc, types = 0;

	if (ino == NULL)
		fail_errno(EXIT_NO, "what holds them");
	for (size_t i = 0; i < l->n; i++) {
		types |= l->gone[i].ns.type->flag;
		ino[i] = l->gone[i].ns.key.ino;
	}
	rc = scan_holders(s, types, ino, l->n, true, &errstr);
	free(ino);
	if (rc == -1)
		fail_warn("what holds them cannot be seen: %s", errstr);
	return rc;
}

/*
 * In a process that ends: unmount INO from PATH in the mount namespace MNTNS.
 * There the same path may lead elsewhere the next moment: what is unmounted is
 * the descriptor that was looked at, by our own /proc.
 */
static _Noreturn void
unmount_there(int mntns, const char *path, ino_t ino)
{
	int proc = open("/proc/self/fd", O_PATH | O_DIRECTORY | O_CLOEXEC), fd;
	struct ns_key key;
	char number[16];

	if (proc == -1 || (mntns != -1 && setns(mntns, CLONE_NEWNS) == -1))
		_exit(errno);
	if ((fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC)) == -1)
		_exit(errno);
	if (ns_is_file(fd) != 1 || ns_key_fd(fd, &key) == -1 || key.ino != ino)
		_exit(ENOENT);
	snprintf(number, sizeof(number), "%d", fd);
	if (fchdir(proc) == -1 || umount2(number, MNT_DETACH) == -1)
		_exit(errno);
	_exit(0);
}

/* The mount namespace of H, however it can be reached; -1: we are in it. */
static int
open_mntns(const struct scan_holder *h, const char **errstr)
{
	const struct ns_type *type = ns_type_by_flag(CLONE_NEWNS);
	struct ns_key own;
	struct ref ref;
	char text[48];

	*errstr = NULL;
	if (ns_key_self(type, &own) == 0 && own.ino == h->mntns)
		return -1;
	if (h->mntns != 0)
		snprintf(text, sizeof(text), "mnt:[%ju]", (uintmax_t)h->mntns);
	else
		snprintf(text, sizeof(text), "pid:%d", (int)h->pid);
	if (ref_resolve(text, CLONE_NEWNS, &ref, errstr) == -1)
		return -1;
	*errstr = NULL;
	return ref.fd[ns_index(type)];
}

/* Returns NULL, or why not. */
static const char *
unmount(const struct scan_holder *h, ino_t ino)
{
	const char *errstr;
	int fd, status;
	pid_t pid;

	fd = open_mntns(h, &errstr);
	if (errstr != NULL)
		return errstr;
	if ((pid = fork()) == -1)
		return strerror(errno);
	if (pid == 0)
		unmount_there(fd, h->path, ino);
	if (fd != -1)
		close(fd);
	if (proc_reap(pid, &status) == -1)
		return strerror(errno);
	if (WIFSIGNALED(status))
		return "the helper process has died";
	return WEXITSTATUS(status) == 0 ? NULL : strerror(WEXITSTATUS(status));
}

/* -F: the bind mounts of all in L. */
static void
unmount_all(const struct list *l, const struct scan *s)
{
	const struct scan_holder *h;
	struct scan_ns *ns;
	const char *errstr;
	char *where;

	for (size_t i = 0; i < l->n; i++) {
		if ((ns = scan_find(
			 s, l->gone[i].ns.type, l->gone[i].ns.key.ino)) == NULL)
			continue;
		for (h = ns->holders; h != NULL; h = h->next) {
			if (h->kind != SCAN_MOUNT ||
			    (errstr = unmount(h, ns->ino)) == NULL)
				continue;
			where = scan_holder_text(h);
			fail_warn("%s: cannot unmount %s: %s", l->gone[i].name,
			    where == NULL ? "?" : where, errstr);
			free(where);
		}
	}
}

/* "process 7" or "mount /x in mnt:[4026531841]" onto LINE. */
static void
append(char *line, size_t size, const struct scan_holder *h)
{
	char *where = scan_holder_text(h), word[512];

	snprintf(word, sizeof(word), "%s%s %s", line[0] == '\0' ? "" : ", ",
	    scan_kind_name(h->kind), where == NULL ? "?" : where);
	free(where);
	strlcat(line, word, size);
	if (h->kind != SCAN_MOUNT || h->mntns == 0)
		return;
	snprintf(word, sizeof(word), " in mnt:[%ju]", (uintmax_t)h->mntns);
	strlcat(line, word, size);
}

/* A process that has ended, but not been waited for, is on its way. */
static bool
is_zombie(pid_t pid)
{
	char path[32], text[2048], state;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (file_get(AT_FDCWD, path, text, sizeof(text)) == -1)
		return errno == ENOENT || errno == ESRCH;
	state = proctext_state(text);
	return state == 'Z' || state == 'X';
}

/* Does H really hold, or is what it is going itself?  DEPTH ends circles. */
static bool
holds(const struct scan_holder *h, int depth)
{
	if (h->kind == SCAN_PROCESS)
		return !is_zombie(h->pid);
	if ((h->kind != SCAN_CHILD && h->kind != SCAN_OWNED) || depth == 0)
		return true;
	for (h = h->ns->holders; h != NULL; h = h->next)
		if (holds(h, depth - 1))
			return true;
	return false;
}

/*
 * The fewest first: hundreds of processes would hide one mount.  Returns how
 * many there are; LINE names SHOWN of them.
 */
static size_t
name_holders(const struct scan_ns *ns, char *line, size_t size)
{
	const struct scan_holder *h;
	size_t n = 0;

	line[0] = '\0';
	for (int processes = 0; processes <= 1; processes++)
		for (h = ns->holders; h != NULL; h = h->next)
			if ((h->kind == SCAN_PROCESS) == (processes == 1) &&
			    holds(h, 2) && n++ < SHOWN)
				append(line, size, h);
	return n;
}

/* Some die a little later than what held them: wait for that. */
static bool
is_dying(const struct gone *g)
{
	int fd;

	for (int i = 0; g->ns.id != 0 && i < GRACE_TRIES; i++) {
		if ((fd = ns_open_id(&g->ns)) == -1)
			return true;
		close(fd);
		(void)poll(NULL, 0, GRACE_MS);
	}
	/* Without an id only its holders are known. */
	return g->ns.id == 0;
}

static void
report(const struct gone *g, const struct scan *s)
{
	const struct scan_ns *ns = scan_find(s, g->ns.type, g->ns.key.ino);
	char line[FAIL_LINE_MAX / 2], buf[256], more[32] = "";
	const char *blind = scan_incomplete(&s->unseen, buf, sizeof(buf));
	size_t n = ns == NULL ? 0 : name_holders(ns, line, sizeof(line));

	/* A zombie holds it until it is reaped: not worth a line. */
	if (n == 0 && ((ns != NULL && ns->nholders > 0) || is_dying(g)))
		return;
	if (n == 0)
		snprintf(line, sizeof(line), "what cannot be seen%s%s",
		    blind == NULL ? "" : ": ", blind == NULL ? "" : blind);
	if (n > SHOWN)
		snprintf(more, sizeof(more), " and %zu more", n - SHOWN);
	fail_warn("%s: %s:[%ju] lives on: %s%s", g->name, g->ns.type->name,
	    (uintmax_t)g->ns.key.ino, line, more);
}

int
nspin_drop(const struct request *r, char **names)
{
	struct stale stale = { .looked = false };
	struct list l = { .n = 0 };
	struct scan s;
	int status = 0;

	if (r->kill != 0 && nspin_kill(names, r->kill) != 0)
		return EXIT_NO;
	for (; *names != NULL; names++)
		status |= drop(&l, &stale, r, *names);
	leave_living(&l);
	if (l.n == 0 || look(&l, &s) == -1)
		return status;
	if (r->force) {
		unmount_all(&l, &s);
		scan_free(&s);
		leave_living(&l);
		if (l.n == 0 || look(&l, &s) == -1)
			return status;
	}
	for (size_t i = 0; i < l.n; i++)
		report(&l.gone[i], &s);
	scan_free(&s);
	return status;
}
