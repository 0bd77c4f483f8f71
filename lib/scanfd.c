/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/scanfd.h"

/* Descriptor NAME of process PID, in the directory DIR. */
static void
fd_read(struct scan_reader *r, pid_t pid, int dir, const char *name)
{
	struct scan_holder h = { .kind = SCAN_FD, .pid = pid };
	const struct ns_type *type;
	struct scan_ns *ns;
	const char *errstr;
	char text[64];
	ssize_t len;
	ino_t ino;

	h.number = (int)strtonum(name, 0, INT_MAX, &errstr);
	if (errstr != NULL ||
	    (len = readlinkat(dir, name, text, sizeof(text) - 1)) == -1)
		return;
	text[len] = '\0';
	if (ns_parse(text, &type, &ino) == -1 || (r->types & type->flag) == 0 ||
	    (ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, &h);
	if (scan_climbs(r, ns))
		scan_climb(r, ns, openat(dir, name, O_RDONLY | O_CLOEXEC));
}

void
scan_fds(struct scan_reader *r, pid_t pid, int dir)
{
	int fd;
	DIR *fds;
	const struct dirent *d;

	if (pid == r->self)
		return;
	fd = openat(dir, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || (fds = fdopendir(fd)) == NULL) {
		if (fd != -1)
			close(fd);
		return;
	}
	while (!r->full && (d = readdir(fds)) != NULL)
		fd_read(r, pid, dirfd(fds), d->d_name);
	closedir(fds);
}
