/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/proctext.h"
#include "lib/ref/container.h"
#include "lib/ref/ref.h"

#define CGROUP_MAX 16384
#define HEX "0123456789abcdef"

enum kind {
	HEX64,	 /* an ID of 64 digits */
	NAMED,	 /* a name */
	ESCAPED, /* a name as systemd-escape(1) writes it */
};

/* How a component of the path tells whose it is. */
static const struct rule {
	const char *scheme;
	const char *parent; /* what the component before begins with, or NULL */
	const char *prefix, *suffix;
	enum kind kind;
} rules[] = {
	{ "docker", NULL, "docker-", ".scope", HEX64 },
	{ "docker", "docker", "", "", HEX64 },
	{ "podman", NULL, "libpod-payload-", "", HEX64 },
	{ "podman", NULL, "libpod-", ".scope", HEX64 },
	{ "podman", NULL, "libpod-", "", HEX64 },
	{ "cri", NULL, "cri-containerd-", ".scope", HEX64 },
	{ "cri", NULL, "crio-", ".scope", HEX64 },
	{ "cri", NULL, "crio-", "", HEX64 },
	{ "cri", "pod", "", "", HEX64 },
	{ "lxc", NULL, "lxc.payload.", "", NAMED },
	{ "lxc", "lxc", "", "", NAMED },
	{ "machine", NULL, "machine-", ".scope", ESCAPED },
	{ "machine", NULL, "systemd-nspawn@", ".service", ESCAPED },
};

/* Undo "\x2d" and the like in TEXT. */
static void
unescape(char *text)
{
	char *to = text, digits[3] = "";

	for (; *text != '\0'; text++) {
		if (text[0] == '\\' && text[1] == 'x' && text[2] != '\0' &&
		    text[3] != '\0') {
			memcpy(digits, text + 2, 2);
			*to++ = (char)strtol(digits, NULL, 16);
			text += 3;
		} else
			*to++ = *text;
	}
	*to = '\0';
}

/* Does the component at AT, LEN long, follow RULE?  Then C is what it says. */
static bool
follows(const struct rule *rule, const char *at, size_t len, const char *before,
    struct container *c)
{
	size_t prefix = strlen(rule->prefix), suffix = strlen(rule->suffix);

	if ((rule->parent != NULL &&
		strncmp(before, rule->parent, strlen(rule->parent)) != 0) ||
	    len <= prefix + suffix || strncmp(at, rule->prefix, prefix) != 0 ||
	    strncmp(at + len - suffix, rule->suffix, suffix) != 0)
		return false;
	at += prefix;
	len -= prefix + suffix;
	if (len >= sizeof(c->id) ||
	    (rule->kind == HEX64 && (len != 64 || strspn(at, HEX) < len)))
		return false;
	memcpy(c->id, at, len);
	c->id[len] = '\0';
	if (rule->kind == ESCAPED)
		unescape(c->id);
	strlcpy(c->scheme, rule->scheme, sizeof(c->scheme));
	return true;
}

/* The innermost container on PATH, which ends with its line. */
static bool
on_path(const char *path, struct container *c)
{
	const char *before = "", *at = path;
	size_t len;

	for (; *at == '/'; at += len) {
		at++;
		len = strcspn(at, "/\n");
		for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
			if (follows(&rules[i], at, len, before, c)) {
				c->path = path;
				c->len = (size_t)(at + len - path);
				break;
			}
		before = at;
	}
	return c->path == path;
}

/* The path in the line at *TEXT, which moves behind it; NULL: no more. */
static const char *
next_path(const char **text)
{
	const char *line = *text, *path;

	if (*line == '\0')
		return NULL;
	*text += strcspn(line, "\n");
	*text += **text == '\n';
	path = strchr(line, ':');
	path = path == NULL ? NULL : strchr(path + 1, ':');
	return path == NULL ? "" : path + 1;
}

bool
container_in_cgroup(const char *text, struct container *c)
{
	const char *path;

	memset(c, 0, sizeof(*c));
	while ((path = next_path(&text)) != NULL)
		if (on_path(path, c))
			return true;
	return false;
}

