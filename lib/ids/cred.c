/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/ids/account.h"
#include "lib/ids/caps.h"
#include "lib/ids/cred.h"

int
cred_parse_user(const char *text, uid_t *uid, const char **errstr)
{
	*uid = (uid_t)opt_number(text, 0, UINT32_MAX - 1, errstr);
	if (*errstr == NULL)
		return 0;
	if (text[0] == '\0' || text[strspn(text, "-0123456789")] == '\0')
		return -1; /* a number out of range */
	return account_user(text, uid, errstr);
}

int
cred_parse_group(const char *text, gid_t *gid, const char **errstr)
{
	*gid = (gid_t)opt_number(text, 0, UINT32_MAX - 1, errstr);
	if (*errstr == NULL)
		return 0;
	if (text[0] == '\0' || text[strspn(text, "-0123456789")] == '\0')
		return -1;
	return account_group(text, gid, errstr);
}

const struct opt cred_options[] = {
	{ 'G', "setgid", .arg = "GID|NAME", .help = "group ID of the command",
	    OPT_STRING(struct cred_request, group) },
	{ 'S', "setuid", .arg = "UID|NAME", .help = "user ID of the command",
	    OPT_STRING(struct cred_request, user) },
	{ 0, "groups", .arg = "LIST", .help = "its supplementary groups",
	    OPT_STRING(struct cred_request, groups) },
	{ 0, "init-groups", .help = "all groups that the user of -S is in",
	    OPT_BOOL(struct cred_request, init_groups) },
	{ 0, "no-new-privs", .help = "nothing it executes gains privileges",
	    OPT_BOOL(struct cred_request, no_new_privs) },
	{ 0 },
};

static int
name_option(const char *option, const char *arg, const char **errstr)
{
	static char why[256];

	alias_value(option + strlen("--"), arg);
	snprintf(why, sizeof(why), "%s %s: %s", option, arg, *errstr);
	*errstr = why;
	return -1;
}

static int
resolve_groups(struct cred_request *r, const char **errstr)
{
	const char *list = r->groups;
	char item[256];

	while (list != NULL && list[0] != '\0') {
		if (opt_list(&list, item, sizeof(item), errstr) == -1)
			return -1;
		if (r->ngroups == CRED_GROUPS_MAX) {
			*errstr = "too many groups";
			return -1;
		}
		if (cred_parse_group(
			item, &r->group_list[r->ngroups++], errstr) == -1)
			return -1;
	}
	return 0;
}

/* Those of the user of -S, and its own one unless -G has another. */
static int
resolve_init_groups(struct cred_request *r, const char **errstr)
{
	static gid_t list[PASSWD_GROUPS_MAX];
	static char own[16];
	const char *nothing;
	bool number;

	if (r->user == NULL || r->groups != NULL) {
		*errstr = r->user == NULL ?
		    "--init-groups needs -S" :
		    "--init-groups and --groups exclude each other";
		return -1;
	}
	(void)strtonum(r->user, 0, UINT32_MAX - 1, &nothing);
	number = nothing == NULL;
	if (account_groups(number ? NULL : r->user, r->uid, list, &r->ngroups,
		errstr) == -1)
		return name_option("--init-groups: user", r->user, errstr);
	memcpy(r->group_list, list, r->ngroups * sizeof(list[0]));
	r->groups = "";
	if (r->group != NULL)
		return 0;
	r->gid = list[0];
	snprintf(own, sizeof(own), "%u", (unsigned)r->gid);
	r->group = own;
	return 0;
}

int
cred_resolve(struct cred_request *r, const char **errstr)
{
	if (r->user != NULL && cred_parse_user(r->user, &r->uid, errstr) == -1)
		return name_option("--setuid", r->user, errstr);
	if (r->group != NULL &&
	    cred_parse_group(r->group, &r->gid, errstr) == -1)
		return name_option("--setgid", r->group, errstr);
	if (r->init_groups)
		return resolve_init_groups(r, errstr);
	if (r->groups != NULL && resolve_groups(r, errstr) == -1)
		return name_option("--groups", r->groups, errstr);
	return 0;
}

#define DENIED "setgroups is deny in the user namespace"
#define ALLOW ": add --setgroups=allow or --map-auto, where that is ours to say"

/*
 * What MAP, the one called NAME, has in place of an ID that is asked for, and
 * which options map more; FIRST is those before the one for ranges, NULL: the
 * map is not ours to make.
 */
