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

/* /dev/net/tun, of linux/miscdevice.h */
#define TUN_MAJOR 10
#define TUN_MINOR 200

/* The type of the namespace that the descriptor is, by its name or itself. */
static const struct ns_type *
type_of(int dir, const char *path, const char *text)
{
	const struct ns_type *type;
	ino_t ino;
	int fd;

	if (ns_parse(text, &type, &ino) == 0)
		return type;
	/* Opened through a mount, it has the name of that. */
	if ((fd = openat(dir, path, O_RDONLY | O_CLOEXEC)) == -1)
		return NULL;
	type = ns_type_of(fd);
	close(fd);
	return type;
}

static void
nsfs_read(struct scan_reader *r, const struct scan_target *t, int number,
    ino_t ino, int dir, const char *path)
{
	struct scan_holder h = {
		.kind = SCAN_FD, .pid = t->pid, .number = number
	};
	const struct ns_type *type;
	struct scan_ns *ns;
	char text[PATH_MAX];
	ssize_t n;

	n = readlinkat(dir, path, text, sizeof(text) - 1);
	if (n == -1)
		return;
	text[n] = '\0';
	/* The root of a mount that is nowhere. */
	if (strcmp(text, "/") == 0)
		h.kind = SCAN_TREE;
	type = type_of(dir, path, text);
	if (type == NULL || (r->types & type->flag) == 0 ||
	    (ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, &h);
	if (scan_climbs(r, ns))
		scan_climb(r, ns, openat(dir, path, O_RDONLY | O_CLOEXEC));
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
		nsfs_read(r, t, number, sx.stx_ino, dir, path);
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
listed_read(struct scan_reader *r, struct scan_fetch *f, int fds, int first)
{
	struct scan_target *t = f->target;
	struct scan_dir dir;
	int number, opened;

	opened = scan_dir_open(&dir, fds, ".");
	errno = opened == -1 ? errno : 0;
	while (opened == 0 && !r->full && (number = scan_dir_next(&dir)) != -1)
		if (number >= first)
			fd_read(r, f, number, dir.fd, dir.name);
	if (!r->full && errno != 0 && errno != ENOENT && errno != ESRCH)
		scan_target_refuse(r, t);
	if (opened == 0)
		scan_dir_close(&dir);
}

/*
 * Descriptors 0, 1, 2 and so on in DIR, until all N that there are were found.
 * Each one that is missing costs more than it would in a listing: so, of eight
 * that may be there, one may be missing.  The number to go on from; -1: those
 * were all.
 */
static int
numbered_read(struct scan_reader *r, struct scan_fetch *f, int dir, uint64_t n)
{
	const struct scan_target *t = f->target;
	uint64_t found = 0, missed = 0;
	char text[SCAN_DIGITS];
	int number = 0;

	for (; found < n && missed <= n / 8 && !t->refused && !r->full;
	     number++)
		if (fd_read(r, f, number, dir, scan_digits(text, number)))
			found++;
		else
			missed++;
	return found == n ? -1 : number;
}

void
scan_fds(struct scan_reader *r, struct scan_target *t)
{
	struct scan_fetch f = { .target = t, .pidfd = -1 };
	struct uapi_statx sx;
	int dir, first = 0;

	if (t->pid == r->self)
		return;
	if ((dir = scan_target_enter(r, t, "fd")) == -1) {
		if (errno != ENOENT && errno != ESRCH)
			scan_target_refuse(r, t);
		return;
	}
	if (r->counts_fds &&
	    uapi_statx(dir, "", AT_EMPTY_PATH, UAPI_STATX_SIZE, &sx) == 0)
		first = numbered_read(r, &f, dir, sx.stx_size);
	if (first != -1)
		listed_read(r, &f, dir, first);
	scan_target_leave(dir);
	scan_fetch_end(&f);
}
