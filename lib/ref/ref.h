/* SPDX-License-Identifier: ISC */
/*
 * ref - the one grammar that names namespaces: text to open descriptors, see
 * nskit(7).
 */
#ifndef NSKIT_REF_REF_H
#define NSKIT_REF_REF_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/ns.h"
#include "lib/proc.h"

#define REF_STEPS 8
#define REF_SCHEME_MAX 32

enum ref_kind {
	REF_PROCESS, /* number, and if not 0 ino: its pidfd inode */
	REF_THREAD,
	REF_SELF,
	REF_PROCESS_FD, /* descriptor fd of process number */
	REF_FD,
	REF_INODE,     /* number is the inode */
	REF_ID,	       /* number is the kernel's 64-bit id */
	REF_PATH,      /* text */
	REF_NAME,      /* text */
	REF_CONTAINER, /* text, of scheme */
};

/* What a REF's text says; text points into it. */
struct ref_name {
	enum ref_kind kind;
	bool bare; /* one word, without a prefix: it may have two readings */
	int types; /* CLONE_NEW* flags to choose from the target, 0: any */
	uint64_t number, ino;
	int fd;
	const char *text;
	char scheme[REF_SCHEME_MAX]; /* "docker" */
	/* What to do with the target, first to last. */
	size_t nsteps;
	struct ref_step {
		bool owner; /* else the parent */
		int types;  /* what the outcome has to be, 0: any */
	} steps[REF_STEPS];
};

/* What it denotes: a descriptor for each type, or -1. */
struct ref {
	struct proc proc; /* where the target is one: pid, else 0 */
	int fd[NS_NTYPES];
};

/*
 * ref_parse - read TEXT; makes no system call.  Returns 0, or -1 and *errstr.
 */
int ref_parse(const char *text, struct ref_name *name, const char **errstr);

/*
 * ref_check - refuse N if it is a bare word that means a process, a namespace
 * or ourselves, and is a name besides.  Returns 0, or -1 and *errstr.
 */
int ref_check(const struct ref_name *n, const char **errstr);

/*
 * ref_resolve - open what TEXT denotes, of the types in WANTED (CLONE_NEW*, 0:
 * all there are).  Changes nothing.
 *
 * Returns 0, and at least one descriptor is open; -1 and *errstr, which may be
 * in static memory, when there is none, the target is gone or is another one,
 * or a type of WANTED or of TYPE= is not in it.
 */
int ref_resolve(
    const char *text, int wanted, struct ref *ref, const char **errstr);

/*
 * ref_doubt - where TEXT is a path: who but root and we can change what it
 * leads to, in words ("the link /tmp/x belongs to user 7"), in static memory.
 * NULL: nobody can, or it is no path.
 */
const char *ref_doubt(const char *text);

/*
 * ref_container - the container that TEXT, a /proc/PID/cgroup file, speaks of,
 * as a REF ("docker:04f86b5d2136", "lxc:web") into BUF.  False: none.
 */
bool ref_container(const char *text, char *buf, size_t size);

/*
 * ref_container_name - the name that its engine has for the same container
 * ("web"), by the table of the scheme's program, which is run once for all, and
 * for one that is not in it again, at most each second.  One thread alone.
 *
 * Returns 1; 0: it is in none, or the engine has no such; -1 and *ERRSTR: there
 * is no answer.
 */
int ref_container_name(
    const char *text, char *buf, size_t size, const char **errstr);

/* ref_close - close all that ref_resolve has opened. */
void ref_close(struct ref *ref);

#endif
