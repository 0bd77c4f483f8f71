/* SPDX-License-Identifier: ISC */
#include "config.h"

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

#include "lib/file.h"
#include "lib/pidns.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/uapi.h"

#define END_MS 1000 /* from its last descriptor to its end */
#define DIR_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

void
pin_close(int fd[NS_NTYPES])
{
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (fd[i] != -1)
			close(fd[i]);
		fd[i] = -1;
	}
}

/* Does the link DIR/NAME lead to that descriptor of the holder? */
static bool
leads_to(int dir, const struct ns_type *type, pid_t holder)
{
	char want[64], link[64];
	ssize_t n = readlinkat(dir, type->name, link, sizeof(link) - 1);

	if (n == -1)
		return false;
	link[n] = '\0';
	snprintf(
	    want, sizeof(want), "/proc/%d/fd/%d", (int)holder, record_fd(type));
	return strcmp(link, want) == 0;
}

/*
 * A member that is there, and of its own type.  LINKS: links may be followed,
 * those of a HOLDER (not 0) to its descriptors alone.
 */
static int
open_member(int dir, const struct ns_type *type, bool links, pid_t holder)
{
	const struct ns_type *is;
	int fd;

	if (holder != 0 && !leads_to(dir, type, holder)) {
		errno = EINVAL;
		return -1;
	}
	fd = ns_open_file(dir, type->name, links ? 0 : O_NOFOLLOW);
	if (fd == -1 || (is = ns_type_of(fd)) == type)
		return fd;
	if (is != NULL)
		errno = EINVAL;
	file_close(fd);
	return -1;
}

/* Not every file system says in a directory what is a link. */
static bool
is_link(int dir, const char *name, unsigned char kind)
{
	struct stat st;

	if (kind != DT_UNKNOWN)
		return kind == DT_LNK;
	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode);
}

static void
see_member(
    struct pin_info *info, int dir, const struct uapi_dirent *e, bool *links)
{
	const struct ns_type *type = ns_type_by_name(e->name);

	if (type == NULL || strcmp(type->name, e->name) != 0)
		return;
	info->has[ns_index(type)] = true;
	*links |= is_link(dir, e->name, e->type);
}

/*
 * What DIR has, as far as it can be seen without opening anything; *LINKS:
 * members are links.  ST is of DIR.
 */
static int
see_members(int dir, const struct stat *st, struct pin_info *info, bool *links)
{
	_Alignas(struct uapi_dirent) char buf[2048];
	const struct uapi_dirent *e;
	ssize_t n;

	*links = false;
	while ((n = uapi_getdents(dir, buf, sizeof(buf))) > 0)
		for (ssize_t at = 0; at < n; at += e->len) {
			e = (const struct uapi_dirent *)(const void *)(buf +
			    at);
			see_member(info, dir, e, links);
		}
	if (n == -1)
		return -1;
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i])
			return 0;
	/* Removed while we looked? */
	errno = st->st_nlink == 0 ? ENOENT : EINVAL;
	return -1;
}

static void
set_state(struct pin_info *info, size_t i, enum pin_state state, int errnum,
    const char *why)
{
	info->state[i] = state;
	info->errnum[i] = errnum;
	info->why[i] = why;
}

/* Is it a file as we, and ip-netns(8), make them to mount on?  Keeps errno. */
static bool
is_empty(int dir, const char *name)
{
	int errnum = errno;
	struct stat st;
	bool empty = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st.st_mode) && st.st_size == 0;

	errno = errnum;
	return empty;
}

static void
open_members(int dir, bool links, struct pin_info *info)
{
	const struct ns_type *type;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (!info->has[i])
			continue;
		type = &ns_types[i];
		fd = open_member(dir, type, links, info->holder);
		if (fd != -1 && ns_key_fd(fd, &info->id[i].key) == 0) {
			info->id[i].type = type;
			info->id[i].id = ns_id(fd, type);
			info->fd[i] = fd;
			continue;
		}
		if (errno == EINVAL && is_empty(dir, type->name))
			set_state(info, i, PIN_EMPTY, 0,
			    "nothing is mounted on it here");
		else if (errno == EINVAL)
			set_state(info, i, PIN_OTHER, 0, "not a namespace");
		else
			set_state(info, i, PIN_UNSEEN, errno, strerror(errno));
		file_close(fd);
	}
}

/* None of them can be used. */
static void
set_all(
    struct pin_info *info, enum pin_state state, int errnum, const char *why)
{
	pin_close(info->fd);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i])
			set_state(info, i, state, errnum, why);
}

static const char no_holder[] = "its holder has ended";
static const char no_init[] = "its init has ended";

/*
 * A process that ends has no descriptors a moment before it is known to have
 * ended.  Is it such a moment?
 */
static bool
is_lost(const struct pin_info *info)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i] && info->errnum[i] == ENOENT)
			return true;
	return false;
}

static void
open_held(int dir, struct pin_info *info)
{
	struct proc p;
	int rc = record_find(dir, RECORD_HOLDER, &p);

	info->kind = "holder";
	if (rc == -1 && errno == ESRCH)
		set_all(info, PIN_ENDED, 0, no_holder);
	else if (rc == -1 && errno == EXDEV)
		set_all(info, PIN_ELSEWHERE, 0,
		    "its holder is in another PID namespace");
	else if (rc == -1 && errno != ENOENT)
		set_all(info, PIN_UNSEEN, errno, strerror(errno));
	if (rc == -1 && errno != ENOENT)
		return;
	/* Without a record the links were made by hand: any will do. */
	info->holder = rc == 0 ? p.pid : 0;
	open_members(dir, true, info);
	if (rc == -1)
		return;
	/* Else the number was its own all the time. */
	if (proc_ended(&p, is_lost(info) ? END_MS : 0))
		set_all(info, PIN_ENDED, 0, no_holder);
	proc_close(&p);
}

