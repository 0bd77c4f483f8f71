/* SPDX-License-Identifier: ISC */
/*
 * apart - what is served by strangers, looked at in a process apart, which is
 * given up if it hangs.  The only one that a scan ever starts: for SCAN_QUEUES,
 * and for the paths of mounts where the kernel is older than 5.12.
 *
 * A descriptor that is queued on a socket can be of a file system that its
 * sender serves (FUSE).  Whoever takes it has to close it, close(2) asks that
 * server, and no signal ends the wait.
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_APART_H
#define NSKIT_SCAN_APART_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * What else of strangers a scan touches, and why that asks no server:
 *
 * - files and links below /proc/PID: the kernel's own answers; the links of ns/
 *   and fd/ have no path to be walked.
 * - statx of fd/N: AT_STATX_DONT_SYNC, what the inode in memory says, also on
 *   FUSE, NFS and an overlay of them.
 * - open of fd/N: only what statx has shown to lie on nsfs.
 * - the path of a mount: RESOLVE_CACHED (Linux 5.12), from the cache or not at
 *   all.  Before, whoever serves a directory on the way is asked: apart.
 * - pidfd_getfd of sockets and tun devices: closing one writes to no file.  A
 *   socket with SO_LINGER whose owner closes it at the same moment may make us
 *   wait in his place, until a signal.
 * - close of a namespace: the last one takes down its mounts; FUSE writes
 *   nothing back then that has to be waited for.
 * - cmdline: its pages may have to be read in, but no file's (FOLL_ANON, Linux
 *   4.17).  A lock that its threads hold may keep us waiting, until a signal.
 * - fstatat of a pin: the directories of pins are root's, or our own.
 */

/*
 * scan_apart_peek - look at the first message in the queue of SOCK that carries
 * descriptors, and call FN(ARG, FD) here for each that is a socket or lies on
 * the device NSFS: those ask nobody.  FD is closed after that.
 *
 * Returns how many descriptors the message carries; -1 and errno: ETIMEDOUT if
 * there has been no answer for a second.
 */
ssize_t scan_apart_peek(
    int sock, dev_t nsfs, void (*fn)(void *arg, int fd), void *arg);

/*
 * scan_apart_open - look PATH up below DIR, without symbolic links.  Returns an
 * O_PATH descriptor; -1 and errno: ETIMEDOUT as above.
 */
int scan_apart_open(int dir, const char *path);

#endif