bool
ref_container(const char *text, char *buf, size_t size)
{
	struct container c;

	if (!container_in_cgroup(text, &c))
		return false;
	/* As much of an ID as the engines show. */
	snprintf(buf, size, "%s:%.*s", c.scheme,
	    container_is_id(c.id, 64) ? 12 : CONTAINER_ID_MAX, c.id);
	return true;
}

/* The path up to its component NAME, with or without ".service", is C's ID. */
static bool
of_unit(const char *text, const char *name, struct container *c)
{
	const char *path, *at;
	size_t len, want = strlen(name);

	while ((path = next_path(&text)) != NULL) {
		for (at = path; *at == '/'; at += len) {
			at++;
			len = strcspn(at, "/\n");
			if (strncmp(at, name, want) != 0 ||
			    (len != want &&
				(len != want + 8 ||
				    strncmp(at + want, ".service", 8) != 0)))
				continue;
			c->path = path;
			c->len = (size_t)(at + len - path);
			snprintf(
			    c->id, sizeof(c->id), "%.*s", (int)c->len, path);
			strlcpy(c->scheme, "unit", sizeof(c->scheme));
			return true;
		}
	}
	return false;
}

/* The same where it is NS/ID of containerd. */
static bool
of_ctr(const char *text, const char *name, struct container *c)
{
	const char *path, *at;
	size_t len = strlen(name);

	if (strchr(name, '/') == NULL)
		return false;
	while ((path = next_path(&text)) != NULL) {
		for (at = path; *at == '/'; at += 1 + strcspn(at + 1, "/\n"))
			if (strncmp(at + 1, name, len) == 0 &&
			    (at[1 + len] == '\n' || at[1 + len] == '/'))
				break;
		if (*at != '/')
			continue;
		c->path = path;
		c->len = (size_t)(at + 1 + len - path);
		strlcpy(c->id, name, sizeof(c->id));
		strlcpy(c->scheme, "ctr", sizeof(c->scheme));
		return true;
	}
	return false;
}

bool
container_is_id(const char *name, size_t least)
{
	size_t len = strlen(name);

	return len >= least && len <= 64 && strspn(name, HEX) == len;
}

/* What TEXT says of SCHEME's NAME: is it C? */
static bool
matches(
    const char *text, const char *scheme, const char *name, struct container *c)
{
	bool any = strcmp(scheme, "container") == 0;

	memset(c, 0, sizeof(*c));
	if (strcmp(scheme, "unit") == 0)
		return of_unit(text, name, c);
	if ((any || strcmp(scheme, "ctr") == 0) && of_ctr(text, name, c))
		return true;
	if (!container_in_cgroup(text, c) ||
	    (!any && strcmp(scheme, c->scheme) != 0))
		return false;
	return strcmp(c->id, name) == 0 ||
	    (container_is_id(c->id, 64) && container_is_id(name, 1) &&
		strncmp(c->id, name, strlen(name)) == 0);
}

bool
container_may_tell(const char *scheme, const char *name)
{
	if (strcmp(scheme, "unit") == 0 || strcmp(scheme, "container") == 0)
		return true;
	if (strcmp(scheme, "ctr") == 0)
		return strchr(name, '/') != NULL;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i].scheme, scheme) == 0 &&
		    (rules[i].kind != HEX64 || container_is_id(name, 1)))
			return true;
	return false;
}

bool
container_is_cgroup(
    const char *text, const char *name, const struct container *c)
{
	struct container now;

	return matches(text, c->scheme, name, &now) &&
	    strcmp(now.id, c->id) == 0;
}

bool
container_is_frozen(const char *text)
{
	char path[PATH_MAX], state[256];
	const char *at = strstr(text, ":freezer:");
	bool v1 = at != NULL;

	if (at == NULL && strncmp(text, "0::", 3) == 0)
		at = text;
	else if (at == NULL && (at = strstr(text, "\n0::")) != NULL)
		at++;
	if (at == NULL || (at = strchr(at, '/')) == NULL)
		return false;
	snprintf(path, sizeof(path), "/sys/fs/cgroup%s%.*s/%s",
	    v1 ? "/freezer" : "", (int)strcspn(at, "\n"), at,
	    v1 ? "freezer.state" : "cgroup.events");
	if (file_get(AT_FDCWD, path, state, sizeof(state)) == -1)
		return false;
	return strstr(state, v1 ? "FROZEN" : "frozen 1") != NULL;
}

