/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/sig.h"
#include "lib/proctext.h"
#include "tools/nsjoin/actas.h"

#define NCPUS_MAX 8192 /* NR_CPUS is at most that */

static const struct {
	const char *name;
	const char *hint;
} items[ACTAS_NITEMS] = {
	[ACTAS_NAMESPACES] = { "namespaces", "--except=namespaces stays out" },
	[ACTAS_CGROUP] = { "cgroup", "--except=cgroup stays in ours" },
	[ACTAS_ROOT] = { "root", "--except=root leaves it" },
	[ACTAS_WD] = { "wd", "--except=wd leaves it" },
	[ACTAS_ENV] = { "env", "--except=env keeps ours" },
	[ACTAS_IDS] = { "ids", "--except=ids leaves ours" },
	[ACTAS_GROUPS] = { "groups", "--except=groups leaves ours" },
	[ACTAS_CAPS] = { "caps", "--except=caps leaves them" },
	[ACTAS_NO_NEW_PRIVS] = { "no-new-privs", "--except=no-new-privs" },
	[ACTAS_LABEL] = { "label", "--except=label leaves ours" },
	[ACTAS_UMASK] = { "umask", "--except=umask leaves ours" },
	[ACTAS_LIMITS] = { "limits", "--except=limits leaves ours" },
	[ACTAS_NICE] = { "nice", "--except=nice leaves ours" },
	[ACTAS_AFFINITY] = { "affinity", "--except=affinity leaves ours" },
	[ACTAS_OOM] = { "oom", "--except=oom leaves ours" },
	[ACTAS_PERSONALITY] = { "personality", "--except=personality" },
	[ACTAS_SECCOMP] = { "seccomp", "--except=seccomp does without them" },
	[ACTAS_FDS] = { "fds", NULL },
	[ACTAS_KEYRING] = { "keyring", "--except=keyring keeps ours" },
};

static const char *const limit_names[TARGET_NLIMITS] = { "cpu", "fsize", "data",
	"stack", "core", "rss", "nproc", "nofile", "memlock", "as", "locks",
	"sigpending", "msgqueue", "nice", "rtprio", "rttime" };

static int
parse_except(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct actas_request *r = at;
	char name[32];
	int i;

	(void)opt;
	r->excepts = true;
	while (arg != NULL) {
		if (opt_list(&arg, name, sizeof(name), errstr) == -1)
			return -1;
		for (i = 0; i < ACTAS_NITEMS; i++)
			if (strcmp(items[i].name, name) == 0)
				break;
		if (i == ACTAS_NITEMS) {
			*errstr = "must be one of namespaces, cgroup, root, "
				  "wd, env, ids, "
				  "groups, caps, no-new-privs, label, umask, "
				  "limits, nice, affinity, oom, personality, "
				  "seccomp, fds, keyring";
			return -1;
		}
		r->except |= 1UL << i;
	}
	return 0;
}

const struct opt actas_options[] = {
	{ 'A', "act-as", .help = "as if the target had started it",
	    OPT_BOOL(struct actas_request, on) },
	{ 0, "except", .arg = "LIST", .help = "with -A, but for these",
	    .parse = parse_except },
	{ 0 },
};

bool
actas_takes(const struct actas_request *r, enum actas_item item)
{
	return r->on && (r->except & (1UL << item)) == 0;
}

const char *
actas_hint(const struct actas_request *r, enum actas_item item)
{
	return r->on ? items[item].hint : NULL;
}

static _Noreturn void
refuse(enum actas_item item, int errnum, const char *what)
{
	fail_why(EXIT_CANCELED, errnum, items[item].hint, "--act-as: %s", what);
}

static _Noreturn void
refuse_groups(int errnum)
{
	const char *why = cred_why_groups_refused(errnum, -1);

	fail_why(EXIT_CANCELED, errnum,
	    cred_with_cure(why, items[ACTAS_GROUPS].hint),
	    "--act-as: supplementary groups");
}

/* Its IDs as they are called in there; none if they are ours anyway. */
static void
read_ids(struct actas *a, const struct proc *p, bool userns)
{
	struct cred_like *ids = &a->ids;

	if (!actas_takes(a->r, ACTAS_IDS) ||
	    (ids->uid[0] == getuid() && ids->uid[1] == geteuid() &&
		ids->gid[0] == getgid() && ids->gid[1] == getegid()))
		return;
	a->parts |= CRED_LIKE_IDS;
	for (int i = 0; userns && i < 2; i++)
		if (target_user_inside(p, &ids->uid[i]) == -1 ||
		    target_group_inside(p, &ids->gid[i]) == -1)
			refuse(ACTAS_IDS, errno,
			    "the IDs of the target by its own maps");
}

