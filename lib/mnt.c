/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mount.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mnt.h"
#include "lib/reason.h"

#define MOUNTINFO_LIMIT (64 * 1024 * 1024)

static const struct propagation {
	const char *name;
	unsigned long flags;
} propagations[] = {
	{ "private", MS_REC | MS_PRIVATE },
	{ "shared", MS_REC | MS_SHARED },
	{ "slave", MS_REC | MS_SLAVE },
	{ "unchanged", 0 },
};

static int
parse_propagation(void *at, const struct opt *opt, const char *arg,
    const char **errstr)
{
	struct mnt_request *r = at;
	size_t n = sizeof(propagations) / sizeof(propagations[0]);

	(void)opt;
	for (size_t i = 0; i < n; i++)
		if (strcmp(arg, propagations[i].name) == 0) {
			r->propagation = propagations[i].flags;
			return 0;
		}
	*errstr = "must be private, shared, slave or unchanged";
	return -1;
}

static int
parse_proc(void *at, const struct opt *opt, const char *arg,
    const char **errstr)
{
	struct mnt_request *r = at;

	(void)opt, (void)errstr;
	r->proc = arg != NULL ? arg : "/proc";
	return 0;
}

const struct opt mnt_options[] = {
	{ 'R', "root", "DIR", "root directory of the command", opt_set_string,
	    offsetof(struct mnt_request, root), 0 },
	{ 0, "mount-proc", "[DIR]", "mount a fresh proc on DIR (/proc); "
	    "implies -m", parse_proc, 0, 0 },
	{ 0, "propagation", "WORD",
	    "private (default), shared, slave or unchanged",
	    parse_propagation, 0, 0 },
	{ 'w', "wd", "DIR", "working directory, as seen inside",
	    opt_set_string, offsetof(struct mnt_request, wd), 0 },
	{ 0 },
};

bool
mnt_needs_ns(const struct mnt_request *r)
{
	return r->proc != NULL;
}

bool
mnt_wants_proc(const struct mnt_request *r)
{
	return r->proc != NULL;
}

void
mnt_check_outside(const struct mnt_request *r)
{
	int fd;

	if (r->root == NULL)
		return;
	fd = open(r->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		fail_errno(EXIT_CANCELED, "--root %s", r->root);
	close(fd);
}

/*
 * In a chroot / need not be a mount point: then each mount that we can see is
 * changed by itself.  The fifth field of a line is where it is mounted.
 */
static void
propagate_each(unsigned long flags)
{
	char *text, *line, *next, *field;

	text = file_get_all(AT_FDCWD, "/proc/self/mountinfo", MOUNTINFO_LIMIT,
	    NULL);
	if (text == NULL)
		fail_why(EXIT_CANCELED, errno, reason_proc("self"),
		    "propagation of the mounts: / is not a mount point, and "
		    "/proc/self/mountinfo");
	for (line = text; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		field = line;
		for (int i = 0; i < 4 && field != NULL; i++)
			field = strchr(field + 1, ' ');
		if (field == NULL)
			continue;
		field[1 + strcspn(field + 1, " ")] = '\0';
		/* A mount under another one, or \040 in its name: not ours. */
		if (mount(NULL, field + 1, NULL, flags & ~MS_REC, NULL) == -1 &&
		    errno != EINVAL && errno != ENOENT)
			fail_errno(EXIT_CANCELED, "propagation of %s",
			    field + 1);
	}
}

void
mnt_propagate(const struct mnt_request *r)
{
	if (r->propagation == 0 ||
	    mount(NULL, "/", NULL, r->propagation, NULL) == 0)
		return;
	if (errno != EINVAL)
		fail_errno(EXIT_CANCELED, "propagation of /");
	propagate_each(r->propagation);
}

void
mnt_mount(const struct mnt_request *r)
{
	int errnum;

	if (r->proc == NULL)
		return;
	/* Not a mount point is fine: then its parent's propagation counts. */
	if (mount(NULL, r->proc, NULL, MS_REC | MS_PRIVATE, NULL) == -1 &&
	    errno != EINVAL)
		fail_errno(EXIT_CANCELED, "--mount-proc: %s", r->proc);
	if (mount("proc", r->proc, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
		NULL) == -1) {
		errnum = errno;
		fail_why(EXIT_CANCELED, errnum, reason_mount_proc(errnum),
		    "--mount-proc: %s", r->proc);
	}
}

void
mnt_root(const struct mnt_request *r)
{
	if (r->root == NULL)
		return;
	if (chroot(r->root) == -1 || chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "--root %s", r->root);
}

void
mnt_directory(const struct mnt_request *r)
{
	if (r->wd != NULL && chdir(r->wd) == -1)
		fail_errno(EXIT_CANCELED, "--wd %s", r->wd);
}
