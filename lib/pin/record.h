/* SPDX-License-Identifier: ISC */
/*
 * record - which process a file beside a pin names: the holder of its
 * descriptors, the init of its PID namespace, the process for whose life it is
 * kept.  A record is written, read and compared; no process is made here.
 */
#ifndef NSKIT_PIN_RECORD_H
#define NSKIT_PIN_RECORD_H

#include <sys/types.h>

#include <stdint.h>

#include "lib/ns.h"
#include "lib/proc.h"

#define RECORD_HOLDER ".holder"
#define RECORD_INIT ".init"
#define RECORD_WHILE ".while"

#define RECORD_BOOT_MAX 40 /* of a UUID */

/* What a record says. */
struct record {
	pid_t pid;
	uint64_t ino, start, pid_ns; /* 0: not known */
	char boot[RECORD_BOOT_MAX];  /* "": not known */
};

/* record_parse - read TEXT, which is cut up.  Returns 0, or -1 and errno. */
int record_parse(char *text, struct record *r);

/*
 * record_write - write which process PID is into the new file FILE below DIR:
 * "PID:INO START PIDNS BOOT": the inode of its pidfd and the time of its start,
 * one of which every kernel has, the PID namespace in which that is its number,
 * and which boot of the machine this is.  Returns 0, or -1 and errno.
 */
int record_write(int dir, const char *file, pid_t pid);

/*
 * record_find - open the process that FILE below DIR names in P.
 *
 * Returns 0; -1 and errno: ENOENT, there is no record; ESRCH, it has ended
 * (its number may have been used again); EXDEV, the number is of another PID
 * namespace, so we cannot tell; EBADMSG, it is no record of ours.
 */
int record_find(int dir, const char *file, struct proc *p);

/* record_end - kill that process, and wait.  No such process is no failure. */
void record_end(int dir, const char *file);

/*
 * record_fd - the number that the descriptor of TYPE has in a holder; from 3
 * on, in the order of ns_types.
 */
int record_fd(const struct ns_type *type);

#endif
