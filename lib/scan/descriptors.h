/* SPDX-License-Identifier: ISC */
/*
 * descriptors - namespaces that a process holds by its descriptors: of a
 * namespace itself, of a socket, a tun device or a detached tree of mounts.
 *
 * For the rooms of scan alone.  Nothing is opened for it but what lies on
 * nsfs, and no server of a file system is asked: a dead one stops nobody.
 */
#ifndef NSKIT_SCAN_DESCRIPTORS_H
#define NSKIT_SCAN_DESCRIPTORS_H

#include "lib/scan/table.h"

/*
 * scan_fds - the descriptors of T.  Our own are left out: they end with us.
 */
void scan_fds(struct scan_reader *r, struct scan_target *t);

#endif
