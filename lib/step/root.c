/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/reason/reason.h"
#include "lib/step/root.h"
#include "lib/uapi.h"

#define DIR_FLAGS (O_PATH | O_DIRECTORY | O_CLOEXEC)

const struct opt root_options[] = {
	{ 'R', "root", .arg = "DIR", .help = "root directory of the command",
	    OPT_STRING(struct root_request, dir) },
	{ 0 },
};

static _Noreturn void
refused(const struct root_request *r, const char *(*reason)(int errnum))
{
	int errnum = errno;

	alias_fail(errnum, "cannot change root directory to '%s'", r->dir);
	fail_why(EXIT_CANCELED, errnum,
	    reason != NULL ? reason(errnum) : reason_path(r->dir, errnum),
	    "--root %s", r->dir);
}

void
root_open(struct root *s, const struct root_request *r)
{
	s->fd = -1;
	s->name = r->dir;
	if (r->dir == NULL)
		return;
	fail_part(EXPLAIN_ROOT);
	if ((s->fd = uapi_open(r->dir, DIR_FLAGS)) == -1)
		refused(r, NULL);
}

void
root_open_again(struct root *s, const struct root_request *r)
{
	int fd;

	if (s->fd == -1)
		return;
	fail_part(EXPLAIN_ROOT);
	if ((fd = file_open_again(r->dir, DIR_FLAGS, s->fd)) == -1)
		refused(r, NULL);
	close(s->fd);
	s->fd = fd;
}

void
root_bind(struct root *s, const struct root_request *r)
{
	int tree;

	if (s->fd == -1 || !r->pivot)
		return;
	fail_part(EXPLAIN_ROOT);
	tree = uapi_open_tree(s->fd, "",
	    UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC | UAPI_AT_RECURSIVE |
		AT_EMPTY_PATH);
	if (tree == -1 || uapi_move_mount_fd(tree, s->fd) == -1)
		refused(r, reason_tree);
	close(s->fd);
	s->fd = tree;
}

int
root_open_below(const struct root *s, const char *dir, int flags)
{
	return s->fd == -1 ? open(dir, flags) :
			     uapi_open_in_root(s->fd, dir, flags);
}

/*
 * Our directory is the root of all.  The old one, which covers it now, is let
 * go of, after what may be mounted on its own root.
 */
static int
pivot(void)
{
	int old = uapi_open("/", DIR_FLAGS);

	if (old == -1 || syscall(SYS_pivot_root, ".", ".") == -1 ||
	    fchdir(old) == -1 || umount2(".", MNT_DETACH) == -1) {
		file_close(old);
		return -1;
	}
	while (umount2(".", MNT_DETACH) == 0)
		continue;
	close(old);
	return errno == EINVAL ? 0 : -1; /* it is no longer a mount of ours */
}

/* The first root of all, which some start from, stays: it is covered. */
static int
cover(void)
{
	if (mount(".", "/", NULL, MS_MOVE, NULL) == -1)
		return -1;
	return chroot(".");
}

static int
pivot_somehow(int root)
{
	if (pivot() == 0)
		return 0;
	if (errno != EINVAL)
		return -1;
	/* In a chroot the root is not that of the namespace. */
	if (ns_leave_chroot() == 0 && fchdir(root) == -1)
		return -1;
	if (pivot() == 0 || cover() == 0)
		return 0;
	errno = EINVAL;
	return -1;
}

void
root_change(struct root *s, const struct root_request *r)
{
	if (s->fd == -1)
		return;
	fail_part(EXPLAIN_ROOT);
	if (fchdir(s->fd) == -1 ||
	    (r->pivot ? pivot_somehow(s->fd) : chroot(".")) == -1 ||
	    chdir("/") == -1)
		refused(r, reason_root);
	close(s->fd);
	s->fd = -1;
}

void
root_explain(const struct root_request *r, struct explain *e)
{
	if (r->dir != NULL)
		explain_step(e, EXPLAIN_ROOT, "root directory %s%s", r->dir,
		    r->pivot ? ", of the mount namespace" : "");
}
