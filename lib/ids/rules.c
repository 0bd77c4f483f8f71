/* SPDX-License-Identifier: ISC */
/* idmap, the rules: what the kernel and newuidmap(1) will not take. */
#include "config.h"

#include <sys/types.h>

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/idmap.h"
#include "lib/ids/subid.h"

/* What differs between the two maps. */
struct side {
	const char *option, *own_map, *subids;
};

static int
refuse(const struct side *s, const struct idmap_range *r, const char *why,
    const char **errstr)
{
	static char text[320];

	if (r == NULL)
		snprintf(text, sizeof(text), "--%s: %s", s->option, why);
	else
		snprintf(text, sizeof(text), "--%s %u:%u:%u: %s", s->option,
		    r->inside, r->outside, r->count, why);
	*errstr = text;
	return -1;
}

/* The file takes one write(2) that is smaller than a page. */
static int
check_size(const struct side *s, const struct idmap *map, const char **errstr)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), len = 0;
	char why[128];

	for (size_t i = 0; i < map->n; i++)
		len += (size_t)snprintf(NULL, 0, "%u %u %u\n",
		    map->ranges[i].inside, map->ranges[i].outside,
		    map->ranges[i].count);
	if (len < page)
		return 0;
	snprintf(why, sizeof(why),
	    "%zu ranges are %zu bytes of text, and the kernel takes fewer "
	    "than %zu",
	    map->n, len, page);
	return refuse(s, NULL, why, errstr);
}

/* Is all that R has outside in one extent of our own map? */
static bool
is_ours(const char *own, const struct idmap_range *r)
{
	uint32_t first, count;
	const char *at = own;
	int used;

	for (; sscanf(at, "%" SCNu32 " %*u %" SCNu32 "%n", &first, &count,
		   &used) == 2;
	     at += used)
		if (r->outside >= first && r->outside - first < count &&
		    r->count <= count - (r->outside - first))
			return true;
	return false;
}

static int
check_own(const struct side *s, const struct idmap *map, const char **errstr)
{
	char *own = file_get_all(AT_FDCWD, s->own_map, 65536, NULL), why[128];
	int rc = 0;

	/* Without it the kernel has the last word. */
	for (size_t i = 0; own != NULL && rc == 0 && i < map->n; i++) {
		if (is_ours(own, &map->ranges[i]))
			continue;
		snprintf(why, sizeof(why),
		    "these outside IDs are not all mapped in our own user "
		    "namespace (%s)",
		    s->own_map);
		rc = refuse(s, &map->ranges[i], why, errstr);
	}
	free(own);
	return rc;
}

/* One's own ID is everybody's to map; the rest has to be in subuid(5). */
static int
check_subids(const struct side *s, const struct idmap *map, uint32_t own,
    const char **errstr)
{
	const struct idmap_range *r;
	const char *why;

	for (size_t i = 0; i < map->n; i++) {
		r = &map->ranges[i];
		if (r->count == 1 && r->outside == own)
			continue;
		if (subid_covers(
			s->subids, geteuid(), r->outside, r->count, &why) == 0)
			return refuse(s, r, why, errstr);
	}
	return 0;
}

int
idmap_check_rules(const struct idmap_job *job, const char **errstr)
{
	const struct side sides[] = {
		{ job->users_option, "/proc/self/uid_map", "/etc/subuid" },
		{ job->groups_option, "/proc/self/gid_map", "/etc/subgid" },
	};
	const struct idmap *maps[] = { &job->users, &job->groups };
	uint32_t own[] = { geteuid(), getegid() };

	for (size_t i = 0; i < 2; i++)
		if (check_size(&sides[i], maps[i], errstr) == -1 ||
		    check_own(&sides[i], maps[i], errstr) == -1 ||
		    (job->by_helper &&
			check_subids(&sides[i], maps[i], own[i], errstr) == -1))
			return -1;
	return 0;
}
