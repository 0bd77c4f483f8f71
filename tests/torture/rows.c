/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/torture/rows.h"
#include "tests/torture/torture.h"

/* A started tool, and the line on which its command reports. */
static int report_fd = -1, report_other = -1;

/* In the child: the line is the command's descriptor REPORT. */
static void
keep_report(int unused)
{
	(void)unused;
	dup2(report_other, REPORT);
	if (report_other != REPORT)
		close(report_other);
	close(report_fd);
	signal(SIGPIPE, SIG_DFL);
}

bool
open_report(void)
{
	int line[2];

	if (pipe(line) == -1)
		return false;
	/* Out of the way of REPORT, and not for other children. */
	report_fd = fcntl(line[0], F_DUPFD_CLOEXEC, 20);
	report_other = fcntl(line[1], F_DUPFD_CLOEXEC, 20);
	close(line[0]);
	close(line[1]);
	return report_fd != -1 && report_other != -1;
}

pid_t
start_reporting(
    const struct column *col, const char *words, void (*before)(int), int arg)
{
	pid_t pid;

	if (!open_report())
		return -1;
	pid = start(col, words, before == NULL ? keep_report : before, arg);
	close(report_other);
	return pid;
}

void
take_report(void)
{
	keep_report(0);
}

void
drop_report(void)
{
	close(report_other);
}

/* The probe, without any tool. */
pid_t
start_plain(const char *what, void (*before)(int))
{
	pid_t pid;

	if (!open_report())
		return -1;
	fflush(NULL);
	if ((pid = fork()) == 0) {
		before(0);
		execl(settings.self, "torture", "probe", what, (char *)NULL);
		_exit(89);
	}
	drop_report();
	return pid;
}

int
hear(void)
{
	return read_byte(report_fd);
}

/* Has everybody who could report gone, within half a minute? */
bool
all_gone(void)
{
	int byte;

	while ((byte = hear()) >= 0)
		continue;
	return byte == -2;
}

void
end_report(void)
{
	close(report_fd);
	report_fd = -1;
}

static int
status_of(const struct column *col, const char *what, int n,
    void (*before)(int), int arg)
{
	char words[32];

	snprintf(words, sizeof(words), "%s %d", what, n);
	return wait_status(start(col, words, before, arg));
}

static void
row_exit(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < 256; i += 256 / n) {
		int status = status_of(col, "exit", i, NULL, 0);

		expect(cell, col, status == i << 8, "exit %d: status 0x%x", i,
		    status);
	}
}

/* What our own C library keeps for itself, a probe cannot wait for. */
static bool
is_reserved(int sig)
{
	return sig >= 32 && sig < SIGRTMIN;
}

/* Signals that end a program, and those that one may send. */
static bool
is_lethal(int sig)
{
	return sig != SIGSTOP && sig != SIGTSTP && sig != SIGTTIN &&
	    sig != SIGTTOU && sig != SIGCONT && sig != SIGCHLD &&
	    sig != SIGURG && sig != SIGWINCH && !is_reserved(sig);
}

static void
row_death(const struct column *col, struct cell *cell, int n)
{
	for (int sig = 1; sig <= 64; sig += sig >= n ? 7 : 1) {
		int status, want = sig;

		if (!is_lethal(sig))
			continue;
		/* PID 1 does not die of what it sends itself. */
		if (col->first)
			want = 77 << 8;
		status = status_of(col, "die", sig, NULL, 0);
		expect(cell, col, status == want, "signal %d: status 0x%x", sig,
		    status);
	}
}

/* The processes whose parent is PID; the command is the last of them. */
static pid_t
last_below(pid_t pid)
{
	char path[64], line[512], *after;
	int ppid;
	FILE *f;

	for (pid_t p = pid + 1; p < pid + 2000; p++) {
		snprintf(path, sizeof(path), "/proc/%d/stat", (int)p);
		if ((f = fopen(path, "r")) == NULL)
			continue;
		after = fgets(line, sizeof(line), f) != NULL ?
		    strrchr(line, ')') :
		    NULL;
		fclose(f);
		if (after != NULL && sscanf(after, ") %*c %d", &ppid) == 1 &&
		    ppid == pid)
			return last_below(p);
	}
	return pid;
}

