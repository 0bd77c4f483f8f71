/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/scan/ancestors.h"
#include "lib/scan/descriptors.h"
#include "lib/scan/detached.h"
#include "lib/scan/numbers.h"
#include "lib/scan/sockets.h"
#include "lib/uapi.h"

#define FEW                                                              \
	8 /* descriptors, of one digit, that are tried without a listing \
	   */

/* /dev/net/tun, of linux/miscdevice.h */
#define TUN_MAJOR 10
#define TUN_MINOR 200

/* The type of the namespace that the descriptor is, by its name or itself. */
static const struct ns_type *
type_of(struct scan_reader *r, const char *path, const char *text)
{
	const struct ns_type *type;
	ino_t ino;
	int fd;

	if (ns_parse(text, &type, &ino) == 0)
		return type;
	/* Opened through a mount, it has the name of that. */
	if ((fd = openat(r->proc, path, O_RDONLY | O_CLOEXEC)) == -1)
		return NULL;
	type = ns_type_of(fd);
	close(fd);
	return type;
}

static void
nsfs_read(struct scan_reader *r, struct scan_target *t, int number, ino_t ino)
{
	struct scan_holder h = {
		.kind = SCAN_FD, .pid = t->pid, .number = number
	};
	const struct ns_type *type;
	struct scan_ns *ns;
	char text[PATH_MAX], file[24];
	ssize_t n;

	snprintf(file, sizeof(file), "fd/%d", number);
	scan_target_path(t, file);
	n = readlinkat(r->proc, t->path, text, sizeof(text) - 1);
	if (n == -1)
		return;
	text[n] = '\0';
	/* The root of a mount that is nowhere. */
	if (strcmp(text, "/") == 0)
		h.kind = SCAN_TREE;
	type = type_of(r, t->path, text);
	if (type == NULL || (r->types & type->flag) == 0 ||
	    (ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, &h);
	if (scan_climbs(r, ns))
		scan_climb(
		    r, ns, openat(r->proc, t->path, O_RDONLY | O_CLOEXEC));
}

/*
 * Is descriptor NUMBER there, as PATH below DIR?  What it is, is entered.
 */
static bool
fd_read(struct scan_reader *r, struct scan_fetch *f, int number, int dir,
    const char *path)
{
	struct scan_target *t = f->target;
	struct uapi_statx sx;

	if (uapi_statx(dir, path, UAPI_AT_STATX_DONT_SYNC,
		UAPI_STATX_TYPE | UAPI_STATX_INO, &sx) == -1) {
		if (errno != ENOENT && errno != ESRCH)
			scan_target_refuse(r, t);
		return false;
	}
	if (makedev(sx.stx_dev_major, sx.stx_dev_minor) == r->nsfs)
		nsfs_read(r, t, number, sx.stx_ino);
	else if (S_ISSOCK(sx.stx_mode))
		scan_socket(r, f, number, sx.stx_ino);
	else if (S_ISCHR(sx.stx_mode) && sx.stx_rdev_major == TUN_MAJOR &&
	    sx.stx_rdev_minor == TUN_MINOR)
		scan_tun(r, f, number);
	else if (S_ISDIR(sx.stx_mode) &&
	    (sx.stx_attributes & UAPI_STATX_ATTR_MOUNT_ROOT) != 0)
		scan_tree(r, t, number);
	return true;
}

static void
listed_read(struct scan_reader *r, struct scan_fetch *f, int first)
{
	struct scan_target *t = f->target;
	struct scan_dir dir;
	int number, opened;

	opened = scan_dir_open(&dir, r->proc, scan_target_path(t, "fd"));
	errno = opened == -1 ? errno : 0;
	while (opened == 0 && !r->full && (number = scan_dir_next(&dir)) != -1)
		if (number >= first)
			fd_read(r, f, number, dir.fd, dir.name);
	if (!r->full && errno != 0 && errno != ENOENT && errno != ESRCH)
		scan_target_refuse(r, t);
	if (opened == 0)
		scan_dir_close(&dir);
}

void
scan_fds(struct scan_reader *r, struct scan_target *t)
{
	struct scan_fetch f = { .target = t, .pidfd = -1 };
	struct uapi_statx sx;
	char file[] = "fd/0";
	int first = 0;

	if (t->pid == r->self)
		return;
	if (uapi_statx(r->proc, scan_target_path(t, "fd"), 0, UAPI_STATX_SIZE,
		&sx) == -1)
		return;
	/* Where 0, 1, 2 and so on are all there are, nothing is listed. */
	if (r->counts_fds && sx.stx_size <= FEW)
		for (; (uint64_t)first < sx.stx_size; first++) {
			file[3] = (char)('0' + first);
			if (!fd_read(r, &f, first, r->proc,
				scan_target_path(t, file)))
				break;
		}
	if (!r->counts_fds || (uint64_t)first < sx.stx_size)
		listed_read(r, &f, first);
	scan_fetch_end(&f);
}
