/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <linux/openat2.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/scan/ancestors.h"
#include "lib/scan/apart.h"
#include "lib/scan/mounts.h"
#include "lib/uapi.h"

#define POINT_MAX (1 << 20) /* bytes of a path */
#define TRIES 100	    /* of a lookup that others have disturbed */
#define MOUNTS 512	    /* mounts listed at a time */

/*
 * PATH below DIR, without asking anybody who serves a directory on the way
 * (FUSE, a dead NFS server): a mount keeps its mount point and all above it in
 * the cache, so what is to be looked up is there.
 */
static int
open_cached(int dir, const char *path, unsigned *rests)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC,
		/* The kernel's path has no symlink, unless somebody has put
		 * some there since. */
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH |
		    UAPI_RESOLVE_CACHED };
	const struct timespec rest = { .tv_nsec = 200 * 1000 };
	int fd = -1;

	/*
	 * Whoever renames or mounts at this moment costs us a try, and many of
	 * them, on a busy machine, a moment: of all moments together a few
	 * milliseconds, since a mount that lies under another one looks the
	 * same.
	 */
	for (int i = 0; i < TRIES; i++) {
		fd = uapi_openat2(dir, path, &how, sizeof(how));
		if (fd != -1 || errno != EAGAIN)
			break;
		if (i < TRIES / 2)
			continue;
		if (*rests == 0)
			break;
		--*rests;
		nanosleep(&rest, NULL);
	}
	if (fd == -1 && errno == EAGAIN)
		errno = EACCES; /* who serves it would have to be asked */
	if (fd != -1 || errno != EINVAL)
		return fd;
	/* Linux 5.10 and 5.11 have no such lookup. */
	return scan_apart_open(dir, path);
}

/* The length of what can be looked up at once of PATH, up to a slash. */
static size_t
piece_of(const char *path)
{
	size_t len = strlen(path);

	if (len < PATH_MAX)
		return len;
	for (len = PATH_MAX - 1; len > 0 && path[len] != '/'; len--)
		continue;
	return len;
}

/* MOUNTPOINT below ROOT, which is closed: no path is too long for a mount. */
static int
open_point(int root, const char *mountpoint, unsigned *rests)
{
	char piece[PATH_MAX];
	size_t len;
	int at = root, next;

	for (;;) {
		mountpoint += strspn(mountpoint, "/");
		if (*mountpoint == '\0' && at != root)
			return at;
		len = piece_of(mountpoint);
		memcpy(piece, mountpoint, len);
		strlcpy(piece + len, len == 0 ? "." : "", sizeof(piece) - len);
		next = open_cached(at, piece, rests);
		file_close(at);
		if ((at = next) == -1 || *mountpoint == '\0')
			return at;
		mountpoint += len;
		root = -1;
	}
}

int
scan_mount_open(
    int proc, const char *dir, const char *mountpoint, unsigned *rests)
{
	char path[64];
	int root, at, fd = -1;

	snprintf(path, sizeof(path), "%sroot", dir);
	root = openat(proc, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1)
		return -1;
	if ((at = open_point(root, mountpoint, rests)) == -1)
		return -1;
	if (ns_is_file(at) == 1)
		fd = ns_reopen(at);
	file_close(at);
	return fd;
}

/* What H says, as the process sees it that DIR is of, or -1. */
static int
open_held(struct scan_reader *r, const struct scan_holder *h, const char *dir)
{
	int fd;

	if (r->hung_paths == HUNG_MAX)
		return -1;
	fd = scan_mount_open(r->proc, dir, h->path, &r->rests);
	r->hung_paths += fd == -1 && errno == ETIMEDOUT;
	return fd;
}