/* KILL, and a fault, reach PID 1 as well. */
static void
row_killed(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, "sleep 600", NULL, 0);
		pid_t command;
		int status;

		hear();
		command = last_below(pid);
		kill(command, SIGKILL);
		status = wait_status(pid);
		expect(cell, col, command != pid && status == SIGKILL,
		    "KILL: status 0x%x", status);
		expect(cell, col, all_gone(), "KILL: somebody lives on");
		end_report();
		pid = start_reporting(col, "fault", NULL, 0);
		status = wait_status(pid);
		expect(
		    cell, col, status == SIGSEGV, "fault: status 0x%x", status);
		end_report();
	}
}

static void
row_forward(const struct column *col, struct cell *cell, int n)
{
	char words[32];

	for (int sig = 1; sig <= 64; sig += sig >= n ? 11 : 1) {
		int status;
		pid_t pid;

		if (sig == SIGKILL || sig == SIGSTOP || is_reserved(sig))
			continue;
		snprintf(words, sizeof(words), "await %d", sig);
		pid = start_reporting(col, words, NULL, 0);
		if (hear() == 'r')
			kill(pid, sig);
		status = wait_status(pid);
		expect(cell, col, status == 0, "signal %d: status 0x%x", sig,
		    status);
		end_report();
	}
}

static const int early[] = { SIGTERM, SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGQUIT,
	SIGWINCH, SIGCONT, SIGTSTP };

/*
 * Sent while it starts, to one that was started with all signals blocked, so
 * that each must reach the command, whenever it comes.
 */
static void
row_early(const struct column *col, struct cell *cell, int n)
{
	sigset_t all, old;

	sigfillset(&all);
	for (int i = 0; i < n; i++) {
		int sig = early[i % 9], status;
		pid_t pid;

		sigprocmask(SIG_SETMASK, &all, &old);
		pid = start_reporting(col,
		    (char[][16]){ "early 15", "early 1", "early 2", "early 10",
			"early 12", "early 3", "early 28", "early 18",
			"early 20" }[i % 9],
		    NULL, 0);
		if (i % 4 != 0)
			usleep((useconds_t)(rand() % 4000));
		kill(pid, sig);
		sigprocmask(SIG_SETMASK, &old, NULL);
		status = wait_status(pid);
		expect(cell, col, status == 0, "signal %d: status 0x%x", sig,
		    status);
		end_report();
	}
}

/*
 * And to one that was started as shells do: it ends, by the signal, and nothing
 * stays; only a command that is PID 1 by then does not notice.
 */
static void
row_early_death(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		int sig = early[i % 6], status;
		pid_t pid = start_reporting(
		    col, col->first ? "sleep 2" : "sleep 600", NULL, 0);

		if (i % 4 != 0)
			usleep((useconds_t)(rand() % 4000));
		kill(pid, sig);
		status = wait_status(pid);
		expect(cell, col, status == sig || (col->first && status == 0),
		    "signal %d: status 0x%x", sig, status);
		expect(
		    cell, col, all_gone(), "signal %d: somebody lives on", sig);
		end_report();
	}
}

static void
row_ignores(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, "ignore 15", NULL, 0);
		int status;

		hear();
		kill(pid, SIGTERM);
		usleep(50000);
		expect(cell, col, waitpid(pid, &status, WNOHANG) == 0,
		    "TERM ended it");
		kill(pid, SIGKILL);
		status = wait_status(pid);
		expect(cell, col, status == SIGKILL && all_gone(),
		    "KILL: status 0x%x, or the command lives on", status);
		end_report();
	}
}

static void
own_group(int unused)
{
	(void)unused;
	setpgid(0, 0);
	take_report();
}

