/* SPDX-License-Identifier: ISC */
/*
 * Rows about whoever starts the tool: what it ignores, blocks, has closed or
 * open, and what it is allowed.
 */
#include "config.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/torture/rows.h"

static void
ignore_all(int unused)
{
	(void)unused;
	take_report();
	for (int sig = 1; sig <= 64; sig++)
		signal(sig, SIG_IGN);
}

static void
block_all(int unused)
{
	sigset_t all;

	(void)unused;
	take_report();
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

/* What a command of ours, started like that without a tool, says of itself. */
static void
plain_state(char *line, size_t size, void (*before)(int))
{
	size_t len = 0;
	int byte;
	pid_t pid;

	pid = start_plain("state", before);
	while ((byte = hear()) >= 0 && len < size - 1)
		line[len++] = (char)byte;
	line[len] = '\0';
	waitpid(pid, NULL, 0);
	end_report();
}

/* Mask and dispositions, bit for bit, and the right status. */
static void
same_state(
    const struct column *col, struct cell *cell, int n, void (*before)(int))
{
	char want[64], got[64];

	plain_state(want, sizeof(want), before);
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, "state", before, 0);
		size_t len = 0;
		int byte, status;

		while ((byte = hear()) >= 0 && len < sizeof(got) - 1)
			got[len++] = (char)byte;
		got[len] = '\0';
		status = wait_status(pid);
		end_report();
		expect(cell, col, status == 0 && strcmp(got, want) == 0,
		    "status 0x%x, mask and ignored %s, not %s", status, got,
		    want);
		pid = start_reporting(col, "exit 7", before, 0);
		status = wait_status(pid);
		end_report();
		expect(cell, col, status == 7 << 8, "status 0x%x", status);
	}
}

void
row_ignored(const struct column *col, struct cell *cell, int n)
{
	same_state(col, cell, n, ignore_all);
}

void
row_blocked(const struct column *col, struct cell *cell, int n)
{
	same_state(col, cell, n, block_all);
}

static void
ignore_chld(int unused)
{
	(void)unused;
	take_report();
	signal(SIGCHLD, SIG_IGN);
}

void
row_chld(const struct column *col, struct cell *cell, int n)
{
	same_state(col, cell, n, ignore_chld);
}

/* Bit N of WHICH: close descriptor N. */
static void
close_some(int which)
{
	for (int fd = 0; fd <= 2; fd++)
		if (which & (1 << fd))
			close(fd);
}

void
row_closed(const struct column *col, struct cell *cell, int n)
{
	for (int which = 0; which < n; which++) {
		char words[32];
		int status;

		snprintf(words, sizeof(words), "standard %d", which);
		status = wait_status(start(col, words, close_some, which));

		expect(cell, col, status == 7 << 8, "closed 0x%x: status 0x%x",
		    which, status);
	}
}

/* PID 1 of a namespace, which becomes the tool. */
static pid_t
start_as_pid1(const struct column *col, const char *words)
{
	pid_t outer, inner;
	int status;

	fflush(NULL);
	if ((outer = fork()) != 0)
		return outer;
	if (unshare(CLONE_NEWPID) == -1)
		_exit(88);
	/* Alive as long as PID 1 is, and then ends as that did. */
	if ((inner = fork()) == 0) {
		take_report();
		become(col, words);
	}
	drop_report();
	if (waitpid(inner, &status, 0) != inner)
		_exit(87);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void
row_pid1(const struct column *col, struct cell *cell, int n)
{
	if (geteuid() != 0) {
		cell->skipped = "root only";
		return;
	}
	if (strcmp(col->title, "join -p") == 0) {
		cell->skipped = "a PID namespace that is no descendant's "
				"cannot be joined";
		return;
	}
	for (int i = 0; i < n; i++) {
		static const struct {
			const char *words;
			int status;
		} runs[] = { { "exit 7", 7 }, { "fault", 128 + SIGSEGV },
			{ "orphans 20", 0 } };

		for (size_t r = 0; r < 3; r++) {
			int status;
			pid_t pid;

			/* A PID 1 that is the probe does not reap. */
			if (r == 2 && col->first)
				continue;
			open_report();
			pid = start_as_pid1(col, runs[r].words);
			drop_report();
			status = wait_status(pid);
			expect(cell, col, status == runs[r].status << 8,
			    "%s: status 0x%x", runs[r].words, status);
			expect(cell, col, all_gone(), "somebody lives on");
			end_report();
		}
	}
}

static void
new_session(int unused)
{
	(void)unused;
	take_report();
	setsid();
}

void
row_session(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, "await 15", new_session, 0);
		int status;

		hear();
		kill(pid, SIGTERM);
		status = wait_status(pid);
		expect(cell, col, status == 0, "status 0x%x", status);
		end_report();
	}
}

