/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <linux/capability.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/account.h"
#include "lib/cred.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"

/* In the order of their numbers (linux/capability.h). */
static const char *const cap_names[] = { "chown", "dac_override",
	"dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid",
	"setpcap", "linux_immutable", "net_bind_service", "net_broadcast",
	"net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module",
	"sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin",
	"sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config",
	"mknod", "lease", "audit_write", "audit_control", "setfcap",
	"mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend",
	"audit_read", "perfmon", "bpf", "checkpoint_restore" };

#define NCAPS (sizeof(cap_names) / sizeof(cap_names[0]))

int
cred_parse_user(const char *text, uid_t *uid, const char **errstr)
{
	*uid = (uid_t)strtonum(text, 0, UINT32_MAX - 1, errstr);
	if (*errstr == NULL)
		return 0;
	if (text[0] == '\0' || text[strspn(text, "-0123456789")] == '\0')
		return -1; /* a number out of range */
	return account_user(text, uid, errstr);
}

int
cred_parse_group(const char *text, gid_t *gid, const char **errstr)
{
	*gid = (gid_t)strtonum(text, 0, UINT32_MAX - 1, errstr);
	if (*errstr == NULL)
		return 0;
	if (text[0] == '\0' || text[strspn(text, "-0123456789")] == '\0')
		return -1;
	return account_group(text, gid, errstr);
}

static int
cap_number(const char *name)
{
	if (strncasecmp(name, "cap_", 4) == 0)
		name += 4;
	for (size_t i = 0; i < NCAPS; i++)
		if (strcasecmp(name, cap_names[i]) == 0)
			return (int)i;
	return -1;
}

int
cred_parse_caps(const char *text, uint64_t *caps, const char **errstr)
{
	char item[40];
	int n;

	*caps = 0;
	if (strcmp(text, "none") == 0)
		return 0;
	if (strcmp(text, "all") == 0) {
		*caps = UINT64_MAX;
		return 0;
	}
	while (text != NULL) {
		if (opt_list(&text, item, sizeof(item), errstr) == -1)
			return -1;
		if ((n = cap_number(item)) == -1) {
			*errstr = "unknown capability";
			return -1;
		}
		*caps |= CRED_CAP(n);
	}
	return 0;
}

static int
parse_caps(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct cred_request *r = at;

	(void)opt;
	r->caps_set = true;
	return cred_parse_caps(arg, &r->caps, errstr);
}

const struct opt cred_options[] = {
	{ 'G', "setgid", "GID|NAME", "group ID of the command", opt_set_string,
	    offsetof(struct cred_request, group), 0 },
	{ 'S', "setuid", "UID|NAME", "user ID of the command", opt_set_string,
	    offsetof(struct cred_request, user), 0 },
	{ 0, "caps", "LIST|none|all", "its capabilities", parse_caps, 0, 0 },
	{ 0, "groups", "LIST", "its supplementary groups", opt_set_string,
	    offsetof(struct cred_request, groups), 0 },
	{ 0, "keep-caps", NULL, "it keeps those of the new user namespace",
	    opt_set_bool, offsetof(struct cred_request, keep_caps), 0 },
	{ 0, "no-new-privs", NULL, "nothing it executes gains privileges",
	    opt_set_bool, offsetof(struct cred_request, no_new_privs), 0 },
	{ 0 },
};

static int
name_option(const char *option, const char *arg, const char **errstr)
{
	static char why[256];

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

int
cred_resolve(struct cred_request *r, const char **errstr)
{
	if (r->user != NULL && cred_parse_user(r->user, &r->uid, errstr) == -1)
		return name_option("--setuid", r->user, errstr);
	if (r->group != NULL &&
	    cred_parse_group(r->group, &r->gid, errstr) == -1)
		return name_option("--setgid", r->group, errstr);
	if (r->groups != NULL && resolve_groups(r, errstr) == -1)
		return name_option("--groups", r->groups, errstr);
	return 0;
}

static void
caps_get(struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
		0 };

	if (syscall(SYS_capget, &head, data) == -1)
		fail_errno(EXIT_CANCELED, "reading capabilities");
}

static void
caps_set(const struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
		0 };

	if (syscall(SYS_capset, &head, data) == -1)
		fail_errno(EXIT_CANCELED, "setting capabilities");
}

