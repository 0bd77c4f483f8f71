/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/uapi.h"

static int
mount_old(int fd, int target)
{
	char from[64], to[64];

	snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	snprintf(to, sizeof(to), "/proc/self/fd/%d", target);
	return mount(from, to, NULL, MS_BIND, NULL);
}

int
bind_mount(int fd, int target)
{
	int tree, rc;

	tree = uapi_open_tree(fd, "",
	    AT_EMPTY_PATH | UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC);
	/* Refused by a seccomp profile; with no right to it mount(2) says. */
	if (tree == -1 && (errno == ENOSYS || errno == EPERM))
		return mount_old(fd, target);
	if (tree == -1)
		return -1;
	rc = uapi_move_mount(tree, "", target, "",
	    UAPI_MOVE_MOUNT_F_EMPTY_PATH | UAPI_MOVE_MOUNT_T_EMPTY_PATH);
	file_close(tree);
	if (rc == -1 && (errno == ENOSYS || errno == EPERM))
		rc = mount_old(fd, target);
	return rc;
}

int
bind_is_mount(int fd)
{
	struct uapi_statx sx;

	if (uapi_statx(fd, "", AT_EMPTY_PATH, 0, &sx) == -1)
		return -1;
	return (sx.stx_attributes & UAPI_STATX_ATTR_MOUNT_ROOT) != 0;
}
