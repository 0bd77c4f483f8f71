/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scan/numbers.h"
#include "lib/scan/table.h"

#define PROC "/proc/"
#define CHUNK (64 << 10)
#define SLOTS 512 /* at first; a power of two */

struct scan_chunk {
	struct scan_chunk *next;
	size_t used, size;
	max_align_t memory[];
};

void
scan_target_init(struct scan_target *t, pid_t pid, pid_t tid)
{
	char text[SCAN_DIGITS];

	memset(t, 0, sizeof(*t));
	t->pid = pid;
	t->tid = tid;
	t->uid = (uid_t)-1;
	t->ns = -1;
	strlcpy(t->path, PROC, sizeof(t->path));
	strlcat(t->path, scan_digits(text, pid), sizeof(t->path));
	if (tid != 0) {
		strlcat(t->path, "/task/", sizeof(t->path));
		strlcat(t->path, scan_digits(text, tid), sizeof(t->path));
	}
	t->len = strlcat(t->path, "/", sizeof(t->path));
}

const char *
scan_target_path(struct scan_target *t, const char *file)
{
	strlcpy(t->path + t->len, file, sizeof(t->path) - t->len);
	return t->path + strlen(PROC);
}

int
scan_target_enter(
    const struct scan_reader *r, struct scan_target *t, const char *name)
{
	const char *path = scan_target_path(t, name);

	if (r->roams && chdir(t->path) == 0)
		return AT_FDCWD;
	return openat(r->proc, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

void
scan_target_leave(int dir)
{
	if (dir >= 0)
		file_close(dir);
}

void
scan_missed(struct scan_reader *r, size_t *count)
{
	bool failed = errno != EPERM && errno != EACCES;

	if (r->unseen.error == 0 || (failed && r->unseen.failed == 0))
		r->unseen.error = errno;
	r->unseen.failed += failed;
	++*count;
}

void
scan_target_refuse(struct scan_reader *r, struct scan_target *t)
{
	if (r->unseen.pid == 0)
		r->unseen.pid = t->pid;
	if (!t->refused)
		scan_missed(r, &r->unseen.processes);
	t->refused = true;
}

/* Zeroed memory that lives as long as the table; NULL: there is none. */
static void *
take(struct scan_table *t, size_t size)
{
	const size_t align = sizeof(max_align_t);
	struct scan_chunk *c = t->chunks;
	size_t room;

	size = (size + align - 1) / align * align;
	if (c == NULL || c->size - c->used < size) {
		room = size > CHUNK / 4 ? size : CHUNK;
		if ((c = calloc(1, sizeof(*c) + room)) == NULL)
			return NULL;
		c->size = room;
		c->next = t->chunks;
		t->chunks = c;
	}
	c->used += size;
	return (char *)c->memory + c->used - size;
}

struct scan_table *
scan_table_new(void)
{
	struct scan_table *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	t->nslots = SLOTS;
	t->end = &t->first;
	if ((t->slots = calloc(t->nslots, sizeof(*t->slots))) == NULL) {
		free(t);
		return NULL;
	}
	return t;
}

static void
chunks_free(struct scan_chunk *c)
{
	struct scan_chunk *next;

	for (; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
}

static void
pids_free(struct scan_table *t)
{
	for (struct scan_ns *ns = t->first; ns != NULL; ns = ns->next)
		free(ns->pids);
}

void
scan_table_free(struct scan_table *t)
{
	if (t == NULL)
		return;
	pids_free(t);
	chunks_free(t->chunks);
	free(t->slots);
	free(t);
}

/* Where the row is, or the free slot where it belongs. */
static size_t
place(const struct scan_table *t, const struct ns_type *type, ino_t ino)
{
	uint64_t hash = ((uint64_t)ino << 3 | ns_index(type)) *
	    0x9e3779b97f4a7c15ULL;
	size_t i = (size_t)(hash >> 32) & (t->nslots - 1);

	while (t->slots[i] != NULL &&
	    (t->slots[i]->ino != ino || t->slots[i]->type != type))
		i = (i + 1) & (t->nslots - 1);
	return i;
}

struct scan_ns *
scan_table_find(
    const struct scan_table *t, const struct ns_type *type, ino_t ino)
{
	struct scan_ns *ns = NULL;

	if (type != NULL)
		return t->slots[place(t, type, ino)];
	for (size_t i = 0; ns == NULL && i < NS_NTYPES; i++)
		ns = t->slots[place(t, &ns_types[i], ino)];
	return ns;
}

static int
grow(struct scan_table *t)
{
	struct scan_ns **old = t->slots;
	size_t nold = t->nslots;

	if ((t->slots = calloc(2 * nold, sizeof(*old))) == NULL) {
		t->slots = old;
		return -1;
	}
	t->nslots = 2 * nold;
	for (size_t i = 0; i < nold; i++)
		if (old[i] != NULL)
			t->slots[place(t, old[i]->type, old[i]->ino)] = old[i];
	free(old);
	return 0;
}

static bool
is_wanted(const struct scan_request *r, ino_t ino)
{
	if (r->only == NULL)
		return true;
	for (size_t i = 0; i < r->nonly; i++)
		if (r->only[i] == ino)
			return true;
	return false;
}

struct scan_ns *
scan_add(struct scan_reader *r, const struct ns_type *type, ino_t ino)
{
	struct scan_table *t = r->table;
	size_t i = place(t, type, ino);
	struct scan_ns *ns = t->slots[i];

	if (ns != NULL)
		return ns;
	if ((ns = take(t, sizeof(*ns))) == NULL) {
		r->full = true;
		return NULL;
	}
	ns->type = type;
	ns->ino = ino;
	ns->owner_uid = (uid_t)-1;
	ns->wanted = is_wanted(r->request, ino);
	t->slots[i] = ns;
	t->n++;
	*t->end = ns;
	t->end = &ns->next;
	/* There is always a slot free, where the next search ends. */
	if (2 * t->n >= t->nslots && grow(t) == -1)
		r->full = true;
	return ns;
}

struct scan_ns *
scan_add_fd(struct scan_reader *r, int types, int fd)
{
	const struct ns_type *type = fd == -1 ? NULL : ns_type_of(fd);
	struct ns_key key;

	if (type == NULL || (types & type->flag) == 0 ||
	    ns_key_fd(fd, &key) == -1)
		return NULL;
	return scan_add(r, type, key.ino);
}

static void
append(struct scan_ns *ns, struct scan_holder *h)
{
	if (ns->last == NULL)
		ns->holders = h;
	else
		ns->last->next = h;
	ns->last = h;
	ns->nholders++;
}

void
scan_hold(
    struct scan_reader *r, struct scan_ns *ns, const struct scan_holder *holder)
{
	bool all = (r->want & SCAN_HOLDERS) != 0 && ns->wanted;
	struct scan_holder *h;
	size_t len;

	if (!all && ns->holders != NULL) {
		ns->nholders++;
		return;
	}
	if ((h = take(r->table, sizeof(*h))) == NULL) {
		r->full = true;
		return;
	}
	*h = *holder;
	h->next = NULL;
	if (h->kind == SCAN_MOUNT) {
		len = strlen(holder->path) + 1;
		if ((h->path = take(r->table, len)) == NULL) {
			r->full = true;
			return;
		}
		memcpy(h->path, holder->path, len);
	}
	append(ns, h);
}

void
scan_member(struct scan_reader *r, struct scan_ns *ns, pid_t pid, uid_t uid)
{
	size_t size;
	pid_t *pids;

	ns->nprocs++;
	if (ns->pid == 0 || pid < ns->pid) {
		ns->pid = pid;
		ns->uid = uid;
	}
	if ((r->want & SCAN_PIDS) == 0 || !ns->wanted)
		return;
	if (ns->npids == ns->maxpids) {
		size = ns->maxpids == 0 ? 4 : 2 * ns->maxpids;
		pids = reallocarray(ns->pids, size, sizeof(*pids));
		if (pids == NULL) {
			r->full = true;
			return;
		}
		ns->pids = pids;
		ns->maxpids = size;
	}
	ns->pids[ns->npids++] = pid;
}

/* TO, of our table, takes over what FROM of another one knows. */
static void
merge_row(struct scan_reader *r, struct scan_ns *to, struct scan_ns *from)
{
	to->nprocs += from->nprocs;
	to->nthreads += from->nthreads;
	if (to->pid == 0 || (from->pid != 0 && from->pid < to->pid)) {
		to->pid = from->pid;
		to->uid = from->uid;
	}
	if (from->climbed && !to->climbed) {
		to->climbed = true;
		to->id = from->id;
		to->owner_uid = from->owner_uid;
	}
	for (size_t i = 0; i < from->npids; i++) {
		scan_member(r, to, from->pids[i], from->uid);
		to->nprocs--;
	}
	if (from->last != NULL) {
		if (to->last == NULL)
			to->holders = from->holders;
		else
			to->last->next = from->holders;
		to->last = from->last;
		to->nholders += from->nholders;
	}
}

/* The row of our table for one that may be of another. */
static struct scan_ns *
translate(struct scan_reader *r, const struct scan_ns *ns)
{
	return ns == NULL ? NULL : scan_add(r, ns->type, ns->ino);
}

void
scan_table_merge(struct scan_reader *r, struct scan_table *from)
{
	struct scan_chunk **end = &r->table->chunks;
	struct scan_ns *ns, *to;

	for (ns = from->first; ns != NULL; ns = ns->next) {
		if ((to = scan_add(r, ns->type, ns->ino)) == NULL)
			break;
		if (to->parent == NULL)
			to->parent = translate(r, ns->parent);
		if (to->owner == NULL)
			to->owner = translate(r, ns->owner);
		merge_row(r, to, ns);
	}
	/* The holders stay where they are: their memory is ours now. */
	pids_free(from);
	while (*end != NULL)
		end = &(*end)->next;
	*end = from->chunks;
	from->chunks = NULL;
	free(from->slots);
	free(from);
}
