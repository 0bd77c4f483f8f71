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

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/reason/reason.h"
#include "lib/step/mnt.h"
#include "lib/uapi.h"

#define BINFMT_DIR "/proc/sys/fs/binfmt_misc"

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
		r->binfmt = BINFMT_DIR;
	if (opt->value)
		r->interp = arg;
	else if (arg != NULL)
		r->binfmt = arg;
	return 0;
}

const struct opt mnt_options[] = {
	{ 'l', "load-interp", .arg = "SPEC",
	    .help = "register with binfmt_misc; implies --mount-binfmt",
	    .parse = parse_binfmt, .value = 1 },
	{ 0, "mount-binfmt", .arg = "[DIR]",
	    .help = "mount binfmt_misc of the new user namespace",
	    .parse = parse_binfmt },
	{ 0, "mount-proc", .arg = "[DIR]",
	    .help = "mount a fresh proc on DIR (/proc); "
		    "implies -m",
	    .parse = parse_proc },
	{ 0, "propagation", .arg = "WORD",
	    .help = "private (default), shared, slave or unchanged",
	    .parse = parse_propagation },
	{ 'w', "wd", .arg = "DIR", .help = "working directory, as seen inside",
	    OPT_STRING(struct mnt_request, wd) },
	{ 0 },
};

bool
mnt_needs_ns(const struct mnt_request *r)
{
	return r->proc != NULL || r->binfmt != NULL;
}

bool
mnt_stays_inside(const struct mnt_request *r)
{
	return r->propagation & (MS_PRIVATE | MS_SLAVE);
}

bool
mnt_wants_proc(const struct mnt_request *r)
{
	return r->proc != NULL;
}

/*
 * In a chroot / need not be a mount point, and the mount that holds it cannot
 * be named from inside.  From the real root all mounts can be changed, and two
 * descriptors lead back.
 */
static void
propagate_from_top(unsigned long flags)
{
	int root, wd;

	root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	wd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1 || wd == -1)
		fail_errno(EXIT_CANCELED, "propagation of /");
	if (ns_leave_chroot() == -1 ||
	    mount(NULL, "/", NULL, flags, NULL) == -1 || fchdir(root) == -1 ||
	    chroot(".") == -1 || fchdir(wd) == -1)
		fail_errno(EXIT_CANCELED, "propagation of /, in a chroot");
	close(root);
	close(wd);
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
	    file_same(&here, &root);
}

/* One file system to be mounted, as the options ask for it. */
struct mount {
	const char *option, *type, *dir;
	const char *(*reason)(int errnum);
};

static _Noreturn void
refused(const struct mount *at, int errnum)
{
	alias_fail(errnum, "mount %s failed", at->dir);
	fail_why(EXIT_CANCELED, errnum, at->reason(errnum), "%s: %s",
	    at->option, at->dir);
}

/*
 * The directory to be mounted on: as unshare(1) has it, with a new root the
 * name is one below that.  If there is none, a name of outside that begins
 * with the new root's will do.
 */
static void
go_to(const struct root *root, const struct mount *at)
{
	int flags = O_PATH | O_DIRECTORY | O_CLOEXEC, fd;
	size_t len = root->name != NULL ? strlen(root->name) : 0;

	/* Whatever is mounted was asked for, and has its place. */
	fd = root_open_below(root, at->dir, flags);
	while (len > 0 && root->name[len - 1] == '/')
		len--;
	if (fd == -1 && errno == ENOENT && len > 0 &&
	    strncmp(at->dir, root->name, len) == 0 && at->dir[len] == '/')
		fd = root_open_below(root, at->dir + len, flags);
	if (fd == -1 || fchdir(fd) == -1)
		refused(at, errno);
	close(fd);
}

/*
 * What is mounted here appears wherever the mount that holds this directory
 * has peers, so that mount is made private: the directory itself, or the first
 * one above it that is a mount point.  A bind of it on itself would travel
 * just so.
 */
static void
keep_inside(const struct mount *at)
{
	int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC), errnum;

	if (here == -1)
		refused(at, errno);
	while (mount(NULL, ".", NULL, MS_PRIVATE, NULL) == -1) {
		errnum = errno;
		if (errnum != EINVAL)
			refused(at, errnum);
		if (at_root())
			fail_why(EXIT_CANCELED, errnum,
			    "the root directory "
			    "is not a mount point, so the mount could appear "
			    "outside too: use --propagation=private",
			    "%s: %s", at->option, at->dir);
		if (chdir("..") == -1)
			refused(at, errno);
	}
	if (fchdir(here) == -1)
		refused(at, errno);
	close(here);
}