static const char *
instead(const char *name, const struct idmap *map, const char *first)
{
	static char why[256];
	size_t len;

	if (map->n == 0)
		len = (size_t)snprintf(
		    why, sizeof(why), "the user namespace has no %s", name);
	else
		len = (size_t)snprintf(why, sizeof(why), "not in %s", name);
	for (size_t i = 0; i < map->n && i < 3; i++)
		len += (size_t)snprintf(why + len, sizeof(why) - len,
		    " %u:%u:%u", map->ranges[i].inside, map->ranges[i].outside,
		    map->ranges[i].count);
	if (map->n > 3)
		len += (size_t)snprintf(why + len, sizeof(why) - len, " ...");
	if (first != NULL)
		snprintf(why + len, sizeof(why) - len, ": add %s%s%s",
		    map->n == 0 ? "-r, " : "", first,
		    name[0] == 'u' ? "--map-users" : "--map-groups");
	return why;
}

/* JOB has our ranges of subuid(5) already, or could have them. */
static const char *
first_cure(const struct idmap_job *job)
{
	return job != NULL && job->has_subids ? "" : "--map-auto or ";
}

/*
 * The two maps, whether one that is empty will stay so, and what instead()
 * takes as FIRST.
 */
struct maps {
	const struct idmap *users, *groups;
	bool final;
	const char *first;
};

static const char *
groups_option(const struct cred_request *r)
{
	return r->init_groups ? "--init-groups" : "--groups";
}

static int
check_map(const char *option, uint32_t id, const char *name,
    const struct maps *m, const char **errstr)
{
	const struct idmap *map = name[0] == 'u' ? m->users : m->groups;
	static char text[320];

	if ((map->n == 0 && !m->final) || idmap_has_inside(map, id))
		return 0;
	if (name[0] == 'u')
		alias_fail(EINVAL, "setuid failed");
	alias_fail(EPERM, "setgroups failed");
	snprintf(text, sizeof(text), "%s %u: %s", option, (unsigned)id,
	    instead(name, map, m->first));
	*errstr = text;
	return -1;
}

static int
check_groups(
    const struct cred_request *r, const struct maps *m, const char **errstr)
{
	const char *option = groups_option(r), *why = NULL;
	bool denied = r->job != NULL ? r->job->setgroups == 0 :
				       idmap_groups_denied();
	static char text[320];

	for (size_t i = 0; i < r->ngroups; i++)
		if (check_map(option, r->group_list[i], "gid_map", m, errstr) ==
		    -1)
			return -1;
	if (r->groups != NULL && m->groups->n == 0 && m->final)
		why = instead("gid_map", m->groups, m->first);
	else if (r->groups != NULL && denied)
		why = m->first != NULL ? DENIED ALLOW : DENIED;
	if (why == NULL)
		return 0;
	snprintf(text, sizeof(text), "%s%s%s: %s", option,
	    r->groups[0] != '\0' ? " " : "", r->groups, why);
	*errstr = text;
	return -1;
}

static int
check_maps(
    const struct cred_request *r, const struct maps *m, const char **errstr)
{
	if ((r->user != NULL &&
		check_map("--setuid", r->uid, "uid_map", m, errstr) == -1) ||
	    (r->group != NULL &&
		check_map("--setgid", r->gid, "gid_map", m, errstr) == -1))
		return -1;
	return check_groups(r, m, errstr);
}

bool
cred_changes_ids(const struct cred_request *r)
{
	return r->user != NULL || r->group != NULL || r->groups != NULL;
}

/* Those of the user namespace that we are in; unread they have anything. */
static struct maps
own_maps(const char *first)
{
	static struct idmap users, groups;
	struct maps m = { &users, &groups, false, first };

	m.final = idmap_read(&users, AT_FDCWD, "/proc/self/uid_map") == 0 &&
	    idmap_read(&groups, AT_FDCWD, "/proc/self/gid_map") == 0;
	return m;
}

int
cred_check(const struct cred_request *r, bool final, const char **errstr)
{
	struct maps m;

	if (!cred_changes_ids(r))
		return 0;
	m = r->job == NULL ? own_maps(first_cure(NULL)) :
			     (struct maps){ &r->job->users, &r->job->groups,
				     final, first_cure(r->job) };
	return check_maps(r, &m, errstr);
}

void
cred_become_root(bool uid, bool gid)
{
	/* The group first: a change of uid may take the right to it. */
	if ((gid && setresgid(0, 0, 0) == -1) ||
	    (uid && setresuid(0, 0, 0) == -1))
		fail_errno(EXIT_CANCELED, "becoming root inside");
}

void
cred_settle(bool user, bool group)
{
	gid_t gid = getegid();
	uid_t uid = geteuid();

	if ((group && setresgid(gid, gid, gid) == -1) ||
	    (user && setresuid(uid, uid, uid) == -1))
		fail_errno(EXIT_CANCELED, "--owner: taking its IDs");
}

