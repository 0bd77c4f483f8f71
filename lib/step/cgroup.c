/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/explain.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"
#include "lib/step/cgroup.h"

#define CGROUP1_MAGIC 0x27e0eb /* linux/magic.h */
#define CGROUP2_MAGIC 0x63677270
#define FILE_MAX (16 << 20)

const struct opt cgroup_options[] = {
	{ 0, "into-cgroup", .arg = "PATH",
	    .help = "start the command in that cgroup2 directory",
	    OPT_STRING(struct cgroup_request, path) },
	{ 0 },
};

/* Is LINE one of TEXT? */
static bool
has_line(const char *text, const char *line)
{
	size_t len = strlen(line);

	for (; *text != '\0'; text += strspn(text, "\n")) {
		if (strcspn(text, "\n") == len && strncmp(text, line, len) == 0)
			return true;
		text += strcspn(text, "\n");
	}
	return false;
}

/* Has the file NAME of the group DIR that line? */
static bool
says(int dir, const char *name, const char *line)
{
	char text[1024];

	return file_get(dir, name, text, sizeof(text)) != -1 &&
	    has_line(text, line);
}

/*
 * Would a process that is put into the group DIR stand still?  cgroup.events
 * tells of the groups above it, too; while it is being frozen cgroup.freeze
 * says so first.  Version 1 has freezer.state for all of that.
 */
static bool
is_frozen(int dir)
{
	return says(dir, "cgroup.events", "frozen 1") ||
	    says(dir, "cgroup.freeze", "1") ||
	    says(dir, "freezer.state", "FROZEN") ||
	    says(dir, "freezer.state", "FREEZING");
}

static const char frozen_why[] = "it is frozen: a command would not run in it "
				 "before it is thawed";

