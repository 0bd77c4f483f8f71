/* SPDX-License-Identifier: ISC */
/*
 * detached - trees of mounts that are nowhere attached: what open_tree(2)
 * with OPEN_TREE_CLONE, fsmount(2) and the like have left in a descriptor.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_DETACHED_H
#define NSKIT_SCAN_DETACHED_H

#include "lib/scan/table.h"

/*
 * scan_tree - descriptor NUMBER is a directory that is the root of a mount: if
 * it is detached, what is mounted below it is counted as not to be seen.  No
 * kernel (up to 7.2) lists the mounts of such a tree, and to walk its
 * directories would ask whoever serves its files.
 */
void scan_tree(struct scan_reader *r, struct scan_target *t, int number);

#endif
