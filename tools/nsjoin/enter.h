/* SPDX-License-Identifier: ISC */
/*
 * enter - become a command in namespaces that exist (setns(2)).
 */
#ifndef NSKIT_NSJOIN_ENTER_H
#define NSKIT_NSJOIN_ENTER_H

#include <sys/types.h>

#include <stdbool.h>

#include "lib/child/child.h"
#include "lib/ref/ref.h"
#include "lib/seal.h"
#include "lib/step/cgroup.h"
#include "lib/step/run.h"
#include "tools/nsjoin/actas.h"
#include "tools/nsjoin/environ.h"
#include "tools/nsjoin/inside.h"
#include "tools/nsjoin/lsmlabel.h"
#include "tools/nsjoin/request.h"
#include "tools/nsjoin/target.h"

/*
 * What of a target is touched, and why that cannot hang us for ever:
 *
 * - its pidfd, ns/ and the ioctls of nsfs: the kernel's own answers.
 * - root and cwd of /proc/PID: O_PATH, links that have no path to be walked.
 * - status, limits, stat, attr and cgroup of /proc/PID: the same.
 * - environ: pages of the target's memory, which a FUSE server or
 * userfaultfd(2) may keep back; the wait ends with a signal.
 * - its seccomp filters: it has to stop for them (ptrace(2)), which a process
 * in an uninterruptible wait does not; that, too, ends with a signal.
 * - /etc/passwd of the inside, the directory of -W, the search for the command:
 *   file systems of the inside, whose server may keep us waiting as it would
 * keep the command waiting; only where the target's mounts are entered.
 */

/* What a request comes to for one target: enter_open finds and opens it. */
struct enter {
	const struct enter_request *r;
	const char *target; /* a REF; of the request or a line of --file */
	struct ref ref;
	bool whole; /* all of ref are namespaces of one process */
	int joins;  /* types to enter: those that differ from ours */
	uid_t uid;  /* of the command, where it changes */
	gid_t gid;
	int root_fd, wd_fd;   /* or -1 */
	struct cgroup cgroup; /* its own */
	int program_fd;	      /* the file of --exec, or -1 */
	struct libs libs;     /* and what it needs */
	bool tty_exposed;
	struct run run;
	char **environ; /* what the command takes of the target's, or NULL */
	char not_taken[ENVIRON_NAMES_MAX]; /* the names of what it does not */
	struct target_status status; /* if it is about more than namespaces */
	struct seal seal;	     /* ready, or not needed */
	struct lsmlabel label;
	struct actas act;
	struct netfiles netfiles;
	struct inside inside;
	struct pty pty;
	const struct child *child; /* outside: what will be the command */
};

/*
 * enter_open - open all that is needed to run ARGV in TARGET as R says; changes
 * nothing.  TARGET may be NULL if each type has a REF of its own.  Exits on
 * failure.
 */
void enter_open(struct enter *e, const struct enter_request *r,
    const char *target, char *const argv[]);

/*
 * enter_is_its_user - is the user namespace to enter the target's own, whose
 * maps its files in /proc show?
 */
bool enter_is_its_user(const struct enter *e);

/*
 * enter_seal - where a process in there could write to the file that we run
 * from, see that it cannot, now or by the time that we are inside.  ALL is
 * main's argv.  After enter_open; exits on failure.
 */
void enter_seal(struct enter *e, char **all);

/* enter_seal_program - the same for the file of --exec. */
void enter_seal_program(struct enter *e);

/*
 * enter_complete - when that is done: what depends on names that things have
 * inside.  Exits on failure.
 */
void enter_complete(struct enter *e, char *const argv[]);

/*
 * enter_explain - print what would be entered and done to run ARGV, and
 * whether that can be; see lib/explain.
 *
 * A child opens all first, another one enters and prepares all, and ends.
 * Where it has to, it starts the tool anew from a sealed copy, with ALL of its
 * arguments.  Does not return: exits 0 or 1.
 */
_Noreturn void enter_explain(
    const struct enter_request *r, char **argv, char **all);

/*
 * enter_try - for that, in a process which ends at once: enter and prepare all
 * but the move to a cgroup, and look for the command.  *AT becomes ENTER_JOIN,
 * _PREPARE, _RUN, _DONE in turn.
 */
enum { ENTER_OPEN, ENTER_JOIN, ENTER_PREPARE, ENTER_RUN, ENTER_DONE };
void enter_try(struct enter *e, volatile int *at, char **argv);

/*
 * enter_become - enter, and become ARGV; for a PID namespace in a child that
 * is watched over to its end.  The command ends with PARENT, if it is not
 * NULL.  Does not return: exits as the command does, or in words.
 */
_Noreturn void enter_become(
    struct enter *e, const struct child *parent, char **argv);

#endif
