/* SPDX-License-Identifier: ISC */
/*
 * scanmnt - namespaces that are mounted somewhere: the mounts of each mount
 * namespace, by listmount(2) or by /proc/PID/mountinfo.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCANMNT_H
#define NSKIT_SCANMNT_H

#include <sys/types.h>

#include "lib/scantable.h"

/*
 * scan_mounts_of - the mounts of NS, in which the process PID is that DIR is
 * the directory of.  Each mount namespace is read once.
 */
void scan_mounts_of(
    struct scan_reader *r, struct scan_ns *ns, pid_t pid, int dir);

#endif
