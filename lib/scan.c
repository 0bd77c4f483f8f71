/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scan.h"
#include "lib/scanproc.h"
#include "lib/scantable.h"
#include "lib/text.h"

#define PROC_MAGIC 0x9fa0

struct scan_ns *
scan_find(const struct scan *s, const struct ns_type *type, ino_t ino)
{
	return scan_table_find(s->table, type, ino);
}

const char *
scan_kind_name(enum scan_kind kind)
{
	static const char *const names[SCAN_NKINDS] = {
		[SCAN_PROCESS] = "process",
		[SCAN_THREAD] = "thread",
		[SCAN_FOR] = "for_children",
		[SCAN_FD] = "fd",
		[SCAN_SOCKET] = "socket",
		[SCAN_TUN] = "tun",
		[SCAN_TREE] = "tree",
		[SCAN_QUEUED] = "queued",
		[SCAN_MOUNT] = "mount",
		[SCAN_CHILD] = "child",
		[SCAN_OWNED] = "owned",
		[SCAN_LISTED] = "listed",
	};

	return names[kind];
}

char *
scan_holder_text(const struct scan_holder *h)
{
	char *text = NULL;
	int len = 0;

	switch (h->kind) {
	case SCAN_MOUNT:
		return text_show(h->path);
	case SCAN_CHILD:
	case SCAN_OWNED:
		len = asprintf(&text, "%s:[%llu]", h->ns->type->name,
		    (unsigned long long)h->ns->ino);
		break;
	case SCAN_LISTED:
		return strdup("");
	case SCAN_PROCESS:
	case SCAN_THREAD:
	case SCAN_FOR:
		len = h->number != 0 ? asprintf(&text, "tid:%d", h->number) :
				       asprintf(&text, "pid:%d", (int)h->pid);
		break;
	default:
		len = asprintf(&text, "pid:%d/fd/%d", (int)h->pid, h->number);
	}
	return len == -1 ? NULL : text;
}

/* What the list of types and the facts of R need in turn. */
static void
derive(struct scan_reader *reader, const struct scan_request *r)
{
	reader->request = r;
	reader->types = r->types;
	reader->want = r->want;
	if ((r->want & SCAN_OWNER_UID) != 0)
		reader->want |= SCAN_UP;
	if (r->pid != 0)
		reader->want &= SCAN_NPROCS | SCAN_PIDS | SCAN_NTHREADS |
		    SCAN_HOLDERS | SCAN_UP | SCAN_OWNER_UID | SCAN_ID;
	/* Whatever has an owner may be all that holds it. */
	else if ((r->want & SCAN_ANCESTORS) != 0 &&
	    (r->types & CLONE_NEWUSER) != 0)
		reader->types = NS_ALL_FLAGS;
	if ((reader->want & SCAN_MOUNTS) != 0)
		reader->types |= CLONE_NEWNS;
}

static const char *
proc_open_all(struct scan_reader *reader)
{
	struct statfs sfs;
	struct stat st;

	reader->self = getpid();
	reader->proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (reader->proc == -1)
		return strerror(errno);
	if (fstatfs(reader->proc, &sfs) == -1 || sfs.f_type != PROC_MAGIC)
		return "no proc file system is mounted there";
	if (fstatat(reader->proc, "self/ns/user", &st, 0) == 0)
		reader->nsfs = st.st_dev;
	return NULL;
}

static int
by_inode(const void *a, const void *b)
{
	const struct scan_ns *const *x = a, *const *y = b;

	return ((*x)->ino > (*y)->ino) - ((*x)->ino < (*y)->ino);
}

