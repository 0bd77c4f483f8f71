/* SPDX-License-Identifier: ISC */
/* netfiles: /sys. */
#include "config.h"

#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "tools/nsjoin/netfiles.h"

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

/*
 * Of SYS, the old one, to the new one.  What came with the mount namespace of a
 * more privileged user stays where it is, but may be mounted twice.
 */
static void
move(int sys, const char *point)
{
	char from[4096];

	snprintf(from, sizeof(from), "/proc/self/fd/%d%s", sys,
	    point + strlen("/sys"));
	if (mount(from, point, NULL, MS_MOVE, NULL) == 0 ||
	    (errno == EINVAL &&
		mount(from, point, NULL, MS_BIND | MS_REC, NULL) == 0))
		return;
	/* What is in the other network alone has no place. */
	if (errno != ENOENT)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "%s", point);
}

void
netfiles_sys(const struct netfiles *n, const struct netmounts *m)
{
	int sys = open("/sys", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (sys == -1)
		fail_why(EXIT_CANCELED, errno, NETFILES_HINT, "/sys");
	if (mount_sys(n) == 0)
		for (size_t i = 0; i < m->n; i++)
			if (strncmp(m->list[i], "/sys/", 5) == 0)
				move(sys, m->list[i]);
	file_close(sys);
}
