/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/alike.h"
#include "lib/file.h"
#include "lib/pin/dir.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/text.h"
#include "lib/uapi.h"

#define EARLIER_MAX 16

/* In UTF-8, but that of ASCII: shown, it would be taken for the end. */
static bool
has_space(const char *name)
{
	static const char *const spaces[] = { "\xc2\xa0", "\xe1\x9a\x80",
		"\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83",
		"\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
		"\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xaf",
		"\xe2\x81\x9f", "\xe3\x80\x80" };

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (strstr(name, spaces[i]) != NULL)
			return true;
	return false;
}

bool
pin_name_valid(const char *name)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	char shown[PIN_NAME_MAX + 1];
	size_t len = strlen(name);

	if (len == 0 || len > PIN_NAME_MAX || strchr(".@+-", name[0]) != NULL)
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x80 &&
		    strchr(word, name[i]) == NULL &&
		    strchr(".@+-", name[i]) == NULL)
			return false;
	/* What would be escaped is no letter. */
	return text_escape(shown, sizeof(shown), name, len) == len &&
	    !has_space(name) && strspn(name, "0123456789") != len &&
	    strcmp(name, "self") != 0;
}

bool
pin_name_possible(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= PIN_ANY_MAX && strchr(name, '/') == NULL &&
	    strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
	    strcmp(name, ".lock") != 0 && strncmp(name, ".new.", 5) != 0 &&
	    strncmp(name, ".old.", 5) != 0;
}

/* Is NAME in the I-th directory, which is PATH, if that can be trusted? */
static bool
has(size_t i, const char *path, const char *name)
{
	char file[PIN_PATH_MAX + PIN_ANY_MAX + 2];
	struct stat st;
	int run;

	/* Mostly it is not there, which takes one call to see. */
	snprintf(file, sizeof(file), "%s/%s", path, name);
	if (path[0] == '\0' || lstat(file, &st) == -1 ||
	    (run = pindir_look(i, path, NULL)) == -1)
		return false;
	close(run);
	return true;
}

bool
pin_find(const char *name, char *path, size_t size)
{
	for (size_t i = 0; pin_dir(i, path, size); i++)
		if (has(i, path, name))
			return true;
	return false;
}

int
pin_process(const char *name, struct proc *p)
{
	char path[PIN_PATH_MAX];
	int run, dir, rc;

	if (!pin_find(name, path, sizeof(path)))
		errno = ENOENT;
	else if ((run = pindir_open(path, true)) != -1) {
		dir = openat(
		    run, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		file_close(run);
		rc = dir == -1 ? -1 : record_find(dir, RECORD_WHILE, p);
		file_close(dir);
		return rc;
	}
	return -1;
}

/* The directories that were read before: their names hide later ones. */
struct earlier {
	int fd[EARLIER_MAX];
	size_t n;
};

static bool
is_hidden(const struct earlier *e, const char *name)
{
	for (size_t k = 0; k < e->n; k++)
		if (faccessat(e->fd[k], name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	return false;
}

/* FN with each name of the directory PATH, which is open as RUN. */
static int
each_in(const struct earlier *earlier, const char *path, int run,
    int (*fn)(void *arg, int run, const char *dir, const char *name), void *arg)
{
	_Alignas(struct uapi_dirent) char buf[4096];
	const struct uapi_dirent *e;
	ssize_t n = 0;
	int rc = 0;

	while (rc == 0 && (n = uapi_getdents(run, buf, sizeof(buf))) > 0)
		for (ssize_t at = 0; rc == 0 && at < n; at += e->len) {
			e = (const struct uapi_dirent *)(const void *)(buf +
			    at);
			if (pin_name_possible(e->name) &&
			    !is_hidden(earlier, e->name))
				rc = fn(arg, run, path, e->name);
		}
	return n == -1 ? -1 : rc;
}

int
pin_each(
    int (*fn)(void *arg, int run, const char *dir, const char *name), void *arg)
{
	struct earlier e = { .n = 0 };
	char path[PIN_PATH_MAX];
	int rc = 0, run, refused = 0;

	for (size_t i = 0; rc == 0 && pin_dir(i, path, sizeof(path)); i++) {
		if (path[0] == '\0')
			continue;
		if ((run = pindir_look(i, path, NULL)) != -1) {
			rc = each_in(&e, path, run, fn, arg);
			if (e.n < EARLIER_MAX)
				e.fd[e.n++] = run;
			else
				file_close(run);
		} else if (errno == EPERM)
			refused = EPERM;
		else if (errno != ENOENT)
			rc = -1;
	}
	while (e.n > 0)
		file_close(e.fd[--e.n]);
	if (rc != 0 || refused == 0)
		return rc;
	errno = refused;
	return -1;
}

/* Add to BUF why PATH is not trusted. */
static void
add_distrust(char *buf, size_t size, const char *path)
{
	size_t len = strlen(buf);
	struct stat st;

	if (lstat(path, &st) == -1 || len >= size)
		return;
	if (st.st_uid != 0 && st.st_uid != geteuid())
		snprintf(buf + len, size - len, "%s%s: it belongs to user %ju",
		    len > 0 ? "; " : "", path, (uintmax_t)st.st_uid);
	else
		snprintf(buf + len, size - len,
		    "%s%s: others may write to it (mode %04o)",
		    len > 0 ? "; " : "", path, (unsigned)st.st_mode & 07777);
}

bool
pin_distrusted(char *buf, size_t size)
{
	char path[PIN_PATH_MAX];
	int run;

	buf[0] = '\0';
	for (size_t i = 0; pin_dir(i, path, sizeof(path)); i++) {
		if (path[0] == '\0')
			continue;
		if ((run = pindir_look(i, path, NULL)) != -1)
			close(run);
		else if (errno == EPERM)
			add_distrust(buf, size, path);
	}
	return buf[0] != '\0';
}

static int
add_like(void *arg, int run, const char *dir, const char *name)
{
	(void)run, (void)dir;
	return alike_add(arg, name) ? 0 : 1;
}

/* The directories where names are, with commas between. */
static void
search_path(char *buf, size_t size)
{
	char dir[PIN_PATH_MAX];

	buf[0] = '\0';
	for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++) {
		if (dir[0] == '\0')
			continue;
		strlcat(buf, buf[0] == '\0' ? "" : ", ", size);
		strlcat(buf, dir, size);
	}
}

bool
pin_no_such(const char *name, char *text, size_t size)
{
	struct alike like = { .wanted = name };
	char path[PIN_PATH_MAX];

	(void)pin_each(add_like, &like);
	search_path(path, sizeof(path));
	snprintf(text, size, "no such name%s%s",
	    like.n > 0 ? "; there is: " : " in ",
	    like.n > 0 ? like.names : path);
	return like.n > 0;
}

const char *
pin_missing(const char *name, int errnum, int refused)
{
	static char text[2 * PIN_PATH_MAX];
	char where[PIN_PATH_MAX - 64], no_such[PIN_PATH_MAX];
	bool distrusted = (errnum == EPERM ||
			      (errnum == ENOENT && refused == EPERM)) &&
	    pin_distrusted(where, sizeof(where));

	if (errnum != ENOENT && !distrusted)
		return strerror(errnum);
	pin_no_such(name, no_such, sizeof(no_such));
	snprintf(text, sizeof(text), "%s%s%s%s", no_such,
	    distrusted ? " (" : "", distrusted ? where : "",
	    distrusted ? ")" : "");
	return text;
}
