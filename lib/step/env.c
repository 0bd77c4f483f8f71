/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/syscall.h>
#include <sys/types.h>

#include <linux/keyctl.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/step/env.h"
#include "lib/uapi.h"

/* Looked at now: later the number may be that of a descriptor of ours. */
static int
parse_fds(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct env_request *r = at;
	const char *list = arg;
	char item[16];
	int fd;

	(void)opt;
	r->close_fds = true;
	r->keep_fds = arg;
	r->nkeep = 0;
	while (list != NULL) {
		if (opt_list(&list, item, sizeof(item), errstr) == -1)
			return -1;
		fd = (int)opt_number(item, 0, INT_MAX, errstr);
		if (*errstr != NULL)
			return -1;
		if (!file_is_inherited(fd))
			continue;
		if (r->nkeep == ENV_KEEP_MAX) {
			*errstr = "too many";
			return -1;
		}
		r->keep_fd[r->nkeep++] = fd;
	}
	return 0;
}

static int
parse_keep(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct env_request *r = at;
	char *both;

	(void)opt;
	r->clear = true;
	if (r->keep == NULL) {
		r->keep = arg;
		return 0;
	}
	if (asprintf(&both, "%s,%s", r->keep, arg) == -1) {
		*errstr = strerror(errno);
		return -1;
	}
	r->keep = both;
	return 0;
}

int
env_add(struct env_request *r, const char *arg, const char **errstr)
{
	size_t len = strcspn(arg, "=");

	if (len == 0 || arg[len] == '\0') {
		*errstr = "must be NAME=VALUE";
		return -1;
	}
	if (r->nset == ENV_SET_MAX) {
		*errstr = "too many";
		return -1;
	}
	r->set[r->nset++] = arg;
	return 0;
}

static int
parse_set(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	(void)opt;
	return env_add(at, arg, errstr);
}

const struct opt env_set_options[] = {
	{ 0, "env", .arg = "NAME=VALUE", .help = "set that variable for it",
	    .parse = parse_set },
	{ 0 },
};

const struct opt env_options[] = {
	{ 0, "clear-env", .help = "an empty environment",
	    OPT_BOOL(struct env_request, clear) },
	{ 0, "close-fds", .arg = "[KEEP,...]",
	    .help = "close what the caller left open above 2",
	    .parse = parse_fds },
	{ 0, "new-keyring", .help = "a session keyring of its own, empty",
	    OPT_BOOL(struct env_request, new_keyring) },
	{ 0, "whitelist-env", .arg = "LIST",
	    .help = "with --clear-env, keep these variables",
	    .parse = parse_keep },
	{ 0 },
};

/* Is the name of VAR ("NAME=value") an item of LIST? */
static bool
is_listed(const char *list, const char *var)
{
	size_t len = strcspn(var, "="), n;

	for (; list != NULL; list = list[n] == ',' ? list + n + 1 : NULL) {
		n = strcspn(list, ",");
		if (n == len && strncmp(list, var, n) == 0)
			return true;
	}
	return false;
}

/*
 * A kernel without keys has none to show; one that refuses the call, by a
 * filter that the command will be under too, shows it none either.
 */
static void
join_keyring(const struct env_request *r)
{
	if (!r->new_keyring ||
	    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) != -1 ||
	    errno == ENOSYS || errno == EPERM)
		return;
	fail_why(EXIT_CANCELED, errno,
	    errno == EDQUOT ? "kernel.keys.maxkeys or maxbytes of this user" :
			      r->keyring_hint,
	    "new session keyring");
}

static void
clear(const struct env_request *r)
{
	char **in, **out;

	if (!r->clear || environ == NULL)
		return;
	for (in = out = environ; *in != NULL; in++)
		if (r->keep != NULL && is_listed(r->keep, *in))
			*out++ = *in;
	*out = NULL;
}

void
env_apply(const struct env_request *r)
{
	clear(r);
	fail_part(EXPLAIN_KEYRING);
	join_keyring(r);
}

void
env_set(const struct env_request *r)
{
	for (size_t i = 0; i < r->nset; i++)
		if (putenv((char *)(uintptr_t)r->set[i]) != 0)
			fail_errno(EXIT_CANCELED, "--env %s", r->set[i]);
}

static void
mark(int fd, bool cloexec)
{
	if (fcntl(fd, F_SETFD, cloexec ? FD_CLOEXEC : 0) == -1 &&
	    errno != EBADF)
		fail_errno(EXIT_CANCELED, "--close-fds: descriptor %d", fd);
}

/* Linux 5.10 cannot mark a range. */
static void
mark_each(void)
{
	DIR *dir = opendir("/proc/self/fd");
	const char *errstr;
	struct dirent *e;
	int fd;

	if (dir == NULL)
		fail_errno(EXIT_CANCELED, "--close-fds: /proc/self/fd");
	while ((e = readdir(dir)) != NULL) {
		fd = (int)strtonum(e->d_name, 0, INT_MAX, &errstr);
		if (errstr == NULL && fd > STDERR_FILENO)
			mark(fd, true);
	}
	closedir(dir);
}

/*
 * Ours are close-on-exec anyway; those of the caller that are to stay must
 * have been inherited without that flag, so it is taken off again.
 */
void
env_close_fds(const struct env_request *r)
{
	if (!r->close_fds)
		return;
	fail_part(EXPLAIN_CLOSE_FDS);
	if (uapi_close_range(
		STDERR_FILENO + 1, UINT_MAX, UAPI_CLOSE_RANGE_CLOEXEC) == -1)
		mark_each();
	for (size_t i = 0; i < r->nkeep; i++)
		mark(r->keep_fd[i], false);
}

void
env_explain(const struct env_request *r, struct explain *e)
{
	if (r->clear)
		explain_step(e, EXPLAIN_ENV, "clear the environment%s%s",
		    r->keep != NULL ? " but for " : "",
		    r->keep != NULL ? r->keep : "");
	if (r->nset > 0)
		explain_step(e, EXPLAIN_ENV, "set %s%s", r->set[0],
		    r->nset > 1 ? " and other variables" : "");
	if (r->new_keyring)
		explain_step(e, EXPLAIN_KEYRING, "new session keyring");
	if (r->close_fds)
		explain_step(e, EXPLAIN_CLOSE_FDS,
		    "close descriptors above 2%s%s",
		    r->keep_fds != NULL ? " but for " : "",
		    r->keep_fds != NULL ? r->keep_fds : "");
}