/* Who came first: the init of a PID namespace, then by its start. */
static int64_t
rank(int proc, const char *pid)
{
	char path[32], text[4096], *status;
	uint64_t outer, inner;
	int64_t start;

	snprintf(path, sizeof(path), "%.16s/stat", pid);
	if (file_get(proc, path, text, sizeof(text)) == -1 ||
	    proctext_stat(text, PROCTEXT_START, &start) == -1)
		return INT64_MAX;
	snprintf(path, sizeof(path), "%.16s/status", pid);
	status = proc_status(proc, path);
	if (status != NULL &&
	    proctext_number(status, "NSpid", 0, &outer) == 0 &&
	    proctext_number(status, "NSpid", -1, &inner) == 0 && inner == 1 &&
	    outer != 1)
		start -= INT64_MAX / 2;
	free(status);
	return start;
}

/* Stat the directory of the first LEN bytes of PATH, a line's of TEXT. */
static int
stat_cgroup(const char *text, const char *path, int len, struct stat *st)
{
	static const char *const roots[] = { "", "/unified" };
	const char *name = path;
	char dir[2 * PATH_MAX];
	int n, rc = -1;

	while (name > text && name[-1] != '\n')
		name--;
	name += strcspn(name, ":") + 1;
	/* That of a hierarchy without controllers, where it has one. */
	if (strncmp(name, "name=", 5) == 0)
		name += 5;
	n = (int)strcspn(name, ":");
	for (size_t i = 0; rc == -1 && i < (n == 0 ? 2 : 1); i++) {
		snprintf(dir, sizeof(dir), "/sys/fs/cgroup%s%s%.*s%.*s",
		    roots[i], n > 0 ? "/" : "", n, name, len, path);
		rc = stat(dir, st);
	}
	return rc;
}

/*
 * Is C believed, that the cgroup in TEXT tells?  By root's or our own; and
 * where cgroups are out of sight.  Of one whose path is too long they are not.
 */
static bool
is_believed(const char *text, struct container *c)
{
	int len = (int)c->len;
	struct stat st;

	c->cgroup = 0;
	if (stat_cgroup(text, c->path, len, &st) == -1)
		return errno != ENAMETOOLONG;
	c->cgroup = st.st_ino;
	while (len > 0 && c->path[--len] != '/')
		continue;
	if (stat_cgroup(text, c->path, len, &st) == -1)
		return true;
	c->maker = st.st_uid;
	return st.st_uid == 0 || st.st_uid == geteuid();
}

/* C, which process PID is in, is one of the N in LIST, or a new one. */
static size_t
note(int proc, const struct container *c, const char *pid,
    struct container *list, int64_t *ranks, size_t n, size_t max)
{
	int64_t r = rank(proc, pid);
	size_t i = 0;

	while (i < n &&
	    (strcmp(list[i].scheme, c->scheme) != 0 ||
		strcmp(list[i].id, c->id) != 0 || list[i].cgroup != c->cgroup))
		i++;
	if (i == max || r == INT64_MAX)
		return n;
	if (i < n && r >= ranks[i])
		return n;
	list[i] = *c;
	ranks[i] = r;
	return i == n ? n + 1 : n;
}

size_t
container_by_cgroup(const char *scheme, const char *name,
    struct container *list, size_t max, struct container *doubted)
{
	int64_t ranks[CONTAINERS_MAX];
	char path[32], text[CGROUP_MAX];
	DIR *d = opendir("/proc");
	struct container c;
	struct dirent *e;
	size_t n = 0;

	if (max > CONTAINERS_MAX)
		max = CONTAINERS_MAX;
	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strspn(e->d_name, "0123456789") != strlen(e->d_name))
			continue;
		snprintf(path, sizeof(path), "%.20s/cgroup", e->d_name);
		if (file_get(dirfd(d), path, text, sizeof(text)) == -1 ||
		    !matches(text, scheme, name, &c))
			continue;
		c.pid = (pid_t)strtol(e->d_name, NULL, 10);
		if (is_believed(text, &c))
			n = note(dirfd(d), &c, e->d_name, list, ranks, n, max);
		else if (doubted != NULL)
			*doubted = c;
	}
	if (d != NULL)
		closedir(d);
	return n;
}
