/* SPDX-License-Identifier: ISC */
/* netfiles: /sys. */
#include "config.h"

#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/uapi.h"
#include "tools/nsjoin/netfiles.h"

#define MOUNTS_MAX 64 /* directly below /sys; a usual host has ten */

struct points {
	size_t n;
	char *list[MOUNTS_MAX];
};

/* Is POINT one of LIST or below one? */
static bool
is_covered(const struct points *p, const char *point)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t len = strlen(p->list[i]);

		if (strncmp(point, p->list[i], len) == 0 &&
		    (point[len] == '/' || point[len] == '\0'))
			return true;
	}
	return false;
}

/* Another mount may lie over it: then there is nothing of it to be seen. */
static bool
is_mount(const char *point)
{
	struct uapi_statx st;

	if (uapi_statx(AT_FDCWD, point, AT_SYMLINK_NOFOLLOW, 0, &st) == -1) {
		if (errno != ENOENT)
			fail_why(
			    EXIT_CANCELED, errno, NETFILES_HINT, "%s", point);
		return false;
	}
	return (st.stx_attributes & UAPI_STATX_ATTR_MOUNT_ROOT) != 0;
}

/* What is mounted below /sys, and not on another one of these. */
static void
find_mounts(struct points *p)
{
	struct mountinfo_file f;
	struct mountinfo m;
	int rc;

	rc = mountinfo_open(&f, AT_FDCWD, "/proc/self/mountinfo");
	while (rc == 0 && p->n < MOUNTS_MAX && mountinfo_read(&f, &m))
		if (strncmp(m.point, "/sys/", 5) == 0 &&
		    !is_covered(p, m.point) && is_mount(m.point) &&
		    (p->list[p->n++] = strdup(m.point)) == NULL)
			rc = -1;
	if (rc == -1 || mountinfo_close(&f) == -1)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT,
		    "the mounts below /sys");
}

/* As strict as the one that is there: it may not be less in a container. */
static unsigned long
flags_of_sys(void)
{
	unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
	struct statvfs st;

	if (statvfs("/sys", &st) == 0 && (st.f_flag & ST_RDONLY))
		flags |= MS_RDONLY;
	return flags;
}

/* Returns 0, or -1 if that of outside has to stay. */
static int
mount_sys(const struct netfiles *n)
{
	const char *why = "parts of /sys are hidden here, so the kernel shows "
			  "no other; " NETFILES_HINT;

	if (mount("sysfs", "/sys", "sysfs", flags_of_sys(), NULL) == 0)
		return 0;
	if (errno != EPERM || !n->lenient)
		fail_why(EXIT_CANCELED, errno,
		    errno == EPERM ? why : NETFILES_HINT,
		    "/sys of the network");
	fail_warn("/sys stays that of outside: parts of it are hidden here, so "
		  "the kernel shows no other");
	return -1;
}

void
netfiles_sys(const struct netfiles *n)
{
	struct points p = { 0 };
	char from[4096];
	int cwd;

	find_mounts(&p);
	cwd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* From here "." is /sys without the new mount. */
	if (cwd == -1 && errno != EACCES)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT,
		    "the working directory");
	if (cwd != -1 && chdir("/sys") == -1)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "/sys");
	/* To one that we may not search there would be no way back. */
	if (mount_sys(n) == -1 || cwd == -1)
		p.n = 0;
	for (size_t i = 0; i < p.n; i++) {
		snprintf(from, sizeof(from), ".%s", p.list[i] + strlen("/sys"));
		/* What is in the other network alone has no place. */
		if (mount(from, p.list[i], NULL, MS_BIND | MS_REC, NULL) ==
			-1 &&
		    errno != ENOENT)
			fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "%s",
			    p.list[i]);
	}
	if (cwd != -1 && fchdir(cwd) == -1)
		fail_errno(EXIT_CANCELED, "working directory");
	file_close(cwd);
}