/* Its groups, if they are not ours, also by their names in there. */
static void
read_groups(struct actas *a, const struct proc *p, bool userns)
{
	const struct target_status *s = a->status;
	gid_t *inside;

	if (!actas_takes(a->r, ACTAS_GROUPS) ||
	    cred_same_groups(s->groups, s->ngroups))
		return;
	a->groups = true;
	a->ngroups = s->ngroups;
	a->outside = s->groups;
	if ((inside = calloc(s->ngroups + 1, sizeof(*inside))) == NULL)
		refuse(ACTAS_GROUPS, errno, "groups");
	for (size_t i = 0; i < s->ngroups; i++) {
		inside[i] = s->groups[i];
		if (userns && target_group_inside(p, &inside[i]) == -1) {
			free(inside);
			return;
		}
	}
	a->inside = inside;
}

/* What is on us already stays: nothing takes it off again. */
static void
check_own(const struct actas *a)
{
	if (actas_takes(a->r, ACTAS_NO_NEW_PRIVS) && !a->status->no_new_privs &&
	    prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1)
		refuse(ACTAS_NO_NEW_PRIVS, 0,
		    "no_new_privs is set on us, not on the target");
	if (actas_takes(a->r, ACTAS_SECCOMP) &&
	    prctl(PR_GET_SECCOMP, 0, 0, 0, 0) > 0)
		refuse(ACTAS_SECCOMP, 0,
		    "we are under a seccomp filter ourselves");
}

/*
 * Securebits cannot be seen.  Under SECBIT_NOROOT user 0 gets nothing from
 * execve(2), else all of its bounding set; no_new_privs gives nothing, too.
 */
static void
check_root(const struct actas *a)
{
	const struct caps_sets *caps = &a->ids.caps;
	bool root = a->ids.uid[0] == 0 || a->ids.uid[1] == 0;

	if (root && actas_takes(a->r, ACTAS_CAPS) &&
	    (caps->bounding & ~caps->permitted) != 0 &&
	    !(a->status->no_new_privs && actas_takes(a->r, ACTAS_NO_NEW_PRIVS)))
		refuse(ACTAS_CAPS, 0,
		    "the target is user 0 and lacks capabilities of its "
		    "bounding set: whether it gets them by execve(2), or is "
		    "under SECBIT_NOROOT, cannot be seen");
}

static void
read_filters(struct actas *a, const struct proc *p)
{
	if (!actas_takes(a->r, ACTAS_SECCOMP) || a->status->seccomp == 0)
		return;
	if (a->status->seccomp == 1)
		refuse(ACTAS_SECCOMP, 0,
		    "the target is in the strict mode of seccomp, in which "
		    "nothing can be executed");
	seccomp_read(&a->filters, p, items[ACTAS_SECCOMP].hint);
}

void
actas_read(struct actas *a, const struct actas_request *r, const struct proc *p,
    const struct target_status *status, bool userns)
{
	a->r = r;
	if (!r->on)
		return;
	a->status = status;
	a->ids = status->ids;
	check_own(a);
	read_ids(a, p, userns);
	read_groups(a, p, userns);
	check_root(a);
	if (actas_takes(a->r, ACTAS_CAPS))
		a->parts |= CRED_LIKE_CAPS;
	if (actas_takes(a->r, ACTAS_LABEL))
		lsmlabel_read(&a->label, p, items[ACTAS_LABEL].hint);
	if (actas_takes(a->r, ACTAS_LIMITS))
		target_limits(p, a->limits);
	if (actas_takes(a->r, ACTAS_NICE))
		a->nice = target_nice(p);
	if (actas_takes(a->r, ACTAS_OOM))
		a->oom = (int)target_number(p, "oom_score_adj", 10);
	if (actas_takes(a->r, ACTAS_PERSONALITY))
		a->personality = (unsigned long)target_number(
		    p, "personality", 16);
	read_filters(a, p);
	/* Without no_new_privs only our own privileges install them. */
	if (a->filters.n > 0 && !a->status->no_new_privs)
		a->parts |= CRED_LIKE_KEEP;
}

void
actas_become(struct actas *a, const uid_t *uid, const gid_t *gid,
    const gid_t *list, size_t n)
{
	struct caps_sets *caps = &a->ids.caps;
	struct cred_like *ids = &a->ids;

	if (!actas_takes(a->r, ACTAS_IDS)) {
		ids->uid[0] = getuid();
		ids->uid[1] = geteuid();
		ids->gid[0] = getgid();
		ids->gid[1] = getegid();
	}
	if (uid != NULL) {
		ids->uid[0] = ids->uid[1] = *uid;
		caps->permitted = caps->effective = *uid == 0 ? caps->bounding :
								0;
		caps->ambient = 0;
	}
	if (gid != NULL)
		ids->gid[0] = ids->gid[1] = *gid;
	a->parts |= CRED_LIKE_IDS;
	a->groups = n > 0 || actas_takes(a->r, ACTAS_GROUPS);
	a->outside = NULL;
	a->inside = list;
	a->ngroups = n;
}

