/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/pidns.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/sig.h"
#include "lib/uapi.h"

int
pidns_alive(int fd)
{
	struct pollfd gone = { .events = POLLIN };
	int pid = ioctl(fd, UAPI_NS_GET_PID_FROM_PIDNS, 1), parent, ended;

	if (pid == -1 && errno == ESRCH) {
		/* Also said of one whose processes are not in ours. */
		if ((parent = ns_parent(fd)) == -1)
			return -1;
		close(parent);
		return 0;
	}
	if (pid <= 0)
		return -1;
	/* A zombie, which nobody has reaped, starts nothing either. */
	if ((gone.fd = uapi_pidfd_open(pid, 0)) == -1)
		return errno == ESRCH ? 0 : -1;
	ended = poll(&gone, 1, 0);
	close(gone.fd);
	return ended != 1;
}

/*
 * Might it be in another PID namespace than ours?  Who is in ours has one
 * number there, and everybody may read that.
 */
static bool
may_be_below(int proc, const char *pid)
{
	char path[64], *text;
	uint64_t number;
	bool below;

	snprintf(path, sizeof(path), "%.10s/status", pid);
	if ((text = proc_status(proc, path)) == NULL)
		return errno != ENOENT && errno != ESRCH;
	below = proctext_number(text, "NSpid", 1, &number) == 0;
	free(text);
	return below;
}

/* Is the process PID in INO?  1, 0, or -1: it may not be read. */
static int
is_in(int proc, const char *pid, ino_t ino)
{
	char path[64], text[64];
	const struct ns_type *type;
	struct stat st;
	ino_t found;
	ssize_t n;

	snprintf(path, sizeof(path), "%.10s/ns/pid", pid);
	n = readlinkat(proc, path, text, sizeof(text) - 1);
	if (n == -1 && (errno == EACCES || errno == EPERM))
		return may_be_below(proc, pid) ? -1 : 0;
	if (n == -1)
		return 0;
	text[n] = '\0';
	if (ns_parse(text, &type, &found) == -1 || found != ino)
		return 0;
	/* A zombie has no others. */
	snprintf(path, sizeof(path), "%.10s/ns/uts", pid);
	return fstatat(proc, path, &st, 0) == 0 || errno != ENOENT;
}

int
pidns_inhabited(ino_t ino)
{
	const struct dirent *e;
	int found = 0, one;
	DIR *dir;

	if ((dir = opendir("/proc")) == NULL)
		return -1;
	while (found != 1 && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] < '1' || e->d_name[0] > '9')
			continue;
		if ((one = is_in(dirfd(dir), e->d_name, ino)) != 0)
			found = one;
	}
	/*
	 * Our own entry, at the least, is in any procfs of ours; and that of
	 * the first process, unless hidepid keeps back those of others.
	 */
	if (found == 0 &&
	    (faccessat(dirfd(dir), "self/ns/pid", F_OK, 0) == -1 ||
		faccessat(dirfd(dir), "1", F_OK, 0) == -1))
		found = -1;
	closedir(dir);
	return found;
}

/* Is SIG in the set that stands as KEY in TEXT, a whole status file? */
static bool
has_signal(const char *text, const char *key, int sig)
{
	const char *set = proctext_status(text, key, NULL);

	return set != NULL && ((strtoull(set, NULL, 16) >> (sig - 1)) & 1) != 0;
}

/* Would the process of TEXT, a whole status file, do what SIG does by default?
 */
static bool
has_default(const char *text, int sig)
{
	/* One that has it blocked may wait for it. */
	return !has_signal(text, "SigCgt", sig) &&
	    !has_signal(text, "SigIgn", sig) &&
	    !has_signal(text, "SigBlk", sig);
}

/*
 * Does process PID sleep in sigtimedwait(2), as far as we may know?  What it
 * waits for is then not shown as blocked.
 */
static bool
may_await_signals(pid_t pid)
{
	/* Of programs of 32 bits, and with times of 64: the same everywhere. */
	static const long numbers[] = {
#ifdef SYS_rt_sigtimedwait
		SYS_rt_sigtimedwait,
#endif
		177, 421
	};
	char path[64], text[256], *end;
	long number;

	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)pid);
	if (file_get(AT_FDCWD, path, text, sizeof(text)) <= 0)
		return true;
	number = strtol(text, &end, 10);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (end != text && number == numbers[i])
			return true;
	return false;
}

/* Is it of process PID, which is PID 1 of a namespace below ours? */
static bool
is_first_below(const char *text, pid_t pid)
{
	uint64_t outer, inner;

	/* A /proc of other numbers says something of another process. */
	return proctext_number(text, "NSpid", 0, &outer) == 0 &&
	    proctext_number(text, "NSpid", -1, &inner) == 0 &&
	    outer == (uint64_t)pid && inner == 1 && outer != 1;
}

int
pidns_instead(pid_t pid, int sig)
{
	enum sig_action action = sig_default(sig);
	char path[64], *text;
	bool withheld;

	if (action == SIG_DOES_NOTHING || sig == SIGSTOP || sig == SIGKILL)
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if ((text = proc_status(AT_FDCWD, path)) == NULL)
		return 0;
	withheld = is_first_below(text, pid) && has_default(text, sig) &&
	    !may_await_signals(pid);
	free(text);
	if (!withheld)
		return 0;
	return action == SIG_STOPS ? SIGSTOP : SIGKILL;
}
