/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/passwd.h"
#include "lib/uapi.h"

#define FILE_LIMIT (16 << 20)

/*
 * The file PATH below ROOT, in memory of its own; NULL and *ERRSTR.  A FIFO or
 * the like would keep us waiting.
 */
static char *
read_file(int root, const char *path, const char **errstr)
{
	static char why[160];
	char *text = NULL;
	struct stat st;
	int fd;

	fd = uapi_open_in_root(
	    root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd != -1 && fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		file_close(fd);
		snprintf(why, sizeof(why), "/%s inside: not a file", path);
		*errstr = why;
		return NULL;
	}
	if (fd != -1) {
		text = file_get_rest(fd, FILE_LIMIT, NULL);
		file_close(fd);
	}
	if (text == NULL) {
		snprintf(
		    why, sizeof(why), "/%s inside: %s", path, strerror(errno));
		*errstr = why;
	}
	return text;
}

/* The number in TEXT, which is there and of an ID. */
static bool
parse_id(const char *text, uint32_t *id)
{
	const char *errstr;

	if (text == NULL)
		return false;
	*id = (uint32_t)strtonum(text, 0, UINT32_MAX - 1, &errstr);
	return errstr == NULL;
}

int
passwd_parse_user(
    char *text, const char *name, uid_t uid, struct passwd_user *u)
{
	char *line, *field[7];
	size_t n;

	while ((line = strsep(&text, "\n")) != NULL) {
		for (n = 0; n < 7 && line != NULL; n++)
			field[n] = strsep(&line, ":");
		if (n < 7 || !parse_id(field[2], &u->uid) ||
		    !parse_id(field[3], &u->gid) ||
		    (name != NULL ? strcmp(field[0], name) != 0 :
				    u->uid != uid))
			continue;
		u->name = strdup(field[0]);
		u->home = strdup(field[5]);
		u->shell = strdup(field[6]);
		return u->name != NULL && u->home != NULL && u->shell != NULL ?
		    1 :
		    -1;
	}
	return 0;
}

/* The next line of TEXT that is a group: its three fields, or false. */
static bool
next_group(char **text, char **name, gid_t *gid, char **members)
{
	char *line;

	while ((line = strsep(text, "\n")) != NULL) {
		*name = strsep(&line, ":");
		strsep(&line, ":");
		if (parse_id(strsep(&line, ":"), gid)) {
			*members = line;
			return true;
		}
	}
	return false;
}

int
passwd_parse_group(char *text, const char *name, gid_t *gid)
{
	char *found, *members;

	while (next_group(&text, &found, gid, &members))
		if (strcmp(found, name) == 0)
			return 1;
	return 0;
}

int
passwd_user(int root, const char *name, uid_t uid, struct passwd_user *u,
    const char **errstr)
{
	char *text = read_file(root, "etc/passwd", errstr);
	int found;

	if (text == NULL)
		return -1;
	found = passwd_parse_user(text, name, uid, u);
	*errstr = found == -1 ? strerror(errno) :
				"no such user in /etc/passwd inside";
	free(text);
	return found == 1 ? 0 : -1;
}

int
passwd_group(int root, const char *name, gid_t *gid, const char **errstr)
{
	char *text = read_file(root, "etc/group", errstr);
	int found;

	if (text == NULL)
		return -1;
	found = passwd_parse_group(text, name, gid);
	free(text);
	*errstr = "no such group in /etc/group inside";
	return found ? 0 : -1;
}

static bool
is_member(char *members, const char *user)
{
	char *member;

	while ((member = strsep(&members, ",")) != NULL)
		if (strcmp(member, user) == 0)
			return true;
	return false;
}

int
passwd_groups(int root, const char *user, gid_t list[PASSWD_GROUPS_MAX],
    size_t *n, const char **errstr)
{
	char *text = read_file(root, "etc/group", errstr), *rest = text;
	char *name, *members;
	gid_t gid;

	*n = 0;
	if (text == NULL)
		return errno == ENOENT ? 0 : -1;
	while (
	    *n < PASSWD_GROUPS_MAX && next_group(&rest, &name, &gid, &members))
		if (is_member(members, user))
			list[(*n)++] = gid;
	free(text);
	return 0;
}
