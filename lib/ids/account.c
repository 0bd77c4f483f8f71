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