/* kill -TERM -PGID: a member of the group has it already. */
static void
row_group(const struct column *col, struct cell *cell, int n)
{
	if (!col->init) {
		cell->skipped = "without an init the command gets it twice "
				"(nsclone(1))";
		return;
	}
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, "count", own_group, 0);
		int byte, times = 0;

		hear();
		kill(-pid, SIGTERM);
		usleep(30000);
		kill(pid, SIGUSR1);
		while ((byte = hear()) >= 0)
			times += byte == 't';
		wait_status(pid);
		expect(cell, col, times == 1, "TERM came %d times", times);
		end_report();
	}
}

static bool
stops(pid_t pid)
{
	int status;

	for (int i = 0; i < 10000; i++) {
		if (waitpid(pid, &status, WNOHANG | WUNTRACED) == pid)
			return WIFSTOPPED(status);
		usleep(1000);
	}
	return false;
}

static void
row_stop(const struct column *col, struct cell *cell, int n)
{
	static const char *const words[] = { "stop 20", "stop 19", "stop 21",
		"stop 22" };

	if (col->first) {
		cell->skipped = "PID 1 does not stop of what it sends itself";
		return;
	}
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(col, words[i % 4], own_group, 0);
		int status;

		hear();
		expect(cell, col, stops(pid), "%s: it does not stop",
		    words[i % 4]);
		/* To us alone, as kill(1) does, or to all, as fg does. */
		kill(i & 4 ? -pid : pid, SIGCONT);
		status = wait_status(pid);
		expect(cell, col, status == 5 << 8, "%s, CONT: status 0x%x",
		    words[i % 4], status);
		end_report();
	}
}

static void
row_orphans(const struct column *col, struct cell *cell, int n)
{
	char words[32];
	int status;

	if (col->first || (!col->init && strcmp(col->title, "clone") == 0)) {
		cell->skipped = "there is no init of ours";
		return;
	}
	snprintf(words, sizeof(words), "orphans %d", n);
	status = wait_status(start(col, words, NULL, 0));
	if (expect(cell, col, status == 0, "status 0x%x", status))
		cell->passed = n;
}

/* The supervisor dies at any moment: so does all that it has started. */
static void
row_supervisor(const struct column *col, struct cell *cell, int n)
{
	for (int i = 0; i < n; i++) {
		pid_t pid = start_reporting(
		    col, col->whole ? "tree" : "sleep 600", NULL, 0);

		usleep((useconds_t)(rand() % (i % 2 ? 12000 : 4000)));
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		expect(cell, col, all_gone(), "somebody lives on");
		end_report();
	}
}

const struct row rows[] = {
	{ "exit status 0 to 255", row_exit, 256, 8 },
	{ "death by signal", row_death, 64, 3 },
	{ "KILL from outside, a fault", row_killed, 10, 1 },
	{ "signals sent to us", row_forward, 64, 3 },
	{ "sent at once, blocked", row_early, 200, 9 },
	{ "sent at once, lethal", row_early_death, 200, 9 },
	{ "a command that ignores TERM", row_ignores, 10, 1 },
	{ "TERM to the whole group", row_group, 50, 3 },
	{ "stop and continue", row_stop, 40, 4 },
	{ "orphans reaped", row_orphans, 10000, 100 },
	{ "supervisor killed", row_supervisor, 500, 20 },
	{ "^Z fg ^Z bg fg ^C", row_terminal, 20, 1 },
	{ "hangup of the terminal", row_hangup, 20, 1 },
	{ "a read in the background", row_background, 5, 1 },
	{ "started with all ignored", row_ignored, 10, 1 },
	{ "started with all blocked", row_blocked, 10, 1 },
	{ "SIGCHLD ignored", row_chld, 20, 2 },
	{ "descriptors 0 to 2 closed", row_closed, 8, 8 },
	{ "as PID 1", row_pid1, 10, 1 },
	{ "as session leader", row_session, 10, 1 },
	{ "from a thread that ends", row_thread, 10, 2 },
	{ "60000 open descriptors", row_open, 3, 1 },
	{ "few descriptors (ulimit -n)", row_few, 24, 14 },
	{ "few processes (ulimit -u)", row_nproc, 6, 6 },
};
const size_t nrows = sizeof(rows) / sizeof(rows[0]);
