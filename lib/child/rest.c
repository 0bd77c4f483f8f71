/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/rest.h"
#include "lib/clock.h"
#include "lib/file.h"
#include "lib/proc.h"
#include "lib/uapi.h"

#define BATCH 256     /* children that are ended at a time */
#define TURN_MS 20    /* how often we look for more of them */
#define DEATH_MS 2000 /* a process that lives on longer cannot be ended */
#define FILE_MAX (1 << 20)

/* Who has got the signal already. */
struct asked {
	pid_t pid[BATCH];
	size_t n;
};

/* Is PID our child? */
static bool
is_child(pid_t pid)
{
	siginfo_t si;

	return waitid(P_PID, (id_t)pid, &si,
		   WEXITED | WNOHANG | WNOWAIT | __WALL) == 0;
}

static bool
has_children(void)
{
	siginfo_t si;

	return waitid(P_ALL, 0, &si, WEXITED | WNOHANG | WNOWAIT | __WALL) == 0;
}

static void
reap(void)
{
	while (waitpid(-1, NULL, WNOHANG | __WALL) > 0)
		continue;
}

static bool
is_earlier(const struct rest *r, pid_t pid)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->earlier[i] == pid)
			return true;
	return false;
}

/* As /proc lists them.  Returns how many, at most MAX, or -1. */
static ssize_t
list_by_proc(const struct rest *r, pid_t list[], size_t max)
{
	char *text = file_get_all(
	    AT_FDCWD, "/proc/thread-self/children", FILE_MAX, NULL);
	char *rest = text, *word;
	size_t n = 0;
	pid_t pid;

	if (text == NULL)
		return -1;
	while (n < max && (word = strsep(&rest, " ")) != NULL)
		/* A /proc of other numbers lists what is not ours. */
		if ((pid = (pid_t)strtol(word, NULL, 10)) > 0 &&
		    is_child(pid) && !is_earlier(r, pid))
			list[n++] = pid;
	free(text);
	return (ssize_t)n;
}

/* The number of a new process: most of the older ones are below it. */
static pid_t
newest(void)
{
	pid_t pid = (pid_t)uapi_clone(SIGCHLD, NULL);

	if (pid == 0)
		_exit(0);
	if (pid > 0)
		(void)proc_reap(pid, NULL);
	return pid > 0 ? pid : PROC_PID_MAX;
}

/* By asking for each number, for there is no other way to learn them. */
static size_t
list_by_number(const struct rest *r, pid_t list[], size_t max)
{
	pid_t last = newest();
	size_t n = 0;

	for (pid_t pid = 1; pid <= PROC_PID_MAX && n < max; pid++) {
		if (pid > last && n > 0)
			break;
		if (is_child(pid) && !is_earlier(r, pid))
			list[n++] = pid;
	}
	return n;
}

static size_t
list_children(const struct rest *r, pid_t list[], size_t max)
{
	ssize_t n = r->inside ? -1 : list_by_proc(r, list, max);

	if (!has_children())
		return 0;
	return n > 0 ? (size_t)n : list_by_number(r, list, max);
}

void
rest_begin(struct rest *r, bool inside)
{
	const size_t max = sizeof(r->earlier) / sizeof(r->earlier[0]);
	ssize_t n = 0;

	*r = (struct rest){ .inside = inside };
	if (has_children()) {
		n = list_by_proc(r, r->earlier, max);
		if (n <= 0 || (size_t)n == max)
			return;
	}
	r->n = (size_t)n;
	r->on = true;
}

void
rest_adopt(struct rest *r)
{
	if (r->on)
		r->on = prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
}

static bool
is_in(const pid_t list[], size_t n, pid_t pid)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == pid)
			return true;
	return false;
}

/* Each once, also those that the end of another one makes ours. */
static void
ask(const struct rest *r, struct asked *asked, int sig)
{
	pid_t list[BATCH];
	size_t n = list_children(r, list, BATCH);

	for (size_t i = 0; i < n; i++) {
		if (is_in(asked->pid, asked->n, list[i]))
			continue;
		kill(list[i], sig);
		kill(list[i], SIGCONT);
		if (asked->n < BATCH)
			asked->pid[asked->n++] = list[i];
	}
}

/* SIGKILL to all.  Returns whether any could be sent it. */
static bool
kill_all(const struct rest *r)
{
	pid_t list[BATCH];
	size_t n = list_children(r, list, BATCH);
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= kill(list[i], SIGKILL) == 0;
	return any;
}

void
rest_end(const struct rest *r, int sig, int64_t deadline,
    bool (*urgent)(void *arg, int ms), void *arg)
{
	struct asked asked = { .n = 0 };
	int64_t until;

	if (!r->on)
		return;
	reap();
	while (sig != 0 && has_children() && clock_ms() < deadline) {
		if (!r->pid1)
			ask(r, &asked, sig);
		if (urgent(arg, TURN_MS))
			break;
		reap();
	}
	if (r->pid1)
		return;
	until = clock_ms() + DEATH_MS;
	while (clock_ms() < until && has_children()) {
		if (!kill_all(r))
			return;
		(void)poll(NULL, 0, 1);
		reap();
	}
}
