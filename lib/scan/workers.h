/* SPDX-License-Identifier: ISC */
/*
 * workers - all processes of /proc, read by as many threads as help.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_WORKERS_H
#define NSKIT_SCAN_WORKERS_H

#include "lib/scan/table.h"

/*
 * scan_workers - read every process; what the threads have found is in R's
 * table when it returns, and the threads are gone.  Returns 0, or -1 and errno.
 */
int scan_workers(struct scan_reader *r);

#endif
