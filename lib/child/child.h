/* SPDX-License-Identifier: ISC */
/*
 * child - a child that is held until told to go, and the channel to it: it
 * reports failures, says when it is about to execute the command, and learns
 * from the channel's end that its parent has died (clone3(2), lib/channel).
 */
#ifndef NSKIT_CHILD_CHILD_H
#define NSKIT_CHILD_CHILD_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>

#include "lib/fail.h"

struct child {
	pid_t pid;    /* outside: the child's; -1 once it has been reaped */
	int pidfd;    /* outside: its pidfd */
	int channel;  /* this side's end */
	bool joined;  /* it is an init, but no PID 1, and ... */
	int init;     /* ends all when this, the supervisor's end, is closed */
	pid_t parent; /* inside: that init, the command's parent; or 0 */
};

/*
 * child_start - make a child in new namespaces.
 *
 * TYPES: CLONE_NEW* flags, CLONE_NEWTIME excepted (its offsets would be frozen
 * at once: see timens).  Signal handlers of the caller are defaults in the
 * child. clone3(2); clone(2) where a seccomp profile refuses that.
 *
 * Returns true in the child, where failures are reported to the parent from
 * now on; false in the parent, where a failure from now on ends the child too
 * (fail_undo).  Exits on failure, in words.
 */
bool child_start(struct child *c, int types);

/*
 * child_orphan - make a process that nobody has to reap and that our failure
 * does not end, with a channel to it: CHANNEL[0] there, CHANNEL[1] here, the
 * other one is -1.  WHAT names it in messages.
 *
 * Returns true in it, where failures are reported over the channel from now on
 * (fail_to); false here.  Exits on failure.
 */
bool child_orphan(int channel[2], const char *what);

/*
 * child_await - inside: wait until the parent has written the maps and lets
 * go.  Without a parent there is nothing to do: _exit.
 */
void child_await(const struct child *c);

/*
 * child_await_file - the same.  Returns the file of child_release_file, or -1:
 * it gave none, or too many are open here.
 */
int child_await_file(const struct child *c);

/*
 * child_wait - outside, all signals blocked: wait for a message on CHANNEL, of
 * whatever child, or its end.  A signal that would have ended us (sig_await,
 * with MASK) does so now, and what was made is rolled back.  Exits on failure.
 */
void child_wait(int channel, const sigset_t *mask);

/*
 * child_wait_ready - outside: child_wait for child_executes, by whatever
 * process.  Returns its process ID.  Exits on failure.
 */
pid_t child_wait_ready(const struct child *c, const sigset_t *mask);

/*
 * child_sibling - in a child's own process, once it has entered namespaces of
 * the types ENTERED: start another child of our parent in those and in new ones
 * (TYPES, as for child_start), and end.  Only a new process is in a PID
 * namespace that was entered, and the parent stays outside.
 *
 * Returns in the new process, which has told the parent.  Exits on failure.
 */
void child_sibling(const struct child *c, int types, int entered);

/*
 * child_adopt - outside: C becomes the process that C's has started by
 * child_sibling, once that reports.  MASK as for child_wait.  Exits on failure.
 */
void child_adopt(struct child *c, const sigset_t *mask);

/* child_release - outside: let the child go on.  Exits on failure. */
void child_release(const struct child *c);

/* child_release_file - the same, with a copy of FILE (-1: of none). */
void child_release_file(const struct child *c, int file);

/*
 * child_guard - inside, after the last change of credentials (which clears
 * it): die of SIG when the parent dies (0: live on), and at once if it has
 * died already.
 * getppid(2) would not tell across PID namespaces; the channel does, but for an
 * init in between.
 */
void child_guard(const struct child *c, int sig);

/*
 * child_show - inside, in the command's process, before its credentials
 * change: say that all is prepared, and wait until the parent lets go.  OPEN:
 * in the meantime those who have our user may look at us, and write our maps,
 * as at any process of theirs (ptrace(2), PR_SET_DUMPABLE).
 */
void child_show(const struct child *c, bool open);

/* child_executes - inside: report that nothing is left but to execute, or that
 * what the parent waits for by child_wait_ready is done.
 */
void child_executes(const struct child *c);

enum child_message {
	CHILD_FAILED,	/* the report says what and why */
	CHILD_SHOWN,	/* prepared, held by child_show; *PID is the sender */
	CHILD_EXECUTES, /* only execve(2) is left; *PID is the sender */
	CHILD_CLOSED,	/* the channel has ended: executed, or dead */
	CHILD_NONE,	/* there is no message now */
};

/*
 * child_receive - outside: the child's next message, waited for or (NOW) not.
 *
 * *PID becomes the sender's process ID as we see it, which under an init is
 * not the child's.  Exits on failure.
 */
enum child_message child_receive(
    const struct child *c, struct fail_report *report, pid_t *pid, bool now);

/*
 * child_signal - outside: send SIG; a child that has ended needs none.
 * Returns 0, or -1 and errno.
 */
int child_signal(const struct child *c, int sig);

/*
 * child_destroy - outside: kill the child and reap it; a struct child *.  One
 * that is frozen (cgroups(7)) and cannot die now is left to die: a few seconds
 * are waited at most.
 */
void child_destroy(void *c);

#endif