static void
see_init(int dir, struct pin_info *info)
{
	size_t i = ns_index(ns_type_by_flag(CLONE_NEWPID));
	struct proc init;

	if (!info->has[i] || info->state[i] != PIN_LIVE)
		return;
	if (pidns_alive(info->fd[i]) == 0) {
		set_state(info, i, PIN_ENDED, 0, no_init);
		return;
	}
	if (record_find(dir, RECORD_INIT, &init) == 0) {
		info->init = init.pid;
		proc_close(&init);
	} else if (errno == ESRCH)
		set_state(info, i, PIN_ENDED, 0, no_init);
}

/*
 * As open_members does, without opening: the inode number of what lies on NSFS
 * is the namespace's.  A PID namespace has to be opened to see whether it
 * lives.
 */
static void
glance_at_members(int dir, dev_t nsfs, struct pin_info *info)
{
	struct stat st;
	bool all = true;

	for (size_t i = 0; all && i < NS_NTYPES; i++) {
		if (!info->has[i])
			continue;
		all = ns_types[i].flag != CLONE_NEWPID &&
		    fstatat(dir, ns_types[i].name, &st, AT_SYMLINK_NOFOLLOW) ==
			0 &&
		    st.st_dev == nsfs;
		info->id[i] = (struct ns_identity){ &ns_types[i],
			{ st.st_dev, st.st_ino }, 0 };
	}
	if (all)
		return;
	memset(info->id, 0, sizeof(info->id));
	open_members(dir, false, info);
}

/* NAME is a directory of members; NSFS: 0, or only glance at them. */
static int
look_at_members(int dir, dev_t nsfs, struct pin_info *info)
{
	struct stat st;
	bool links;

	if (fstat(dir, &st) == -1 || see_members(dir, &st, info, &links) == -1)
		return -1;
	info->since = st.st_mtime;
	info->kind = "mount";
	if (links)
		open_held(dir, info);
	else if (nsfs != 0)
		glance_at_members(dir, nsfs, info);
	else
		open_members(dir, false, info);
	see_init(dir, info);
	return 0;
}

/* As ip-netns(8) and docker keep them: the file itself. */
static int
look_at_file(int run, const char *name, struct pin_info *info)
{
	struct ns_identity id;
	int fd, errnum;
	size_t i;

	if ((fd = ns_open_file(run, name, 0)) == -1) {
		errnum = errno;
		/* A link may lead nowhere, as to the file of a process that
		 * has ended. */
		if ((errnum == EINVAL && is_empty(run, name)) ||
		    (errnum == ENOENT && is_link(run, name, DT_UNKNOWN)))
			errnum = ENXIO;
		errno = errnum;
		return -1;
	}
	if (ns_identify(fd, &id) == -1) {
		file_close(fd);
		return -1;
	}
	i = ns_index(id.type);
	info->id[i] = id;
	info->kind = "mount";
	info->has[i] = true;
	info->fd[i] = fd;
	return 0;
}

static int
look_in(int run, const char *name, dev_t nsfs, struct pin_info *info)
{
	int dir, rc;

	memset(info, 0, sizeof(*info));
	for (size_t i = 0; i < NS_NTYPES; i++)
		info->fd[i] = -1;
	if ((dir = openat(run, name, DIR_FLAGS)) != -1) {
		rc = look_at_members(dir, nsfs, info);
		file_close(dir);
		return rc;
	}
	if (errno != ENOTDIR && errno != ELOOP)
		return -1;
	return look_at_file(run, name, info);
}

int
pin_glance(int run, const char *name, dev_t nsfs, struct pin_info *info)
{
	return look_in(run, name, nsfs, info);
}

int
pin_look(const char *dir, const char *name, struct pin_info *info)
{
	char path[PIN_PATH_MAX];
	int run, rc, why, refused = 0;

	memset(info, 0, sizeof(*info));
	for (size_t i = 0; i < NS_NTYPES; i++)
		info->fd[i] = -1;
	if (!pin_name_possible(name)) {
		errno = EINVAL;
		return -1;
	}
	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if (path[0] == '\0' || (dir != NULL && strcmp(dir, path) != 0))
			continue;
		run = pindir_look(i, path, &why);
		if (refused == 0)
			refused = why;
		if (run == -1) {
			if (errno == EPERM && refused == 0)
				refused = EPERM;
			if (errno == ENOENT || errno == EPERM)
				continue;
			return -1;
		}
		rc = look_in(run, name, 0, info);
		close(run);
		if (rc == 0 || errno != ENOENT)
			return rc;
	}
	info->refused = refused;
	errno = ENOENT;
	return -1;
}

void
pin_seek_init(struct pin_info *info)
{
	size_t i = ns_index(ns_type_by_flag(CLONE_NEWPID));

	if (info->has[i] && info->state[i] == PIN_LIVE &&
	    pidns_alive(info->fd[i]) == -1 &&
	    pidns_inhabited(info->id[i].key.ino) == 0)
		set_state(info, i, PIN_ENDED, 0, no_init);
}

bool
pin_is(const struct pin_info *info, enum pin_state state)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i] && info->state[i] != state)
			return false;
	return true;
}
