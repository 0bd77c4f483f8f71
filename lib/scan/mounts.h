/* SPDX-License-Identifier: ISC */
/*
 * mounts - namespaces that are mounted somewhere: the mounts of each mount
 * namespace, by NS_MNT_GET_NEXT, listmount(2) and statmount(2) (Linux 6.12)
 * or else by /proc/PID/mountinfo of a process in it.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_MOUNTS_H
#define NSKIT_SCAN_MOUNTS_H

#include "lib/scan/table.h"

#define SCAN_RESTS 50 /* of 0.2 ms */

/*
 * scan_mounts_begin - first of all: can all mount namespaces be walked?  Sets
 * R->walks.
 */
void scan_mounts_begin(struct scan_reader *r);

/*
 * scan_mounts_of - T is in mount namespace NS: read its mounts there, unless
 * they were or will be read otherwise.
 */
void scan_mounts_of(
    struct scan_reader *r, struct scan_ns *ns, struct scan_target *t);

/* scan_mounts_walk - where they can be walked: all mount namespaces. */
void scan_mounts_walk(struct scan_reader *r);

/*
 * scan_mounts_ns - FD is NS, whose mounts were not seen yet: enter what is
 * mounted there, or count it as not to be seen.
 */
void scan_mounts_ns(struct scan_reader *r, struct scan_ns *ns, int fd);

/*
 * scan_mount_open - what is mounted on MOUNTPOINT as the process sees it whose
 * directory below PROC is DIR ("7/").  Whatever lies over the mount now: only
 * what is on nsfs is opened.  Of *RESTS (SCAN_RESTS at first) those are taken
 * that others who rename and mount have made necessary.
 *
 * Returns a descriptor, or -1 and errno.
 */
int scan_mount_open(
    int proc, const char *dir, const char *mountpoint, unsigned *rests);

#endif
