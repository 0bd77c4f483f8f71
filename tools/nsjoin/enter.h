/* SPDX-License-Identifier: ISC */
/*
 * enter - a command in namespaces that exist: what nsjoin is.
 */
#ifndef NSKIT_NSJOIN_ENTER_H
#define NSKIT_NSJOIN_ENTER_H

#include <stdbool.h>

#include "lib/child/child.h"
#include "lib/ids/cred.h"
#include "lib/ref/ref.h"
#include "lib/step/env.h"
#include "lib/step/tty.h"
#include "tools/nsjoin/actas.h"
#include "tools/nsjoin/lsmlabel.h"
#include "tools/nsjoin/program.h"
#include "tools/nsjoin/wait.h"

struct enter {
	const char *target;	     /* REF, or NULL */
	const char *from[NS_NTYPES]; /* a REF for that type alone, or NULL */
	int types;		     /* CLONE_NEW* asked for by letter */
	bool all;
	bool no_fork;
	bool preserve;	   /* leave user and groups alone */
	bool env;	   /* the target's environment */
	bool user_parent;  /* the parent of the user namespace */
	bool join_cgroup;  /* the target's cgroup */
	bool follow_label; /* the target's security label */
	bool verbose;
	bool explain; /* change nothing */
	int socket;   /* the target's, for its network namespace; or -1 */
	const char *root, *wd; /* a directory, "" the target's; or NULL */
	const char *wdns;      /* a directory by its name inside, or NULL */
	struct cred_request cred;
	struct tty_request tty;
	struct env_request environment;
	struct actas_request act;
	struct program_request program;
	struct wait_request wait;
	/* Whose death ends the command too; NULL: nobody's but a watcher's. */
	const struct child *parent;

	/* Found out by enter_open. */
	struct ref ref;
	bool whole;	    /* all of ref are those of its process */
	int joins;	    /* types to enter: those that differ from ours */
	int root_fd, wd_fd; /* or -1 */
	int cgroup_fd;	    /* its cgroup.procs, or -1 */
	struct lsmlabel label;
	char **environ; /* or NULL */
	int outside;	/* what run_look found */
};

/*
 * enter_resolve - look up users and groups, and find contradictions.  Returns
 * 0, or -1 and *errstr.
 */
int enter_resolve(struct enter *e, const char **errstr);

/*
 * enter_open - open all that will be needed to run ARGV; changes nothing.
 * Exits on failure.
 */
void enter_open(struct enter *e, char *const argv[]);

/*
 * enter_needs_seal - could somebody in there get at the file that we run from?
 * After enter_open.
 */
bool enter_needs_seal(const struct enter *e);

/*
 * enter_explain - print what would be entered and done to run ARGV, and
 * whether that can be; see lib/explain.
 *
 * Before enter_open, which it tries in a child first.  Where it has to, it
 * starts the tool anew from a sealed copy, with ALL of its arguments.  Then a
 * child enters and prepares all, and ends.  Does not return: exits 0 or 1.
 */
_Noreturn void enter_explain(struct enter *e, char **argv, char **all);

/*
 * enter_try - for that, in a process which ends at once: enter and prepare all
 * but the move to a cgroup, and look for the command.  *AT becomes ENTER_JOIN,
 * _PREPARE, _RUN, _DONE in turn.
 */
enum { ENTER_OPEN, ENTER_JOIN, ENTER_PREPARE, ENTER_RUN, ENTER_DONE };
void enter_try(struct enter *e, volatile int *at, char **argv);

/*
 * enter_become - enter, and become ARGV; for a PID namespace in a child that
 * is watched over to its end.  Does not return: exits as the command does, or
 * in words.
 */
_Noreturn void enter_become(struct enter *e, char **argv);

#endif
