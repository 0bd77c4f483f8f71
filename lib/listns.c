/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "lib/listns.h"
#include "lib/uapi.h"

#define SOME (64 << 10)
#define MOST 1000000 /* what the kernel takes at a time */

static ssize_t
list(int types, uint64_t **ids, size_t room)
{
	struct uapi_ns_id_req req = { .size = sizeof(req),
		.ns_type = (uint32_t)types };
	ssize_t n;

	if ((*ids = calloc(room, sizeof(**ids))) == NULL)
		return -1;
	n = uapi_listns(&req, *ids, room);
	if (n == -1)
		free(*ids);
	return n;
}

ssize_t
listns(int types, uint64_t **ids)
{
	ssize_t n = list(types, ids, SOME);

	/*
	 * Going on after the last id misses all that follow if the next one
	 * is not in use (seen in 7.2), so it is all of them in one call.
	 */
	if (n == SOME) {
		free(*ids);
		n = list(types, ids, MOST);
	}
	return n;
}

int
listns_open(uint64_t id)
{
	struct uapi_nsfs_file_handle ns = { .ns_id = id };
	union {
		struct file_handle head;
		char space[sizeof(struct file_handle) + sizeof(ns)];
	} handle = { .head = { .handle_bytes = sizeof(ns),
			 .handle_type = UAPI_FILEID_NSFS } };

	memcpy(handle.space + sizeof(struct file_handle), &ns, sizeof(ns));
	return open_by_handle_at(
	    UAPI_FD_NSFS_ROOT, &handle.head, O_RDONLY | O_CLOEXEC);
}
