/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/scan/scan.h"
#include "lib/uapi.h"
#include "tools/nspin/nspin.h"

#define YOUNG_SECONDS 10
#define FIELD_MAX 24 /* of a line of mountinfo: an ID, a device */

/*
 * Is PATH that of NAME, or of a member of it, in a directory of names?  DIR
 * becomes that directory.
 */
static bool
is_at(const char *path, const char *name, char dir[static PIN_PATH_MAX])
{
	char at[PIN_PATH_MAX + PIN_ANY_MAX + 2];
	size_t len;

	for (size_t i = 0; pin_dir(i, dir, PIN_PATH_MAX); i++) {
		if (dir[0] == '\0')
			continue;
		len = (size_t)snprintf(at, sizeof(at), "%s/%s", dir, name);
		if (strncmp(path, at, len) == 0 &&
		    (path[len] == '\0' || path[len] == '/'))
			return true;
	}
	return false;
}

/*
 * Of the last mount in TABLE whose POINT, or with that NULL whose ID, is that:
 * DEV and PARENT.  False: there is none, or it cannot be read.
 */
static bool
find_line(const char *table, const char *point, const char *id,
    char dev[static FIELD_MAX], char parent[static FIELD_MAX])
{
	struct mountinfo_file f;
	struct mountinfo m;
	bool found = false;

	if (mountinfo_open(&f, AT_FDCWD, table) == -1)
		return false;
	while (mountinfo_read(&f, &m)) {
		if (point != NULL ? strcmp(m.point, point) != 0 :
				    strcmp(m.id, id) != 0)
			continue;
		found = true;
		strlcpy(dev, m.dev, FIELD_MAX);
		strlcpy(parent, m.parent, FIELD_MAX);
	}
	return mountinfo_close(&f) == 0 && found;
}

/* The device of the file system that the directory DIR of ours is in. */
static bool
find_device(const char *dir, char dev[static FIELD_MAX])
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char id[FIELD_MAX], parent[FIELD_MAX];
	struct uapi_statx sx = { 0 };
	int rc = uapi_statx(fd, "", AT_EMPTY_PATH, UAPI_STATX_MNT_ID, &sx);

	file_close(fd);
	if (rc == -1 || (sx.stx_mask & UAPI_STATX_MNT_ID) == 0)
		return false;
	snprintf(id, sizeof(id), "%ju", (uintmax_t)sx.stx_mnt_id);
	return find_line("/proc/self/mountinfo", NULL, id, dev, parent);
}

/*
 * Is H mounted on a file of the file system of our DIR, as far as can be seen?
 * A container with a /run of its own may have the same names in it.
 */
static bool
is_on_ours(const struct scan_holder *h, const char *dir)
{
	char there[FIELD_MAX], here[FIELD_MAX], parent[FIELD_MAX], table[48];

	snprintf(table, sizeof(table), "/proc/%d/mountinfo", (int)h->pid);
	return h->pid == 0 || !find_line(table, h->path, NULL, there, parent) ||
	    !find_line(table, NULL, parent, there, parent) ||
	    !find_device(dir, here) || strcmp(there, here) == 0;
}

/* A mount of NAME in another mount namespace than ours, or NULL. */
static const struct scan_holder *
find_mount(const struct scan *s, const char *name)
{
	const struct scan_holder *h;
	struct ns_key own = { 0, 0 };
	char dir[PIN_PATH_MAX];

	(void)ns_key_self(ns_type_by_flag(CLONE_NEWNS), &own);
	for (size_t i = 0; i < s->n; i++)
		for (h = s->ns[i]->holders; h != NULL; h = h->next)
			if (h->kind == SCAN_MOUNT && h->mntns != own.ino &&
			    is_at(h->path, name, dir) && is_on_ours(h, dir))
				return h;
	return NULL;
}

