/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proctext.h"
#include "tools/nsjoin/target.h"

#define ENVIRON_MAX (64 << 20)
#define FILE_MAX (1 << 20)
#define NICE_FIELD 19 /* of stat, proc(5) */

/* The file NAME of the process; exits. */
static char *
read_file(const struct proc *p, const char *name, size_t limit, size_t *len)
{
	char *text = file_get_all(p->dir, name, limit, len);

	if (text == NULL && errno == ESRCH)
		fail(EXIT_CANCELED,
		    proc_ended(p, 0) ?
			"process %d has ended" :
			"process %d is one of the kernel's, without memory of "
			"its own",
		    (int)p->pid);
	if (text == NULL)
		fail_why(EXIT_CANCELED, errno,
		    errno == EACCES || errno == EPERM ?
			"needs the same user, or CAP_SYS_PTRACE" :
			NULL,
		    "%s of process %d", name, (int)p->pid);
	return text;
}

char **
target_environ(const struct proc *p)
{
	size_t len, n;
	char *text, **list;

	text = read_file(p, "environ", ENVIRON_MAX, &len);
	n = proctext_environ(text, len, NULL, 0) + 1;
	if ((list = calloc(n, sizeof(*list))) == NULL)
		fail_errno(EXIT_CANCELED, "environment of the target");
	proctext_environ(text, len, list, n);
	return list;
}

/* The value of KEY, which has to be there. */
static const char *
value(const struct proc *p, const char *status, const char *key)
{
	const char *at = proctext_status(status, key, NULL);

	if (at == NULL)
		fail(EXIT_CANCELED, "status of process %d: no %s", (int)p->pid,
		    key);
	return at;
}

static void
read_ids(
    const struct proc *p, const char *status, const char *key, unsigned id[2])
{
	uint64_t n;

	for (int i = 0; i < 2; i++) {
		if (proctext_number(status, key, i, &n) == -1)
			fail(EXIT_CANCELED, "status of process %d: no %s",
			    (int)p->pid, key);
		id[i] = (unsigned)n;
	}
}

static uint64_t
read_caps(const struct proc *p, const char *status, const char *key)
{
	return strtoull(value(p, status, key), NULL, 16);
}

static void
read_groups(const struct proc *p, const char *status, struct target_status *s)
{
	const char *at = value(p, status, "Groups");
	size_t room = strcspn(at, "\n") / 2 + 1;
	char *end;

	if ((s->groups = calloc(room, sizeof(*s->groups))) == NULL)
		fail_errno(EXIT_CANCELED, "groups of the target");
	for (s->ngroups = 0; *at >= '0' && *at <= '9'; at = end) {
		s->groups[s->ngroups++] = (gid_t)strtoul(at, &end, 10);
		end += strspn(end, " ");
	}
}

void
target_status(const struct proc *p, struct target_status *s)
{
	char *status = read_file(p, "status", FILE_MAX, NULL);
	const char *cpus = value(p, status, "Cpus_allowed"), *seccomp;

	read_ids(p, status, "Uid", s->ids.uid);
	read_ids(p, status, "Gid", s->ids.gid);
	read_groups(p, status, s);
	s->ids.caps.inheritable = read_caps(p, status, "CapInh");
	s->ids.caps.permitted = read_caps(p, status, "CapPrm");
	s->ids.caps.effective = read_caps(p, status, "CapEff");
	s->ids.caps.bounding = read_caps(p, status, "CapBnd");
	s->ids.caps.ambient = read_caps(p, status, "CapAmb");
	s->no_new_privs = *value(p, status, "NoNewPrivs") == '1';
	s->umask = (mode_t)strtoul(value(p, status, "Umask"), NULL, 8);
	/* Not there where the kernel has no seccomp. */
	seccomp = proctext_status(status, "Seccomp", NULL);
	s->seccomp = seccomp == NULL ? 0 : *seccomp - '0';
	if ((s->cpus = strndup(cpus, strcspn(cpus, "\n"))) == NULL)
		fail_errno(EXIT_CANCELED, "status of the target");
	free(status);
}

bool
target_unchanged(const struct proc *p, const struct target_status *s)
{
	struct target_status now;
	bool same;

	target_status(p, &now);
	same = memcmp(&now.ids, &s->ids, sizeof(now.ids)) == 0 &&
	    now.ngroups == s->ngroups &&
	    memcmp(now.groups, s->groups, s->ngroups * sizeof(*s->groups)) ==
		0 &&
	    now.no_new_privs == s->no_new_privs && now.seccomp == s->seccomp;
	free(now.groups);
	free(now.cpus);
	return same;
}

/* The value of KEY in the N words of an auxiliary vector; 0: not there. */
static uint64_t
find_aux(const void *words, size_t n, bool wide, uint64_t key)
{
	const uint64_t *w64 = words;
	const uint32_t *w32 = words;

	for (size_t i = 0; i + 1 < n; i += 2)
		if ((wide ? w64[i] : w32[i]) == key)
			return wide ? w64[i + 1] : w32[i + 1];
	return 0;
}

