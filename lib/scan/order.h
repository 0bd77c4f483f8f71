/* SPDX-License-Identifier: ISC */
/*
 * order - the rows of a scan that are its answer, in their order, which is
 * the same in each run, however many threads have read.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_ORDER_H
#define NSKIT_SCAN_ORDER_H

#include <stddef.h>

#include "lib/scan/table.h"

/*
 * scan_choose - the rows of R's table that its request asks for, by inode:
 * *LIST, fresh memory, and *N, 0 before.  The pids and the holders of each come
 * into their order, too, one holder at least.
 *
 * Returns 0, or -1: no memory; *LIST is then to be freed, too.
 */
int scan_choose(struct scan_reader *r, struct scan_ns ***list, size_t *n);

#endif
