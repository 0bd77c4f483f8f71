/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/proctext.h"
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

/* The number in the line "mnt_id:" of FD's fdinfo. */
static int
mount_id(int fd, uint64_t *id)
{
	char path[64], text[1024];

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	return file_get(AT_FDCWD, path, text, sizeof(text)) == -1 ?
	    -1 :
	    proctext_number(text, "mnt_id", 0, id);
}

/*
 * Is the mount that FD lies on shared, or a slave's peer?  1 or 0, or -1 where
 * /proc/self/mountinfo cannot be read.
 */
static int
is_shared(int fd)
{
	struct mountinfo_file f;
	struct mountinfo m;
	char want[32];
	int shared = -1;
	uint64_t id;

	if (mount_id(fd, &id) == -1 ||
	    mountinfo_open(&f, AT_FDCWD, "/proc/self/mountinfo") == -1)
		return -1;
	snprintf(want, sizeof(want), "%ju", (uintmax_t)id);
	while (shared == -1 && mountinfo_read(&f, &m))
		if (strcmp(m.id, want) == 0)
			shared = strstr(m.peers, "shared:") != NULL;
	mountinfo_close(&f);
	return shared;
}

const char *
bind_reason(int fd, int target, int errnum)
{
	const struct ns_type *type = ns_type_of(fd);

	if (errnum == EPERM)
		return "a bind mount needs CAP_SYS_ADMIN in the user "
		       "namespace that owns our mount namespace";
	if (type == NULL || type->flag != CLONE_NEWNS ||
	    (errnum != EINVAL && errnum != ELOOP))
		return NULL;
	if (errnum == EINVAL && is_shared(target) == 1)
		return "a mount namespace cannot be kept on a shared mount; "
		       "make one private: mount --bind DIR DIR, mount "
		       "--make-private DIR";
	return BIND_LOOP;
}
