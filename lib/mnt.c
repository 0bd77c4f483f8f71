/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mnt.h"
#include "lib/ns.h"
#include "lib/reason.h"

static const struct propagation {
	const char *name;
	unsigned long flags;
} propagations[] = {
	{ "private", MS_REC | MS_PRIVATE },
	{ "shared", MS_REC | MS_SHARED },
	{ "slave", MS_REC | MS_SLAVE },
	{ "unchanged", 0 },
};

static int
parse_propagation(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct mnt_request *r = at;
	size_t n = sizeof(propagations) / sizeof(propagations[0]);

	(void)opt;
	for (size_t i = 0; i < n; i++)
		if (strcmp(arg, propagations[i].name) == 0) {
			r->propagation = propagations[i].flags;
			return 0;
		}
	*errstr = "must be private, shared, slave or unchanged";
	return -1;
}

static int
parse_proc(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct mnt_request *r = at;

	(void)opt, (void)errstr;
	r->proc = arg != NULL ? arg : "/proc";
	return 0;
}

static int
parse_binfmt(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct mnt_request *r = at;

	(void)errstr;
	if (r->binfmt == NULL || !opt->value)
		r->binfmt = "/proc/sys/fs/binfmt_misc";
	if (opt->value)
		r->interp = arg;
	else if (arg != NULL)
		r->binfmt = arg;
	return 0;
}

const struct opt mnt_options[] = {
	{ 'R', "root", "DIR", "root directory of the command", opt_set_string,
	    offsetof(struct mnt_request, root), 0 },
	{ 'l', "load-interp", "SPEC",
	    "register with binfmt_misc; implies --mount-binfmt", parse_binfmt,
	    0, 1 },
	{ 0, "mount-binfmt", "[DIR]",
	    "mount binfmt_misc of the new user namespace", parse_binfmt, 0, 0 },
	{ 0, "mount-proc", "[DIR]",
	    "mount a fresh proc on DIR (/proc); "
	    "implies -m",
	    parse_proc, 0, 0 },
	{ 0, "propagation", "WORD",
	    "private (default), shared, slave or unchanged", parse_propagation,
	    0, 0 },
	{ 'w', "wd", "DIR", "working directory, as seen inside", opt_set_string,
	    offsetof(struct mnt_request, wd), 0 },
	{ 0 },
};

bool
mnt_needs_ns(const struct mnt_request *r)
{
	return r->proc != NULL || r->binfmt != NULL;
}

bool
mnt_wants_proc(const struct mnt_request *r)
{
	return r->proc != NULL;
}

void
mnt_check_outside(const struct mnt_request *r)
{
	int fd;

	if (r->root == NULL)
		return;
	fd = open(r->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		fail_errno(EXIT_CANCELED, "--root %s", r->root);
	close(fd);
}

/*
 * In a chroot / need not be a mount point, and the mount that holds it cannot
 * be named from inside.  setns(2) into the mount namespace that we are in
 * already moves us to its real root; from there all mounts can be changed, and
 * two descriptors lead back.
 */
static void
propagate_from_top(unsigned long flags)
{
	int root, wd, self;

	root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	wd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1 || wd == -1)
		fail_errno(EXIT_CANCELED, "propagation of /");
	self = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);
	if (self == -1)
		fail_why(EXIT_CANCELED, errno, reason_proc("self"),
		    "propagation of /: not a mount point, and "
		    "/proc/self/ns/mnt");
	if (setns(self, CLONE_NEWNS) == -1 ||
	    mount(NULL, "/", NULL, flags, NULL) == -1 || fchdir(root) == -1 ||
	    chroot(".") == -1 || fchdir(wd) == -1)
		fail_errno(EXIT_CANCELED, "propagation of /, in a chroot");
	close(root);
	close(wd);
	close(self);
}

void
mnt_propagate(const struct mnt_request *r)
{
	int errnum;

	if (r->propagation == 0 ||
	    mount(NULL, "/", NULL, r->propagation, NULL) == 0)
		return;
	errnum = errno;
	if (errnum != EINVAL)
		fail_why(EXIT_CANCELED, errnum, reason_mount(errnum),
		    "propagation of /");
	propagate_from_top(r->propagation);
}

static bool
at_root(void)
{
	struct stat here, root;

	return stat(".", &here) == 0 && stat("/", &root) == 0 &&
	    here.st_dev == root.st_dev && here.st_ino == root.st_ino;
}

/*
 * What is mounted on DIR appears wherever the mount that holds DIR has peers,
 * so that mount is made private: DIR itself, or the first directory above it
 * that is a mount point.  A bind of DIR on itself would travel just so.
 */
static void
keep_inside(const char *dir)
{
	int wd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC), errnum;

	if (wd == -1 || chdir(dir) == -1)
		fail_errno(EXIT_CANCELED, "--mount-proc: %s", dir);
	while (mount(NULL, ".", NULL, MS_PRIVATE, NULL) == -1) {
		errnum = errno;
		if (errnum != EINVAL)
			fail_why(EXIT_CANCELED, errnum, reason_mount(errnum),
			    "--mount-proc: %s", dir);
		if (at_root())
			fail_why(EXIT_CANCELED, errnum,
			    "the root directory "
			    "is not a mount point, so the mount could appear "
			    "outside too: use --propagation=private",
			    "--mount-proc: %s", dir);
		if (chdir("..") == -1)
			fail_errno(EXIT_CANCELED, "--mount-proc: %s", dir);
	}
	if (fchdir(wd) == -1)
		fail_errno(EXIT_CANCELED, "--mount-proc: working directory");
	close(wd);
}

static void
mount_proc(const struct mnt_request *r)
{
	int errnum;

	if (mount("proc", r->proc, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		NULL) == -1) {
		errnum = errno;
		fail_why(EXIT_CANCELED, errnum, reason_mount_proc(errnum),
		    "--mount-proc: %s", r->proc);
	}
}

static void
mount_binfmt(const struct mnt_request *r)
{
	int dir, errnum;

	if (mount("binfmt_misc", r->binfmt, "binfmt_misc",
		MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == -1) {
		errnum = errno;
		fail_why(EXIT_CANCELED, errnum,
		    errnum == EPERM ?
			"it needs a new user namespace (-U) and Linux 6.7" :
			errnum == ENODEV ?
			"the kernel needs CONFIG_BINFMT_MISC" :
			NULL,
		    "--mount-binfmt: %s", r->binfmt);
	}
	if (r->interp == NULL)
		return;
	dir = open(r->binfmt, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1 ||
	    file_put(dir, "register", r->interp, strlen(r->interp)) == -1)
		fail_errno(EXIT_CANCELED, "--load-interp %s", r->interp);
	close(dir);
}

void
mnt_mount(const struct mnt_request *r)
{
	/* After private or slave nothing of ours travels outside. */
	bool leaks = (r->propagation & (MS_PRIVATE | MS_SLAVE)) == 0;

	if (leaks && r->proc != NULL)
		keep_inside(r->proc);
	if (r->proc != NULL)
		mount_proc(r);
	if (leaks && r->binfmt != NULL)
		keep_inside(r->binfmt);
	if (r->binfmt != NULL)
		mount_binfmt(r);
}

void
mnt_root(const struct mnt_request *r)
{
	if (r->root == NULL)
		return;
	if (chroot(r->root) == -1 || chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "--root %s", r->root);
}

void
mnt_directory(const struct mnt_request *r)
{
	if (r->wd != NULL && chdir(r->wd) == -1)
		fail_errno(EXIT_CANCELED, "--wd %s", r->wd);
}
