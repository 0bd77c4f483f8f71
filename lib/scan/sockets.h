/* SPDX-License-Identifier: ISC */
/*
 * sockets - sockets and tun devices of others: which network they are of, and
 * what descriptors wait in their queues (pidfd_getfd(2), SIOCGSKNS, unix(7)).
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_SOCKETS_H
#define NSKIT_SCAN_SOCKETS_H

#include <sys/types.h>

#include "lib/scan/table.h"

/*
 * What a process's descriptors need once: its pidfd, opened when the first of
 * them is fetched.
 */
struct scan_fetch {
	struct scan_target *target;
	int pidfd; /* -1: not yet; -2: there is none */
};

/* scan_fetch_end - close what is open. */
void scan_fetch_end(struct scan_fetch *f);

/*
 * scan_fetch - a copy of descriptor NUMBER, or -1 and errno.
 */
int scan_fetch(struct scan_fetch *f, int number);

/*
 * scan_socket - descriptor NUMBER is the socket with inode INO: enter the
 * network that it is of, and with SCAN_QUEUES what waits in its queue.
 */
void scan_socket(
    struct scan_reader *r, struct scan_fetch *f, int number, ino_t ino);

/* scan_tun - descriptor NUMBER is a tun or tap device: enter its network. */
void scan_tun(struct scan_reader *r, struct scan_fetch *f, int number);

/*
 * scan_queue_open - NS, which waits in the queue of the unix socket SOCK, or
 * whose socket does.  Returns a descriptor, or -1 and errno.
 */
int scan_queue_open(int sock, const struct scan_ns *ns);

/* scan_sockets_free - forget which sockets were seen. */
void scan_sockets_free(struct scan_reader *r);

#endif
