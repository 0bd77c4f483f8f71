/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "lib/ids/account.h"
#include "lib/ids/capture.h"
#include "lib/ids/nsswitch.h"

#define FILE_LIMIT (64 * 1024 * 1024)
#define GETENT_NOT_FOUND 2

/* The two databases begin their lines alike: name, password, ID. */
static const struct database {
	const char *name, *file, *unknown;
} passwd = { "passwd", "/etc/passwd", "no such user" },
  group = { "group", "/etc/group", "no such group" };

/* What is looked for: the name, or where that is NULL the ID. */
struct account {
	char *name;
	uint32_t id;
	uint32_t group; /* of a user; UINT32_MAX: it is not told */
};

/* Is LINE the account A?  Then complete A. */
static bool
is_line_of(char *line, struct account *a)
{
	char *name = strsep(&line, ":"), *id;
	const char *errstr;
	uint32_t n;

	strsep(&line, ":");
	if ((id = strsep(&line, ":")) == NULL)
		return false;
	n = (uint32_t)strtonum(id, 0, UINT32_MAX - 1, &errstr);
	/* "+" and "-" begin what the time of NIS has left. */
	if (errstr != NULL || name[0] == '+' || name[0] == '-' ||
	    (a->name != NULL ? strcmp(name, a->name) != 0 : n != a->id))
		return false;
	a->id = n;
	a->group = UINT32_MAX;
	if (line != NULL) {
		n = (uint32_t)strtonum(
		    strsep(&line, ":"), 0, UINT32_MAX - 1, &errstr);
		if (errstr == NULL)
			a->group = n;
	}
	return a->name != NULL || (a->name = strdup(name)) != NULL;
}

static bool
is_in_text(char *text, struct account *a)
{
	bool found = false;
	char *line;

	while (!found && (line = strsep(&text, "\n")) != NULL)
		found = is_line_of(line, a);
	return found;
}

/* As find, by getent(1), which need not be installed. */
static int
find_elsewhere(
    const struct database *db, struct account *a, const char **errstr)
{
	static char why[160];
	char key[16], *text;
	const char *const argv[] = { "getent", db->name,
		a->name != NULL ? a->name : key, NULL };
	int status = 0;
	bool found;

	snprintf(key, sizeof(key), "%u", (unsigned)a->id);
	text = capture_program(GETENT_PATH, argv, &status);
	if (text == NULL && errno == ENOENT)
		return 0;
	*errstr = why;
	if (text == NULL)
		snprintf(
		    why, sizeof(why), "%s: %s", GETENT_PATH, strerror(errno));
	else if (WIFSIGNALED(status))
		snprintf(why, sizeof(why), "%s: killed by signal %d",
		    GETENT_PATH, WTERMSIG(status));
	else if (WEXITSTATUS(status) != 0 &&
	    WEXITSTATUS(status) != GETENT_NOT_FOUND)
		snprintf(why, sizeof(why), "%s: exit status %d", GETENT_PATH,
		    WEXITSTATUS(status));
	else
		*errstr = NULL;
	found = *errstr == NULL && is_in_text(text, a);
	free(text);
	return *errstr != NULL ? -1 : found;
}

/* 1: A is complete; 0: there is none; -1 and *ERRSTR. */
static int
find(const struct database *db, struct account *a, const char **errstr)
{
	static char why[160];
	char *text = file_get_all(AT_FDCWD, db->file, FILE_LIMIT, NULL);
	bool found;

	*errstr = NULL;
	if (text == NULL && errno != ENOENT) {
		snprintf(why, sizeof(why), "%s: %s", db->file, strerror(errno));
		*errstr = why;
		return -1;
	}
	found = is_in_text(text, a);
	free(text);
	if (found || !nsswitch_asks_more(db->name))
		return found;
	return find_elsewhere(db, a, errstr);
}

static int
id_of(const struct database *db, const char *name, uint32_t *id,
    const char **errstr)
{
	struct account a = { .name = (char *)(uintptr_t)name };
	int rc = find(db, &a, errstr);

	if (rc == 0)
		*errstr = db->unknown;
	if (rc <= 0)
		return -1;
	*id = a.id;
	return 0;
}

int
account_user(const char *name, uid_t *uid, const char **errstr)
{
	return id_of(&passwd, name, uid, errstr);
}

int
account_group(const char *name, gid_t *gid, const char **errstr)
{
	return id_of(&group, name, gid, errstr);
}

/* "NAME  GID GID ...", as getent(1) has it, into LIST. */
static int
parse_groups(char *text, gid_t *list, size_t max, size_t *n)
{
	const char *errstr, *word;
	gid_t gid;

	strsep(&text, " \t");
	while ((word = strsep(&text, " \t\n")) != NULL) {
		gid = (gid_t)strtonum(word, 0, UINT32_MAX - 1, &errstr);
		if (errstr != NULL)
			continue;
		if (*n == max)
			return -1;
		list[(*n)++] = gid;
	}
	return 0;
}

/* The groups that list NAME, where nsswitch.conf has more than files. */
static int
groups_elsewhere(
    const char *name, gid_t *list, size_t max, size_t *n, const char **errstr)
{
	const char *const argv[] = { "getent", "initgroups", name, NULL };
	int status = 0, rc = 0;
	char *text = capture_program(GETENT_PATH, argv, &status);

	if (text == NULL || status != 0) {
		*errstr = "getent initgroups does not tell its groups";
		rc = -1;
	} else if (parse_groups(text, list, max, n) == -1) {
		*errstr = "too many groups";
		rc = -1;
	}
	free(text);
	return rc;
}

int
account_groups(const char *name, uid_t uid, gid_t list[PASSWD_GROUPS_MAX],
    size_t *n, const char **errstr)
{
	struct account a = { .name = (char *)(uintptr_t)name, .id = uid };
	int rc = find(&passwd, &a, errstr), root;

	if (rc == 0)
		*errstr = passwd.unknown;
	if (rc <= 0)
		return -1;
	if (a.group == UINT32_MAX) {
		*errstr = "its group is not told";
		return -1;
	}
	*n = 1;
	list[0] = a.group;
	if (nsswitch_asks_more(group.name) || nsswitch_asks_more("initgroups"))
		return groups_elsewhere(
		    a.name, list, PASSWD_GROUPS_MAX, n, errstr);
	if ((root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1) {
		*errstr = strerror(errno);
		return -1;
	}
	rc = passwd_groups(root, a.name, list, n, errstr);
	file_close(root);
	if (rc == 0 && *n == PASSWD_GROUPS_MAX) {
		*errstr = "too many groups";
		rc = -1;
	}
	if (rc == -1)
		return -1;
	memmove(list + 1, list, *n * sizeof(list[0]));
	list[0] = a.group;
	*n += 1;
	return 0;
}

static int
compare(const void *a, const void *b)
{
	const struct account *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

const char *
account_name(uid_t uid, const char **errstr)
{
	static void *known;
	struct account *a = calloc(1, sizeof(*a)), **node;

	*errstr = NULL;
	if (a == NULL) {
		*errstr = strerror(errno);
		return NULL;
	}
	a->id = uid;
	if ((node = tfind(a, &known, compare)) != NULL) {
		free(a);
		return (*node)->name;
	}
	if (find(&passwd, a, errstr) == -1) {
		free(a);
		return NULL;
	}
	tsearch(a, &known, compare);
	return a->name;
}
