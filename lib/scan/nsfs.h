/* SPDX-License-Identifier: ISC */
/*
 * nsfs - descriptors of namespaces: what a scan has in hand, and how it
 * comes by one that it may read (ioctl_nsfs(2), pidfd ioctls).
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_NSFS_H
#define NSKIT_SCAN_NSFS_H

#include <sys/types.h>

#include "lib/ns.h"

/*
 * scan_nsfs_identify - what namespace FD is; *TYPE and *INO.  Returns 0, or -1
 * if it is none.
 */
int scan_nsfs_identify(int fd, const struct ns_type **type, ino_t *ino);

/*
 * scan_nsfs_reopen - FD, which is on nsfs, anew for reading (it may be an
 * O_PATH one).  Returns a descriptor, or -1 and errno.
 */
int scan_nsfs_reopen(int fd);

/*
 * scan_nsfs_open - PATH below DIRFD for reading, if it is on nsfs: nothing
 * else is ever opened.  Returns a descriptor, or -1 and errno.
 */
int scan_nsfs_open(int dirfd, const char *path);

/*
 * scan_nsfs_not_yet_populated - the namespace of TYPE for the children of PID,
 * or of its thread TID if that is not 0, by its pidfd (Linux 6.11): before its
 * first process a PID namespace has no name in /proc (until Linux 7).
 *
 * Returns a descriptor, or -1 and errno.
 */
int scan_nsfs_not_yet_populated(
    pid_t pid, pid_t tid, const struct ns_type *type);

#endif
