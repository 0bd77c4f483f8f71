/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/scan/detached.h"
#include "lib/uapi.h"

/* 0: unknown, or it is not there any more. */
static uint64_t
mount_of(struct scan_reader *r, const char *path)
{
	struct uapi_statx sx;

	if (uapi_statx(r->proc, path, UAPI_AT_STATX_DONT_SYNC,
		UAPI_STATX_MNT_ID, &sx) == -1)
		return 0;
	return sx.stx_mnt_id;
}

/*
 * Is it "/" and yet neither the process's own root nor ours, and open as
 * open_tree leaves it, for no reading and no writing?
 */
static bool
is_detached(struct scan_reader *r, struct scan_target *t, const char *file)
{
	const char *path = scan_target_path(t, file);
	char text[4];
	struct stat st;
	uint64_t id, root;

	if (readlinkat(r->proc, path, text, sizeof(text)) != 1 ||
	    fstatat(r->proc, path, &st, AT_SYMLINK_NOFOLLOW) == -1 ||
	    (st.st_mode & 0700) != 0)
		return false;
	id = mount_of(r, path);
	root = mount_of(r, scan_target_path(t, "root"));
	return id != 0 && root != 0 && id != root &&
	    id != mount_of(r, "self/root");
}

void
scan_tree(struct scan_reader *r, struct scan_target *t, int number)
{
	char file[24];

	snprintf(file, sizeof(file), "fd/%d", number);
	/* What is in it is known, if not where. */
	if (r->listed && (r->want & SCAN_HOLDERS) == 0)
		return;
	if (is_detached(r, t, file))
		r->unseen.trees++;
}
