/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scan/ancestors.h"
#include "lib/scan/mounts.h"
#include "lib/scan/open.h"
#include "lib/scan/order.h"
#include "lib/scan/processes.h"
#include "lib/scan/scan.h"
#include "lib/scan/sockets.h"
#include "lib/scan/table.h"
#include "lib/scan/workers.h"

#define PROC_MAGIC 0x9fa0

struct scan_ns *
scan_find(const struct scan *s, const struct ns_type *type, ino_t ino)
{
	return scan_table_find(s->table, type, ino);
}

#define FACTS                                                               \
	(SCAN_NPROCS | SCAN_PIDS | SCAN_NTHREADS | SCAN_HOLDERS | SCAN_UP | \
	    SCAN_OWNER_UID | SCAN_ID)

/* What is wanted needs more in turn. */
static void
derive(struct scan_reader *reader, const struct scan_request *r)
{
	reader->request = r;
	reader->types = r->types;
	reader->want = r->want;
	if ((r->want & SCAN_OWNER_UID) != 0)
		reader->want |= SCAN_UP;
	if (r->pid != 0)
		reader->want &= FACTS;
}

/* The types that have to be read for those that are asked for. */
static void
derive_types(struct scan_reader *r)
{
	/* Whatever it owns may be all that holds a user namespace. */
	if ((r->want & SCAN_ANCESTORS) != 0 && (r->types & CLONE_NEWUSER) != 0)
		r->types = NS_ALL_FLAGS;
	/* The way to mounts, and to namespaces on them. */
	if ((r->want & SCAN_MOUNTS) != 0 &&
	    (!r->walks ||
		(r->want & (SCAN_UP | SCAN_OWNER_UID | SCAN_ID)) != 0))
		r->types |= CLONE_NEWNS;
}

/*
 * Is our own of the type FLAG the initial one, which is INIT?  A kernel without
 * that type has no other.  Returns 0, or -1 and errno.
 */
static int
own_see(struct scan_reader *r, int flag, ino_t init, bool *top)
{
	struct ns_key own;

	*top = true;
	if (ns_key_self(ns_type_by_flag(flag), &own) == -1)
		return errno == ENOENT ? 0 : -1;
	r->nsfs = own.dev;
	*top = own.ino == init;
	return 0;
}

/*
 * The PID namespace that /proc is of: from it one only comes into those below.
 * From the initial time namespace children alone are put into another one, and
 * who enters another one takes it for the children as well.
 */
static void
outermost_find(struct scan_reader *r)
{
	ino_t *pid = &r->outermost[ns_index(ns_type_by_flag(CLONE_NEWPID))];
	struct stat st;

	r->outermost[ns_index(ns_type_by_name("time"))] = NS_INIT_TIME;
	if (r->top_pid)
		*pid = NS_INIT_PID;
	else if (fstatat(r->proc, "1/ns/pid", &st, 0) == 0)
		*pid = st.st_ino;
}

static const char *
proc_open_all(struct scan_reader *reader)
{
	struct statfs sfs;
	struct stat st;
	bool initial;

	reader->self = reader->request->own ? 0 : getpid();
	reader->proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (reader->proc == -1)
		return strerror(errno);
	if (fstatfs(reader->proc, &sfs) == -1)
		return strerror(errno);
	if (sfs.f_type != PROC_MAGIC)
		return "no proc file system is mounted there";
	if (fstatat(reader->proc, "self/fd", &st, 0) == -1 ||
	    own_see(reader, CLONE_NEWUSER, NS_INIT_USER, &reader->top_user) ==
		-1 ||
	    own_see(reader, CLONE_NEWPID, NS_INIT_PID, &reader->top_pid) ==
		-1 ||
	    (reader->nsfs == 0 &&
		own_see(reader, CLONE_NEWNS, 0, &initial) == -1))
		return strerror(errno);
	/* We have some open: 0 is what older kernels say of all. */
	reader->counts_fds = st.st_size > 0;
	return NULL;
}

/* FN for each namespace, those that it finds meanwhile too. */
static void
each_ns(struct scan_reader *r,
    void (*fn)(struct scan_reader *r, struct scan_ns *ns))
{
	struct scan_ns *ns = r->table->first;

	for (; ns != NULL && !r->full; ns = ns->next)
		fn(r, ns);
}

/* The mounts of a mount namespace that no process has led to. */
static void
mounts_rest(struct scan_reader *r, struct scan_ns *ns)
{
	int fd;

	if (ns->type != ns_type_by_flag(CLONE_NEWNS) || ns->mounts_seen)
		return;
	ns->mounts_seen = true;
	if ((fd = scan_ns_open(r->proc, ns, &r->rests)) == -1) {
		/* Or what had it has ended, and it too. */
		if (ns->nprocs == 0 && errno != ENOENT)
			scan_missed(r, &r->unseen.mntns);
		return;
	}
	scan_mounts_ns(r, ns, fd);
	close(fd);
}

/*
 * Whoever led to a namespace may have ended before we could ask what is above
 * it: somebody else may know.
 */
