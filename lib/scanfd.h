/* SPDX-License-Identifier: ISC */
/*
 * scanfd - namespaces that a process holds by its descriptors.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCANFD_H
#define NSKIT_SCANFD_H

#include <sys/types.h>

#include "lib/scantable.h"

/*
 * scan_fds - the descriptors of process PID, whose directory is DIR.
 */
void scan_fds(struct scan_reader *r, pid_t pid, int dir);

#endif
