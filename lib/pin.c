/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/pin.h"
#include "lib/uapi.h"

#define RUN_DIR "/run/nspin"
#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

bool
pin_name_valid(const char *name)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t len = strlen(name);

	if (len == 0 || len > PIN_NAME_MAX || strchr(word, name[0]) == NULL)
		return false;
	for (size_t i = 0; i < len; i++)
		if (strchr(word, name[i]) == NULL &&
		    strchr(".@+-", name[i]) == NULL)
			return false;
	return strspn(name, "0123456789") != len;
}

bool
pin_dir(size_t i, char *buf, size_t size)
{
	static const char *const fixed[] = { RUN_DIR, "/run/netns",
		"/run/docker/netns" };
	const char *list = getenv("NSPATH"), *xdg = getenv("XDG_RUNTIME_DIR");
	int n;

	if (list != NULL && list[0] != '\0') {
		for (; i > 0 && (list = strchr(list, ':')) != NULL; i--)
			list++;
		if (list == NULL)
			return false;
		n = snprintf(buf, size, "%.*s", (int)strcspn(list, ":"), list);
	} else if (i == 0) {
		n = xdg == NULL || xdg[0] != '/' ?
		    0 :
		    snprintf(buf, size, "%s/nspin", xdg);
	} else if (i <= sizeof(fixed) / sizeof(fixed[0])) {
		n = snprintf(buf, size, "%s", fixed[i - 1]);
	} else {
		return false;
	}
	if (n <= 0 || (size_t)n >= size)
		buf[0] = '\0';
	return true;
}

/* Open PATH if it lies on nsfs: a FIFO would keep us waiting for ever. */
static int
open_ns(int dirfd, const char *path)
{
	int fd = openat(dirfd, path, O_PATH | O_CLOEXEC), ns, is;
	char self[64];

	if (fd == -1)
		return -1;
	if ((is = ns_is_file(fd)) != 1) {
		close(fd);
		if (is == 0)
			errno = EINVAL;
		return -1;
	}
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	ns = open(self, O_RDONLY | O_CLOEXEC);
	close(fd);
	return ns;
}

void
pin_close(int fd[NS_NTYPES])
{
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (fd[i] != -1)
			close(fd[i]);
		fd[i] = -1;
	}
}

/* The members of the directory DIRFD. */
static int
open_members(int dirfd, int fd[NS_NTYPES])
{
	const struct ns_type *type;
	bool any = false;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		fd[i] = open_ns(dirfd, ns_types[i].name);
		if (fd[i] == -1 && errno == ENOENT)
			continue;
		if (fd[i] == -1)
			return -1;
		any = true;
		if ((type = ns_type_of(fd[i])) != &ns_types[i]) {
			errno = EINVAL;
			return -1;
		}
	}
	if (!any)
		errno = EINVAL;
	return any ? 0 : -1;
}