static int
by_pid(const void *a, const void *b)
{
	const pid_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Put into S->ns what is to be listed. */
static int
choose(struct scan *s, const struct scan_request *r)
{
	struct scan_ns *ns;

	s->ns = calloc(s->table->n + 1, sizeof(*s->ns));
	if (s->ns == NULL)
		return -1;
	for (size_t i = 0; i < s->table->nslots; i++) {
		ns = s->table->slots[i];
		if (ns == NULL || (r->types & ns->type->flag) == 0 ||
		    !ns->wanted || (r->pid != 0 && ns->nprocs == 0))
			continue;
		s->ns[s->n++] = ns;
		if (ns->npids > 1)
			qsort(ns->pids, ns->npids, sizeof(pid_t), by_pid);
	}
	qsort(s->ns, s->n, sizeof(s->ns[0]), by_inode);
	return 0;
}

/* Everything in its order.  NULL, or why it could not be done. */
static const char *
gather(struct scan_reader *reader)
{
	const struct scan_request *r = reader->request;
	const char *why = proc_open_all(reader);

	if (why != NULL)
		return why;
	if (r->pid != 0 && scan_process(reader, r->pid) == -1)
		return strerror(errno);
	if (r->pid == 0 && scan_processes(reader) == -1)
		return strerror(errno);
	scan_table_descend(reader);
	return reader->full ? strerror(ENOMEM) : NULL;
}

int
scan_all(struct scan *s, const struct scan_request *r, const char **errstr)
{
	struct scan_reader reader = { .proc = -1 };

	memset(s, 0, sizeof(*s));
	if ((s->table = scan_table_new()) == NULL) {
		*errstr = strerror(ENOMEM);
		return -1;
	}
	reader.table = s->table;
	derive(&reader, r);
	*errstr = gather(&reader);
	if (reader.proc != -1)
		close(reader.proc);
	s->unseen = reader.unseen;
	if (*errstr == NULL && choose(s, r) == -1)
		*errstr = strerror(ENOMEM);
	if (*errstr != NULL)
		scan_free(s);
	return *errstr == NULL ? 0 : -1;
}

int
scan_holders(
    struct scan *s, int types, const ino_t *ino, size_t n, const char **errstr)
{
	struct scan_request r = {
		.types = types,
		.want = SCAN_HOLDERS | SCAN_EVERYWHERE | SCAN_QUEUES,
		.only = ino,
		.nonly = n,
	};

	return scan_all(s, &r, errstr);
}

void
scan_free(struct scan *s)
{
	scan_table_free(s->table);
	free(s->ns);
	memset(s, 0, sizeof(*s));
}

const char *
scan_incomplete(const struct scan_unseen *u, char *buf, size_t size)
{
	const struct {
		size_t n;
		const char *one, *many;
	} rows[] = {
		{ u->processes, "process", "processes" },
		{ u->sockets, "socket", "sockets" },
		{ u->mntns, "mount namespace", "mount namespaces" },
		{ u->trees, "detached mount", "detached mounts" },
		{ u->queues, "socket queue", "socket queues" },
	};
	size_t len = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].n == 0 || len >= size)
			continue;
		len += (size_t)snprintf(buf + len, size - len, "%s%zu %s",
		    len > 0 ? ", " : "", rows[i].n,
		    rows[i].n == 1 ? rows[i].one : rows[i].many);
	}
	if (len > 0 && len < size)
		len += (size_t)snprintf(
		    buf + len, size - len, " could not be read");
	if (u->hidden && len < size)
		len += (size_t)snprintf(buf + len, size - len,
		    "%s/proc hides processes (hidepid)", len > 0 ? "; " : "");
	return len > 0 ? buf : NULL;
}

/* Open what H says of NS; or -1 and errno. */
static int
holder_open(
    const struct scan *s, const struct scan_ns *ns, const struct scan_holder *h)
{
	const char *file = ns->type->name;
	char path[96];

	switch (h->kind) {
	case SCAN_FOR:
		file = ns->type->children;
		/* FALLTHROUGH */
	case SCAN_PROCESS:
	case SCAN_THREAD:
		snprintf(path, sizeof(path), "/proc/%d/task/%d/ns/%s",
		    (int)h->pid, h->number != 0 ? h->number : (int)h->pid,
		    file);
		break;
	case SCAN_FD:
		snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)h->pid,
		    h->number);
		break;
	default:
		(void)s;
		errno = ENOENT;
		return -1;
	}
	return open(path, O_RDONLY | O_CLOEXEC);
}

int
scan_open(const struct scan *s, const struct scan_ns *ns)
{
	const struct ns_type *type;
	ino_t ino;
	int fd;

	for (const struct scan_holder *h = ns->holders; h; h = h->next) {
		if ((fd = holder_open(s, ns, h)) == -1)
			continue;
		if (scan_identify(fd, &type, &ino) == 0 && type == ns->type &&
		    ino == ns->ino)
			return fd;
		close(fd);
	}
	errno = ENOENT;
	return -1;
}
