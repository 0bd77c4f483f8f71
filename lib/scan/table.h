/* SPDX-License-Identifier: ISC */
/*
 * table - the table in which a scan gathers namespaces and their holders,
 * by inode and type.
 *
 * For the rooms of scan alone.  Each reading thread fills a table of its own,
 * and they are merged at the end, so nothing here is locked.
 */
#ifndef NSKIT_SCAN_TABLE_H
#define NSKIT_SCAN_TABLE_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

#include "lib/ns.h"
#include "lib/scan/model.h"

#define HUNG_MAX 3 /* how often we wait in vain, and no more */

struct scan_chunk;

struct scan_table {
	struct scan_ns **slots; /* open addressing, a power of two */
	size_t nslots, n;
	struct scan_ns *first, **end; /* the rows as they were found */
	struct scan_chunk *chunks; /* all memory that rows and holders take */
};

/* One who reads: what for, from where, and what he has found. */
struct scan_reader {
	const struct scan_request *request;
	int types;     /* to be read; more than are listed where owners are */
	unsigned want; /* SCAN_*, with what they need in turn */
	int proc;      /* the directory /proc */
	int above;     /* the last owner or parent that was climbed to, or -1 */
	dev_t nsfs;    /* what fstat(2) says of all namespaces */
	pid_t self;    /* whose descriptors hold nothing: ours, or 0 */
	bool counts_fds; /* the size of /proc/PID/fd is their number (6.2) */
	bool top_user, top_pid; /* ours are the initial ones */
	/* Nobody enters these from another one; 0: none, or not known. */
	ino_t outermost[NS_NTYPES];
	/* How many processes have led to a new one, one after the other. */
	unsigned fresh[NS_NTYPES];
	bool listed;	    /* by the kernel, all but what sockets hold */
	bool sockets_alone; /* for all else no process is to be read */
	bool walks;	    /* all mount namespaces can be walked (6.12) */
	bool roams;	    /* our working directory is ours alone */
	bool puts_off;	    /* many threads are for all readers: to wide */
	bool full;	    /* no memory: give up */
	int hung;	    /* how often we have waited for a queue in vain, */
	unsigned rests;	    /* that are left, for paths of mounts */
	int hung_paths;	    /* and for a path: up to HUNG_MAX */
	struct scan_table *table;
	struct scan_wide *wide;
	struct scan_sockets *sockets; /* lib/scan/sockets's, or NULL */
	struct scan_unseen unseen;
};

/* One process, or one thread of it, under our eyes. */
struct scan_target {
	pid_t pid, tid; /* tid 0: the process, which is its leader */
	char path[64];	/* "/proc/7/" or "/proc/7/task/8/", and what follows */
	size_t len;	/* of that beginning */
	int ns; /* its directory ns; -1: to be reached by the path alone */
	ino_t
	    ino[NS_NTYPES]; /* what it is in, of what was read; 0: not known */
	ino_t next[NS_NTYPES]; /* what its children will be in; 0: not read */
	uid_t uid;	       /* effective; (uid_t)-1: not known */
	uint32_t nlink;	       /* of its directory of threads */
	bool refused;	       /* counted as unreadable */
	bool dead;	       /* it has ended: no files, and few namespaces */
};

/* One that was read, but for its threads. */
struct scan_wide {
	struct scan_wide *next;
	struct scan_target leader;
};

/* scan_target_init - TID 0: the process. */
void scan_target_init(struct scan_target *t, pid_t pid, pid_t tid);

/* scan_target_path - its FILE below /proc, until the next call. */
const char *scan_target_path(struct scan_target *t, const char *file);

/*
 * scan_target_enter - its directory NAME ("ns", "fd"), so that what is in it
 * is not looked for from /proc on each time: AT_FDCWD where R roams, else a
 * descriptor for scan_target_leave.  Whoever enters another one leaves it.
 *
 * Returns -1 and errno where it cannot be entered.
 */
int scan_target_enter(
    const struct scan_reader *r, struct scan_target *t, const char *name);
void scan_target_leave(int dir);

/* scan_missed - count what could not be read, and why by errno. */
void scan_missed(struct scan_reader *r, size_t *count);

/* scan_target_refuse - it may not be read: count it, once. */
void scan_target_refuse(struct scan_reader *r, struct scan_target *t);

/* scan_table_new - an empty table, or NULL. */
struct scan_table *scan_table_new(void);

/* scan_table_free - and all that is in it; NULL is none. */
void scan_table_free(struct scan_table *t);

/* scan_table_find - NULL if it is not there; TYPE NULL: of any type. */
struct scan_ns *scan_table_find(
    const struct scan_table *t, const struct ns_type *type, ino_t ino);

/*
 * scan_add - the row of a namespace, made if it was not there.
 *
 * NULL: no memory, and R->full is set.
 */
struct scan_ns *scan_add(
    struct scan_reader *r, const struct ns_type *type, ino_t ino);

/*
 * scan_add_fd - the row of the namespace FD (-1: of none) if it is of TYPES.
 *
 * NULL: it is not, or R->full is set.
 */
struct scan_ns *scan_add_fd(struct scan_reader *r, int types, int fd);

/*
 * scan_hold - NS has H as a holder: noted if it is the first one or all are
 * asked for.  A path and the like stay the caller's.  Does nothing where
 * memory has run out.
 */
void scan_hold(
    struct scan_reader *r, struct scan_ns *ns, const struct scan_holder *h);

/* scan_member - process PID of user UID is in NS. */
void scan_member(
    struct scan_reader *r, struct scan_ns *ns, pid_t pid, uid_t uid);

/*
 * scan_table_merge - move what FROM has into R's table; FROM is freed.
 */
void scan_table_merge(struct scan_reader *r, struct scan_table *from);

#endif
