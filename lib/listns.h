/* SPDX-License-Identifier: ISC */
/*
 * listns - namespaces as the kernel itself lists them (listns(2), Linux 6.19),
 * and one opened by its 64-bit id alone.
 */
#ifndef NSKIT_LISTNS_H
#define NSKIT_LISTNS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * listns - the ids of all namespaces of TYPES (CLONE_NEW*) that the kernel
 * lets us see, ascending: with CAP_SYS_ADMIN in the initial user namespace and
 * in the initial PID namespace all that are in use, but for those that only a
 * socket holds; without, our own eight.
 *
 * Returns their number, and *IDS is for free(3); -1 and errno (ENOSYS and the
 * like: there is no such call).
 */
ssize_t listns(int types, uint64_t **ids);

/*
 * listns_open - a descriptor of the namespace with that id, or -1 and errno
 * (ESTALE: it is gone, or not ours to open; EBADF, ESTALE: Linux before 6.19).
 */
int listns_open(uint64_t id);

#endif
