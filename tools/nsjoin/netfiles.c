/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <linux/magic.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "tools/nsjoin/netfiles.h"

static int
parse_netfiles(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct netfiles_request *r = at;

	r->mode = (int)opt->value;
	r->bind = arg != NULL;
	if (arg == NULL || strcmp(arg, "bind") == 0)
		return 0;
	*errstr = "must be bind";
	return -1;
}

const struct opt netfiles_options[] = {
	{ 0, "netns-files", .arg = "[bind]",
	    .help = "a named network has its /etc/netns/NAME and its /sys",
	    .parse = parse_netfiles, .value = NETFILES_ON },
	{ 0, "no-netns-files", .help = "files are those of outside",
	    .parse = parse_netfiles, .value = NETFILES_OFF },
	{ 0 },
};

static bool
has_file(const struct netfiles *n, const char *name)
{
	for (size_t i = 0; i < n->n; i++)
		if (strcmp(n->list[i].name, name) == 0)
			return true;
	return false;
}

static _Noreturn void
refuse(int errnum, const char *dir, const char *name, const char *what)
{
	fail_why(EXIT_CANCELED, errnum, NETFILES_HINT, "%s%s%s%s%s", dir,
	    name != NULL ? "/" : "", name != NULL ? name : "",
	    what != NULL ? ": " : "", what != NULL ? what : "");
}

/* Links are followed: a file may be kept somewhere else. */
static void
add_file(struct netfiles *n, const char *dir, int fd, const char *name)
{
	struct netfile *f = &n->list[n->n];
	struct stat st;

	if (fstatat(fd, name, &st, 0) == -1)
		refuse(errno, dir, name, NULL);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		refuse(0, dir, name, "neither a file nor a directory");
	if (n->n == NETFILES_MAX)
		refuse(0, dir, NULL, "more than 256 files");
	f->is_dir = S_ISDIR(st.st_mode);
	f->dir = strdup(dir);
	f->name = strdup(name);
	if (f->dir == NULL || f->name == NULL)
		refuse(errno, dir, name, NULL);
	n->n++;
}

/* The directory of the network, itself no link, or -1 if it has none. */
static int
open_directory(const char *dir)
{
	struct stat st;
	int fd;

	if (lstat(dir, &st) == -1) {
		if (errno != ENOENT && errno != ENOTDIR)
			refuse(errno, dir, NULL, NULL);
		return -1;
	}
	if (!S_ISDIR(st.st_mode))
		refuse(0, dir, NULL,
		    S_ISLNK(st.st_mode) ?
			"a symbolic link, which is not followed" :
			"not a directory");
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		refuse(errno, dir, NULL, NULL);
	return fd;
}

static void
look_in(struct netfiles *n, const char *dir)
{
	int fd = open_directory(dir);
	struct dirent *e;
	DIR *d;

	if (fd == -1)
		return;
	if ((d = fdopendir(fd)) == NULL)
		refuse(errno, dir, NULL, NULL);
	while (errno = 0, (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 && !has_file(n, e->d_name))
			add_file(n, dir, dirfd(d), e->d_name);
	if (errno != 0)
		refuse(errno, dir, NULL, NULL);
	closedir(d);
}

static void
look_of_user(struct netfiles *n, const char *name)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct stat st;
	char dir[4096];

	if (base != NULL && base[0] == '/')
		snprintf(dir, sizeof(dir), "%s/netns/%s", base, name);
	else if (home != NULL && home[0] == '/')
		snprintf(dir, sizeof(dir), "%s/.config/netns/%s", home, name);
	else
		return;
	/* HOME may be another user's, as su(1) leaves it. */
	if (lstat(dir, &st) == 0 || errno != EACCES)
		look_in(n, dir);
}

void
netfiles_look(
    struct netfiles *n, const struct netfiles_request *r, const char *name)
{
	char dir[4096];
	struct statfs fs;

	n->on = true;
	n->bind = r->bind;
	n->lenient = r->mode == NETFILES_DEFAULT && geteuid() != 0;
	if (statfs("/sys", &fs) == 0)
		n->sysfs = fs.f_type == SYSFS_MAGIC;
	else if (errno != ENOENT)
		refuse(errno, "/sys", NULL, NULL);
	if (geteuid() != 0)
		look_of_user(n, name);
	snprintf(dir, sizeof(dir), "/etc/netns/%s", name);
	look_in(n, dir);
}

void
netfiles_apply(const struct netfiles *n)
{
	struct netmounts m;

	if (!n->on)
		return;
	fail_part(EXPLAIN_NET_MOUNTS);
	if (unshare(CLONE_NEWNS) == -1)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT,
		    "private mount namespace");
	if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == -1)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT,
		    "propagation of the private mount namespace");
	netmounts_find(&m, n->n > 0);
	fail_part(EXPLAIN_NET_SYS);
	if (n->sysfs)
		netfiles_sys(n, &m);
	fail_part(EXPLAIN_NET_ETC);
	if (n->n > 0)
		netfiles_etc(n, &m);
	fail_part(EXPLAIN_WHOLE);
}

void
netfiles_explain(const struct netfiles *n, struct explain *x)
{
	if (!n->on)
		return;
	explain_step(x, EXPLAIN_NET_MOUNTS,
	    "private mount namespace, to "
	    "which mounts of outside come");
	if (n->sysfs)
		explain_step(
		    x, EXPLAIN_NET_SYS, "/sys of the network, with its mounts");
	else
		explain_seen(x, NULL, "no sysfs is on /sys: it stays so");
	for (size_t i = 0; i < n->n; i++)
		explain_step(x, EXPLAIN_NET_ETC, "%s/%s on /etc/%s",
		    n->list[i].dir, n->list[i].name, n->list[i].name);
}
