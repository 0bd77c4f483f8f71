/* SPDX-License-Identifier: ISC */
/* idmap, the request: options, and what they come to. */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/caps.h"
#include "lib/ids/cred.h"
#include "lib/ids/idmap.h"
#include "lib/ids/subid.h"

enum { USERS = 1, GROUPS = 2, BOTH = USERS | GROUPS };

static void
set_single(struct idmap_side *side, uint32_t id)
{
	side->single = true;
	side->inside_id = id;
}

static int
parse_root(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;

	(void)arg, (void)errstr;
	set_single(&r->users, opt->value ? geteuid() : 0);
	set_single(&r->groups, opt->value ? getegid() : 0);
	return 0;
}

static int
parse_single(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;
	uid_t uid = 0;
	gid_t gid = 0;

	if (opt->value == USERS) {
		if (cred_parse_user(arg, &uid, errstr) == -1)
			return -1;
		set_single(&r->users, uid);
	} else {
		if (cred_parse_group(arg, &gid, errstr) == -1)
			return -1;
		set_single(&r->groups, gid);
	}
	return 0;
}

static int
add_word(struct idmap_side *side, const char *arg, const char **errstr)
{
	struct idmap_range range;

	if (strcmp(arg, "auto") == 0)
		side->from_auto = true;
	else if (strcmp(arg, "subids") == 0)
		side->from_self = true;
	else if (strcmp(arg, "all") == 0)
		side->all = true;
	else if (idmap_parse_range(arg, &range, errstr) == -1 ||
	    idmap_add(&side->fixed, &range, errstr) == -1)
		return -1;
	return 0;
}

static int
parse_ranges(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;

	return add_word(
	    opt->value == USERS ? &r->users : &r->groups, arg, errstr);
}

static int
parse_subids(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;
	const char *word = opt->value ? "subids" : "auto";

	(void)arg;
	add_word(&r->users, word, errstr);
	return add_word(&r->groups, word, errstr);
}

static int
parse_owner(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;
	const char *colon = strchr(arg, ':');
	char user[16];

	(void)opt;
	if (colon == NULL || (size_t)(colon - arg) >= sizeof(user)) {
		*errstr = "not UID:GID";
		return -1;
	}
	strlcpy(user, arg, (size_t)(colon - arg) + 1);
	r->owner = true;
	r->owner_uid = (uid_t)strtonum(user, 0, UINT32_MAX - 1, errstr);
	if (*errstr == NULL)
		r->owner_gid = (gid_t)strtonum(
		    colon + 1, 0, UINT32_MAX - 1, errstr);
	return *errstr == NULL ? 0 : -1;
}

static int
parse_setgroups(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;

	(void)opt;
	r->setgroups = strcmp(arg, "allow") == 0;
	if (r->setgroups || strcmp(arg, "deny") == 0)
		return 0;
	*errstr = "must be allow or deny";
	return -1;
}

const struct opt idmap_options[] = {
	{ 'c', "map-current-user", .help = "our IDs stay; implies -U",
	    .parse = parse_root, .value = 1 },
	{ 'r', "map-root-user", .help = "our IDs become 0; implies -U",
	    .parse = parse_root },
	{ 0, "map-auto", .help = "map our ranges of subuid(5) from 0 on",
	    .parse = parse_subids },
	{ 0, "map-group", .arg = "GID|NAME",
	    .help = "our group ID becomes that one", .parse = parse_single,
	    .value = GROUPS },
	{ 0, "map-groups", .arg = "RANGE",
	    .help = "INSIDE:OUTSIDE:COUNT, auto, subids or all",
	    .parse = parse_ranges, .value = GROUPS },
	{ 0, "map-subids", .help = "map our ranges of subuid(5) to themselves",
	    .parse = parse_subids, .value = 1 },
	{ 0, "map-user", .arg = "UID|NAME",
	    .help = "our user ID becomes that one", .parse = parse_single,
	    .value = USERS },
	{ 0, "map-users", .arg = "RANGE",
	    .help = "INSIDE:OUTSIDE:COUNT, auto, subids or all",
	    .parse = parse_ranges, .value = USERS },
	{ 0, "owner", .arg = "UID:GID", .help = "who owns the user namespace",
	    .parse = parse_owner },
	{ 0, "setgroups", .arg = "allow|deny",
	    .help = "whether setgroups(2) works inside",
	    .parse = parse_setgroups },
	{ 0 },
};

static bool
side_wanted(const struct idmap_side *s)
{
	return s->single || s->from_auto || s->from_self || s->all ||
	    s->fixed.n > 0;
}

bool
idmap_wanted(const struct idmap_request *r)
{
	return side_wanted(&r->users) || side_wanted(&r->groups) || r->owner;
}

/* The subordinate ranges: one after the other from 0, or to themselves. */
static int
add_subids(
    struct idmap *map, const char *file, bool to_self, const char **errstr)
{
	static struct subid_range sub[IDMAP_MAX];
	struct idmap_range range;
	uint32_t next = 0;
	int n;

	n = subid_ranges(file, geteuid(), sub, to_self ? IDMAP_MAX : 1, errstr);
	for (int i = 0; i < n; i++) {
		range.inside = to_self ? sub[i].first : next;
		range.outside = sub[i].first;
		range.count = sub[i].count;
		next += sub[i].count;
		if (idmap_add(map, &range, errstr) == -1)
			return -1;
	}
	return n == -1 ? -1 : 0;
}