/* Here, where we may and all IDs have names; else by their names inside. */
static void
take_groups(struct actas *a)
{
	if (!a->groups || a->outside == NULL)
		return;
	if (setgroups(a->ngroups, a->outside) == 0)
		a->groups = false;
	else if (errno != EPERM || a->inside == NULL)
		refuse_groups(errno);
}

static void
set_limit(int which, const struct rlimit *limit)
{
	char what[64];

	if (setrlimit(which, limit) == 0)
		return;
	snprintf(what, sizeof(what), "resource limit %s", limit_names[which]);
	refuse(ACTAS_LIMITS, errno, what);
}

/* Above ours only with CAP_SYS_RESOURCE out here; the rest comes last. */
static void
raise_limits(const struct actas *a)
{
	struct rlimit own;

	for (int i = 0; actas_takes(a->r, ACTAS_LIMITS) && i < TARGET_NLIMITS;
	     i++) {
		if (getrlimit(i, &own) == -1)
			refuse(ACTAS_LIMITS, errno, "our resource limits");
		if (a->limits[i].hard <= own.rlim_max)
			continue;
		own.rlim_max = a->limits[i].hard;
		set_limit(i, &own);
	}
}

static void
take_nice(const struct actas *a)
{
	int own;

	if (!actas_takes(a->r, ACTAS_NICE))
		return;
	errno = 0;
	own = getpriority(PRIO_PROCESS, 0);
	if ((own == -1 && errno != 0) ||
	    (own != a->nice && setpriority(PRIO_PROCESS, 0, a->nice) == -1))
		refuse(ACTAS_NICE, errno, "nice value");
}

static void
take_affinity(const struct actas *a)
{
	unsigned long want[NCPUS_MAX / (8 * sizeof(long))];
	unsigned long own[NCPUS_MAX / (8 * sizeof(long))] = { 0 };

	if (!actas_takes(a->r, ACTAS_AFFINITY))
		return;
	proctext_mask(a->status->cpus, want, sizeof(want) / sizeof(want[0]));
	if (syscall(SYS_sched_getaffinity, 0, sizeof(own), own) == -1 ||
	    (memcmp(own, want, sizeof(own)) != 0 &&
		syscall(SYS_sched_setaffinity, 0, sizeof(want), want) == -1))
		refuse(ACTAS_AFFINITY, errno, "processors to run on");
}

static void
take_oom(const struct actas *a)
{
	const char *path = "/proc/self/oom_score_adj";
	char text[16], own[16];
	int len;

	if (!actas_takes(a->r, ACTAS_OOM))
		return;
	len = snprintf(text, sizeof(text), "%d\n", a->oom);
	if (file_get(AT_FDCWD, path, own, sizeof(own)) == -1 ||
	    (strcmp(own, text) != 0 &&
		file_put(AT_FDCWD, path, text, (size_t)len) == -1))
		refuse(ACTAS_OOM, errno, "oom_score_adj");
}

void
actas_begin(struct actas *a)
{
	if (!a->r->on)
		return;
	raise_limits(a);
	take_nice(a);
	take_affinity(a);
	take_oom(a);
	take_groups(a);
}

static void
take_personality(const struct actas *a)
{
	if (!actas_takes(a->r, ACTAS_PERSONALITY))
		return;
	if (personality(a->personality) == -1 ||
	    (unsigned long)personality(0xffffffff) != a->personality)
		refuse(ACTAS_PERSONALITY, errno, "personality");
}

static void
take_limits(const struct actas *a)
{
	struct rlimit limit;

	for (int i = 0; actas_takes(a->r, ACTAS_LIMITS) && i < TARGET_NLIMITS;
	     i++) {
		limit.rlim_cur = a->limits[i].soft;
		limit.rlim_max = a->limits[i].hard;
		set_limit(i, &limit);
	}
}

void
actas_finish(const struct actas *a)
{
	const struct cred_words words = {
		.ids_hint = items[ACTAS_IDS].hint,
		.caps = { "--act-as", items[ACTAS_CAPS].hint },
	};

	if (!a->r->on)
		return;
	if (a->groups && setgroups(a->ngroups, a->inside) == -1)
		refuse_groups(errno);
	lsmlabel_apply(&a->label);
	cred_become_like(&a->ids, a->parts, &words);
	if (actas_takes(a->r, ACTAS_NO_NEW_PRIVS) && a->status->no_new_privs &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		refuse(ACTAS_NO_NEW_PRIVS, errno, "no_new_privs");
	take_personality(a);
	take_limits(a);
	if (actas_takes(a->r, ACTAS_UMASK))
		umask(a->status->umask);
}

/* The target would not have started it with what our caller ignores. */
void
actas_signals(const struct actas_request *r)
{
	if (r->on)
		sig_reset();
}

void
actas_filter(const struct actas *a)
{
	seccomp_install(&a->filters, items[ACTAS_SECCOMP].hint);
}
