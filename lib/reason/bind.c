/* SPDX-License-Identifier: ISC */
/* reason: a namespace that cannot be bound on a file. */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/bind.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"

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
reason_bind(int fd, int target, int errnum)
{
	const struct ns_type *type = ns_type_of(fd);

	if (errnum == EPERM && !reason_is_admin())
		return "a bind mount needs CAP_SYS_ADMIN in the user "
		       "namespace that owns our mount namespace";
	if (type == NULL || type->flag != CLONE_NEWNS ||
	    (errnum != EINVAL && errnum != ELOOP))
		return reason_mount(errnum);
	if (errnum == EINVAL && is_shared(target) == 1)
		return "a mount namespace cannot be kept on a shared mount; "
		       "make one private: mount --bind DIR DIR, mount "
		       "--make-private DIR";
	return BIND_LOOP;
}
