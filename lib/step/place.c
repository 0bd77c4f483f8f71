/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/reason/reason.h"
#include "lib/step/place.h"
#include "lib/uapi.h"

static const char *const options[] = {
	[PLACE_BIND] = "--bind",
	[PLACE_TMPFS] = "--tmpfs",
	[PLACE_DEV] = "--dev",
};

static const char *const nodes[] = { "null", "zero", "full", "random",
	"urandom", "tty" };

#define NNODES (sizeof(nodes) / sizeof(nodes[0]))

static const struct {
	const char *name, *target;
} links[] = {
	{ "fd", "/proc/self/fd" },
	{ "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" },
	{ "stderr", "/proc/self/fd/2" },
};

/* SRC[:DST][:ro]; both strings are ours from here on. */
static int
parse_source(struct place *p, const char *arg, const char **errstr)
{
	char *text = strdup(arg), *field;

	if (text == NULL) {
		*errstr = strerror(errno);
		return -1;
	}
	p->source = p->dir = strsep(&text, ":");
	while ((field = strsep(&text, ":")) != NULL)
		if (!p->ro && strcmp(field, "ro") == 0)
			p->ro = true;
		else if (!p->ro && p->dir == p->source)
			p->dir = field;
		else
			p->dir = "";
	return 0;
}

static int
parse_place(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct place_request *r = at;
	struct place p = { .kind = (enum place_kind)opt->value, .dir = arg };

	if (r->n == PLACE_MAX) {
		*errstr = "more than 32 of --bind, --dev and --tmpfs";
		return -1;
	}
	if (arg == NULL)
		p.dir = "/dev";
	if (p.kind == PLACE_BIND && parse_source(&p, arg, errstr) == -1)
		return -1;
	if (p.dir[0] != '/' || (p.source != NULL && p.source[0] == '\0')) {
		*errstr = p.kind == PLACE_BIND ?
		    "must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]" :
		    "must be an absolute path";
		return -1;
	}
	r->list[r->n++] = p;
	return 0;
}

const struct opt place_options[] = {
	{ 0, "bind", .arg = "SOURCE[:DIR][:ro]",
	    .help = "bind a file or directory of outside; implies -m",
	    .parse = parse_place, .value = PLACE_BIND },
	{ 0, "dev", .arg = "[DIR]",
	    .help = "mount a small /dev on DIR (/dev); implies -m",
	    .parse = parse_place, .value = PLACE_DEV },
	{ 0, "tmpfs", .arg = "DIR",
	    .help = "mount an empty tmpfs on DIR; implies -m",
	    .parse = parse_place, .value = PLACE_TMPFS },
	{ 0 },
};

bool
place_wanted(const struct place_request *r)
{
	return r->n > 0;
}

/* The dots lead from the root to the root. */
static bool
is_root(const struct place *p)
{
	const char *name = p->dir + strspn(p->dir, "/");
	size_t len;

	for (; (len = strcspn(name, "/")) > 0; name += strspn(name, "/")) {
		if (len > 2 || strspn(name, ".") != len)
			return false;
		name += len;
	}
	return true;
}

bool
place_covers_root(const struct place_request *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_root(&r->list[i]))
			return true;
	return false;
}

static _Noreturn void
refused(
    const struct place *p, const char *what, const char *(*reason)(int errnum))
{
	fail_why(EXIT_CANCELED, errno, reason(errno), "%s %s", options[p->kind],
	    what);
}

/* Of outside, or where the root does not change. */
static _Noreturn void
path_refused(const struct place *p, const char *path)
{
	fail_why(EXIT_CANCELED, errno, reason_path(path, errno), "%s %s",
	    options[p->kind], path);
}

void
place_open(struct place_files *f, const struct place_request *r)
{
	const struct place *p;

	for (size_t i = 0; i < r->n; i++) {
		p = &r->list[i];
		fail_part(EXPLAIN_PLACE + (int)i);
		f->source[i] = -1;
		if (p->source != NULL &&
		    (f->source[i] = uapi_open(p->source, O_PATH | O_CLOEXEC)) ==
			-1)
			path_refused(p, p->source);
	}
}

