/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/bind.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/journal.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

#define NETNS_DIR "/run/netns"

/* Where, and is the name free? */
static void
open_run(struct pin *p, int status)
{
	if (pindir_new(p->held, p->path, sizeof(p->path)) == -1)
		fail(status,
		    "%s: no directory to keep it in: neither XDG_RUNTIME_DIR, "
		    "/run/user/%u nor /tmp is safe",
		    p->name, (unsigned)geteuid());
	if ((p->run = pindir_make(p->path, p->held)) == -1)
		fail_why(status, errno,
		    errno == EPERM ? "it has to be a directory of "
				     "ours that nobody else may "
				     "write to" :
			!p->held && (errno == EACCES || errno == EROFS) ?
				     "-H keeps them by a process" :
				     NULL,
		    "%s: %s", p->name, p->path);
	if (faccessat(p->run, p->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		fail_why(
		    status, EEXIST, "nspin -d lets go of it", "%s", p->name);
}

static void
clear(struct pin *p, const char *name, bool held)
{
	memset(p, 0, sizeof(*p));
	p->name = name;
	p->held = held;
	p->run = p->dir = p->until = p->init = p->holder.channel = -1;
	for (size_t i = 0; i < NS_NTYPES; i++)
		p->fd[i] = -1;
}

void
pin_begin(struct pin *p, const char *name, bool held, int status)
{
	clear(p, name, held);
	open_run(p, status);
	fail_undo(pin_withdraw, p);
	if ((p->dir = pindir_hidden(p->run, p->hidden)) == -1)
		fail_errno(
		    status, "%s: cannot make a directory in %s", name, p->path);
}

void
pin_begin_files(struct pin *p, bool held)
{
	clear(p, NULL, held);
	if (pindir_new(held, p->path, sizeof(p->path)) == -1 ||
	    (p->run = pindir_make(p->path, held)) == -1)
		return;
	fail_undo(pin_withdraw, p);
	p->dir = pindir_hidden(p->run, p->hidden);
}

/*
 * A mount of its own file on the member DIR/NAME, without peers: what is then
 * mounted on that stays in this mount namespace.
 */
static int
mount_privately(int dir, const char *name, int *target)
{
	char self[64];

	if (bind_mount(*target, *target) == -1)
		return -1;
	close(*target);
	*target = openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (*target == -1)
		return -1;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", *target);
	return mount(NULL, self, NULL, MS_PRIVATE, NULL);
}

/*
 * As other mounts below /run the members are seen by mount namespaces that are
 * slaves of ours, such as services with a /tmp of their own: but for a mount
 * namespace, of which the kernel makes no copies.
 */
static int
mount_member(struct pin *p, const struct ns_type *type, int fd)
{
	int target, rc = 0, errnum;

	p->mounting = false;
	target = openat(p->dir, type->name,
	    O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
	if (target == -1)
		return -1;
	p->mounting = true;
	if (type->flag == CLONE_NEWNS)
		rc = mount_privately(p->dir, type->name, &target);
	if (rc == 0)
		rc = bind_mount(fd, target);
	file_close(target);
	errnum = errno;
	if (rc == -1)
		(void)pindir_drop(p->dir, type->name);
	errno = errnum;
	return rc;
}

bool
pin_is_older(const struct ns_type *type, int errnum)
{
	/* move_mount(2) and mount(2) differ; it is on a private mount. */
	return type->flag == CLONE_NEWNS &&
	    (errnum == ELOOP || errnum == EINVAL);
}

int
pin_try(struct pin *p, const struct ns_type *type, int fd)
{
	int copy;

	if (!p->held)
		return mount_member(p, type, fd);
	if ((copy = fcntl(fd, F_DUPFD_CLOEXEC, 3)) == -1)
		return -1;
	p->fd[ns_index(type)] = copy;
	return 0;
}

void
pin_add(struct pin *p, const struct ns_type *type, int fd, int status)
{
	int errnum;

	if (pin_try(p, type, fd) == 0)
		return;
	errnum = errno;
	fail_why(status, errnum,
	    pin_is_older(type, errnum) ? BIND_LOOP
		"; -H keeps it by a process" :
		p->mounting ? reason_bind(fd, -1, errnum) :
			      NULL,
	    "cannot keep the %s in %s", type->words, p->path);
}

void
pin_init(struct pin *p, pid_t pid, int status)
{
	if (record_write(p->dir, RECORD_INIT, pid) == -1)
		fail_errno(status, "%s: cannot record its init in %s", p->name,
		    p->path);
}

void
pin_while(struct pin *p, pid_t pid, int pidfd, int status)
{
	if (record_write(p->dir, RECORD_WHILE, pid) == -1)
		fail_errno(status, "%s: cannot record process %d in %s",
		    p->name, (int)pid, p->path);
	p->until = pidfd;
}

/* NAME in RUN, open, if this very process holds it or watches over it; or -1.
 */
static int
open_ours(int run, const char *name)
{
	int dir = openat(
	    run, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct proc p;
	bool ours = false;

	if (dir != -1 && record_find(dir, RECORD_HOLDER, &p) == 0) {
		ours = p.pid == getpid();
		proc_close(&p);
	}
	if (ours)
		return dir;
	file_close(dir);
	return -1;
}

/*
 * In the holder: release its pin, in the directory that it was made in.  There
 * it may have got another name since, and elsewhere others may have its name.
 */
static bool
release(const void *arg)
{
	const struct pin *p = arg;
	int run = pindir_open(p->path, false);
	DIR *d = run == -1 ? NULL : fdopendir(run);
	struct dirent *e;
	int dir = -1, rc = 1;

	if (d == NULL) {
		file_close(run);
		return false;
	}
	while (dir == -1 && (e = readdir(d)) != NULL)
		if (pin_name_valid(e->d_name) &&
		    (dir = open_ours(run, e->d_name)) != -1)
			rc = pin_release(run, e->d_name, dir, false);
	closedir(d);
	file_close(dir);
	return rc != 1;
}

/* The process that keeps the descriptors, and the links to them. */
static void
make_holder(struct pin *p, int status)
{
	struct holder_job job = { p->name, p->fd, p->init, p->until, release,
		p };
	char link[64];

	holder_start(&p->holder, &job, status);
	if (record_write(p->dir, RECORD_HOLDER, p->holder.pid) == -1) {
		holder_prefer_report(&p->holder, status);
		fail_errno(status, "%s: cannot record its holder in %s",
		    p->name, p->path);
	}
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (p->fd[i] == -1)
			continue;
		snprintf(link, sizeof(link), "/proc/%d/fd/%d",
		    (int)p->holder.pid, record_fd(&ns_types[i]));
		if (symlinkat(link, p->dir, ns_types[i].name) == -1)
			fail_errno(status, "%s: cannot make a link in %s",
			    p->name, p->path);
	}
	holder_stay(&p->holder, status);
	pin_close(p->fd);
}

/* Whatever the umask, as everybody may list the names. */
static int
make_netns_dir(void)
{
	if (mkdir(NETNS_DIR, 0755) == -1)
		return errno == EEXIST ? 0 : -1;
	return chmod(NETNS_DIR, 0755);
}

/*
 * For ip-netns(8).  The link is there a moment before what it leads to, so
 * that a kill in between leaves nothing but a link that -g removes; the lock
 * keeps -g from doing so now.
 */
static void
link_netns(struct pin *p, int status)
{
	char from[PIN_PATH_MAX + PIN_NAME_MAX + 8], to[PIN_NAME_MAX + 32];

	snprintf(from, sizeof(from), "%s/%s/net", p->path, p->name);
	snprintf(to, sizeof(to), NETNS_DIR "/%s", p->name);
	if (make_netns_dir() == -1)
		fail_errno(status, "--netns: %s", NETNS_DIR);
	if (symlink(from, to) == -1)
		fail_why(status, errno,
		    errno == EEXIST ? "ip-netns(8) knows the name already" :
				      NULL,
		    "--netns: %s", to);
	p->linked = true;
}

static void
unlink_netns(struct pin *p)
{
	char path[PIN_NAME_MAX + 32];

	snprintf(path, sizeof(path), NETNS_DIR "/%s", p->name);
	if (p->linked)
		(void)unlink(path);
	p->linked = false;
}

void
pin_publish(struct pin *p, int status)
{
	int lock = -1;

	if (p->held || p->until != -1)
		make_holder(p, status);
	if (fchmod(p->dir, 0755) == -1)
		fail_errno(status, "%s", p->name);
	if (p->netns) {
		if ((lock = pindir_lock(p->run)) == -1)
			fail_errno(status, "%s: %s/.lock", p->name, p->path);
		link_netns(p, status);
	}
	if (uapi_renameat2(p->run, p->hidden, p->run, p->name,
		UAPI_RENAME_NOREPLACE) == -1)
		fail_why(status, errno,
		    errno == EEXIST ? "nspin -d lets go of it" : NULL, "%s",
		    p->name);
	p->published = true;
	if (lock != -1)
		close(lock);
}

void
pin_end_files(struct pin *p, int status)
{
	char hidden[PIN_HIDDEN_MAX];

	if (p->dir == -1)
		return;
	/* Should somebody have removed it, there are no records. */
	if (pindir_hide(p->run, p->hidden, hidden) == -1 && errno != ENOENT)
		fail_errno(status, "%s/%s", p->path, p->hidden);
	journal_forget(p->dir);
	if (unlinkat(p->run, hidden, AT_REMOVEDIR) == -1 && errno != ENOENT)
		(void)pindir_dissolve(p->run, hidden, p->dir);
	close(p->dir);
	close(p->run);
	p->dir = p->run = -1;
}

void
pin_withdraw(void *arg)
{
	struct pin *p = arg;
	char hidden[PIN_HIDDEN_MAX];

	holder_end(&p->holder);
	unlink_netns(p);
	if (p->dir == -1)
		return;
	strlcpy(hidden, p->hidden, sizeof(hidden));
	/* Somebody else may have let go of it, and made it anew. */
	if (p->published && pindir_is(p->run, p->name, p->dir))
		(void)pindir_hide(p->run, p->name, hidden);
	if (p->published && !pindir_is(p->run, hidden, p->dir)) {
		(void)uapi_renameat2(
		    p->run, hidden, p->run, p->name, UAPI_RENAME_NOREPLACE);
		return;
	}
	(void)pindir_dissolve(p->run, hidden, p->dir);
	p->dir = -1;
}
