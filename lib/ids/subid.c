/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/account.h"
#include "lib/ids/capture.h"
#include "lib/ids/nsswitch.h"
#include "lib/ids/subid.h"

#define RANGES_MAX 1024
#define FILE_LIMIT (64 * 1024 * 1024)

int
subid_parse_line(
    char *line, const char *name, uid_t uid, struct subid_range *range)
{
	char *owner = strsep(&line, ":"), *first = strsep(&line, ":");
	const char *e1, *e2, *e3;
	bool by_number;

	if (first == NULL || line == NULL)
		return 0;
	by_number = strtonum(owner, 0, UINT32_MAX - 1, &e3) == (long long)uid &&
	    e3 == NULL;
	range->first = (uint32_t)strtonum(first, 0, UINT32_MAX - 1, &e1);
	range->count = (uint32_t)strtonum(line, 1, UINT32_MAX - 1, &e2);
	if (e1 != NULL || e2 != NULL ||
	    range->count > UINT32_MAX - range->first)
		return 0;
	return by_number || (name != NULL && strcmp(owner, name) == 0);
}

static int
ranges_of_text(char *text, const char *name, uid_t uid,
    struct subid_range *range, size_t max)
{
	size_t n = 0;
	char *line;

	while (n < max && (line = strsep(&text, "\n")) != NULL)
		n += (size_t)subid_parse_line(line, name, uid, &range[n]);
	return (int)n;
}

/* Have look-ups to go elsewhere than to the file, and can they? */
static bool
asks_getsubids(void)
{
	return nsswitch_asks_more("subid") && access(GETSUBIDS_PATH, X_OK) == 0;
}

/* The output of getsubids: "0: owner first count". */
static char *
run_getsubids(bool gids, const char *owner)
{
	const char *const argv[] = { "getsubids", gids ? "-g" : owner,
		gids ? owner : NULL, NULL };
	int status = 0;
	char *text = capture_program(GETSUBIDS_PATH, argv, &status);

	if (text != NULL && status == 0)
		return text;
	if (text != NULL)
		errno = 0;
	free(text);
	return NULL;
}

/* Make "0: owner first count" the file's "owner:first:count". */
static void
to_file_form(char *text)
{
	char *to = text, *line, *rest = text;

	while ((line = strsep(&rest, "\n")) != NULL) {
		line += strcspn(line, " ");
		line += strspn(line, " ");
		for (; *line != '\0'; line++)
			*to++ = *line == ' ' ? ':' : *line;
		if (rest != NULL)
			*to++ = '\n';
	}
	*to = '\0';
}

/* The user's name, or his number if he has none; NULL and *errstr. */
static const char *
name_of(uid_t uid, const char **errstr)
{
	const char *name = account_name(uid, errstr);
	static char text[160];

	if (*errstr != NULL) {
		snprintf(text, sizeof(text), "cannot look up user %u: %s",
		    (unsigned)uid, *errstr);
		*errstr = text;
		return NULL;
	}
	if (name == NULL)
		snprintf(text, sizeof(text), "%u", (unsigned)uid);
	return name != NULL ? name : text;
}

/* What is said of USER in FILE, for free(3), or NULL and *errstr. */
static char *
text_of(const char *file, const char *user, const char **errstr)
{
	static char why[160];
	const char *source = file;
	char *text;

	errno = 0;
	if (asks_getsubids()) {
		source = GETSUBIDS_PATH;
		text = run_getsubids(strstr(file, "gid") != NULL, user);
		if (text != NULL)
			to_file_form(text);
	} else {
		text = file_get_all(AT_FDCWD, file, FILE_LIMIT, NULL);
	}
	if (text == NULL) {
		snprintf(why, sizeof(why), "cannot read %s: %s", source,
		    errno != 0 ? strerror(errno) : "it failed");
		*errstr = why;
	}
	return text;
}

int
subid_ranges(const char *file, uid_t uid, struct subid_range *range, size_t max,
    const char **errstr)
{
	const char *user = name_of(uid, errstr);
	static char why[400];
	char *text;
	int n;

	if (user == NULL || (text = text_of(file, user, errstr)) == NULL)
		return -1;
	n = ranges_of_text(text, user, uid, range, max);
	free(text);
	if (n > 0)
		return n;
	snprintf(why, sizeof(why),
	    "%s has no range for user %s (usermod --add-sub%cids adds one)",
	    file, user, strstr(file, "gid") != NULL ? 'g' : 'u');
	*errstr = why;
	return -1;
}

/* The end of the range that FIRST is in, or FIRST if it is in none. */
static uint64_t
end_of(const struct subid_range *range, size_t n, uint64_t first)
{
	for (size_t i = 0; i < n; i++)
		if (first >= range[i].first &&
		    first - range[i].first < range[i].count)
			return (uint64_t)range[i].first + range[i].count;
	return first;
}

int
subid_covers(const char *file, uid_t uid, uint32_t first, uint32_t count,
    const char **errstr)
{
	static struct subid_range range[RANGES_MAX];
	uint64_t at = first, end = (uint64_t)first + count, next;
	static char why[400];
	const char *user;
	int n;

	if (asks_getsubids() || access(file, R_OK) == -1 ||
	    (user = name_of(uid, errstr)) == NULL)
		return -1;
	if ((n = subid_ranges(file, uid, range, RANGES_MAX, errstr)) == -1)
		return 0;
	for (; at < end; at = next)
		if ((next = end_of(range, (size_t)n, at)) == at)
			break;
	if (at >= end)
		return 1;
	snprintf(why, sizeof(why), "%s does not give ID %" PRIu64 " to user %s",
	    file, at, user);
	*errstr = why;
	return 0;
}