static void
open_dev(struct place_files *f, const struct place *p)
{
	f->dev = uapi_open("/dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (f->dev == -1 && errno != ENOENT)
		path_refused(p, "/dev");
}

void
place_open_again(struct place_files *f, const struct place_request *r)
{
	const struct place *p;
	int fd;

	for (size_t i = 0; i < r->n; i++) {
		p = &r->list[i];
		fail_part(EXPLAIN_PLACE + (int)i);
		if (p->kind == PLACE_DEV)
			open_dev(f, p);
		if (p->kind != PLACE_BIND)
			continue;
		fd = file_open_again(
		    p->source, O_PATH | O_CLOEXEC, f->source[i]);
		if (fd == -1)
			path_refused(p, p->source);
		close(f->source[i]);
		f->source[i] = fd;
	}
}

static bool
is_ours(const struct place_files *f, int dir)
{
	struct stat st;

	if (fstat(dir, &st) == -1)
		return false;
	for (size_t i = 0; i < f->n; i++)
		if (f->ours[i] == st.st_dev)
			return true;
	errno = ENOENT;
	return false;
}

/* Make NAME in DIR, a directory or an empty file, and open it. */
static int
make(int dir, const char *name, bool is_dir)
{
	if ((is_dir ? mkdirat(dir, name, 0755) :
		      mknodat(dir, name, S_IFREG | 0644, 0)) == -1)
		return -1;
	return openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

/* The place PATH, what is missing of it in a tmpfs of ours made. */
static int
make_place(const struct place_files *f, const struct root *root,
    const char *path, bool is_dir)
{
	char part[4096], *name, *end, cut;
	int dir, fd;
	bool more;

	errno = ENAMETOOLONG;
	if (strlcpy(part, path, sizeof(part)) >= sizeof(part))
		return -1;
	fd = root_open_below(root, "/", O_PATH | O_CLOEXEC);
	for (end = part + strspn(part, "/"); fd != -1 && *end != '\0';) {
		dir = fd;
		name = end;
		end += strcspn(end, "/");
		more = end[strspn(end, "/")] != '\0';
		cut = *end;
		*end = '\0';
		fd = root_open_below(root, part, O_PATH | O_CLOEXEC);
		if (fd == -1 && errno == ENOENT && is_ours(f, dir))
			fd = make(dir, name, is_dir || more);
		*end = cut;
		end += strspn(end, "/");
		file_close(dir);
	}
	return fd;
}

static int
open_place(const struct place_files *f, const struct root *root,
    const char *path, bool is_dir)
{
	int fd = root_open_below(root, path, O_PATH | O_CLOEXEC);

	if (fd == -1 && errno == ENOENT)
		fd = make_place(f, root, path, is_dir);
	return fd;
}

/*
 * A new file system of TYPE with OPTION set to VALUE, mounted nowhere yet, with
 * the ATTRIBUTES of fsmount(2).  Returns a descriptor, or -1 and errno.
 */
static int
make_fs(const char *type, const char *option, const char *value,
    unsigned attributes)
{
	int fs = uapi_fsopen(type), fd = -1;

	if (fs == -1)
		return -1;
	if (uapi_fsconfig_set(fs, option, value) == 0 &&
	    uapi_fsconfig_create(fs) == 0)
		fd = uapi_fsmount(fs, attributes);
	file_close(fs);
	return fd;
}

/* A tmpfs on the directory AT, with the mode that this has. */
static int
mount_tmpfs(struct place_files *f, int at, mode_t mode)
{
	char text[8];
	struct stat st;
	int fd;

	snprintf(text, sizeof(text), "%o", (unsigned)(mode & 07777));
	fd = make_fs("tmpfs", "mode", text,
	    UAPI_MOUNT_ATTR_NOSUID | UAPI_MOUNT_ATTR_NODEV);
	if (fd == -1 || uapi_move_mount_fd(fd, at) == -1 ||
	    fstat(fd, &st) == -1)
		return -1;
	f->ours[f->n++] = st.st_dev;
	return fd;
}

/* Terminals of its own. */
static int
mount_pts(int dev)
{
	int fd, rc;

	if (mkdirat(dev, "pts", 0755) == -1)
		return -1;
	fd = make_fs("devpts", "ptmxmode", "0666",
	    UAPI_MOUNT_ATTR_NOSUID | UAPI_MOUNT_ATTR_NOEXEC);
	if (fd == -1)
		return -1;
	rc = uapi_move_mount(fd, "", dev, "pts", UAPI_MOVE_MOUNT_F_EMPTY_PATH);
	file_close(fd);
	return rc == 0 ? symlinkat("pts/ptmx", dev, "ptmx") : -1;
}

/*
 * A device may be made in no user namespace: that of OUTSIDE is bound.  One
 * that is not there is left out.
 */
static int
bind_node(int outside, int dev, const char *name)
{
	int fd = uapi_open_tree(outside, name,
	    UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC |
		AT_SYMLINK_NOFOLLOW);
	int rc;

	if (fd == -1)
		return errno == ENOENT ? 0 : -1;
	rc = mknodat(dev, name, S_IFREG | 0644, 0);
	if (rc == 0)
		rc = uapi_move_mount(
		    fd, "", dev, name, UAPI_MOVE_MOUNT_F_EMPTY_PATH);
	file_close(fd);
	return rc;
}

static int
mount_dev(struct place_files *f, int at)
{
	int dev = mount_tmpfs(f, at, 0755);

	if (dev == -1)
		return -1;
	for (size_t i = 0; f->dev != -1 && i < NNODES; i++)
		if (bind_node(f->dev, dev, nodes[i]) == -1)
			return -1;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (symlinkat(links[i].target, dev, links[i].name) == -1)
			return -1;
	if (mkdirat(dev, "shm", 0755) == -1 ||
	    fchmodat(dev, "shm", 01777, 0) == -1 || mount_pts(dev) == -1)
		return -1;
	return dev;
}

static int
mount_bind(const struct place *p, int source, int at)
{
	struct uapi_mount_attr ro = { .attr_set = UAPI_MOUNT_ATTR_RDONLY };
	int fd;

	fd = uapi_open_tree(source, "",
	    UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC | UAPI_AT_RECURSIVE |
		AT_EMPTY_PATH);
	if (fd == -1)
		refused(p, p->source, reason_tree);
	if ((p->ro && uapi_mount_setattr(fd, UAPI_AT_RECURSIVE, &ro) == -1) ||
	    uapi_move_mount_fd(fd, at) == -1) {
		if (errno == ENOENT)
			refused(p, p->source, reason_tree);
		return -1;
	}
	return fd;
}

static int
mount_one(struct place_files *f, const struct place *p, int source, int at,
    const struct stat *st)
{
	switch (p->kind) {
	case PLACE_BIND:
		return mount_bind(p, source, at);
	case PLACE_TMPFS:
		return mount_tmpfs(f, at, st->st_mode);
	default:
		return mount_dev(f, at);
	}
}

/*
 * A mount does not cover the directory that a process is in: go to it again,
 * by its name, or where that is gone to the root.
 */
static void
enter_again(void)
{
	char dir[PATH_MAX];

	if (getcwd(dir, sizeof(dir)) == NULL || dir[0] != '/' ||
	    chdir(dir) == -1)
		if (chdir("/") == -1)
			fail_errno(EXIT_CANCELED, "/");
}

/* The place of P cannot be had. */
static _Noreturn void
no_place(const struct place *p, const struct root *root)
{
	if (errno != ENOENT && root->fd == -1)
		path_refused(p, p->dir);
	fail_why(EXIT_CANCELED, errno,
	    errno == ENOENT ?
		"what is missing is made in a --tmpfs, and nowhere else" :
		NULL,
	    "%s %s", options[p->kind], p->dir);
}

void
place_mount(
    struct place_files *f, const struct place_request *r, struct root *root)
{
	const struct place *p;
	struct stat st = { 0 };
	int at, fd;

	for (size_t i = 0; i < r->n; i++) {
		p = &r->list[i];
		fail_part(EXPLAIN_PLACE + (int)i);
		if (f->source[i] != -1 && fstat(f->source[i], &st) == -1)
			path_refused(p, p->source);
		at = open_place(
		    f, root, p->dir, f->source[i] == -1 || S_ISDIR(st.st_mode));
		if (at == -1 || fstat(at, &st) == -1)
			no_place(p, root);
		if ((fd = mount_one(f, p, f->source[i], at, &st)) == -1)
			refused(p, p->dir, reason_place);
		close(at);
		file_close(f->source[i]);
		if (is_root(p)) {
			close(root->fd);
			root->fd = fd;
		} else {
			close(fd);
		}
	}
	if (r->n > 0 && root->fd == -1)
		enter_again();
}

void
place_make(
    const struct place_files *f, const struct root *root, const char *dir)
{
	/* Whoever mounts there says what is wrong with it. */
	if (f->n > 0 && dir[0] == '/')
		file_close(open_place(f, root, dir, true));
}

void
place_explain(const struct place_request *r, struct explain *e)
{
	static const char *const words[] = {
		[PLACE_BIND] = "bind ",
		[PLACE_TMPFS] = "mount an empty tmpfs",
		[PLACE_DEV] = "mount a small /dev",
	};
	const struct place *p;

	for (size_t i = 0; i < r->n; i++) {
		p = &r->list[i];
		explain_step(e, EXPLAIN_PLACE + (int)i, "%s%s on %s%s",
		    words[p->kind], p->source != NULL ? p->source : "", p->dir,
		    p->ro ? ", read-only" : "");
	}
}