/* A vector of 32-bit words has an AT_PAGESZ only if it is read as such. */
static bool
is_secure(const struct proc *p)
{
	size_t len;
	char *aux = read_file(p, "auxv", FILE_MAX, &len);
	bool wide = find_aux(aux, len / 8, true, AT_PAGESZ) != 0;
	bool secure = find_aux(aux, wide ? len / 8 : len / 4, wide, AT_SECURE);

	free(aux);
	return secure;
}

/* Its files belong to root then, also if it does not (proc(5)). */
static bool
is_hidden(const struct proc *p, const struct target_status *s)
{
	struct stat st;

	return fstatat(p->dir, "environ", &st, 0) == 0 &&
	    (st.st_uid != s->ids.uid[1] || st.st_gid != s->ids.gid[1]);
}

const char *
target_secure(const struct proc *p, const struct target_status *s)
{
	if (s->ids.uid[0] != s->ids.uid[1] || s->ids.gid[0] != s->ids.gid[1] ||
	    is_secure(p))
		return "it is a set-user-ID program or the like, and its "
		       "environment is from another user";
	if (is_hidden(p, s))
		return "it hides itself (PR_SET_DUMPABLE)";
	return NULL;
}

static int
inside(const struct proc *p, const char *name, unsigned int *id)
{
	char *text = file_get_all(p->dir, name, FILE_MAX, NULL), *map = text;
	unsigned int in, out, n;
	int used;

	if (text == NULL)
		return -1;
	for (; sscanf(map, "%u %u %u%n", &in, &out, &n, &used) == 3;
	     map += used)
		if (*id >= out && *id - out < n) {
			*id = in + (*id - out);
			free(text);
			return 0;
		}
	free(text);
	errno = EINVAL;
	return -1;
}

int
target_user_inside(const struct proc *p, uid_t *id)
{
	return inside(p, "uid_map", id);
}

int
target_group_inside(const struct proc *p, gid_t *id)
{
	return inside(p, "gid_map", id);
}

/* Does the map NAME give a meaning to 0? */
static bool
maps_zero(const struct proc *p, const char *name)
{
	char *text = file_get_all(p->dir, name, FILE_MAX, NULL), *map = text;
	unsigned int in, out, n;
	bool found = false;
	int used;

	for (; !found && map != NULL &&
	     sscanf(map, "%u %u %u%n", &in, &out, &n, &used) == 3;
	     map += used)
		found = in == 0;
	free(text);
	return found;
}

bool
target_has_root(const struct proc *p)
{
	return maps_zero(p, "uid_map") && maps_zero(p, "gid_map");
}

/* Is the map NAME of its user namespace known to be empty? */
static bool
is_empty(const struct proc *p, const char *name)
{
	size_t len = 0;
	char *map = file_get_all(p->dir, name, FILE_MAX, &len);
	bool empty = map != NULL && len == 0;

	free(map);
	return empty;
}

bool
target_has_maps(const struct proc *p)
{
	return !is_empty(p, "uid_map") && !is_empty(p, "gid_map");
}

int
target_nice(const struct proc *p)
{
	char *stat = read_file(p, "stat", FILE_MAX, NULL);
	int64_t nice;

	if (proctext_stat(stat, NICE_FIELD, &nice) == -1)
		fail(EXIT_CANCELED, "stat of process %d is not understood",
		    (int)p->pid);
	free(stat);
	return (int)nice;
}

long
target_number(const struct proc *p, const char *name, int base)
{
	char *text = read_file(p, name, FILE_MAX, NULL), *end;
	long number;

	errno = 0;
	number = strtol(text, &end, base);
	if (end == text || (*end != '\n' && *end != '\0') || errno != 0)
		fail(EXIT_CANCELED, "%s of process %d is not a number", name,
		    (int)p->pid);
	free(text);
	return number;
}

/* "unlimited" or a number, and what comes after it. */
static uint64_t
limit(char **at)
{
	*at += strspn(*at, " ");
	if (strncmp(*at, "unlimited", 9) == 0) {
		*at += 9;
		return UINT64_MAX;
	}
	return strtoull(*at, at, 10);
}

/* One line each, in the order of their numbers; names are 26 columns wide. */
void
target_limits(const struct proc *p, struct target_limit limits[TARGET_NLIMITS])
{
	char *text = read_file(p, "limits", FILE_MAX, NULL), *at = text;

	for (int i = 0; i < TARGET_NLIMITS; i++) {
		if ((at = strchr(at, '\n')) == NULL || strlen(++at) < 27)
			fail(EXIT_CANCELED,
			    "limits of process %d are not understood",
			    (int)p->pid);
		at += 26;
		limits[i].soft = limit(&at);
		limits[i].hard = limit(&at);
	}
	free(text);
}
