/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/uapi.h"
#include "lib/unwritable.h"

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define EXECUTABLE 0x10U /* MFD_EXEC, Linux 6.3 */

/* The sysctl, and its value that forbids executable files in memory. */
static const char noexec[] = "/proc/sys/vm/memfd_noexec";
enum { NOEXEC_ENFORCED = 2 };

static const char own[] = "/proc/self/exe";

static int
path_of(int fd, char *path, size_t size)
{
	return snprintf(path, size, "/proc/self/fd/%d", fd);
}

/* A file in memory that is still to be written, and then sealed. */
static int
memory(const char *name)
{
	int fd;

	fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | EXECUTABLE);
	if (fd == -1 && errno == EINVAL)
		fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return fd;
}

/*
 * May it be made another way?  Not where descriptors or memory have run out,
 * which the other ways need as well.
 */
static bool
is_refused(int errnum)
{
	return errnum == EACCES || errnum == EPERM || errnum == ENOSYS ||
	    errnum == EINVAL;
}

/* A file without a name in one of the directories where anybody may make one.
 */
static int
nameless(void)
{
	static const char *const dirs[] = { "/dev/shm", "/tmp", "/var/tmp",
		"/run" };
	struct statvfs fs;
	int fd;

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		if (statvfs(dirs[i], &fs) == -1 || (fs.f_flag & ST_NOEXEC))
			continue;
		/* O_EXCL: it will never get a name. */
		fd = open(
		    dirs[i], O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0555);
		if (fd != -1)
			return fd;
	}
	return -1;
}

/* What can be written to cannot be executed: FD again, for reading alone. */
static int
reopen(int fd)
{
	char path[64];
	int again;

	path_of(fd, path, sizeof(path));
	again = uapi_open(path, O_RDONLY | O_CLOEXEC);
	file_close(fd);
	return again;
}

/*
 * The file PATH, or FD's if that is empty, by a mount of its own that is
 * read-only.  Closed, the mount belongs to no namespace, and nobody can change
 * it any more; that file is all that there is of it.
 */
static int
mount_of(int fd, const char *path)
{
	struct uapi_mount_attr attr = { .attr_set = UAPI_MOUNT_ATTR_RDONLY };
	int tree;

	tree = uapi_open_tree(fd, path,
	    AT_EMPTY_PATH | UAPI_OPEN_TREE_CLONE | UAPI_OPEN_TREE_CLOEXEC);
	if (tree == -1 || uapi_mount_setattr(tree, 0, &attr) == 0)
		return tree;
	file_close(tree);
	return -1;
}

static int
view(int fd, const char *path)
{
	int tree = mount_of(fd, path);

	return tree == -1 ? -1 : reopen(tree);
}

static int
seal(int fd)
{
	if (fcntl(fd, F_ADD_SEALS, SEALS) == 0)
		return fd;
	file_close(fd);
	return -1;
}

/* All of FROM, after what TO has. */
static int
fill(int to, int from)
{
	off_t at = 0;
	struct stat st;
	ssize_t n;

	if (fstat(from, &st) == -1)
		return -1;
	while (at < st.st_size) {
		n = sendfile(to, from, &at, (size_t)(st.st_size - at));
		if (n == 0)
			errno = EIO; /* cut off meanwhile */
		if (n <= 0)
			return -1;
	}
	return 0;
}

int
unwritable_view(void)
{
	return view(AT_FDCWD, own);
}

int
unwritable_stand_in(void)
{
	int fd, errnum;

	if ((fd = memory("none")) != -1)
		return seal(fd);
	errnum = errno;
	if (!is_refused(errnum))
		return -1;
	fd = view(AT_FDCWD, own);
	if (fd == -1 && (fd = nameless()) != -1)
		fd = reopen(fd);
	errno = errnum;
	return fd;
}

int
unwritable_copy(int fd, const char *name, bool copy)
{
	int to, errnum, (*finish)(int) = seal;

	if ((to = memory(name)) == -1) {
		errnum = errno;
		if (!is_refused(errnum))
			return -1;
		if (!copy && (to = view(fd, "")) != -1)
			return to;
		finish = reopen;
		if ((to = nameless()) == -1) {
			errno = errnum;
			return -1;
		}
	}
	if (fill(to, fd) == 0)
		return finish(to);
	file_close(to);
	return -1;
}

bool
unwritable_is(int fd)
{
	static const char deleted[] = " (deleted)";
	char path[64], link[4096];
	struct stat st;
	ssize_t n;
	int seals;

	seals = fcntl(fd, F_GET_SEALS);
	if (seals != -1 && (seals & SEALS) == SEALS)
		return true;
	/* Some file systems count no links. */
	path_of(fd, path, sizeof(path));
	return fstat(fd, &st) == 0 && st.st_nlink == 0 &&
	    (n = readlink(path, link, sizeof(link))) >=
	    (ssize_t)sizeof(deleted) &&
	    memcmp(link + n - (sizeof(deleted) - 1), deleted,
		sizeof(deleted) - 1) == 0;
}

const char *
unwritable_why(int errnum)
{
	if (!is_refused(errnum))
		return NULL;
	if (file_get_number(AT_FDCWD, noexec) == NOEXEC_ENFORCED)
		return "sysctl vm.memfd_noexec=2 forbids programs in memory, "
		       "and /dev/shm, /tmp, /var/tmp and /run take none; "
		       "vm.memfd_noexec=1 allows them";
	return "memfd_create(2) is refused, by a seccomp filter it seems, and "
	       "/dev/shm, /tmp, /var/tmp and /run take no program";
}
