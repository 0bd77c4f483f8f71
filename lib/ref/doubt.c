/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ref/open.h"

#define PROC_MAGIC 0x9fa0
#define LINKS_MAX 40 /* as path_resolution(7) */

/* A walk along a path, as the kernel takes it. */
struct walk {
	int dir;		 /* where it is, O_PATH */
	char rest[2 * PATH_MAX]; /* what is still to be walked */
	int links;
	const char *doubt; /* what somebody else can change, or NULL */
};

/* Root's or ours, as far as it tells. */
static bool
is_trusted(uid_t uid)
{
	return uid == 0 || uid == geteuid();
}

static void
say_doubt(struct walk *w, const char *name, const char *what, uid_t uid)
{
	char self[32], dir[PATH_MAX];
	ssize_t n;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", w->dir);
	if ((n = readlink(self, dir, sizeof(dir) - 1)) == -1)
		n = 0;
	dir[n] = '\0';
	if (uid == (uid_t)-1)
		ref_say(
		    &w->doubt, "others than root and we can write to %s", dir);
	else
		ref_say(&w->doubt, "%s %s%s%s belongs to user %ju", what, dir,
		    *name != '\0' && strcmp(dir, "/") != 0 ? "/" : "", name,
		    (uintmax_t)uid);
}

/* May somebody else put another NAME in the directory?  LINK is what is there.
 */
static void
judge(struct walk *w, const char *name, const struct stat *link)
{
	struct statfs fs;
	struct stat st;

	/* In proc nobody makes files; what a link of it leads to is looked at.
	 */
	if (fstatfs(w->dir, &fs) == 0 && fs.f_type == PROC_MAGIC)
		return;
	if (fstat(w->dir, &st) == -1)
		return;
	if (!is_trusted(st.st_uid))
		say_doubt(w, "", "the directory", st.st_uid);
	else if ((st.st_mode & S_IWOTH) != 0 ||
	    ((st.st_mode & S_IWGRP) != 0 && st.st_gid != 0)) {
		/* With the sticky bit only its owner replaces it. */
		if ((st.st_mode & S_ISVTX) == 0)
			say_doubt(w, "", "", (uid_t)-1);
		else if (!is_trusted(link->st_uid))
			say_doubt(w, name,
			    S_ISLNK(link->st_mode)     ? "the link" :
				S_ISDIR(link->st_mode) ? "the directory" :
							 "the file",
			    link->st_uid);
	}
}

static void
move_to(struct walk *w, int fd)
{
	close(w->dir);
	w->dir = fd;
}

/* The link NAME in the directory: its text comes before the rest. */
static int
follow(struct walk *w, const char *name)
{
	char text[sizeof(w->rest)];
	struct statfs fs;
	ssize_t n;
	int fd;

	if (++w->links > LINKS_MAX)
		return -1;
	/* Those of proc lead anywhere, whatever they read. */
	if (fstatfs(w->dir, &fs) == 0 && fs.f_type == PROC_MAGIC) {
		if ((fd = openat(w->dir, name, O_PATH | O_CLOEXEC)) == -1)
			return -1;
		move_to(w, fd);
		return 0;
	}
	if ((n = readlinkat(w->dir, name, text, PATH_MAX)) == -1)
		return -1;
	text[n] = '\0';
	if (strlcat(text, "/", sizeof(text)) >= sizeof(text) ||
	    strlcat(text, w->rest, sizeof(text)) >= sizeof(text))
		return -1;
	strlcpy(w->rest, text, sizeof(w->rest));
	return 0;
}

/* The next name of the rest, into NAME.  -1: there is none, or none can be. */
static int
take_name(struct walk *w, char name[NAME_MAX + 1])
{
	char *at = w->rest + strspn(w->rest, "/");
	size_t len = strcspn(at, "/");

	if (len == 0 || len > NAME_MAX)
		return -1;
	memcpy(name, at, len);
	name[len] = '\0';
	at += len;
	at += strspn(at, "/");
	memmove(w->rest, at, strlen(at) + 1);
	return 0;
}

/* One name further.  -1: that is the end. */
static int
walk_on(struct walk *w)
{
	char name[NAME_MAX + 1];
	struct stat st;
	int fd;

	if (*w->rest == '/') {
		if ((fd = open("/", O_PATH | O_CLOEXEC)) == -1)
			return -1;
		move_to(w, fd);
	}
	if (take_name(w, name) == -1 ||
	    fstatat(w->dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return -1;
	judge(w, name, &st);
	if (w->doubt != NULL || S_ISLNK(st.st_mode))
		return w->doubt != NULL ? -1 : follow(w, name);
	if ((fd = openat(w->dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC)) == -1)
		return -1;
	move_to(w, fd);
	return 0;
}

/* PATH from where W is, as far as it leads. */
static void
walk(struct walk *w, const char *path)
{
	if (strlcpy(w->rest, path, sizeof(w->rest)) < sizeof(w->rest))
		while (walk_on(w) == 0)
			continue;
}

/* If W is at a directory of namespaces: what its members lead to. */
static void
walk_members(struct walk *w)
{
	int dir = w->dir;

	for (size_t i = 0; w->doubt == NULL && i < NS_NTYPES; i++) {
		w->dir = fcntl(dir, F_DUPFD_CLOEXEC, 3);
		walk(w, ns_types[i].name);
		file_close(w->dir);
	}
	w->dir = dir;
}

static const char *
doubt(const char *path, bool members)
{
	struct walk w = { .doubt = NULL };

	if ((w.dir = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		return NULL;
	walk(&w, path);
	if (members)
		walk_members(&w);
	close(w.dir);
	return w.doubt;
}

const char *
ref_doubt(const char *text)
{
	struct ref_name n;
	const char *errstr;

	if (ref_parse(text, &n, &errstr) == -1 || n.kind != REF_PATH)
		return NULL;
	return doubt(n.text, true);
}

const char *
ref_doubt_path(const char *path)
{
	return doubt(path, false);
}