const char *
cred_why_refused(int errnum, bool group, int proc)
{
	static struct idmap map;
	const char *name = group ? "gid_map" : "uid_map";

	if (errnum == EPERM)
		return group ? "needs CAP_SETGID" : "needs CAP_SETUID";
	if (errnum != EINVAL)
		return NULL;
	if (proc != -1 && idmap_read(&map, proc, name) == 0)
		return instead(name, &map, NULL);
	return group ? "not in gid_map" : "not in uid_map";
}

const char *
cred_why_groups_refused(int errnum, int proc)
{
	static struct idmap map;

	if (errnum != EPERM || (caps_effective() & CAPS_BIT(CAP_SETGID)) == 0)
		return cred_why_refused(errnum, true, proc);
	if (proc != -1 && idmap_read(&map, proc, "gid_map") == 0)
		return map.n == 0 ? instead("gid_map", &map, NULL) : DENIED;
	return DENIED ", or it has no gid_map";
}

const char *
cred_with_cure(const char *why, const char *cure)
{
	static char text[400];

	if (why == NULL)
		return cure;
	snprintf(text, sizeof(text), "%s: %s", why, cure);
	return text;
}

static const char *
why_refused(const struct cred_request *r, int errnum, bool group)
{
	if (errnum == EPERM)
		return group ?
		    "needs CAP_SETGID, which a new user namespace gives: add "
		    "-U or -r" :
		    "needs CAP_SETUID, which a new user namespace gives: add "
		    "-U or -r";
	if (errnum == EINVAL && r->job != NULL)
		return instead(group ? "gid_map" : "uid_map",
		    group ? &r->job->groups : &r->job->users,
		    first_cure(r->job));
	return cred_why_refused(errnum, group, -1);
}

/* Who has CAP_SETGID is refused only where setgroups is denied. */
static const char *
why_groups_refused(const struct cred_request *r, int errnum)
{
	if (errnum != EPERM || (caps_effective() & CAPS_BIT(CAP_SETGID)) == 0)
		return why_refused(r, errnum, true);
	if (r->job == NULL)
		return cred_why_groups_refused(errnum, -1);
	return r->job->groups.n != 0 ?
	    DENIED ALLOW :
	    instead("gid_map", &r->job->groups, first_cure(r->job));
}

static void
set_groups(const struct cred_request *r, bool denied)
{
	if (!cred_changes_ids(r))
		return;
	if (setgroups(r->ngroups, r->group_list) == 0)
		return;
	if (r->groups == NULL && errno == EPERM &&
	    (denied || geteuid() != 0 ||
		(caps_effective() & CAPS_BIT(CAP_SETGID))))
		return;
	fail_why(EXIT_CANCELED, errno, why_groups_refused(r, errno), "%s%s%s",
	    r->groups != NULL ? groups_option(r) :
				"clearing the supplementary groups",
	    r->groups != NULL && r->groups[0] != '\0' ? " " : "",
	    r->groups != NULL ? r->groups : "");
}

int
cred_set_gid(gid_t real, gid_t effective)
{
	gid_t g[3];

	if (setresgid(real, effective, effective) == -1 ||
	    getresgid(&g[0], &g[1], &g[2]) == -1)
		return -1;
	errno = EPERM; /* a call that only says that it succeeded */
	return g[0] == real && g[1] == effective && g[2] == effective ? 0 : -1;
}

int
cred_set_uid(uid_t real, uid_t effective)
{
	uid_t u[3];

	if (setresuid(real, effective, effective) == -1 ||
	    getresuid(&u[0], &u[1], &u[2]) == -1)
		return -1;
	errno = EPERM;
	return u[0] == real && u[1] == effective && u[2] == effective ? 0 : -1;
}

static void
set_ids(const struct cred_request *r)
{
	int errnum;

	fail_part(EXPLAIN_GID);
	if (r->group != NULL && cred_set_gid(r->gid, r->gid) == -1) {
		errnum = errno;
		/* unshare has failed before where it may not clear them. */
		if (setgroups(0, NULL) == -1)
			alias_fail(errno, "setgroups failed");
		alias_fail(errnum, "setgid failed");
		fail_why(EXIT_CANCELED, errnum, why_refused(r, errnum, true),
		    "--setgid %s", r->group);
	}
	fail_part(EXPLAIN_UID);
	if (r->user != NULL && cred_set_uid(r->uid, r->uid) == -1) {
		alias_fail(errno, "setuid failed");
		fail_why(EXIT_CANCELED, errno, why_refused(r, errno, false),
		    "--setuid %s", r->user);
	}
}

/* Is an ID not to be had for the reason that there is none? */
static bool
lacks(int rc)
{
	if (rc == -1 && errno != EINVAL)
		fail_errno(EXIT_CANCELED, "becoming root inside");
	return rc == -1;
}

