/* SPDX-License-Identifier: ISC */
/*
 * netfiles: /etc.
 *
 * A mount on /etc/resolv.conf is gone when somebody outside replaces that file
 * by rename(2), and with it the network's own resolver.  So /etc becomes an
 * overlay that nobody outside changes: below it is /etc as it is, above it an
 * empty file for each of ours to be mounted on, also where /etc has none or a
 * link.  A mount for each directory of /etc, to write to it, would take longer
 * than all else that we do.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "tools/nsjoin/netfiles.h"

static _Noreturn void
refuse(const char *name)
{
	fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "/etc%s%s",
	    name[0] != '\0' ? "/" : "", name);
}

static void
bind(int fd, const char *name)
{
	char from[32], to[4096];

	snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	snprintf(to, sizeof(to), "/etc/%s", name);
	if (mount(from, to, NULL, MS_BIND | MS_REC, NULL) == -1)
		refuse(name);
	file_close(fd);
}

/* Is PATH, below /etc, one of ours or in one? */
static bool
is_ours(const struct netfiles *n, const char *path)
{
	size_t len = strcspn(path, "/");

	for (size_t i = 0; i < n->n; i++)
		if (strncmp(n->list[i].name, path, len) == 0 &&
		    n->list[i].name[len] == '\0')
			return true;
	return false;
}

/* An overlay does not show what is mounted in ETC, which is below it. */
static void
bind_mounts(const struct netfiles *n, const struct netmounts *m, int etc)
{
	const char *path;
	int fd;

	for (size_t i = 0; i < m->n; i++) {
		if (strncmp(m->list[i], "/etc/", 5) != 0)
			continue;
		path = m->list[i] + strlen("/etc/");
		if (is_ours(n, path))
			continue;
		if ((fd = openat(etc, path, O_PATH | O_NOFOLLOW | O_CLOEXEC)) ==
		    -1)
			refuse(path);
		bind(fd, path);
	}
}

/* In the directory DIR, something to mount each file on. */
static void
make_places(const struct netfiles *n, int dir)
{
	const char *name;
	int fd;

	for (size_t i = 0; i < n->n; i++) {
		name = n->list[i].name;
		if (n->list[i].is_dir) {
			if (mkdirat(dir, name, 0755) == -1)
				refuse(name);
			continue;
		}
		fd = openat(
		    dir, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
		if (fd == -1)
			refuse(name);
		close(fd);
	}
}

/* There are none in user namespaces before 5.11, nor on some file systems. */
static bool
has_no_overlays(int errnum)
{
	return errnum == ENODEV || errnum == EPERM || errnum == EINVAL ||
	    errnum == EOPNOTSUPP;
}

/*
 * An overlay on ETC: of a new tmpfs, which the same path leads to before, and
 * of ETC.  Returns 0; -1 where there are no overlays, and then nothing is
 * mounted.
 */
static int
cover(const struct netfiles *n, int etc)
{
	char layers[64];
	int places;

	if (mount("none", "/etc", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") ==
		-1 ||
	    (places = open("/etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		refuse("");
	make_places(n, places);
	file_close(places);
	snprintf(layers, sizeof(layers), "lowerdir=/etc:/proc/self/fd/%d", etc);
	if (mount("none", "/etc", "overlay", MS_RDONLY | MS_NOSUID | MS_NODEV,
		layers) == 0)
		return 0;
	if (!has_no_overlays(errno))
		refuse("");
	if (umount2("/etc", MNT_DETACH) == -1)
		refuse("");
	return -1;
}

/* Links are followed, in the /etc that there is now. */
static void
open_files(const struct netfiles *n, int *fd)
{
	char path[4096];

	for (size_t i = 0; i < n->n; i++) {
		snprintf(path, sizeof(path), "%s/%s", n->list[i].dir,
		    n->list[i].name);
		if ((fd[i] = open(path, O_PATH | O_CLOEXEC)) == -1)
			refuse(n->list[i].name);
	}
}

void
netfiles_etc(const struct netfiles *n, const struct netmounts *m)
{
	int etc = open("/etc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd[NETFILES_MAX];

	if (etc == -1)
		refuse("");
	open_files(n, fd);
	/* Where there are no overlays it is as with ip-netns(8). */
	if (!n->bind && cover(n, etc) == 0)
		bind_mounts(n, m, etc);
	for (size_t i = 0; i < n->n; i++)
		bind(fd[i], n->list[i].name);
	file_close(etc);
}