/* Where H is, in words. */
static void
describe(
    const struct scan *s, const struct scan_holder *h, char *buf, size_t size)
{
	const struct ns_type *type = ns_type_by_flag(CLONE_NEWNS);
	const struct scan_ns *ns = scan_find(s, type, h->mntns);
	pid_t pid = ns != NULL && ns->pid != 0 ? ns->pid : h->pid;
	int n;

	n = snprintf(buf, size, "it is mounted in mnt:[%ju], not here",
	    (uintmax_t)h->mntns);
	if (pid != 0 && n > 0 && (size_t)n < size)
		snprintf(buf + n, size - (size_t)n,
		    ", but where process %d is (nsjoin -m %d)", (int)pid,
		    (int)pid);
}

/* Look, unless that has been done.  Exits on failure. */
static void
stale_look(struct stale *st)
{
	static const struct scan_request r = { .types = NS_ALL_FLAGS,
		.want = SCAN_HOLDERS | SCAN_MOUNTS | SCAN_NPROCS };
	const char *errstr;

	if (st->looked)
		return;
	if (scan_all(&st->s, &r, &errstr) == -1)
		fail(EXIT_NO, "where it is mounted cannot be seen: %s", errstr);
	st->looked = true;
}

enum stale_answer
stale_where(struct stale *st, const char *name, char *buf, size_t size)
{
	const struct scan_holder *h;
	const char *blind;
	char unseen[256];

	stale_look(st);
	if ((h = find_mount(&st->s, name)) != NULL) {
		describe(&st->s, h, buf, size);
		return STALE_MOUNTED;
	}
	blind = scan_incomplete(&st->s.unseen, unseen, sizeof(unseen));
	if (st->s.unseen.mntns > 0 || st->s.unseen.hidden) {
		snprintf(buf, size,
		    "it may be mounted where we cannot see it: %s",
		    blind == NULL ? "/proc hides processes" : blind);
		return STALE_UNKNOWN;
	}
	strlcpy(buf,
	    "it is mounted nowhere, but left behind (nspin -d "
	    "removes it)",
	    size);
	return STALE_NOWHERE;
}

struct cleaning {
	struct stale stale;
	bool dry;
	void (*fn)(const char *name);
	int status;
};

/* ip-netns(8) may have made it just now, and be about to mount on it. */
static bool
is_young(const char *dir, const char *name)
{
	char path[PIN_PATH_MAX + PIN_ANY_MAX + 2];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return lstat(path, &st) == -1 ||
	    time(NULL) < st.st_ctime + YOUNG_SECONDS;
}

/* Is there nothing on NAME, as far as our mount namespace goes? */
static bool
is_empty(const char *dir, const char *name)
{
	struct pin_info info;
	bool empty = false;

	if (pin_look(dir, name, &info) == -1)
		return errno == ENXIO && !is_young(dir, name);
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (!info.has[i] || info.state[i] == PIN_ENDED)
			continue;
		empty = info.state[i] == PIN_EMPTY;
		if (!empty)
			break;
	}
	pin_close(info.fd);
	return empty;
}

static int
clean_one(void *arg, int run, const char *dir, const char *name)
{
	struct cleaning *c = arg;
	char where[256];
	int fd;

	if ((!pindir_owns(dir) && strcmp(dir, "/run/netns") != 0) ||
	    !is_empty(dir, name))
		return 0;
	fd = openat(run, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* What has come in its place while we looked elsewhere stays. */
	if (stale_where(&c->stale, name, where, sizeof(where)) ==
		STALE_NOWHERE &&
	    is_empty(dir, name)) {
		c->fn(name);
		if (!c->dry &&
		    (fd != -1 ? pin_release(run, name, fd, true) :
				pin_remove(name, true)) == -1) {
			fail_warn("%s: %s", name, pin_missing(name, errno, 0));
			c->status = EXIT_NO;
		}
	}
	file_close(fd);
	return 0;
}

int
stale_clean(bool dry, void (*fn)(const char *name))
{
	struct cleaning c = { .dry = dry, .fn = fn };

	if (nspin_each(clean_one, &c) != 0)
		c.status = EXIT_NO;
	if (c.stale.looked)
		scan_free(&c.stale.s);
	return c.status;
}