/* Before anything is changed: with our own /proc the maps say what. */
static void
check_there(const struct cred_request *r)
{
	const char *errstr;
	struct maps m;

	if (!cred_changes_ids(r))
		return;
	m = own_maps(NULL);
	if (check_maps(r, &m, &errstr) == -1)
		fail(EXIT_CANCELED, "%s", errstr);
}

void
cred_become_root_there(
    const struct cred_request *r, bool privileged, bool own_proc)
{
	bool no_gid, no_uid;

	if (own_proc)
		check_there(r);
	no_gid = lacks(cred_set_gid(0, 0));
	no_uid = lacks(cred_set_uid(0, 0));
	if (!privileged || (!no_gid && !no_uid))
		return;
	if ((no_gid && r->group == NULL) || (no_uid && r->user == NULL))
		fail_why(EXIT_CANCELED, EINVAL,
		    own_proc && own_maps(NULL).users->n == 0 ?
			"the user namespace has no uid_map" :
			"no user 0 or no group 0 is mapped there: choose "
			"others by -S and -G",
		    "becoming root inside");
	set_ids(r);
}

void
cred_apply(const struct cred_request *r, bool groups_denied)
{
	fail_part(EXPLAIN_CAPS);
	caps_begin(&r->caps);
	fail_part(EXPLAIN_GROUPS);
	set_groups(r, groups_denied);
	set_ids(r);
	fail_part(EXPLAIN_CAPS);
	caps_finish(&r->caps);
	fail_part(EXPLAIN_NO_NEW_PRIVS);
	if (r->no_new_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "--no-new-privs");
}

void
cred_become_like(
    const struct cred_like *l, int parts, const struct cred_words *w)
{
	if (parts & CRED_LIKE_CAPS)
		caps_begin_like(&l->caps, &w->caps);
	else if (parts & CRED_LIKE_KEEP)
		caps_keep();
	if ((parts & CRED_LIKE_IDS) && cred_set_gid(l->gid[0], l->gid[1]) == -1)
		fail_why(EXIT_CANCELED, errno,
		    cred_with_cure(
			cred_why_refused(errno, true, -1), w->ids_hint),
		    "%s: group %u", w->caps.option, l->gid[1]);
	if ((parts & CRED_LIKE_IDS) && cred_set_uid(l->uid[0], l->uid[1]) == -1)
		fail_why(EXIT_CANCELED, errno,
		    cred_with_cure(
			cred_why_refused(errno, false, -1), w->ids_hint),
		    "%s: user %u", w->caps.option, l->uid[1]);
	if (parts & CRED_LIKE_CAPS)
		caps_finish_like(&l->caps, parts & CRED_LIKE_KEEP, &w->caps);
	else if (parts & CRED_LIKE_KEEP)
		caps_refill();
}

static int
compare_ids(const void *a, const void *b)
{
	gid_t x = *(const gid_t *)a, y = *(const gid_t *)b;

	return (x > y) - (x < y);
}

bool
cred_same_groups(const gid_t *groups, size_t n)
{
	int own = getgroups(0, NULL);
	gid_t *a, *b;
	bool same;

	if (own != -1 && (size_t)own != n)
		return false;
	a = calloc(n + 1, sizeof(*a));
	b = calloc(n + 1, sizeof(*b));
	if (own == -1 || a == NULL || b == NULL || getgroups(own, a) != own)
		fail_errno(EXIT_CANCELED, "our supplementary groups");
	for (size_t i = 0; i < n; i++)
		b[i] = groups[i];
	qsort(a, n, sizeof(*a), compare_ids);
	qsort(b, n, sizeof(*b), compare_ids);
	same = memcmp(a, b, n * sizeof(*a)) == 0;
	free(a);
	free(b);
	return same;
}

void
cred_explain(const struct cred_request *r, struct explain *e)
{
	if (r->groups != NULL)
		explain_step(e, EXPLAIN_GROUPS, "supplementary groups %s",
		    r->groups[0] != '\0' ? r->groups : "none");
	else if (r->user != NULL || r->group != NULL)
		explain_step(e, EXPLAIN_GROUPS,
		    "no supplementary groups, where that is allowed");
	if (r->group != NULL)
		explain_step(e, EXPLAIN_GID, "group ID %u", (unsigned)r->gid);
	if (r->user != NULL)
		explain_step(e, EXPLAIN_UID, "user ID %u", (unsigned)r->uid);
	caps_explain(&r->caps, e);
	if (r->no_new_privs)
		explain_step(e, EXPLAIN_NO_NEW_PRIVS, "no new privileges");
}