uint64_t
cred_caps_effective(void)
{
	struct __user_cap_data_struct data[2];

	caps_get(data);
	return data[0].effective | (uint64_t)data[1].effective << 32;
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

/*
 * Where setgroups is denied the groups are the caller's, and stay.  Below a
 * root without /proc it is told by what else EPERM means, want of a capability.
 */
static bool
groups_are_denied(void)
{
	int saved = errno;
	char word[16];
	bool denied;

	if (file_get(AT_FDCWD, "/proc/self/setgroups", word, sizeof(word)) > 0)
		denied = strncmp(word, "deny", 4) == 0;
	else
		denied = cred_caps_effective() & CRED_CAP(CRED_SETGID);
	errno = saved;
	return denied;
}

static void
set_groups(const struct cred_request *r)
{
	if (r->user == NULL && r->group == NULL && r->groups == NULL)
		return;
	if (setgroups(r->ngroups, r->group_list) == 0)
		return;
	if (r->groups == NULL && errno == EPERM &&
	    (groups_are_denied() || geteuid() != 0))
		return;
	fail_errno(EXIT_CANCELED, "%s%s",
	    r->groups != NULL ? "--groups " :
				"clearing the supplementary groups",
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
	if (r->group != NULL && cred_set_gid(r->gid, r->gid) == -1)
		fail_errno(EXIT_CANCELED, "--setgid %s", r->group);
	if (r->user != NULL && cred_set_uid(r->uid, r->uid) == -1)
		fail_errno(EXIT_CANCELED, "--setuid %s", r->user);
}

/*
 * What may not come back by any execve(2).  An ordinary user may not, and had
 * no capabilities to lose.
 */
static void
drop_bounding(uint64_t caps)
{
	int errnum;

	if ((cred_caps_effective() & CRED_CAP(CAP_SETPCAP)) == 0)
		return;
	for (int n = 0; n < 64; n++) {
		if ((caps & CRED_CAP(n)) != 0 ||
		    prctl(PR_CAPBSET_DROP, n, 0, 0, 0) == 0)
			continue;
		errnum = errno;
		/* The kernel has no capability N, nor any after it. */
		if (errnum == EINVAL &&
		    prctl(PR_CAPBSET_READ, n, 0, 0, 0) == -1)
			break;
		fail_why(EXIT_CANCELED, errnum, NULL, "--caps: bounding set");
	}
}

/* Permitted, effective, inheritable and ambient: kept over execve(2). */
static void
raise_caps(uint64_t caps)
{
	struct __user_cap_data_struct data[2];

	for (int i = 0; i < 2; i++) {
		data[i].permitted = (uint32_t)(caps >> (32 * i));
		data[i].effective = data[i].permitted;
		data[i].inheritable = data[i].permitted;
	}
	caps_set(data);
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "ambient capabilities");
	for (int n = 0; n < 64; n++)
		if ((caps & CRED_CAP(n)) != 0 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, n, 0, 0) == -1)
			fail_errno(EXIT_CANCELED, "ambient capabilities");
}

void
cred_keep_caps(void)
{
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_KEEPCAPS");
}

void
cred_raise_caps(void)
{
	struct __user_cap_data_struct data[2];

	caps_get(data);
	raise_caps(data[0].permitted | (uint64_t)data[1].permitted << 32);
}

void
cred_apply(const struct cred_request *r)
{
	bool change = r->caps_set || r->keep_caps;
	struct __user_cap_data_struct data[2];
	uint64_t have, want;

	if (change)
		cred_keep_caps();
	if (r->caps_set)
		drop_bounding(r->caps);
	set_groups(r);
	set_ids(r);
	if (change) {
		caps_get(data);
		have = data[0].permitted | (uint64_t)data[1].permitted << 32;
		want = r->caps_set ? r->caps : have;
		if (r->caps_set && r->caps != UINT64_MAX && (want & ~have))
			fail(EXIT_CANCELED, "--caps: %s is not ours to give",
			    cap_names[__builtin_ctzll(want & ~have)]);
		raise_caps(want & have);
	}
	if (r->no_new_privs && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "--no-new-privs");
}

static const char *
cap_name(int n)
{
	return n < (int)NCAPS ? cap_names[n] : "one without a name";
}

/*
 * Our bounding set.  Asked twice: one refusal may have another cause than that
 * the kernel has no capability N, nor any after it.
 */
static uint64_t
own_bounding(void)
{
	uint64_t caps = 0;
	int has;

	for (int n = 0; n < 64; n++) {
		has = prctl(PR_CAPBSET_READ, n, 0, 0, 0);
		if (has == -1)
			has = prctl(PR_CAPBSET_READ, n, 0, 0, 0);
		if (has == -1)
			break;
		if (has == 1)
			caps |= CRED_CAP(n);
	}
	return caps;
}