static void
climb_rest(struct scan_reader *r, struct scan_ns *ns)
{
	int fd;

	if (!scan_climbs(r, ns))
		return;
	if ((fd = scan_ns_open(r->proc, ns, &r->rests)) != -1)
		scan_climb_from(r, ns, fd);
	else if (errno != ENOENT && ns->holders != NULL &&
	    ns->holders->kind > SCAN_TUN)
		/* It has not ended with a process. */
		scan_missed(r, &r->unseen.above);
	file_close(fd);
	ns->climbed = true;
}

/* The one with that ID.  Returns 0, or -1 and errno: ESTALE, it has ended. */
static int
listed_read(struct scan_reader *r, uint64_t id, bool climbs)
{
	const struct ns_identity identity = { .id = id };
	int fd = ns_open_id(&identity);
	struct scan_ns *ns;

	if (fd == -1)
		return -1;
	if ((ns = scan_add_fd(r, NS_ALL_FLAGS, fd)) != NULL) {
		ns->id = id;
		if (climbs)
			scan_climb_from(r, ns, fd);
		/* What is above it is listed, too. */
		ns->climbed = true;
	}
	close(fd);
	return 0;
}

/* What the kernel lists, to which the rest adds why and who.  True: all. */
static bool
listed(struct scan_reader *r)
{
	bool climbs = (r->want & (SCAN_UP | SCAN_HOLDERS)) != 0;
	uint64_t *ids;
	ssize_t n = ns_list(r->types, &ids);
	bool all = n != -1;

	for (ssize_t i = 0; i < n && !r->full; i++)
		if (listed_read(r, ids[i], climbs) == -1)
			all = all && errno == ESTALE;
	if (n != -1)
		free(ids);
	/* Else what is above one may be what was not to be had. */
	for (struct scan_ns *ns = r->table->first; ns != NULL && !all;
	     ns = ns->next)
		ns->climbed = ns->climbed && climbs;
	return all;
}

/*
 * Where the kernel lists all, none need be looked for: processes are read for
 * what they alone tell, and their descriptors for the one thing that it does
 * not know of, a network that only a socket holds.  True: that is all.
 */
static bool
spare(struct scan_reader *r)
{
	const unsigned each = SCAN_HOLDERS | SCAN_NTHREADS | SCAN_QUEUES |
	    SCAN_QUEUED_COUNT;

	if ((r->want & each) != 0)
		return false;
	r->want &= ~(unsigned)(SCAN_EVERYWHERE & ~SCAN_FDS);
	if ((r->types & CLONE_NEWNET) == 0)
		r->want &= ~(unsigned)SCAN_FDS;
	r->sockets_alone = (r->want & (SCAN_NPROCS | SCAN_PIDS)) == 0;
	return r->sockets_alone && (r->want & SCAN_FDS) == 0;
}

static int
read_all(struct scan_reader *r)
{
	unsigned ancestors = r->want & SCAN_ANCESTORS;

	scan_mounts_begin(r);
	derive_types(r);
	r->listed = r->walks && listed(r);
	if (r->listed && spare(r))
		return 0;
	outermost_find(r);
	if (scan_workers(r) == -1)
		return -1;
	scan_mounts_walk(r);
	if ((r->want & SCAN_MOUNTS) != 0)
		each_ns(r, mounts_rest);
	/* Of that network alone nobody has listed the owner. */
	r->want |= ancestors;
	return 0;
}

/* Everything in its order.  NULL, or why it could not be done. */
static const char *
gather(struct scan_reader *r)
{
	const char *why = proc_open_all(r);

	if (why != NULL)
		return why;
	if (r->request->pid != 0 ? scan_process(r, r->request->pid) == -1 :
				   read_all(r) == -1)
		return strerror(errno);
	each_ns(r, climb_rest);
	scan_descend(r);
	return r->full ? strerror(ENOMEM) : NULL;
}

int
scan_all(struct scan *s, const struct scan_request *r, const char **errstr)
{
	struct scan_reader reader = {
		.proc = -1, .above = -1, .rests = SCAN_RESTS
	};

	memset(s, 0, sizeof(*s));
	if ((s->table = scan_table_new()) == NULL) {
		*errstr = strerror(ENOMEM);
		return -1;
	}
	reader.table = s->table;
	derive(&reader, r);
	*errstr = gather(&reader);
	file_close(reader.proc);
	file_close(reader.above);
	scan_sockets_free(&reader);
	s->unseen = reader.unseen;
	if (*errstr == NULL && scan_choose(&reader, &s->ns, &s->n) == -1)
		*errstr = strerror(ENOMEM);
	if (*errstr != NULL)
		scan_free(s);
	return *errstr == NULL ? 0 : -1;
}

int
scan_holders(struct scan *s, int types, const ino_t *ino, size_t n, bool queues,
    const char **errstr)
{
	struct scan_request r = {
		.types = types,
		.want = SCAN_HOLDERS | SCAN_EVERYWHERE | SCAN_QUEUED_COUNT |
		    (queues ? SCAN_QUEUES : 0),
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

int
scan_open(const struct scan_ns *ns)
{
	unsigned rests = SCAN_RESTS;
	int fd, proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (proc == -1)
		return -1;
	fd = scan_ns_open(proc, ns, &rests);
	close(proc);
	return fd;
}
