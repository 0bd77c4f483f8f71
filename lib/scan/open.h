/* SPDX-License-Identifier: ISC */
/*
 * open - a namespace that a scan has found, opened through its holders.
 *
 * For the rooms of scan alone; scan_open is what others call.
 */
#ifndef NSKIT_SCAN_OPEN_H
#define NSKIT_SCAN_OPEN_H

#include "lib/scan/model.h"

/*
 * scan_ns_open - a descriptor of NS.  PROC is the directory /proc, *RESTS as of
 * scan_mount_open.  Returns -1 and errno where no holder leads to it (any
 * more).
 */
int scan_ns_open(int proc, const struct scan_ns *ns, unsigned *rests);

#endif
