/* SPDX-License-Identifier: ISC */
/*
 * nspin - what its files share: what was asked for.
 */
#ifndef NSKIT_NSPIN_NSPIN_H
#define NSKIT_NSPIN_NSPIN_H

#include <stdbool.h>

#include "lib/ids/idmap.h"
#include "lib/scan/scan.h"
#include "lib/step/net.h"

struct request {
	int verb; /* a letter; 0: keep */
	bool dry, force, holder, json, null, no_headings, netns, verbose;
	int types; /* CLONE_NEW* */
	bool all, mount_proc;
	int kill; /* a signal for what is inside, or 0 */
	const char *target, *until, *hook;
	const char *file; /* of declared names, or NULL */
	struct net_request net;
	struct idmap_request idmap;
	struct idmap_job maps;
};

/*
 * nspin_keep - keep new namespaces, or those of a target, under NAME.  ALL is
 * main's argv.
 */
void nspin_keep(struct request *r, const char *name, char **all);

/*
 * nspin_drop - release NAMES, and print what keeps their namespaces alive.
 * Returns the exit status.
 */
int nspin_drop(const struct request *r, char **names);

/*
 * nspin_kill - end the processes in the namespaces of NAMES, but for those that
 * are ours: by SIG, and after ten seconds by KILL.  Returns the exit status.
 */
int nspin_kill(char **names, int sig);

/*
 * nspin_each - pin_each; a directory that is not trusted is passed over, and
 * told.  Returns the exit status; exits where a directory cannot be read.
 */
int nspin_each(int (*fn)(void *arg, int run, const char *dir, const char *name),
    void *arg);

/* nspin_list - list NAMES, or all.  Returns the exit status. */
int nspin_list(const struct request *r, char **names);

/*
 * nspin_declare - keep what the lines of FILE ("-": standard input) ask for,
 * each a command line, unless it is there already; what is there and differs is
 * told.  ALL is our own command line; PARSE makes the request of one, checked,
 * and returns its names.  Returns the exit status.
 */
int nspin_declare(const char *file, char **all,
    char **(*parse)(struct request *r, int argc, char **argv));

/* Where what is not mounted here is mounted: one look for all names. */
struct stale {
	bool looked;
	struct scan s;
};

enum stale_answer {
	STALE_MOUNTED, /* in another mount namespace */
	STALE_NOWHERE, /* it was left behind */
	STALE_UNKNOWN,
};

/*
 * stale_where - where else is NAME mounted?  BUF gets it in words, with what
 * can be done.
 */
enum stale_answer stale_where(
    struct stale *st, const char *name, char *buf, size_t size);

/*
 * stale_clean - call FN with each name that is mounted nowhere, and unless DRY
 * remove it.  Returns the exit status.
 */
int stale_clean(bool dry, void (*fn)(const char *name));

/* nspin_query - is all of NAME alive, and may we enter it?  The status. */
int nspin_query(const char *name);

#endif
