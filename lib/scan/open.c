/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scan/mounts.h"
#include "lib/scan/open.h"
#include "lib/scan/sockets.h"
#include "lib/uapi.h"

static int
link_open(int proc, const struct scan_ns *ns, const struct scan_holder *h)
{
	bool children = h->kind == SCAN_FOR;
	int fd, tid = h->number != 0 ? h->number : (int)h->pid;
	char path[64];

	snprintf(path, sizeof(path), "%d/task/%d/ns/%s", (int)h->pid, tid,
	    children ? ns->type->children : ns->type->name);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd == -1 && children && errno == ENOENT)
		fd = ns_open_for_children(h->pid, h->number, ns->type);
	return fd;
}

static int
fd_open(int proc, const struct scan_holder *h)
{
	char path[32];

	snprintf(path, sizeof(path), "%d/fd/%d", (int)h->pid, h->number);
	/* Never what is no namespace (any more). */
	return ns_open_file(proc, path, 0);
}

static int
socket_open(const struct scan_ns *ns, const struct scan_holder *h)
{
	struct scan_target t = { .pid = h->pid };
	struct scan_fetch f = { .target = &t, .pidfd = -1 };
	int fd, sock = scan_fetch(&f, h->number);

	scan_fetch_end(&f);
	if (sock == -1)
		return -1;
	fd = h->kind == SCAN_QUEUED ? scan_queue_open(sock, ns) :
				      ioctl(sock, UAPI_SIOCGSKNS);
	close(sock);
	return fd;
}

static int
mount_open(int proc, const struct scan_holder *h, unsigned *rests)
{
	const struct ns_type *mnt = ns_type_by_flag(CLONE_NEWNS);
	struct ns_key own;
	char dir[24];

	if (ns_key_self(mnt, &own) == 0 && own.ino == h->mntns)
		return scan_mount_open(proc, "self/", h->path, rests);
	errno = EACCES; /* nobody in there shows us its root */
	snprintf(dir, sizeof(dir), "%d/", (int)h->pid);
	return h->pid == 0 ? -1 : scan_mount_open(proc, dir, h->path, rests);
}

/* Through the child, or what is owned. */
static int
above_open(int proc, const struct scan_holder *h, unsigned *rests)
{
	int fd, below = scan_ns_open(proc, h->ns, rests);

	if (below == -1)
		return -1;
	fd = h->kind == SCAN_CHILD ? ns_parent(below) : ns_owner(below);
	close(below);
	return fd;
}

static int
holder_open(int proc, const struct scan_ns *ns, const struct scan_holder *h,
    unsigned *rests)
{
	switch (h->kind) {
	case SCAN_PROCESS:
	case SCAN_THREAD:
	case SCAN_FOR:
		return link_open(proc, ns, h);
	case SCAN_FD:
	case SCAN_TREE:
		return fd_open(proc, h);
	case SCAN_SOCKET:
	case SCAN_TUN:
	case SCAN_QUEUED:
		return socket_open(ns, h);
	case SCAN_MOUNT:
		return mount_open(proc, h, rests);
	case SCAN_CHILD:
	case SCAN_OWNED:
		return above_open(proc, h, rests);
	default:
		errno = ENOENT;
		return -1;
	}
}

static bool
is_shortage(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM;
}

/*
 * Why it cannot be had, of ERROR and errno: that we have run out of something,
 * or that we may not, rather than that it has gone.  What is mounted is there,
 * if under something else.
 */
static int
worse(int error, const struct scan_holder *h)
{
	if (is_shortage(error) || is_shortage(errno))
		return is_shortage(error) ? error : errno;
	if (errno == EACCES || errno == EPERM || h->kind == SCAN_MOUNT)
		return EACCES;
	return error;
}

int
scan_ns_open(int proc, const struct scan_ns *ns, unsigned *rests)
{
	struct ns_identity id = {
		.type = ns->type, .key.ino = ns->ino, .id = ns->id
	};
	int fd, error = ENOENT;

	for (const struct scan_holder *h = ns->holders; h; h = h->next) {
		if ((fd = holder_open(proc, ns, h, rests)) == -1) {
			error = worse(error, h);
			continue;
		}
		if (ns_is(fd, ns->type, ns->ino))
			return fd;
		close(fd);
	}
	if (ns->id != 0 && (fd = ns_open_id(&id)) != -1) {
		if (ns_is(fd, ns->type, ns->ino))
			return fd;
		close(fd);
	}
	errno = error;
	return -1;
}
