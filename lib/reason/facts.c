/* SPDX-License-Identifier: ISC */
/* reason: what the other rooms of it ask the system. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"

#define CAP_SYS_PTRACE_BIT (UINT64_C(1) << 19)
#define CAP_SYS_ADMIN_BIT (UINT64_C(1) << 21)

long long
reason_knob(const char *path)
{
	return file_get_number(AT_FDCWD, path);
}

uint64_t
reason_status(const char *field, int base)
{
	const char *value;
	char buf[4096];

	if (file_get(AT_FDCWD, "/proc/self/status", buf, sizeof(buf)) == -1 ||
	    (value = proctext_status(buf, field, NULL)) == NULL)
		return 0;
	return strtoull(value, NULL, base);
}

bool
reason_is_admin(void)
{
	return reason_status("CapEff", 16) & CAP_SYS_ADMIN_BIT;
}

const char *
reason_process(void)
{
	static char text[REASON_MAX];
	char label[256];

	if (!(reason_status("CapEff", 16) & CAP_SYS_PTRACE_BIT))
		return "the process is another user's or more privileged: "
		       "needs CAP_SYS_PTRACE in its user namespace";
	if (file_get(AT_FDCWD, "/proc/self/attr/apparmor/current", label,
		sizeof(label)) == -1 &&
	    file_get(AT_FDCWD, "/proc/self/attr/current", label,
		sizeof(label)) == -1)
		label[0] = '\0';
	label[strcspn(label, "\n")] = '\0';
	if (label[0] == '\0' || strstr(label, "unconfined") != NULL)
		return "needs CAP_SYS_PTRACE in its user namespace";
	snprintf(text, sizeof(text),
	    "our own security label, %s, may forbid it, or it needs "
	    "CAP_SYS_PTRACE in its user namespace",
	    label);
	return text;
}
