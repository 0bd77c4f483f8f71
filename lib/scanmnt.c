/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scanmnt.h"

#define MOUNTINFO_MAX (64 << 20)

/* mountinfo(5) writes space, tab, newline and backslash as \ooo. */
static void
unescape(char *s)
{
	char *out = s;

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' &&
		    s[2] <= '7' && s[3] >= '0' && s[3] <= '7') {
			*out++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 |
			    (s[3] - '0'));
			s += 3;
		} else
			*out++ = *s;
	}
	*out = '\0';
}

/*
 * The namespace that is mounted on PATH, as the process sees it whose
 * directory is DIR.  Another file may lie over it: what is opened for reading
 * is on nsfs.
 */
static int
mount_open(int dir, const char *mountpoint)
{
	char path[PATH_MAX + 8];
	int at, fd = -1;

	snprintf(path, sizeof(path), "root%s", mountpoint);
	if ((at = openat(dir, path, O_PATH | O_CLOEXEC)) == -1)
		return -1;
	if (ns_is_file(at) == 1) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", at);
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	close(at);
	return fd;
}

static void
mount_line(struct scan_reader *r, struct scan_ns *mntns, pid_t pid, int dir,
    char *line)
{
	struct scan_holder h = {
		.kind = SCAN_MOUNT, .pid = pid, .mntns = mntns->ino
	};
	const struct ns_type *type;
	struct scan_ns *ns;
	char *field[5];
	ino_t ino;

	if (strstr(line, " - nsfs ") == NULL)
		return;
	for (size_t i = 0; i < 5; i++)
		if ((field[i] = strsep(&line, " ")) == NULL)
			return;
	if (ns_parse(field[3], &type, &ino) == -1)
		return;
	unescape(field[4]);
	h.path = field[4];
	if ((ns = scan_add(r, type, ino)) == NULL)
		return;
	scan_hold(r, ns, &h);
	if (scan_climbs(r, ns))
		scan_climb(r, ns, mount_open(dir, field[4]));
}

void
scan_mounts_of(struct scan_reader *r, struct scan_ns *ns, pid_t pid, int dir)
{
	char *text, *rest, *line;

	if (ns->mounts_read || (r->want & SCAN_MOUNTS) == 0)
		return;
	text = file_get_all(dir, "mountinfo", MOUNTINFO_MAX, NULL);
	if (text == NULL) {
		if (errno != ENOENT && errno != ESRCH && errno != EINVAL)
			r->unseen.mntns++;
		return;
	}
	ns->mounts_read = true;
	rest = text;
	while (!r->full && (line = strsep(&rest, "\n")) != NULL)
		mount_line(r, ns, pid, dir, line);
	free(text);
}
