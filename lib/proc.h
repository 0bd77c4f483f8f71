/* SPDX-License-Identifier: ISC */
/*
 * proc - a process that cannot turn into another one under our hands: its
 * pidfd, its directory under /proc, its identity (pidfd_open(2), proc(5)).
 */
#ifndef NSKIT_PROC_H
#define NSKIT_PROC_H

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>

#include "lib/ns.h"

#define PROC_PID_MAX 4194304 /* the largest there can be, proc(5) */
/* An init of ours, as /proc/PID/comm has it. */
#define PROC_INIT_NAME "nskit-init"

struct proc {
	pid_t pid;    /* 0: none is held */
	int pidfd;    /* -1: a thread, before Linux 6.9 */
	int dir;      /* O_PATH of /proc/PID; -1: /proc does not show it */
	int errnum;   /* and why it does not */
	uint64_t ino; /* the pidfd's inode, unique till reboot; 0: before 6.9 */
};

/*
 * proc_open - hold process PID, or with THREAD the thread of that number.
 *
 * The directory is opened after the pidfd and the pidfd asked again: both are
 * of one process, and a directory of a process that has ended answers ESRCH
 * also when its number is in use again.  Returns 0, or -1 and errno (ESRCH:
 * there is none; ESTALE: it has ended meanwhile), and P holds none.
 */
int proc_open(struct proc *p, pid_t pid, bool thread);

/*
 * proc_from_pidfd - the same by a pidfd, which stays the caller's.  ESRCH also
 * if the process is not in our PID namespace; EINVAL: it is no pidfd.
 */
int proc_from_pidfd(struct proc *p, int pidfd);

/* proc_close - let go of it: P holds none.  Keeps errno. */
void proc_close(struct proc *p);

/*
 * proc_counts_as_we - does /proc count processes as our PID namespace does?  It
 * may be another one's: then a number means two things.
 */
bool proc_counts_as_we(void);

/* proc_alive - 0 while it is there; -1 and ESRCH once it has been reaped. */
int proc_alive(const struct proc *p);

/*
 * proc_ended - has the process P ended, though perhaps not been reaped, or does
 * it within WAIT_MS?
 */
bool proc_ended(const struct proc *p, int wait_ms);

/*
 * proc_kill - kill the process of PIDFD, and wait for its end; not for ever:
 * after five seconds it is left to the kernel.
 */
void proc_kill(int pidfd);

/*
 * proc_shown - the number under which /proc shows the process PID, of which we
 * are the parent or a child.  Where /proc is that of an outer PID namespace it
 * is another one than PID, which is somebody else there.
 *
 * Returns it, or -1 and errno: ENOENT /proc does not show it.
 */
pid_t proc_shown(pid_t pid);

/*
 * proc_start - when it was started, in clock ticks since the boot of the
 * machine, whatever time namespace we are in, to a tick; 0: not known.
 */
uint64_t proc_start(const struct proc *p);

/*
 * proc_status - the whole status file PATH below DIRFD, a string for free(3):
 * of one that is in many groups it is long.  Returns NULL and errno on failure.
 */
char *proc_status(int dirfd, const char *path);

/*
 * proc_ns - open its namespace of TYPE: by its pidfd (Linux 6.11), else by its
 * directory.  Returns a descriptor, or -1 and errno.
 */
int proc_ns(const struct proc *p, const struct ns_type *type);

/*
 * proc_reap - wait until our child PID has ended.  *STATUS becomes its wait
 * status (waitpid(2)); may be NULL.  Returns 0, or -1 and errno.
 */
int proc_reap(pid_t pid, int *status);

/* What follows is for words, after a failure. */

/* proc_age - how many seconds ago it was started, -1 if that is not known. */
int64_t proc_age(const struct proc *p);

/* proc_other_thread - one of its threads but the first that lives, or 0. */
pid_t proc_other_thread(const struct proc *p);

/* proc_leader - the process that the thread TID is of, by number; 0: none. */
pid_t proc_leader(pid_t tid);

#endif
