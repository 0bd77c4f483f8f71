/* SPDX-License-Identifier: ISC */
/*
 * scan - the model of all namespaces: who is in them, what else holds them,
 * their parents and owners.  Reads /proc; never forks, never enters anything.
 */
#ifndef NSKIT_SCAN_H
#define NSKIT_SCAN_H

#include <sys/types.h>

#include <stddef.h>

#include "lib/ns.h"

struct scan_holder {
	struct scan_holder *next;
	const char *kind; /* "process", "thread", "fd", "mount", ... */
	pid_t pid;	  /* through which it was found, or 0 */
	long number;	  /* thread, descriptor, or inode of a namespace */
	char *path;	  /* a mount point, bytes as the kernel wrote them */
};

struct scan_ns {
	const struct ns_type *type;
	ino_t ino;
	size_t nprocs;
	size_t nholders;
	pid_t pid;	     /* its lowest process, or 0 */
	ino_t parent, owner; /* 0: none, or not known */
	struct scan_holder *holders, *last;
	struct scan_ns *chain;
};

struct scan {
	size_t n, size;
	struct scan_ns **ns; /* after scan_all: by inode */
	struct scan_ns **bucket;
	size_t nbucket;
	size_t unseen; /* processes and mount tables we could not read */
};

/*
 * scan_all - fill S with the namespaces of the types in FLAGS (CLONE_NEW*).
 *
 * PID 0: of every process and of all else that holds one; otherwise those that
 * process PID is in, and only that process is read.  Returns 0, or -1 and
 * errno: /proc is not there, PID is gone, no memory.
 */
int scan_all(struct scan *s, int flags, pid_t pid);

/* scan_find - the namespace of that inode number, or NULL. */
struct scan_ns *scan_find(const struct scan *s, ino_t ino);

/*
 * scan_parse - the type and inode number in "net:[4026531840]".
 *
 * Returns 0, or -1 if TEXT is anything else.
 */
int scan_parse(const char *text, const struct ns_type **type, ino_t *ino);

#endif
