/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/uapi.h"

#define PROC_MAGIC 0x9fa0
#define DESCRIPTORS_MAX (1 << 20) /* fs.nr_open, as it mostly is */

static int
open_retry(int dirfd, const char *path, int flags)
{
	int fd;

	do
		fd = openat(dirfd, path, flags | O_CLOEXEC);
	while (fd == -1 && errno == EINTR);
	return fd;
}

/* Up to SIZE bytes; fewer only at end of file. */
static ssize_t
read_full(int fd, char *buf, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while (len < size) {
		n = read(fd, buf + len, size - len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

bool
file_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev;
}

/* A file, and the mount that it was found on; 0: unknown. */
struct found {
	uint64_t mount, ino;
	dev_t dev;
};

static int
find(int fd, struct found *f)
{
	struct uapi_statx sx;
	struct stat st;

	if (uapi_statx(fd, "", AT_EMPTY_PATH,
		UAPI_STATX_INO | UAPI_STATX_MNT_ID, &sx) == 0) {
		f->ino = sx.stx_ino;
		f->dev = makedev(sx.stx_dev_major, sx.stx_dev_minor);
		f->mount = sx.stx_mask & UAPI_STATX_MNT_ID ? sx.stx_mnt_id : 0;
		return 0;
	}
	/* A filter may refuse it. */
	if (fstat(fd, &st) == -1)
		return -1;
	*f = (struct found){ 0, st.st_ino, st.st_dev };
	return 0;
}

/*
 * Open PATH: ESTALE, if it is another file than BEFORE; EXDEV, if it is that,
 * but on the same mount still.
 */
static int
open_same(const char *path, int flags, const struct found *before)
{
	int fd = uapi_open(path, flags);
	struct found f;

	if (fd == -1)
		return -1;
	if (find(fd, &f) == 0) {
		if (f.ino != before->ino || f.dev != before->dev)
			errno = ESTALE;
		else if (f.mount != 0 && f.mount == before->mount)
			errno = EXDEV;
		else
			return fd;
	}
	file_close(fd);
	return -1;
}

int
file_open_again(const char *path, int flags, int before)
{
	char link[32], name[PATH_MAX];
	struct found f;
	int fd, errnum;
	ssize_t len;

	if (find(before, &f) == -1)
		return -1;
	fd = open_same(path, flags, &f);
	if (fd != -1 || (errno != ESTALE && errno != EXDEV))
		return fd;
	errnum = errno;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", before);
	len = readlink(link, name, sizeof(name) - 1);
	name[len > 0 ? len : 0] = '\0';
	/* What has no name has no other mount either. */
	if (len > 0)
		fd = name[0] == '/' ? open_same(name, flags, &f) :
				      fcntl(before, F_DUPFD_CLOEXEC, 0);
	errno = errnum;
	return fd;
}

void
file_close(int fd)
{
	int saved = errno;

	if (fd != -1)
		close(fd);
	errno = saved;
}

ssize_t
file_get(int dirfd, const char *path, char *buf, size_t size)
{
	ssize_t len;
	int fd;

	buf[0] = '\0';
	if ((fd = open_retry(dirfd, path, O_RDONLY)) == -1)
		return -1;
	len = read_full(fd, buf, size);
	file_close(fd);
	if (len == -1) {
		buf[0] = '\0';
		return -1;
	}
	if ((size_t)len == size) {
		buf[size - 1] = '\0';
		errno = EFBIG;
		return -1;
	}
	buf[len] = '\0';
	return len;
}

/* All of FD, in fresh memory that grows with it; what is behind LIMIT bytes is
 * CUT, or EFBIG. */
static char *
read_all(int fd, size_t limit, bool cut, size_t *length)
{
	size_t size = 4096, len;
	char *buf = NULL, *more;
	ssize_t n;

	for (len = 0;; size *= 4) {
		if (size > limit)
			size = limit + 1;
		if ((more = realloc(buf, size)) == NULL)
			break;
		buf = more;
		if ((n = read_full(fd, buf + len, size - len)) == -1)
			break;
		len += (size_t)n;
		if (len < size || (size == limit + 1 && cut)) {
			len = len < limit ? len : limit;
			buf[len] = '\0';
			if (length != NULL)
				*length = len;
			return buf;
		}
		errno = EFBIG;
		if (size == limit + 1)
			break;
	}
	free(buf);
	return NULL;
}

static char *
get(int dirfd, const char *path, size_t limit, bool cut, size_t *len)
{
	int fd = open_retry(dirfd, path, O_RDONLY);
	char *text = fd == -1 ? NULL : read_all(fd, limit, cut, len);

	file_close(fd);
	return text;
}

char *
file_get_all(int dirfd, const char *path, size_t limit, size_t *len)
{
	return get(dirfd, path, limit, false, len);
}

char *
file_get_rest(int fd, size_t limit, size_t *len)
{
	return read_all(fd, limit, false, len);
}

char *
file_get_start(int dirfd, const char *path, size_t limit, size_t *len)
{
	return get(dirfd, path, limit, true, len);
}

long long
file_get_number(int dirfd, const char *path)
{
	const char *errstr;
	long long value;
	char buf[32];

	if (file_get(dirfd, path, buf, sizeof(buf)) == -1)
		return -1;
	buf[strcspn(buf, "\n")] = '\0';
	value = strtonum(buf, 0, INT64_MAX, &errstr);
	if (errstr != NULL) {
		errno = EINVAL;
		return -1;
	}
	return value;
}

int
file_put(int dirfd, const char *path, const char *text, size_t len)
{
	ssize_t n;
	int fd;

	if ((fd = open_retry(dirfd, path, O_WRONLY)) == -1)
		return -1;
	do
		n = write(fd, text, len);
	while (n == -1 && errno == EINTR);
	file_close(fd);
	if (n != -1 && (size_t)n != len)
		errno = EIO;
	return n == (ssize_t)len ? 0 : -1;
}

int
file_write_all(int fd, const void *buf, size_t len)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };
	const char *s = buf;
	ssize_t n;

	while (len > 0) {
		n = write(fd, s, len);
		/* Others have made it non-blocking, and may share it. */
		if (n == -1 && errno == EAGAIN)
			(void)poll(&room, 1, -1);
		if (n == -1 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n == -1)
			return -1;
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

int
file_execute(int fd, char *const argv[], char *const env[])
{
	char path[32];

	uapi_execveat(fd, "", argv, env, AT_EMPTY_PATH);
	if (errno != ENOENT && errno != ENOSYS)
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return execve(path, argv, env);
}

int
file_open_null(void)
{
	int fd = uapi_open("/dev/null", O_RDWR | O_CLOEXEC), end[2];

	if (fd != -1 || pipe2(end, O_CLOEXEC) == -1)
		return fd;
	close(end[1]);
	return end[0];
}

void
file_guard_standard(int status)
{
	struct pollfd fds[] = { { .fd = 0 }, { .fd = 1 }, { .fd = 2 } };
	int fd;

	/* No news, as nearly always, is that they are there. */
	if (poll(fds, 3, 0) == 0)
		return;
	for (int want = 0; want <= STDERR_FILENO; want++) {
		if (fcntl(want, F_GETFD) != -1 || errno != EBADF)
			continue;
		/* Always there, and neither read nor written. */
		if ((fd = open("/", O_PATH | O_CLOEXEC)) == -1)
			_exit(status);
		/* The lowest free number: above 2, nothing was closed. */
		if (fd > STDERR_FILENO)
			close(fd);
	}
}

bool
file_is_inherited(int fd)
{
	return fcntl(fd, F_GETFD) == 0;
}

/* Where a filter refuses close_range(2). */
static void
close_each(unsigned first, unsigned last)
{
	DIR *dir = opendir("/proc/self/fd");
	const char *errstr;
	struct statfs fs;
	struct dirent *e;
	unsigned fd;

	/* Of somebody else's root directory it may be anything. */
	if (dir == NULL || fstatfs(dirfd(dir), &fs) == -1 ||
	    fs.f_type != PROC_MAGIC) {
		for (fd = first; fd <= last && fd < DESCRIPTORS_MAX; fd++)
			close((int)fd);
		return;
	}
	while ((e = readdir(dir)) != NULL) {
		fd = (unsigned)strtonum(e->d_name, 0, INT_MAX, &errstr);
		if (errstr == NULL && fd >= first && fd <= last &&
		    fd != (unsigned)dirfd(dir))
			close((int)fd);
	}
	closedir(dir);
}

void
file_close_range(unsigned first, unsigned last)
{
	if (uapi_close_range(first, last, 0) == -1)
		close_each(first, last);
}

static int
by_number(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

void
file_close_others(int *keep, size_t n)
{
	unsigned from = STDERR_FILENO + 1;

	qsort(keep, n, sizeof(*keep), by_number);
	for (size_t i = 0; i < n; i++) {
		if (keep[i] < (int)from)
			continue;
		if ((unsigned)keep[i] > from)
			file_close_range(from, (unsigned)keep[i] - 1);
		from = (unsigned)keep[i] + 1;
	}
	file_close_range(from, UINT_MAX);
}
