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

static void
set_subids(struct idmap_side *side, bool to_self, const char *option)
{
	size_t before = side->fixed.n + 1;

	if (to_self) {
		side->from_self = before;
		side->self_option = option;
	} else {
		side->from_auto = before;
		side->auto_option = option;
	}
}

static int
add_word(struct idmap_side *side, const char *option, const char *arg,
    const char **errstr)
{
	struct idmap_range range;

	if (strcmp(arg, "auto") == 0)
		set_subids(side, false, option);
	else if (strcmp(arg, "subids") == 0)
		set_subids(side, true, option);
	else if (strcmp(arg, "all") == 0)
		side->all = side->fixed.n + 1;
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

	return add_word(opt->value == USERS ? &r->users : &r->groups, opt->name,
	    arg, errstr);
}

static int
parse_subids(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;

	(void)arg, (void)errstr;
	set_subids(&r->users, opt->value, opt->name);
	set_subids(&r->groups, opt->value, opt->name);
	return 0;
}

static int
parse_owner(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct idmap_request *r = at;
	const char *colon = strchr(arg, ':');
	char user[256];

	(void)opt;
	if (colon == NULL || colon[1] == '\0' || colon == arg ||
	    (size_t)(colon - arg) >= sizeof(user)) {
		*errstr = "not USER:GROUP, names or numbers";
		return -1;
	}
	strlcpy(user, arg, (size_t)(colon - arg) + 1);
	r->owner = true;
	if (cred_parse_user(user, &r->owner_uid, errstr) == -1)
		return -1;
	return cred_parse_group(colon + 1, &r->owner_gid, errstr);
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
	{ 0, "owner", .arg = "USER:GROUP",
	    .help = "who owns the user namespace", .parse = parse_owner },
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

/* One of the two maps in the making. */
struct making {
	const struct idmap_side *side;
	struct idmap *map;
	uint32_t own;
	const char *subids, *all; /* files */
	const char *option;	  /* of ranges */
};

/* GROWS: the end of RANGE inside is where its last ID comes to lie. */
static int
add(const struct making *m, const struct idmap_range *range, bool grows,
    const char **errstr)
{
	const struct idmap_side *s = m->side;
	struct idmap_range r = *range;

	if (!s->single)
		return idmap_add(m->map, &r, errstr);
	if (grows && s->inside_id - r.inside < r.count &&
	    m->own - r.outside >= r.count)
		r.count++;
	return idmap_add_around(m->map, &r, s->inside_id, m->own, errstr);
}

/* The subordinate ranges: the first from 0 on, or all to themselves. */
static int
add_subids(const struct making *m, bool to_self, const char **errstr)
{
	static struct subid_range sub[IDMAP_MAX];
	struct idmap_range range;
	int n;

	n = subid_ranges(
	    m->subids, geteuid(), sub, to_self ? IDMAP_MAX : 1, errstr);
	for (int i = 0; i < n; i++) {
		range.inside = to_self ? sub[i].first : 0;
		range.outside = sub[i].first;
		range.count = sub[i].count;
		if (add(m, &range, !to_self, errstr) == -1)
			return -1;
	}
	return n == -1 ? -1 : 0;
}

/* What our own namespace maps, to itself: /proc/self/uid_map. */
static int
add_all(const struct making *m, const char **errstr)
{
	static struct idmap own;

	(void)idmap_read(&own, AT_FDCWD, m->all);
	if (own.n == 0) {
		*errstr = "cannot read our own map: is /proc mounted?";
		return -1;
	}
	for (size_t i = 0; i < own.n; i++) {
		own.ranges[i].outside = own.ranges[i].inside;
		if (add(m, &own.ranges[i], false, errstr) == -1)
			return -1;
	}
	return 0;
}

static int
name_option(const char *option, const char **errstr)
{
	static char why[320];

	snprintf(why, sizeof(why), "--%s: %s", option, *errstr);
	*errstr = why;
	return -1;
}

/* The lines in the order of unshare(1): our own ID, then as they were given. */
static int
make_map(const struct making *m, const char **errstr)
{
	const struct idmap_side *s = m->side;
	struct idmap_range self = { s->inside_id, m->own, 1 };

	if (s->single && idmap_add(m->map, &self, errstr) == -1)
		return name_option(m->option, errstr);
	for (size_t i = 1; i <= s->fixed.n + 1; i++) {
		if (s->from_auto == i && add_subids(m, false, errstr) == -1)
			return name_option(s->auto_option, errstr);
		if (s->from_self == i && add_subids(m, true, errstr) == -1)
			return name_option(s->self_option, errstr);
		if ((s->all == i && add_all(m, errstr) == -1) ||
		    (i <= s->fixed.n &&
			add(m, &s->fixed.ranges[i - 1], false, errstr) == -1))
			return name_option(m->option, errstr);
	}
	return 0;
}

/* Which option is to blame for a map that is refused as a whole. */
static const char *
option_of(const struct making *m)
{
	const struct idmap_side *s = m->side;

	if (s->fixed.n > 0 || s->all)
		return m->option;
	if (s->from_auto || s->from_self)
		return s->from_auto ? s->auto_option : s->self_option;
	return m->option;
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
	if (job->setgroups == 1 && idmap_groups_denied()) {
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

int
idmap_resolve(
    const struct idmap_request *r, struct idmap_job *job, const char **errstr)
{
	const struct making users = { &r->users, &job->users,
		r->owner ? r->owner_uid : geteuid(), "/etc/subuid",
		"/proc/self/uid_map", "map-users" };
	const struct making groups = { &r->groups, &job->groups,
		r->owner ? r->owner_gid : getegid(), "/etc/subgid",
		"/proc/self/gid_map", "map-groups" };

	memset(job, 0, sizeof(*job));
	job->setgroups = r->setgroups;
	job->has_subids = (r->users.from_auto || r->users.from_self) &&
	    (r->groups.from_auto || r->groups.from_self);
	job->owner = r->owner;
	job->owner_uid = r->owner_uid;
	job->owner_gid = r->owner_gid;
	if (r->owner && (job->self = malloc(sizeof(*job->self))) == NULL) {
		*errstr = strerror(errno);
		return name_option("owner", errstr);
	}
	if (!idmap_wanted(r) && r->setgroups == -1)
		return 0;
	if (make_map(&users, errstr) == -1 || make_map(&groups, errstr) == -1)
		return -1;
	job->users_option = option_of(&users);
	job->groups_option = option_of(&groups);
	return choose_way(job, errstr);
}
