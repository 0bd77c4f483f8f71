/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/scanmnt.h"

#define MOUNTINFO_MAX (64 << 20)

/*
 * The namespace that is mounted on PATH, as the process sees it whose
 * directory is DIR.  Another file may lie over it: what is opened for reading
 * is on nsfs.
 */
static int
mount_open(int dir, const char *mountpoint)
{
	char path[PATH_MAX + 8];
	int at, fd = -1;

	snprintf(path, sizeof(path), "root%s", mountpoint);
	if ((at = openat(dir, path, O_PATH | O_CLOEXEC)) == -1)
		return -1;
	if (ns_is_file(at) == 1) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", at);
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	close(at);
	return fd;
}

static void
take_mount(struct scan_reader *r, struct scan_ns *mntns, pid_t pid, int dir,
    const struct mountinfo *m)
{
	struct scan_holder h = {
		.kind = SCAN_MOUNT, .pid = pid, .mntns = mntns->ino
	};
	const struct ns_type *type;
	struct scan_ns *ns;
	ino_t ino;

	if (strcmp(m->fstype, "nsfs") != 0 ||
	    ns_parse(m->root, &type, &ino) == -1)
		return;
	h.path = m->point;
	if ((ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, &h);
	if (scan_climbs(r, ns))
		scan_climb(r, ns, mount_open(dir, m->point));
}

void
scan_mounts_of(struct scan_reader *r, struct scan_ns *ns, pid_t pid, int dir)
{
	char *text, *rest;
	struct mountinfo m;

	if (ns->mounts_read || (r->want & SCAN_MOUNTS) == 0)
		return;
	text = file_get_all(dir, "mountinfo", MOUNTINFO_MAX, NULL);
	if (text == NULL) {
		if (errno != ENOENT && errno != ESRCH && errno != EINVAL)
			r->unseen.mntns++;
		return;
	}
	ns->mounts_read = true;
	rest = text;
	while (!r->full && mountinfo_next(&rest, &m))
		take_mount(r, ns, pid, dir, &m);
	free(text);
}