struct thread {
	const struct column *col;
	pid_t pid;
};

static void *
start_in_thread(void *arg)
{
	struct thread *t = arg;

	t->pid = start_reporting(t->col, "await 10", NULL, 0);
	return NULL;
}

/* The parent-death signal is about threads: ours goes, the process stays. */
void
row_thread(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		struct thread t = { col, -1 };
		pthread_t thread;
		int status;

		if (pthread_create(&thread, NULL, start_in_thread, &t) != 0 ||
		    pthread_join(thread, NULL) != 0) {
			cell->skipped = "no threads";
			return;
		}
		hear();
		usleep(20000);
		kill(t.pid, SIGUSR1);
		status = wait_status(t.pid);
		expect(cell, col, status == 0, "status 0x%x", status);
		end_report();
	}
}

static void
open_many(int n)
{
	int fd;

	while ((fd = open("/dev/null", O_RDONLY)) != -1 && fd < n - 1)
		continue;
}

void
row_open(const struct column *col, struct cell *cell, int n)
{
	struct rlimit old, many;
	static char left[80];
	char words[32];
	int top = 60000;

	getrlimit(RLIMIT_NOFILE, &old);
	many.rlim_cur = 60000 + 64;
	many.rlim_max = old.rlim_max > many.rlim_cur ? old.rlim_max :
						       many.rlim_cur;
	if (setrlimit(RLIMIT_NOFILE, &many) == -1) {
		top = (int)old.rlim_max - 64;
		many.rlim_cur = many.rlim_max = old.rlim_max;
		snprintf(
		    left, sizeof(left), "with %d only: the hard limit", top);
		cell->skipped = left;
		setrlimit(RLIMIT_NOFILE, &many);
	}
	snprintf(words, sizeof(words), "open %d", top);
	for (int i = 0; i < n; i++) {
		int status = wait_status(start(col, words, open_many, top));

		expect(cell, col, status == 7 << 8, "status 0x%x", status);
	}
	setrlimit(RLIMIT_NOFILE, &old);
}

static void
few_descriptors(int n)
{
	struct rlimit few = { (rlim_t)n, (rlim_t)n };

	take_report();
	setrlimit(RLIMIT_NOFILE, &few);
	close(2); /* why it fails is for other tests to see */
	open("/dev/null", O_WRONLY);
}

/* It works, or says why not (one line is for other tests); nothing is left. */
static void
works_or_not(const struct column *col, struct cell *cell, int n,
    const char *what, void (*before)(int))
{
	pid_t pid = start_reporting(col, "exit 7", before, n);
	int status = wait_status(pid);

	expect(cell, col,
	    status == 7 << 8 ||
		(WIFEXITED(status) &&
		    (WEXITSTATUS(status) == 125 || WEXITSTATUS(status) == 126)),
	    "%s %d: status 0x%x", what, n, status);
	expect(cell, col, all_gone(), "%s %d: somebody lives on", what, n);
	end_report();
}

void
row_few(const struct column *col, struct cell *cell, int n)
{
	for (int i = 4; i < n; i++)
		works_or_not(col, cell, i, "descriptors", few_descriptors);
}

/* A user of whom nobody else has processes. */
static void
few_processes(int n)
{
	struct rlimit few = { (rlim_t)n, (rlim_t)n };

	take_report();
	setrlimit(RLIMIT_NPROC, &few);
	close(2); /* why it fails is for other tests to see */
	open("/dev/null", O_WRONLY);
}

void
row_nproc(const struct column *col, struct cell *cell, int n)
{
	if (geteuid() == 0) {
		cell->skipped = "root has no such limit";
		return;
	}
	for (int i = 1; i <= n; i++)
		works_or_not(col, cell, i, "processes", few_processes);
}