void
cgroup_open(const struct cgroup_request *r, struct cgroup *c)
{
	struct statfs sfs;
	int dir;

	c->n = 0;
	c->back = -1;
	if (r->path == NULL)
		return;
	dir = open(r->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1 || fstatfs(dir, &sfs) == -1)
		fail_why(EXIT_CANCELED, errno, reason_path(r->path, errno),
		    "--into-cgroup %s", r->path);
	if (sfs.f_type != CGROUP2_MAGIC)
		fail(EXIT_CANCELED,
		    "--into-cgroup %s: not in a cgroup2 file system", r->path);
	if (is_frozen(dir))
		fail(
		    EXIT_CANCELED, "--into-cgroup %s: %s", r->path, frozen_why);
	c->group[0].procs = openat(dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
	if (c->group[0].procs == -1)
		fail_why(EXIT_CANCELED, errno, cgroup_reason(dir),
		    "--into-cgroup %s", r->path);
	c->group[0].name[0] = '\0';
	c->n = 1;
	close(dir);
}

static char *
read_file(int dir, const char *name)
{
	char *text = file_get_all(dir, name, FILE_MAX, NULL);

	if (text == NULL)
		fail_errno(EXIT_CANCELED, "cgroup of the target: %s", name);
	return text;
}

/* What remains of PATH below ROOT, "" for ROOT itself; NULL: not below it. */
static const char *
below(const char *root, const char *path)
{
	size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (strncmp(root, path, len) != 0 ||
	    (path[len] != '/' && path[len] != '\0') ||
	    strncmp(path + len, "/..", 3) == 0)
		return NULL;
	return path[len] == '/' ? path + len + 1 : path + len;
}

/* Is WORD, which ends at a comma, one of LIST? */
static bool
is_in_list(const char *list, const char *word)
{
	size_t len = strcspn(word, ",");

	for (; *list != '\0'; list += strspn(list, ",")) {
		if (strcspn(list, ",") == len && strncmp(list, word, len) == 0)
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

static const char freezer[] = "freezer";

/* Does the mount M show the hierarchy of L? */
static bool
shows(const struct mountinfo *m, const struct proctext_group *l)
{
	if (*l->controllers == '\0')
		return strcmp(m->fstype, "cgroup2") == 0;
	return strcmp(m->fstype, "cgroup") == 0 &&
	    is_in_list(m->super, l->controllers);
}

/* The directory of the group of L, if the mount M shows it; or -1. */
static int
open_in_mount(const struct mountinfo *m, const struct proctext_group *l)
{
	const bool new = *l->controllers == '\0';
	const char *rest;
	char path[8400];
	struct statfs sfs;
	int dir;

	if (!shows(m, l) || (rest = below(m->root, l->path)) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/%s", m->point, rest);
	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* Something else may have been mounted over it. */
	if (dir == -1 ||
	    (fstatfs(dir, &sfs) == 0 &&
		(new ? sfs.f_type == CGROUP2_MAGIC :
		       sfs.f_type == CGROUP1_MAGIC)))
		return dir;
	close(dir);
	errno = ENOENT;
	return -1;
}

static int
open_somewhere(const struct proctext_group *l)
{
	char *text = read_file(AT_FDCWD, "/proc/self/mountinfo"), *rest = text;
	struct mountinfo m;
	int dir = -1;

	errno = 0;
	while (dir == -1 && mountinfo_next(&rest, &m))
		dir = open_in_mount(&m, l);
	free(text);
	return dir;
}

static void
open_group(
    struct cgroup_group *g, const struct proctext_group *l, const char *hint)
{
	int dir;

	snprintf(g->name, sizeof(g->name), "%s%s", l->controllers,
	    *l->controllers == '\0' ? "" : " ");
	dir = open_somewhere(l);
	if (dir == -1 && errno == 0)
		fail_why(EXIT_CANCELED, 0, hint,
		    "%scgroup %s of the target: not in a %s file system that "
		    "is mounted here",
		    g->name, l->path,
		    *l->controllers == '\0' ? "cgroup2" : "cgroup");
	if (dir != -1 && is_frozen(dir))
		fail_why(EXIT_CANCELED, 0, hint,
		    "%scgroup %s of the target: %s", g->name, l->path,
		    frozen_why);
	g->procs = dir == -1 ?
	    -1 :
	    openat(dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
	if (g->procs == -1)
		fail_why(EXIT_CANCELED, errno, hint,
		    "%scgroup %s of the target", g->name, l->path);
	close(dir);
}

/* cgroup.procs of the group for freezing among OWN, or -1. */
static int
open_own_freezer(char *own)
{
	struct proctext_group l;
	char *line;
	int dir, procs;

	while ((line = strsep(&own, "\n")) != NULL)
		if (proctext_group(line, &l) &&
		    is_in_list(l.controllers, freezer))
			break;
	if (line == NULL || (dir = open_somewhere(&l)) == -1)
		return -1;
	procs = openat(dir, "cgroup.procs", O_WRONLY | O_CLOEXEC);
	close(dir);
	return procs;
}

void
cgroup_open_like(struct cgroup *c, int proc, const char *hint)
{
	char *own = read_file(AT_FDCWD, "/proc/self/cgroup");
	char *text = read_file(proc, "cgroup"), *rest = text, *line;
	struct proctext_group l;
	bool freezes = false;

	c->n = 0;
	if (*text == '\0')
		fail_why(EXIT_CANCELED, 0, hint, "the target is in no cgroup");
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (has_line(own, line) || !proctext_group(line, &l))
			continue;
		if (c->n == CGROUP_MAX)
			fail_why(EXIT_CANCELED, 0, hint,
			    "%s cgroup of the target: too many hierarchies",
			    l.controllers);
		freezes = freezes || is_in_list(l.controllers, freezer);
		open_group(&c->group[c->n++], &l, hint);
	}
	c->back = freezes ? open_own_freezer(own) : -1;
	free(text);
	free(own);
}

/* The kernel's errors here are of its own kind (cgroups(7)). */
static const char *
why_not(const struct cgroup_group *g, int errnum)
{
	switch (errnum) {
	case EACCES:
		return "needs to be allowed to write to cgroup.procs of the "
		       "group that it and ours are in";
	case EBUSY:
		return "it hands controllers to groups below it, so it may "
		       "hold no processes";
	case EOPNOTSUPP:
		return "it is a threaded or an invalid group";
	case ENOSPC:
		return "its cpuset has no processors or no memory nodes";
	case ENODEV:
		return "it has been removed";
	default:
		return cgroup_reason(g->procs);
	}
}

/* Put PID into the group whose file PROCS is. */
static int
move_to(int procs, pid_t pid)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d", (int)pid);
	ssize_t n;

	do
		n = write(procs, text, (size_t)len);
	while (n == -1 && errno == EINTR);
	return n == -1 ? -1 : 0;
}

void
cgroup_take_back(const struct cgroup *c, pid_t pid)
{
	if (c->back != -1 && pid > 0)
		(void)move_to(c->back, pid);
}

void
cgroup_move(struct cgroup *c, pid_t pid, const char *hint)
{
	const struct cgroup_group *g;

	for (size_t i = 0; i < c->n; i++) {
		g = &c->group[i];
		if (move_to(g->procs, pid) == -1)
			fail_why(EXIT_CANCELED, errno,
			    hint != NULL ? hint : why_not(g, errno),
			    "joining the %scgroup", g->name);
		close(g->procs);
	}
	c->n = 0;
}

/* By looking: what keeps a process out of a group. */

/* Where the cgroup2 file system that PATH is in is mounted: LEN bytes of it. */
static size_t
mount_of(const char *path)
{
	char *text, *rest;
	struct mountinfo m;
	size_t found = 0, len;

	text = file_get_all(AT_FDCWD, "/proc/self/mountinfo", 16 << 20, NULL);
	for (rest = text; rest != NULL && mountinfo_next(&rest, &m);) {
		len = strlen(m.point);
		if (strcmp(m.fstype, "cgroup2") == 0 && len > found &&
		    strncmp(path, m.point, len) == 0)
			found = len;
	}
	free(text);
	return found;
}

/*
 * Whoever moves a process has to be allowed to write to cgroup.procs where it
 * goes, and in the first cgroup that is above there and above where it is.
 */
static const char *
common_ancestor(const char *path, char *dir, size_t size)
{
	char own[PATH_MAX + 8], *at;
	size_t top = mount_of(path), len, same = 0;

	if (top == 0 ||
	    file_get(AT_FDCWD, "/proc/self/cgroup", own, sizeof(own)) == -1 ||
	    (at = proctext_cgroup(own)) == NULL)
		return NULL;
	for (len = 0; path[top + len] != '\0' && path[top + len] == at[len];)
		if (++len, path[top + len] == '/' || path[top + len] == '\0')
			if (at[len] == '/' || at[len] == '\0')
				same = len;
	snprintf(dir, size, "%.*s/cgroup.procs", (int)(top + same), path);
	return dir;
}

/* Why not into the group PATH of version 2, or (OLD) of 1? */
static const char *
refused(const char *path, bool old)
{
	static char why[PATH_MAX + 128];
	char real[PATH_MAX], file[PATH_MAX + 32], word[64];
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct statfs sfs;
	bool frozen;

	if (fd == -1 || fstatfs(fd, &sfs) == -1 || realpath(path, real) == NULL)
		return strerror(errno);
	frozen = is_frozen(fd);
	close(fd);
	if (sfs.f_type != CGROUP2_MAGIC &&
	    (!old || sfs.f_type != CGROUP1_MAGIC))
		return "not in a cgroup2 file system";
	if (frozen)
		return frozen_why;
	snprintf(file, sizeof(file), "%s/cgroup.procs", real);
	if (access(file, W_OK) == 0 &&
	    (sfs.f_type == CGROUP1_MAGIC ||
		common_ancestor(real, file, sizeof(file)) == NULL ||
		access(file, W_OK) == 0)) {
		snprintf(file, sizeof(file), "%s/cgroup.subtree_control", real);
		if (strlen(real) > mount_of(real) &&
		    file_get(AT_FDCWD, file, word, sizeof(word)) > 1)
			return "it has controllers for its children "
			       "(cgroup.subtree_control), so no process may "
			       "be in it";
		return NULL;
	}
	snprintf(why, sizeof(why), "%s: %s", file, strerror(errno));
	return why;
}

const char *
cgroup_reason(int dirfd)
{
	char path[64], real[PATH_MAX], *file;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", dirfd);
	if (realpath(path, real) == NULL)
		return NULL;
	if ((file = strstr(real, "/cgroup.procs")) != NULL)
		*file = '\0';
	return refused(real, true);
}

void
cgroup_explain(const struct cgroup_request *r, struct explain *e)
{
	if (r->path != NULL)
		explain_seen(e, refused(r->path, false), "cgroup %s", r->path);
}
