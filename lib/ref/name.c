/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/ref/open.h"

#define HINT_MAX (2 * NAME_MAX + 64)

/* What has been found so far under one name. */
struct found {
	int fd[NS_NTYPES];
	char dir[PIN_PATH_MAX];	     /* where it is; "": nowhere yet */
	const struct ns_type *other; /* of another type than wanted, or NULL */
	char bad[PIN_PATH_MAX];	     /* where it cannot be used, or "" */
	const char *why;
	int errnum;		   /* why it was not there */
	char closed[PIN_PATH_MAX]; /* not for our eyes, or "" */
};

/* Keep of FD what is in TYPES; is anything left? */
static bool
choose(int fd[NS_NTYPES], int types)
{
	bool any = false;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (fd[i] == -1)
			continue;
		if (ref_chosen(types, &ns_types[i])) {
			any = true;
			continue;
		}
		close(fd[i]);
		fd[i] = -1;
	}
	return any;
}

static bool
same(int a, int b)
{
	struct stat x, y;

	return fstat(a, &x) == 0 && fstat(b, &y) == 0 && file_same(&x, &y);
}

/* Does B have nothing but what A has?  So does the link of nspin --netns. */
static bool
within(const int a[NS_NTYPES], const int b[NS_NTYPES])
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (b[i] != -1 && (a[i] == -1 || !same(a[i], b[i])))
			return false;
	return true;
}

/* One of TYPES that is there and cannot be used: why, or NULL. */
static const char *
dead(const struct pin_info *info, int types)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i] && info->fd[i] == -1 &&
		    ref_chosen(types, &ns_types[i]))
			return info->why[i];
	return NULL;
}

/*
 * Look up N in DIR alone: 0, or -1 and *WHY, NULL if it is not there or F has
 * noted that DIR may not be read.
 */
static int
look(const struct ref_name *n, struct found *f, const char *dir,
    int fd[NS_NTYPES], const char **why)
{
	struct pin_info info;

	if (pin_look(dir, n->text, &info) == -1) {
		if (errno == ENOENT && info.refused != 0 &&
		    f->closed[0] == '\0') {
			strlcpy(f->closed, dir, sizeof(f->closed));
			f->errnum = info.refused;
		}
		*why = errno == ENOENT || errno == ENOTDIR ?
		    NULL :
		    errno == EINVAL ?
		    "not a namespace" :
		    errno == ENXIO ?
		    "nothing is mounted on it here (nspin -q tells more)" :
		    strerror(errno);
		return -1;
	}
	if ((*why = dead(&info, n->types)) != NULL) {
		pin_close(info.fd);
		return -1;
	}
	memcpy(fd, info.fd, sizeof(info.fd));
	return 0;
}

/* FD is what DIR has; is it another one than what we have? */
static bool
conflicts(const struct ref_name *n, struct found *f, const char *dir,
    int fd[NS_NTYPES])
{
	bool other;

	for (size_t i = 0; i < NS_NTYPES && f->dir[0] == '\0'; i++)
		if (fd[i] != -1)
			f->other = &ns_types[i];
	if (!choose(fd, n->types))
		return false;
	if (f->dir[0] != '\0') {
		other = !within(f->fd, fd);
		pin_close(fd);
		return other;
	}
	memcpy(f->fd, fd, sizeof(f->fd));
	strlcpy(f->dir, dir, sizeof(f->dir));
	return false;
}

/* In each place; twice only if it is the same. */
static int
look_everywhere(const struct ref_name *n, struct found *f, const char **errstr)
{
	char dir[PIN_PATH_MAX];
	const char *why;
	int fd[NS_NTYPES];

	for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++) {
		if (dir[0] == '\0')
			continue;
		if (look(n, f, dir, fd, &why) == 0) {
			if (!conflicts(n, f, dir, fd))
				continue;
			pin_close(f->fd);
			return ref_say(errstr,
			    "ambiguous: there is %s/%s and another one, %s/%s",
			    f->dir, n->text, dir, n->text);
		}
		if (f->closed[0] == '\0')
			f->errnum = errno;
		if (why != NULL && f->bad[0] == '\0') {
			f->why = why;
			strlcpy(f->bad, dir, sizeof(f->bad));
		}
	}
	return 0;
}

struct exact {
	const char *wanted;
	char dir[PIN_PATH_MAX]; /* where it is after all, or "" */
};

