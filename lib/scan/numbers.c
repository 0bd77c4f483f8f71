/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/scan/numbers.h"
#include "lib/uapi.h"

int
scan_dir_open(struct scan_dir *d, int dirfd, const char *path)
{
	d->at = d->len = 0;
	d->fd = openat(dirfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->fd == -1 ? -1 : 0;
}

int
scan_dir_next(struct scan_dir *d)
{
	const struct uapi_dirent *e;
	const char *errstr;
	long n;

	for (;;) {
		if (d->at == d->len) {
			n = uapi_getdents(d->fd, d->buf, sizeof(d->buf));
			if (n <= 0) {
				errno = n == 0 ? 0 : errno;
				return -1;
			}
			d->at = 0;
			d->len = (size_t)n;
		}
		e = (const struct uapi_dirent *)((const char *)d->buf + d->at);
		d->at += e->len;
		if (e->name[0] < '0' || e->name[0] > '9')
			continue;
		n = (long)strtonum(e->name, 0, INT_MAX, &errstr);
		if (errstr == NULL) {
			d->name = e->name;
			return (int)n;
		}
	}
}

const char *
scan_digits(char buf[SCAN_DIGITS], int number)
{
	char *text = buf + SCAN_DIGITS - 1;

	*text = '\0';
	do
		*--text = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	return text;
}

void
scan_dir_close(struct scan_dir *d)
{
	int saved = errno;

	close(d->fd);
	errno = saved;
}