int
pin_lookup_in(int run, const char *name, int fd[NS_NTYPES])
{
	const struct ns_type *type;
	int dir, ns, rc, errnum;

	dir = openat(run, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (dir != -1) {
		if ((rc = open_members(dir, fd)) == -1) {
			errnum = errno;
			pin_close(fd);
			errno = errnum;
		}
		close(dir);
		return rc;
	}
	/* As ip-netns(8) and docker keep them: the file itself. */
	if ((ns = open_ns(run, name)) == -1)
		return -1;
	if ((type = ns_type_of(ns)) == NULL) {
		close(ns);
		return -1;
	}
	fd[ns_index(type)] = ns;
	return 0;
}

int
pin_lookup(const char *name, int fd[NS_NTYPES])
{
	char path[PIN_PATH_MAX];
	int run, rc;

	for (size_t i = 0; i < NS_NTYPES; i++)
		fd[i] = -1;
	if (!pin_name_valid(name)) {
		errno = EINVAL;
		return -1;
	}
	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if ((run = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
			continue;
		rc = pin_lookup_in(run, name, fd);
		close(run);
		if (rc == 0 || errno != ENOENT)
			return rc;
	}
	errno = ENOENT;
	return -1;
}

int
pin_each(int (*fn)(void *arg, const char *dir, const char *name), void *arg)
{
	struct dirent *e;
	char path[PIN_PATH_MAX];
	int rc = 0;
	DIR *d;

	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if ((d = opendir(path)) == NULL) {
			if (errno == ENOENT || errno == ENOTDIR)
				continue;
			return -1;
		}
		while (rc == 0 && (e = readdir(d)) != NULL)
			if (pin_name_valid(e->d_name))
				rc = fn(arg, path, e->d_name);
		closedir(d);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static const char *
run_path(char *buf, size_t size)
{
	const char *list = getenv("NSPATH");

	if (list == NULL || list[0] == '\0')
		return RUN_DIR;
	pin_dir(0, buf, size);
	return buf;
}

/* Ours, and nobody else may put anything there. */
static int
open_run(const char *path)
{
	struct stat st;
	int fd;

	if ((fd = open(path, DIR_FLAGS)) == -1)
		return -1;
	if (fstat(fd, &st) == -1 || st.st_uid != geteuid() ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		close(fd);
		errno = EPERM;
		return -1;
	}
	return fd;
}

static int
is_mount(int fd)
{
	struct statx stx;

	if (statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &stx) == -1)
		return -1;
	return (stx.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

/* A lock file and not the directory: that one anybody could hold. */
static int
lock_run(int run)
{
	struct stat st;
	int fd;

	fd = openat(
	    run, ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd == -1)
		return -1;
	if (fstat(fd, &st) == -1 || st.st_uid != geteuid() ||
	    !S_ISREG(st.st_mode)) {
		close(fd);
		errno = EPERM;
		return -1;
	}
	while (flock(fd, LOCK_EX) == -1)
		if (errno != EINTR) {
			close(fd);
			return -1;
		}
	return fd;
}

/* Members of type mnt want a mount without peers. */
static int
make_private(const char *path, int *run)
{
	int lock, rc = -1, again;
	char self[64];

	if ((lock = lock_run(*run)) == -1)
		return -1;
	/* Somebody may have been faster. */
	if ((again = open_run(path)) == -1)
		goto out;
	close(*run);
	*run = again;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", *run);
	if (is_mount(*run) != 1) {
		if (mount(self, self, NULL, MS_BIND, NULL) == -1 ||
		    (again = open_run(path)) == -1)
			goto out;
		close(*run);
		*run = again;
		snprintf(self, sizeof(self), "/proc/self/fd/%d", *run);
	}
	rc = mount(NULL, self, NULL, MS_PRIVATE, NULL);
out:
	close(lock);
	return rc;
}

/* A name that nobody looks up, and a lock that tells -g we are at work. */
static int
make_hidden(struct pin *p)
{
	struct stat st;

	for (unsigned int i = 0; i < 1000; i++) {
		snprintf(p->hidden, sizeof(p->hidden), ".new.%d.%u",
		    (int)getpid(), i);
		if (mkdirat(p->run, p->hidden, 0700) == -1) {
			if (errno == EEXIST)
				continue;
			return -1;
		}
		p->dir = openat(p->run, p->hidden, DIR_FLAGS);
		if (p->dir == -1)
			continue;
		if (flock(p->dir, LOCK_EX | LOCK_NB) == 0 &&
		    fstat(p->dir, &st) == 0 && st.st_nlink > 0)
			return 0;
		close(p->dir);
		p->dir = -1;
	}
	return -1;
}

void
pin_begin(struct pin *p, const char *name, int status)
{
	char buf[PIN_PATH_MAX];

	p->dir = -1;
	p->hidden[0] = '\0';
	snprintf(p->path, sizeof(p->path), "%s", run_path(buf, sizeof(buf)));
	if (mkdir(p->path, 0755) == 0)
		(void)chmod(p->path, 0755);
	else if (errno != EEXIST)
		fail_errno(status, "%s: cannot make %s", name, p->path);
	if ((p->run = open_run(p->path)) == -1)
		fail_why(status, errno,
		    "it has to be a directory of ours that "
		    "nobody else may write to",
		    "%s: %s", name, p->path);
	if (faccessat(p->run, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		fail_why(status, EEXIST, "nspin -d lets go of it", "%s", name);
	if (make_private(p->path, &p->run) == -1)
		fail_why(status, errno,
		    "without root's capabilities there "
		    "are no bind mounts",
		    "%s: %s: cannot make it a private "
		    "mount",
		    name, p->path);
	fail_undo(pin_withdraw, p);
	if (make_hidden(p) == -1)
		fail_errno(
		    status, "%s: cannot make a directory in %s", name, p->path);
}

/* A detached copy of the namespace's file, put on the empty file TARGET. */
static int
bind_fd(int fd, int target)
{
	char from[64], to[64];
	int tree, rc;

	tree = uapi_open_tree(fd, "",
	    AT_EMPTY_PATH | UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC);
	if (tree == -1) {
		/* Refused by a seccomp profile; or there is none. */
		snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
		snprintf(to, sizeof(to), "/proc/self/fd/%d", target);
		return mount(from, to, NULL, MS_BIND, NULL);
	}
	rc = uapi_move_mount(tree, "", target, "",
	    UAPI_MOVE_MOUNT_F_EMPTY_PATH | UAPI_MOVE_MOUNT_T_EMPTY_PATH);
	close(tree);
	return rc;
}

int
pin_try(struct pin *p, const struct ns_type *type, int fd)
{
	int target, rc, errnum;

	target = openat(p->dir, type->name,
	    O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
	if (target == -1)
		return -1;
	rc = bind_fd(fd, target);
	errnum = errno;
	close(target);
	if (rc == -1)
		(void)unlinkat(p->dir, type->name, 0);
	/* mount(2) and move_mount(2) differ; ours is a private mount. */
	errno = type->flag == CLONE_NEWNS && errnum == EINVAL ? ELOOP : errnum;
	return rc;
}

void
pin_add(struct pin *p, const struct ns_type *type, int fd, int status)
{
	if (pin_try(p, type, fd) == 0)
		return;
	fail_why(status, errno,
	    errno == ELOOP ?
		"it is our own or an older one, which would keep itself" :
		NULL,
	    "cannot keep the %s in %s", type->words, p->path);
}

/* Take the members out of DIR and DIR, called NAME, out of RUN. */
static int
dissolve(int run, const char *name, int dir)
{
	char path[128];
	int rc = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", dir,
		    ns_types[i].name);
		(void)umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW);
		if (unlinkat(dir, ns_types[i].name, 0) == -1 && errno != ENOENT)
			rc = -1;
	}
	if (unlinkat(run, name, AT_REMOVEDIR) == -1 && errno != ENOENT)
		rc = -1;
	return rc;
}

void
pin_withdraw(void *arg)
{
	struct pin *p = arg;

	if (p->dir != -1)
		(void)dissolve(p->run, p->hidden, p->dir);
}

void
pin_publish(struct pin *p, const char *name, int status)
{
	if (fchmod(p->dir, 0755) == -1)
		fail_errno(status, "%s", name);
	if (renameat2(p->run, p->hidden, p->run, name, UAPI_RENAME_NOREPLACE) ==
	    -1)
		fail_why(status, errno,
		    errno == EEXIST ? "nspin -d lets go of it" : NULL, "%s",
		    name);
	strlcpy(p->hidden, name, sizeof(p->hidden));
}

/* Each member has to be mounted here: an unlink would end it elsewhere. */
static int
mounted_here(int dir)
{
	struct stat st;
	int fd, is;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		fd = openat(
		    dir, ns_types[i].name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		if (fd == -1)
			continue;
		if ((is = ns_is_file(fd)) == 1) {
			close(fd);
			continue;
		}
		/* Ours are empty files below the mount; others are not ours. */
		if (is == 0)
			errno = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
				st.st_size == 0 ?
			    EXDEV :
			    EINVAL;
		close(fd);
		return -1;
	}
	return 0;
}

/*
 * Out of sight, where -g finds it.  No lock: two that empty it do the same, and
 * who had NAME open could keep one for ever.
 */
static int
hide(int run, const char *name, char *hidden, size_t size)
{
	for (unsigned int i = 0; i < 1000; i++) {
		snprintf(hidden, size, ".old.%d.%u", (int)getpid(), i);
		if (renameat2(run, name, run, hidden, UAPI_RENAME_NOREPLACE) ==
		    0)
			return 0;
		if (errno != EEXIST)
			return -1;
	}
	return -1;
}

static int
open_run_now(void)
{
	char buf[PIN_PATH_MAX];

	return open_run(run_path(buf, sizeof(buf)));
}

int
pin_remove(const char *name)
{
	char hidden[64];
	int run, dir, rc = -1, errnum;

	if ((run = open_run_now()) == -1)
		return -1;
	if ((dir = openat(run, name, DIR_FLAGS)) == -1) {
		close(run);
		return -1;
	}
	if (mounted_here(dir) == 0 &&
	    hide(run, name, hidden, sizeof(hidden)) == 0)
		rc = dissolve(run, hidden, dir);
	errnum = errno;
	close(dir);
	close(run);
	errno = errnum;
	return rc;
}

int
pin_rename(const char *from, const char *to)
{
	int run, rc, errnum;

	if ((run = open_run_now()) == -1)
		return -1;
	rc = renameat2(run, from, run, to, UAPI_RENAME_NOREPLACE);
	errnum = errno;
	close(run);
	errno = errnum;
	return rc;
}

/* One hidden directory; a lock on it says that somebody works there. */
static int
clean_one(int run, const char *name, bool dry, void (*fn)(const char *))
{
	int dir, rc = 0;

	if ((dir = openat(run, name, DIR_FLAGS)) == -1)
		return errno == ENOENT ? 0 : -1;
	if (strncmp(name, ".old.", 5) == 0 ||
	    flock(dir, LOCK_EX | LOCK_NB) == 0) {
		fn(name);
		if (!dry)
			rc = dissolve(run, name, dir);
	}
	close(dir);
	return rc;
}

int
pin_clean(bool dry, void (*fn)(const char *name))
{
	struct dirent *e;
	int run, rc = 0;
	DIR *d;

	if ((run = open_run_now()) == -1)
		return errno == ENOENT ? 0 : -1;
	if ((d = fdopendir(run)) == NULL)
		return -1;
	while ((e = readdir(d)) != NULL)
		if (strncmp(e->d_name, ".new.", 5) == 0 ||
		    strncmp(e->d_name, ".old.", 5) == 0)
			rc |= clean_one(run, e->d_name, dry, fn);
	closedir(d);
	return rc;
}

unsigned long long
pin_mnt_id(void)
{
	uint64_t id = 0;
	int fd = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);

	if (fd == -1)
		return 0;
	if (ioctl(fd, UAPI_NS_GET_MNTNS_ID, &id) == -1)
		id = 0;
	close(fd);
	return id;
}

int
pin_young(unsigned long long id)
{
	/* Ids come in batches of each CPU; 64 rounds use up many. */
	for (int round = 0; round < 64; round++) {
		if (id == 0 || pin_mnt_id() == 0 || pin_mnt_id() > id)
			return 0;
		/* The cheapest ones, all of the same batch. */
		for (int i = 0; i < 512; i++)
			if (unshare(CLONE_NEWUTS) == -1)
				return -1;
		if (unshare(CLONE_NEWNS) == -1)
			return -1;
	}
	errno = EINVAL;
	return -1;
}