static int
note_exact(void *arg, int run, const char *dir, const char *name)
{
	struct exact *x = arg;

	(void)run;
	if (strcmp(name, x->wanted) == 0)
		strlcpy(x->dir, dir, sizeof(x->dir));
	return 0;
}

/* Whoever means a file of the working directory has to say so. */
static void
hint_file(const char *name, char *hint, size_t size)
{
	struct stat st;

	*hint = '\0';
	if (fstatat(AT_FDCWD, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		snprintf(hint, size, "; there is a %s ./%s: write ./%s",
		    S_ISDIR(st.st_mode) ? "directory" : "file", name, name);
}

/* What looks like none of our names may be meant as something else. */
static const char *
no_other_ref(const struct ref_name *n)
{
	static char text[320];
	const char *end = strchr(n->text, '=');
	struct alike like = { .wanted = text };
	char type[33];

	if (!n->bare || pin_name_valid(n->text))
		return "";
	snprintf(text, 65, "%.*s", (int)strcspn(n->text, ":") + 1, n->text);
	if (strchr(text, ':') != NULL)
		ref_prefixes_like(&like);
	if (like.n > 0) {
		snprintf(text, sizeof(text),
		    ", nor is it another REF (there is %s)", like.names);
		return text;
	}
	if (end == NULL)
		return ", nor is it another REF (a number, a prefix, a path "
		       "with a slash)";
	snprintf(type, sizeof(type), "%.*s", (int)(end - n->text), n->text);
	snprintf(text, sizeof(text), ", and %s", ns_unknown(type));
	return text;
}

/* Why there is nothing under that name. */
static int
say_missing(
    const struct ref_name *n, const struct found *f, const char **errstr)
{
	struct exact exact = { .wanted = n->text };
	char no_such[PIN_PATH_MAX], closed[PIN_PATH_MAX + 64] = "";
	char file[HINT_MAX], distrusted[PIN_PATH_MAX];
	bool other;

	if (f->other != NULL)
		for (size_t i = 0; i < NS_NTYPES; i++)
			if (n->types & ns_types[i].flag)
				return ref_say(errstr, "no %s there, but a %s",
				    ns_types[i].words, f->other->words);
	if (f->bad[0] != '\0')
		return ref_say(errstr, "%s/%s: %s", f->bad, n->text, f->why);
	(void)pin_each(note_exact, &exact);
	if (exact.dir[0] != '\0')
		return ref_say(errstr, "%s/%s: %s", exact.dir, n->text,
		    strerror(f->errnum));
	if (pin_distrusted(distrusted, sizeof(distrusted)))
		snprintf(closed, sizeof(closed), " (%s)", distrusted);
	else if (f->closed[0] != '\0')
		snprintf(closed, sizeof(closed), " (%s: %s)", f->closed,
		    strerror(EACCES));
	hint_file(n->text, file, sizeof(file));
	if (ref_container_named(n->text))
		return ref_say(errstr,
		    "no such name; there is a container of that name: "
		    "container:%s%s",
		    n->text, file);
	other = !pin_no_such(n->text, no_such, sizeof(no_such));
	return ref_say(errstr, "%s%s%s%s", no_such,
	    other ? no_other_ref(n) : "", closed, file);
}

int
ref_open_name(const struct ref_name *n, int fd[NS_NTYPES], const char **errstr)
{
	struct found f = { .other = NULL };

	if (look_everywhere(n, &f, errstr) == -1)
		return -1;
	if (f.dir[0] != '\0') {
		memcpy(fd, f.fd, sizeof(f.fd));
		return 0;
	}
	return say_missing(n, &f, errstr);
}

/* What N reads as when it is no name, and how to write that. */
static void
other_reading(const struct ref_name *n, char *buf, size_t size)
{
	switch (n->kind) {
	case REF_SELF:
		snprintf(buf, size, "this process (pid:self)");
		break;
	case REF_INODE:
		snprintf(buf, size, "a namespace by inode (ns:%s)", n->text);
		break;
	default:
		snprintf(buf, size, "a process (pid:%s)", n->text);
	}
}

int
ref_check(const struct ref_name *n, const char **errstr)
{
	char dir[PIN_PATH_MAX], other[64];

	if (!n->bare || n->kind == REF_NAME || alias_has(ALIAS_NUMBERS) ||
	    !pin_find(n->text, dir, sizeof(dir)))
		return 0;
	other_reading(n, other, sizeof(other));
	return ref_say(errstr, "ambiguous: %s, or %s/%s (name:%s)", other, dir,
	    n->text, n->text);
}