/* Namespace ROOT ("net:[4026532281]") is mounted as H says. */
static void
mount_add(struct scan_reader *r, const char *root, const struct scan_holder *h,
    const char *dir)
{
	const struct ns_type *type;
	struct scan_ns *ns;
	ino_t ino;

	if (ns_parse(root, &type, &ino) == -1 ||
	    ((r->types & type->flag) == 0 && type->flag != CLONE_NEWNS) ||
	    (ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, h);
	if (scan_climbs(r, ns) && dir != NULL)
		scan_climb(r, ns, open_held(r, h, dir));
}

void
scan_mounts_of(struct scan_reader *r, struct scan_ns *ns, struct scan_target *t)
{
	struct scan_holder h = {
		.kind = SCAN_MOUNT, .pid = t->pid, .mntns = ns->ino
	};
	struct mountinfo_file f;
	struct mountinfo m;
	char root[4];

	if (ns->mounts_read || r->walks || (r->want & SCAN_MOUNTS) == 0)
		return;
	if (mountinfo_open(&f, r->proc, scan_target_path(t, "mountinfo")) == -1)
		return;
	/* It shows what is below the root of the process: another may see
	 * more. */
	ns->mounts_read = readlinkat(r->proc, scan_target_path(t, "root"), root,
			      sizeof(root)) == 1;
	ns->mounts_seen = true;
	while (!r->full && mountinfo_read(&f, &m)) {
		h.path = m.point;
		if (strcmp(m.fstype, "nsfs") == 0)
			mount_add(r, m.root, &h, scan_target_path(t, ""));
	}
	if (mountinfo_close(&f) == -1)
		ns->mounts_seen = ns->mounts_read = false;
}

/* Enter mount ID of mount namespace MNTNS if it is one of a namespace. */
static void
statmount_read(struct scan_reader *r, uint64_t mntns, uint64_t id,
    struct scan_holder *h, const char *dir)
{
	struct uapi_mnt_id_req req = { .size = UAPI_MNT_ID_REQ_SIZE_VER1,
		.mnt_id = id,
		.param = UAPI_STATMOUNT_SB_BASIC,
		.mnt_ns_id = mntns };
	struct uapi_statmount sb, *sm;
	size_t size = sizeof(*sm) + PATH_MAX;

	if (uapi_statmount(&req, &sb, sizeof(sb)) == -1 ||
	    sb.sb_magic != UAPI_NSFS_MAGIC)
		return;
	req.param = UAPI_STATMOUNT_MNT_ROOT | UAPI_STATMOUNT_MNT_POINT;
	for (; (sm = malloc(size)) != NULL; size *= 4, free(sm)) {
		if (uapi_statmount(&req, sm, size) == 0) {
			h->path = sm->str + sm->mnt_point;
			mount_add(r, sm->str + sm->mnt_root, h, dir);
			free(sm);
			return;
		}
		/* A mount point may lie deeper than PATH_MAX. */
		if (errno != EOVERFLOW || size > POINT_MAX)
			break;
	}
	if (errno != ENOENT)
		scan_missed(r, &r->unseen.mntns);
	free(sm);
}

/* The mounts of the mount namespace with that ID.  0, or -1 and errno. */
static int
listmount_read(struct scan_reader *r, uint64_t mntns, struct scan_holder *h,
    const char *dir)
{
	struct uapi_mnt_id_req req = { .size = UAPI_MNT_ID_REQ_SIZE_VER1,
		.mnt_id = UAPI_LSMT_ROOT,
		.mnt_ns_id = mntns };
	uint64_t ids[MOUNTS];
	ssize_t n;

	do {
		n = uapi_listmount(&req, ids, MOUNTS);
		if (n == -1)
			return -1;
		for (ssize_t i = 0; i < n && !r->full; i++)
			statmount_read(r, mntns, ids[i], h, dir);
		if (n > 0)
			req.param = ids[n - 1];
	} while (n == MOUNTS && !r->full);
	return 0;
}

void
scan_mounts_ns(struct scan_reader *r, struct scan_ns *ns, int fd)
{
	struct scan_holder h = {
		.kind = SCAN_MOUNT, .pid = ns->pid, .mntns = ns->ino
	};
	struct ns_key own;
	char dir[24];
	uint64_t id;

	snprintf(dir, sizeof(dir), "%d/", (int)ns->pid);
	if (ns_key_self(ns->type, &own) == 0 && own.ino == ns->ino)
		strlcpy(dir, "self/", sizeof(dir));
	if (ioctl(fd, UAPI_NS_GET_MNTNS_ID, &id) != -1 &&
	    listmount_read(r, id, &h, ns->pid == 0 ? NULL : dir) == 0)
		ns->mounts_read = true;
	else {
		/* Who may not see it is told that it is not there. */
		errno = errno == ENOENT ? EACCES : errno;
		scan_missed(r, &r->unseen.mntns);
	}
	ns->mounts_seen = true;
}

/* Walk from FD, which is closed, to the one after or (Linux's word) before. */
static int
step(int fd, unsigned long way)
{
	struct uapi_mnt_ns_info info = { .size = sizeof(info) };
	int next = ioctl(fd, way, &info);
	int saved = errno;

	close(fd);
	errno = saved;
	return next;
}

static void
walk(struct scan_reader *r, unsigned long way)
{
	struct scan_ns *ns;
	int fd = openat(r->proc, "self/ns/mnt", O_RDONLY | O_CLOEXEC);

	for (; fd != -1 && !r->full; fd = step(fd, way)) {
		if ((ns = scan_add_fd(r, CLONE_NEWNS, fd)) == NULL) {
			scan_missed(r, &r->unseen.mntns);
			continue;
		}
		scan_climb_from(r, ns, fd);
		if (!ns->mounts_read)
			scan_mounts_ns(r, ns, fd);
	}
	if (fd != -1)
		close(fd);
	else if (errno != ENOENT)
		scan_missed(r, &r->unseen.mntns);
}

void
scan_mounts_begin(struct scan_reader *r)
{
	struct uapi_mnt_ns_info info = { .size = sizeof(info) };
	int fd, next;

	fd = openat(r->proc, "self/ns/mnt", O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return;
	next = ioctl(fd, UAPI_NS_MNT_GET_NEXT, &info);
	r->walks = next != -1 || errno == ENOENT;
	if (next != -1)
		close(next);
	close(fd);
}

void
scan_mounts_walk(struct scan_reader *r)
{
	if (!r->walks || (r->want & SCAN_MOUNTS) == 0)
		return;
	walk(r, UAPI_NS_MNT_GET_NEXT);
	walk(r, UAPI_NS_MNT_GET_PREV);
}
