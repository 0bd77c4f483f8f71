/* SPDX-License-Identifier: ISC */
/*
 * processes - what the processes of /proc tell a scan: their links, those of
 * their threads, and through the rooms below their descriptors and mounts.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_PROCESSES_H
#define NSKIT_SCAN_PROCESSES_H

#include <sys/types.h>

#include "lib/scan/table.h"

/*
 * scan_process - read process PID.
 *
 * Returns 0; -1 and errno if nothing of it could be read (ENOENT, ESRCH: it is
 * not there).  What it may not read is counted.
 */
int scan_process(struct scan_reader *r, pid_t pid);

/*
 * scan_thread - read thread TID of LEADER, which has been read, and with FILES
 * its descriptors; nothing if it is LEADER itself.
 */
void scan_thread(struct scan_reader *r, const struct scan_target *leader,
    pid_t tid, bool files);

#endif
