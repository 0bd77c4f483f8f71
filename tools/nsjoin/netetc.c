/* SPDX-License-Identifier: ISC */
/*
 * netfiles: /etc.
 *
 * A mount on /etc/resolv.conf is gone when somebody outside replaces that file
 * by rename(2), and with it the network's own resolver.  So /etc becomes an
 * overlay that nobody outside changes: below it is /etc as it is, above it an
 * empty file for each of ours to be mounted on, also where /etc has none or a
 * link.  Directories of /etc are mounted on it again, and so can be written to.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/uapi.h"
#include "tools/nsjoin/netfiles.h"

static _Noreturn void
refuse(const char *name)
{
	fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "/etc%s%s",
	    name[0] != '\0' ? "/" : "", name);
}

/* Of links to and below PATH what they lead to; FROM may be relative. */
static void
bind(const char *dir, const char *name)
{
	char from[4096], to[4096];

	snprintf(from, sizeof(from), "%s/%s", dir, name);
	snprintf(to, sizeof(to), "/etc/%s", name);
	if (mount(from, to, NULL, MS_BIND | MS_REC, NULL) == -1)
		refuse(name);
}

/* A directory, or what is mounted on a file: an overlay does not show that. */
static bool
is_to_bind(int etc, const char *name)
{
	struct uapi_statx st;

	if (uapi_statx(etc, name, AT_SYMLINK_NOFOLLOW, UAPI_STATX_TYPE, &st) ==
	    -1) {
		if (errno != ENOENT) /* it has been removed meanwhile */
			refuse(name);
		return false;
	}
	return S_ISDIR(st.stx_mode) ||
	    (st.stx_attributes & UAPI_STATX_ATTR_MOUNT_ROOT) != 0;
}

static bool
is_ours(const struct netfiles *n, const char *name)
{
	for (size_t i = 0; i < n->n; i++)
		if (strcmp(n->list[i].name, name) == 0)
			return true;
	return false;
}

/* Those of the working directory, /etc without the overlay. */
static void
bind_directories(const struct netfiles *n)
{
	DIR *etc = opendir(".");
	struct dirent *e;

	if (etc == NULL)
		refuse("");
	while (errno = 0, (e = readdir(etc)) != NULL)
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 && !is_ours(n, e->d_name) &&
		    is_to_bind(dirfd(etc), e->d_name))
			bind(".", e->d_name);
	if (errno != 0)
		refuse("");
	closedir(etc);
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
 * An overlay on /etc: of a new tmpfs, which the same path leads to before, and
 * of the working directory, which is /etc without it.  Returns 0; -1 where
 * there are no overlays, and then nothing is mounted.
 */
static int
cover_etc(const struct netfiles *n)
{
	int places;

	if (mount("none", "/etc", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") ==
		-1 ||
	    (places = open("/etc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		refuse("");
	make_places(n, places);
	file_close(places);
	if (mount("none", "/etc", "overlay", MS_RDONLY | MS_NOSUID | MS_NODEV,
		"lowerdir=/etc:.") == 0)
		return 0;
	if (!has_no_overlays(errno))
		refuse("");
	if (umount2("/etc", MNT_DETACH) == -1)
		refuse("");
	return -1;
}

void
netfiles_etc(const struct netfiles *n)
{
	int cwd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (cwd == -1 || chdir("/etc") == -1)
		refuse("");
	/* Where there are no overlays it is as with ip-netns(8). */
	if (!n->bind && cover_etc(n) == 0)
		bind_directories(n);
	for (size_t i = 0; i < n->n; i++)
		bind(n->list[i].dir, n->list[i].name);
	if (fchdir(cwd) == -1)
		fail_errno(EXIT_CANCELED, "working directory");
	file_close(cwd);
}