/* What is not in ours cannot come into it. */
static void
check_bounding(uint64_t own, uint64_t bounding)
{
	if ((bounding & ~own) != 0)
		fail_why(EXIT_CANCELED, 0, "--except=caps leaves them",
		    "--act-as: %s is not in our bounding set",
		    cap_name(__builtin_ctzll(bounding & ~own)));
}

static void
like_bounding(uint64_t own, uint64_t bounding)
{
	for (int n = 0; n < 64; n++)
		if ((own & ~bounding & CRED_CAP(n)) != 0 &&
		    prctl(PR_CAPBSET_DROP, n, 0, 0, 0) == -1)
			fail_why(EXIT_CANCELED, errno,
			    "--except=caps leaves them",
			    "--act-as: bounding set without %s", cap_name(n));
}

static void
put_caps(uint64_t permitted, uint64_t effective, uint64_t inheritable)
{
	struct __user_cap_data_struct data[2];

	for (int i = 0; i < 2; i++) {
		data[i].permitted = (uint32_t)(permitted >> (32 * i));
		data[i].effective = (uint32_t)(effective >> (32 * i));
		data[i].inheritable = (uint32_t)(inheritable >> (32 * i));
	}
	caps_set(data);
}

static uint64_t
own_permitted(void)
{
	struct __user_cap_data_struct data[2];

	caps_get(data);
	return data[0].permitted | (uint64_t)data[1].permitted << 32;
}

static uint64_t
own_inheritable(void)
{
	struct __user_cap_data_struct data[2];

	caps_get(data);
	return data[0].inheritable | (uint64_t)data[1].inheritable << 32;
}

/* After uid and bounding set. */
static void
like_sets(const struct cred_like *l, bool keep)
{
	uint64_t have = own_permitted(), lack = l->permitted & ~have;

	if (lack != 0)
		fail_why(EXIT_CANCELED, 0, "--except=caps leaves them",
		    "--act-as: %s is not ours to give",
		    cap_name(__builtin_ctzll(lack)));
	if (keep)
		put_caps(have, have, l->inheritable);
	else
		put_caps(l->permitted, l->effective, l->inheritable);
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "ambient capabilities");
	for (int n = 0; n < 64; n++)
		if ((l->ambient & CRED_CAP(n)) != 0 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, n, 0, 0) == -1)
			fail_why(EXIT_CANCELED, errno,
			    "--except=caps leaves them",
			    "--act-as: ambient capability %s", cap_name(n));
}

void
cred_become_like(const struct cred_like *l, int parts)
{
	uint64_t have = own_permitted(), bounding;

	if (parts & (CRED_LIKE_CAPS | CRED_LIKE_KEEP))
		cred_keep_caps();
	if (parts & CRED_LIKE_CAPS) {
		bounding = own_bounding();
		check_bounding(bounding, l->bounding);
		/* While the bounding set still has what it will have lost. */
		put_caps(have, have, l->inheritable);
		like_bounding(bounding, l->bounding);
	}
	if ((parts & CRED_LIKE_IDS) &&
	    (cred_set_gid(l->gid[0], l->gid[1]) == -1 ||
		cred_set_uid(l->uid[0], l->uid[1]) == -1))
		fail_why(EXIT_CANCELED, errno, "--except=ids leaves ours",
		    "--act-as: user %u and group %u", l->uid[1], l->gid[1]);
	if (parts & CRED_LIKE_CAPS)
		like_sets(l, parts & CRED_LIKE_KEEP);
	else if (parts & CRED_LIKE_KEEP)
		put_caps(have, have, own_inheritable());
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
		explain_step(e, "--groups", "supplementary groups %s",
		    r->groups[0] != '\0' ? r->groups : "none");
	else if (r->user != NULL || r->group != NULL)
		explain_step(e, "clearing the supp",
		    "no supplementary groups, where that is allowed");
	if (r->group != NULL)
		explain_step(e, "--setgid", "group ID %u", (unsigned)r->gid);
	if (r->user != NULL)
		explain_step(e, "--setuid", "user ID %u", (unsigned)r->uid);
	if (r->caps_set || r->keep_caps)
		explain_step(e, "--caps", "capabilities kept over execve: %s",
		    !r->caps_set	      ? "all of the user namespace" :
			r->caps == 0	      ? "none" :
			r->caps == UINT64_MAX ? "all" :
						"those of --caps");
	if (r->no_new_privs)
		explain_step(e, "--no-new-privs", "no new privileges");
}
