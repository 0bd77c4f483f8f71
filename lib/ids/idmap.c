/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/idmap.h"

#define ID_MAX (UINT32_MAX - 1) /* the last number is "no ID" */

static const struct idmap_range *
overlap(const struct idmap *map, const struct idmap_range *r)
{
	const struct idmap_range *q;

	for (size_t i = 0; i < map->n; i++) {
		q = &map->ranges[i];
		if ((r->inside < (uint64_t)q->inside + q->count &&
			q->inside < (uint64_t)r->inside + r->count) ||
		    (r->outside < (uint64_t)q->outside + q->count &&
			q->outside < (uint64_t)r->outside + r->count))
			return q;
	}
	return NULL;
}

int
idmap_parse_range(const char *text, struct idmap_range *r, const char **errstr)
{
	const char *sep = strchr(text, ':') != NULL ? ":" : ",", *rest = text;
	uint32_t value[3] = { 0, 0, 0 };
	char item[16];
	size_t len;

	for (size_t i = 0; i < 3; i++) {
		len = strcspn(rest, sep);
		if (len >= sizeof(item) || (rest[len] == '\0') != (i == 2)) {
			*errstr = "not INSIDE:OUTSIDE:COUNT";
			return -1;
		}
		memcpy(item, rest, len);
		item[len] = '\0';
		value[i] = (uint32_t)opt_number(
		    item, i == 2, i == 2 ? UINT32_MAX : ID_MAX, errstr);
		if (*errstr != NULL)
			return -1;
		rest += len + 1;
	}
	r->inside = value[sep[0] == ','];
	r->outside = value[sep[0] != ','];
	r->count = value[2];
	if (r->count - 1 > ID_MAX - r->inside ||
	    r->count - 1 > ID_MAX - r->outside) {
		*errstr = "goes beyond the last ID, 4294967294";
		return -1;
	}
	return 0;
}

int
idmap_add(struct idmap *map, const struct idmap_range *r, const char **errstr)
{
	const struct idmap_range *q = overlap(map, r);
	static char why[128];

	if (q != NULL) {
		snprintf(why, sizeof(why), "overlaps: %u:%u:%u and %u:%u:%u",
		    q->inside, q->outside, q->count, r->inside, r->outside,
		    r->count);
		*errstr = why;
		return -1;
	}
	if (map->n == IDMAP_MAX) {
		*errstr = "more than 340 ranges";
		return -1;
	}
	map->ranges[map->n++] = *r;
	return 0;
}

int
idmap_add_around(struct idmap *map, const struct idmap_range *r,
    uint32_t inside, uint32_t outside, const char **errstr)
{
	bool in = inside - r->inside < r->count;
	bool out = outside - r->outside < r->count;
	uint32_t n = r->count - (in || out);
	uint32_t a = in ? inside - r->inside : n;
	uint32_t b = out ? outside - r->outside : n;
	const uint32_t cut[4] = { 0, a < b ? a : b, a < b ? b : a, n };
	struct idmap_range piece;

	for (size_t i = 0; i < 3; i++) {
		if (cut[i] >= cut[i + 1])
			continue;
		piece.inside = r->inside + cut[i] + (in && cut[i] >= a);
		piece.outside = r->outside + cut[i] + (out && cut[i] >= b);
		piece.count = cut[i + 1] - cut[i];
		if (idmap_add(map, &piece, errstr) == -1)
			return -1;
	}
	return 0;
}

int
idmap_read(struct idmap *map, int dir, const char *file)
{
	char *text = file_get_all(dir, file, 65536, NULL), *rest = text;
	struct idmap_range *r;
	char *line;

	map->n = 0;
	while (map->n < IDMAP_MAX && (line = strsep(&rest, "\n")) != NULL) {
		r = &map->ranges[map->n];
		map->n += sscanf(line, "%" SCNu32 " %" SCNu32 " %" SCNu32,
			      &r->inside, &r->outside, &r->count) == 3;
	}
	if (text == NULL)
		return -1;
	free(text);
	return 0;
}

bool
idmap_groups_denied(void)
{
	char word[16];

	return file_get(AT_FDCWD, "/proc/self/setgroups", word, sizeof(word)) >
	    0 &&
	    strncmp(word, "deny", 4) == 0;
}

bool
idmap_has_inside(const struct idmap *map, uint32_t id)
{
	for (size_t i = 0; i < map->n; i++)
		if (id >= map->ranges[i].inside &&
		    id - map->ranges[i].inside < map->ranges[i].count)
			return true;
	return false;
}

bool
idmap_has_outside(const struct idmap *map, uint32_t id)
{
	for (size_t i = 0; i < map->n; i++)
		if (id >= map->ranges[i].outside &&
		    id - map->ranges[i].outside < map->ranges[i].count)
			return true;
	return false;
}

/* One that is not mapped is kept by whoever does not become root inside. */
static bool
is_kept(const struct idmap_job *job, uid_t uid)
{
	uid_t real, effective, saved;

	if (job->owner && uid == job->owner_uid)
		return true;
	if (geteuid() == 0 && idmap_has_inside(&job->users, 0))
		return false;
	return getresuid(&real, &effective, &saved) == -1 || uid == real ||
	    uid == effective || uid == saved;
}

bool
idmap_reaches(const struct idmap_job *job, int types, uid_t uid)
{
	return (types & CLONE_NEWUSER) == 0 ||
	    idmap_has_outside(&job->users, uid) || is_kept(job, uid);
}
