/* SPDX-License-Identifier: ISC */
/* reason: what the other rooms of it ask the system. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/reason/reason.h"

#define CAP_SYS_PTRACE_BIT (UINT64_C(1) << 19)
#define CAP_SYS_ADMIN_BIT (UINT64_C(1) << 21)

long long
reason_knob(const char *path)
{
	return file_get_number(AT_FDCWD, path);
}

/* The number after FIELD in the status file PATH; OTHERWISE where it cannot be
 * read. */
static uint64_t
number_in(const char *path, const char *field, int base, uint64_t otherwise)
{
	char *text = proc_status(AT_FDCWD, path);
	const char *value = text == NULL ? NULL :
					   proctext_status(text, field, NULL);
	uint64_t number = value == NULL ? otherwise :
					  strtoull(value, NULL, base);

	free(text);
	return number;
}

uint64_t
reason_status(const char *field, int base)
{
	return number_in("/proc/self/status", field, base, 0);
}

bool
reason_is_admin(void)
{
	return reason_status("CapEff", 16) & CAP_SYS_ADMIN_BIT;
}

/* Do our IDs and capabilities give us what may be seen of PID (ptrace(2))? */
static bool
is_in_reach(pid_t pid)
{
	uint64_t own = reason_status("CapPrm", 16);
	char path[32];
	struct ns_key user;
	struct stat st;

	if ((reason_status("CapEff", 16) & CAP_SYS_PTRACE_BIT) != 0 &&
	    ns_key_self(ns_type_by_flag(CLONE_NEWUSER), &user) == 0 &&
	    user.ino == NS_INIT_USER)
		return true;
	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	if (stat(path, &st) == -1 || st.st_uid != geteuid() ||
	    st.st_gid != getegid())
		return false;
	strlcat(path, "/status", sizeof(path));
	return (number_in(path, "CapPrm", 16, UINT64_MAX) & ~own) == 0;
}

/* That of ours, if it may confine us; else empty. */
static void
read_label(char *label, size_t size)
{
	if (file_get(AT_FDCWD, "/proc/self/attr/apparmor/current", label,
		size) == -1 &&
	    file_get(AT_FDCWD, "/proc/self/attr/current", label, size) == -1)
		label[0] = '\0';
	label[strcspn(label, "\n")] = '\0';
	if (strstr(label, "unconfined") != NULL)
		label[0] = '\0';
}

const char *
reason_process(pid_t pid)
{
	static char text[REASON_MAX];
	const char *otherwise = "it needs CAP_SYS_PTRACE in its user namespace";
	char label[256];

	read_label(label, sizeof(label));
	if (is_in_reach(pid)) {
		if (label[0] == '\0')
			return "our IDs and capabilities suffice: a security "
			       "module, as Landlock, forbids it";
		otherwise = "another security module does, as Landlock";
	} else if (!(reason_status("CapEff", 16) & CAP_SYS_PTRACE_BIT))
		return "the process is another user's or more privileged: "
		       "needs CAP_SYS_PTRACE in its user namespace";
	else if (label[0] == '\0')
		return "needs CAP_SYS_PTRACE in its user namespace";
	snprintf(text, sizeof(text),
	    "our own security label, %s, may forbid it, or %s", label,
	    otherwise);
	return text;
}