static void
mount_on(const struct mnt_request *r, const struct root *root,
    const struct mount *at)
{
	int wd = uapi_open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);

	/* Where we may not search it, the way back is to "/". */
	if (wd == -1 && errno != EACCES)
		fail_errno(EXIT_CANCELED, "%s: working directory", at->option);
	go_to(root, at);
	/* After private or slave nothing of ours travels outside. */
	if (!mnt_stays_inside(r))
		keep_inside(at);
	if (mount(at->type, ".", at->type, MS_NOSUID | MS_NODEV | MS_NOEXEC,
		NULL) == -1)
		refused(at, errno);
	if ((wd == -1 ? chdir("/") : fchdir(wd)) == -1)
		fail_errno(EXIT_CANCELED, "%s: working directory", at->option);
	file_close(wd);
}

static const char *
reason_binfmt(int errnum)
{
	if (errnum == EPERM)
		return "binfmt_misc of a user namespace needs Linux 6.7";
	if (errnum == ENODEV)
		return "the kernel needs CONFIG_BINFMT_MISC";
	return NULL;
}

static const char *
reason_interp(int errnum)
{
	if (errnum == EINVAL)
		return "not as binfmt_misc takes it: "
		       ":NAME:M:OFFSET:MAGIC:MASK:INTERPRETER:FLAGS, or "
		       ":NAME:E::EXTENSION::INTERPRETER:FLAGS";
	if (errnum == EACCES)
		return "user 0 and group 0 have to be mapped inside: add -r";
	if (errnum == ENOENT)
		return "the flag F wants the interpreter at once";
	return NULL;
}

/* The mount itself is gone to again: DIR may be one below a new root. */
static void
load_interpreter(const struct mnt_request *r, const struct root *root,
    const struct mount *at)
{
	int wd = uapi_open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);

	go_to(root, at);
	if (wd == -1 ||
	    file_put(AT_FDCWD, "register", r->interp, strlen(r->interp)) ==
		-1 ||
	    fchdir(wd) == -1)
		fail_why(EXIT_CANCELED, errno, reason_interp(errno),
		    "--load-interp %s", r->interp);
	close(wd);
}

/* Below a new root binfmt_misc has its usual place only if proc is there. */
static const char *
proc_dir(const struct mnt_request *r, const char *root_dir)
{
	if (r->proc == NULL && root_dir != NULL && r->binfmt != NULL &&
	    strcmp(r->binfmt, BINFMT_DIR) == 0)
		return "/proc";
	return r->proc;
}

void
mnt_mount(const struct mnt_request *r, const struct root *root)
{
	const struct mount proc = { "--mount-proc", "proc",
		proc_dir(r, root->name), reason_mount_proc };
	const struct mount binfmt = { "--mount-binfmt", "binfmt_misc",
		r->binfmt, reason_binfmt };

	fail_part(EXPLAIN_PROC);
	if (proc.dir != NULL)
		mount_on(r, root, &proc);
	fail_part(EXPLAIN_BINFMT);
	if (binfmt.dir != NULL)
		mount_on(r, root, &binfmt);
	fail_part(EXPLAIN_INTERP);
	if (r->interp != NULL)
		load_interpreter(r, root, &binfmt);
}

void
mnt_directory(const struct mnt_request *r)
{
	fail_part(EXPLAIN_WD);
	if (r->wd == NULL || chdir(r->wd) == 0)
		return;
	alias_fail(errno, "cannot chdir to '%s'", r->wd);
	fail_why(
	    EXIT_CANCELED, errno, reason_path(r->wd, errno), "--wd %s", r->wd);
}

void
mnt_explain(
    const struct mnt_request *r, const char *root_dir, struct explain *e)
{
	if (proc_dir(r, root_dir) != NULL)
		explain_step(
		    e, EXPLAIN_PROC, "mount proc on %s", proc_dir(r, root_dir));
	if (r->binfmt != NULL)
		explain_step(
		    e, EXPLAIN_BINFMT, "mount binfmt_misc on %s", r->binfmt);
	if (r->interp != NULL)
		explain_step(e, EXPLAIN_INTERP, "register %s", r->interp);
}

void
mnt_explain_propagation(const struct mnt_request *r, struct explain *e)
{
	size_t n = sizeof(propagations) / sizeof(propagations[0]);

	for (size_t i = 0; i < n && r->propagation != 0; i++)
		if (propagations[i].flags == r->propagation)
			explain_step(e, EXPLAIN_WHOLE,
			    "propagation of / and below: %s",
			    propagations[i].name);
}

void
mnt_explain_directory(const struct mnt_request *r, struct explain *e)
{
	if (r->wd != NULL)
		explain_step(e, EXPLAIN_WD, "working directory %s", r->wd);
}
