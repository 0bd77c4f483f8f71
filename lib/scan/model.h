/* SPDX-License-Identifier: ISC */
/*
 * model - what a scan is asked for, and what it answers: namespaces, their
 * holders, what could not be seen.  lib/scan.h has what is done with it.
 */
#ifndef NSKIT_SCAN_MODEL_H
#define NSKIT_SCAN_MODEL_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/ns.h"

/* Facts of each namespace; type, inode and one holder come always. */
#define SCAN_NPROCS 0x0001    /* nprocs, pid */
#define SCAN_PIDS 0x0002      /* pids, npids */
#define SCAN_NTHREADS 0x0004  /* nthreads */
#define SCAN_HOLDERS 0x0008   /* holders: all of them, nholders */
#define SCAN_UP 0x0010	      /* parent, owner */
#define SCAN_OWNER_UID 0x0020 /* owner_uid; with it SCAN_UP */
#define SCAN_ID 0x0040	      /* id */

/* Where to look for those that no process is in. */
#define SCAN_THREADS 0x0100   /* threads that left their leader's */
#define SCAN_CHILDREN 0x0200  /* pid_for_children, time_for_children */
#define SCAN_FDS 0x0400	      /* descriptors: of namespaces, sockets, tun */
#define SCAN_MOUNTS 0x0800    /* bind mounts in every mount namespace */
#define SCAN_ANCESTORS 0x1000 /* parents and owners of what was found */
#define SCAN_QUEUES 0x2000    /* descriptors queued on unix sockets */
/* ... not looked into, but counted */
#define SCAN_QUEUED_COUNT 0x4000

/* All but the queues, which take time and disturb a debugger's view. */
#define SCAN_EVERYWHERE \
	(SCAN_THREADS | SCAN_CHILDREN | SCAN_FDS | SCAN_MOUNTS | SCAN_ANCESTORS)

struct scan_request {
	int types;	   /* CLONE_NEW*: those to be listed */
	unsigned want;	   /* SCAN_*: facts and places */
	pid_t pid;	   /* not 0: read this process alone, look nowhere */
	const ino_t *only; /* list these alone, and only their holders and
			      pids; NULL: all */
	size_t nonly;
	bool own;	   /* descriptors of this process count, too */
	unsigned nreaders; /* threads to read with; 0: what helps, at most 2 */
};

enum scan_kind {
	SCAN_PROCESS, /* pid is in it */
	SCAN_THREAD,  /* thread number of pid is, its leader is not */
	SCAN_FOR,     /* children of pid (of its thread number, or 0) will be */
	SCAN_FD,      /* pid has it open as descriptor number */
	SCAN_SOCKET,  /* pid has a socket of it as descriptor number */
	SCAN_TUN,     /* ... a tun or tap device of it */
	SCAN_TREE,    /* ... a detached tree of mounts with it */
	SCAN_QUEUED,  /* it waits in the queue of pid's socket number */
	SCAN_MOUNT,   /* mounted on path in mount namespace mntns */
	SCAN_CHILD,   /* it is the parent of ns */
	SCAN_OWNED,   /* it owns ns */
	SCAN_LISTED,  /* listns(2) says it lives, nothing more is known */
	SCAN_NKINDS
};

struct scan_ns;

struct scan_holder {
	struct scan_holder *next;
	enum scan_kind kind;
	pid_t pid;   /* the process; of a mount the one it was read from */
	int number;  /* thread or descriptor */
	ino_t mntns; /* of a mount; 0: not known which */
	union {
		char *path;	    /* of a mount, bytes as the kernel has */
		struct scan_ns *ns; /* the child or what is owned */
	};
};

struct scan_ns {
	const struct ns_type *type;
	ino_t ino;
	uint64_t id;	 /* never used again; 0: not asked for or not known */
	size_t nprocs;	 /* processes whose leader is in it */
	size_t nthreads; /* threads in it, leaders too */
	size_t nholders;
	size_t npids;
	pid_t pid;   /* the lowest process in it, or 0 */
	uid_t uid;   /* the effective one of that; (uid_t)-1: not known */
	pid_t *pids; /* all of them, ascending; NULL: not asked for */
	/* NULL: none, not asked for, or above what we may see */
	struct scan_ns *parent, *owner;
	uid_t owner_uid; /* of the owner (of a user namespace: its own),
			    (uid_t)-1 where not known */
	/* By kind, then by number or path; one at least. */
	struct scan_holder *holders;

	/* For lib/scan alone. */
	struct scan_ns *next; /* of the table, as they were found */
	struct scan_holder *last;
	size_t maxpids;
	bool climbed, wanted;
	bool mounts_seen, mounts_read; /* some of them; all */
};

/* What was there and could not be read. */
struct scan_unseen {
	size_t processes; /* their namespaces, threads or descriptors */
	size_t sockets;	  /* which network they are of */
	size_t mntns;	  /* the mounts of a mount namespace */
	size_t trees;	  /* detached: nothing tells what is mounted there */
	size_t above;	  /* parents and owners */
	size_t queues;	  /* sockets with descriptors queued */
	size_t unasked;	  /* the same where SCAN_QUEUES was not asked for */
	size_t failed;	  /* of all, those for another reason than permission */
	pid_t pid;	  /* the first of the processes */
	int error;	  /* the first reason, of failed ones if any; or 0 */
	bool hidden;	  /* /proc does not show all processes (hidepid) */
};

#endif
