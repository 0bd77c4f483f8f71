/* SPDX-License-Identifier: ISC */
/* netfiles: what is mounted in /sys and /etc already. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/mountinfo.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"
#include "tools/nsjoin/netfiles.h"

/* Is POINT one of LIST or below one? */
static bool
is_covered(const struct netmounts *p, const char *point)
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

static void
add(struct netmounts *p, const char *point)
{
	if (p->n == NETMOUNTS_MAX)
		fail_why(EXIT_CANCELED, 0, NETFILES_HINT,
		    "more than %d mounts in /sys and /etc", NETMOUNTS_MAX);
	if ((p->list[p->n] = strdup(point)) == NULL)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT,
		    "mounts in /sys and /etc");
	p->n++;
}

void
netmounts_find(struct netmounts *p, bool etc)
{
	struct mountinfo_file f;
	struct mountinfo m;
	char hint[REASON_MAX];
	const char *why;
	int rc, errnum;

	p->n = 0;
	rc = mountinfo_open(&f, AT_FDCWD, "/proc/self/mountinfo");
	while (rc == 0 && mountinfo_read(&f, &m))
		if ((strncmp(m.point, "/sys/", 5) == 0 ||
			(etc && strncmp(m.point, "/etc/", 5) == 0)) &&
		    !is_covered(p, m.point) && is_mount(m.point))
			add(p, m.point);
	if (rc == 0 && mountinfo_close(&f) == 0)
		return;
	errnum = errno;
	why = reason_proc("self");
	snprintf(hint, sizeof(hint), "%s%s%s", why != NULL ? why : "",
	    why != NULL ? "; " : "", NETFILES_HINT);
	fail_why(EXIT_CANCELED, errnum, hint, "/proc/self/mountinfo");
}