/* What our own namespace maps, to itself: /proc/self/uid_map. */
static int
add_all(struct idmap *map, const char *file, const char **errstr)
{
	char *text, *rest, *line;
	struct idmap_range range;
	int rc = 0;

	*errstr = "cannot read our own map: is /proc mounted?";
	if ((text = file_get_all(AT_FDCWD, file, 65536, NULL)) == NULL)
		return -1;
	rest = text;
	while (rc == 0 && (line = strsep(&rest, "\n")) != NULL) {
		if (sscanf(line, "%" SCNu32 " %*u %" SCNu32, &range.inside,
			&range.count) != 2)
			continue;
		range.outside = range.inside;
		rc = idmap_add(map, &range, errstr);
	}
	free(text);
	return rc;
}

static int
resolve_side(const struct idmap_side *s, struct idmap *map, bool users,
    uint32_t own, const char **errstr)
{
	const char *subids = users ? "/etc/subuid" : "/etc/subgid";
	const char *all = users ? "/proc/self/uid_map" : "/proc/self/gid_map";
	struct idmap_range self = { s->inside_id, own, 1 };

	*map = s->fixed;
	if ((s->from_auto && add_subids(map, subids, false, errstr) == -1) ||
	    (s->from_self && add_subids(map, subids, true, errstr) == -1) ||
	    (s->all && add_all(map, all, errstr) == -1))
		return -1;
	if (s->single &&
	    (idmap_punch(map, s->inside_id, own, errstr) == -1 ||
		idmap_add(map, &self, errstr) == -1))
		return -1;
	return 0;
}

/* Only our own ID: what a process may write without any privilege. */
static bool
is_own(const struct idmap *map, uint32_t own)
{
	return map->n == 0 ||
	    (map->n == 1 && map->ranges[0].count == 1 &&
		map->ranges[0].outside == own);
}

static bool
has_helper(const char *path, const char **errstr)
{
	static char why[256];

	if (access(path, X_OK) == 0)
		return true;
	snprintf(why, sizeof(why),
	    "%s: %s (without privilege it writes the ranges: install uidmap "
	    "or shadow)",
	    path, strerror(errno));
	*errstr = why;
	return false;
}

/* What our user namespace denies no namespace below it can allow. */
static bool
is_denied(void)
{
	char word[16];

	return file_get(AT_FDCWD, "/proc/self/setgroups", word, sizeof(word)) >
	    0 &&
	    strncmp(word, "deny", 4) == 0;
}

/* Who has to write, and whether setgroups(2) must be given up for it. */
static int
choose_way(struct idmap_job *job, const char **errstr)
{
	bool own = is_own(&job->users, geteuid()) &&
	    is_own(&job->groups, getegid());
	uint64_t caps = caps_effective();
	bool may = (caps & CAPS_BIT(CAP_SETUID)) &&
	    (caps & CAPS_BIT(CAP_SETGID));

	job->by_helper = !own && !may;
	if (job->setgroups == -1 && job->groups.n > 0 && own)
		job->setgroups = 0;
	if (job->setgroups == 1 && is_denied()) {
		*errstr = "--setgroups allow: it is denied in our own user "
			  "namespace";
		return -1;
	}
	if (job->setgroups == 1 && own && !may && job->groups.n > 0) {
		*errstr = "--setgroups allow: needs CAP_SETGID outside, or "
			  "--map-groups by newgidmap(1)";
		return -1;
	}
	job->outside = !own || job->owner ||
	    (job->setgroups == 1 && job->groups.n > 0);
	if (job->by_helper &&
	    ((job->users.n > 0 && !has_helper(NEWUIDMAP_PATH, errstr)) ||
		(job->groups.n > 0 && !has_helper(NEWGIDMAP_PATH, errstr))))
		return -1;
	job->no_setfcap = (caps & CAPS_BIT(CAP_SETFCAP)) == 0 &&
	    idmap_has_outside(&job->users, 0);
	return own ? 0 : idmap_check_rules(job, errstr);
}

static int
name_option(const char *option, const char **errstr)
{
	static char why[320];

	snprintf(why, sizeof(why), "%s: %s", option, *errstr);
	*errstr = why;
	return -1;
}

int
idmap_resolve(
    const struct idmap_request *r, struct idmap_job *job, const char **errstr)
{
	memset(job, 0, sizeof(*job));
	job->setgroups = r->setgroups;
	job->owner = r->owner;
	job->owner_uid = r->owner_uid;
	job->owner_gid = r->owner_gid;
	if (r->owner && (job->self = malloc(sizeof(*job->self))) == NULL) {
		*errstr = strerror(errno);
		return name_option("--owner", errstr);
	}
	if (!idmap_wanted(r) && r->setgroups == -1)
		return 0;
	if (resolve_side(&r->users, &job->users, true,
		r->owner ? r->owner_uid : geteuid(), errstr) == -1)
		return name_option("--map-users", errstr);
	if (resolve_side(&r->groups, &job->groups, false,
		r->owner ? r->owner_gid : getegid(), errstr) == -1)
		return name_option("--map-groups", errstr);
	return choose_way(job, errstr);
}
