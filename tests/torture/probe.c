/* SPDX-License-Identifier: ISC */
/*
 * The command that is tortured: "probe WHAT [N]".  It says what it sees, a byte
 * each, on descriptor REPORT.
 */
#include "config.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/torture/torture.h"

static void
report(char byte)
{
	if (write(REPORT, &byte, 1) != 1)
		_exit(98);
}

static int
do_exit(int n)
{
	return n;
}

/* Of the signal, unless we are PID 1: then the kernel keeps us alive. */
static int
do_die(int n)
{
	sigset_t one;

	signal(n, SIG_DFL);
	sigemptyset(&one);
	sigaddset(&one, n);
	sigprocmask(SIG_UNBLOCK, &one, NULL);
	kill(getpid(), n);
	return getpid() == 1 ? 77 : 99;
}

static int
do_fault(int n)
{
	/* Not NULL, of which a sanitizer would tell. */
	volatile int *volatile nowhere = (int *)sizeof(long);

	(void)n;
	/* A sanitizer has a handler, and would exit. */
	signal(SIGSEGV, SIG_DFL);
	report('r');
	return *nowhere;
}

/* N tenths of a second. */
static int
do_sleep(int n)
{
	report('r');
	usleep((useconds_t)n * 100000);
	return 0;
}

/* Wait for signal N, blocked all the time, half a minute. */
static int
do_await(int n)
{
	struct timespec patience = { 30, 0 };
	sigset_t one;
	int got;

	sigemptyset(&one);
	sigaddset(&one, n);
	sigprocmask(SIG_BLOCK, &one, NULL);
	report('r');
	got = sigtimedwait(&one, NULL, &patience);
	report(got == n ? 'g' : '-');
	return got == n ? 0 : 99;
}

/* The same; it was blocked from before our start, so it is pending or comes. */
static int
do_early(int n)
{
	struct timespec patience = { 30, 0 };
	sigset_t one, mask;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	if (!sigismember(&mask, n))
		return 97;
	sigemptyset(&one);
	sigaddset(&one, n);
	return sigtimedwait(&one, NULL, &patience) == n ? 0 : 99;
}

static volatile sig_atomic_t seen[65];

static void
count(int sig)
{
	seen[sig]++;
}

/* Say each signal as it comes, by a byte; USR1 ends it, with N a hangup too. */
static int
do_count(int n)
{
	static const struct {
		int sig;
		char byte;
	} said[] = { { SIGINT, 'i' }, { SIGTERM, 't' }, { SIGCONT, 'c' },
		{ SIGHUP, 'h' }, { SIGWINCH, 'w' } };
	struct sigaction sa = { .sa_handler = count };
	sigset_t all, none;
	int hangups = 0;

	sigfillset(&all);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &all, NULL);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		sigaction(said[i].sig, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	report('r');
	while (seen[SIGUSR1] == 0 && !(n && hangups)) {
		sigsuspend(&none);
		for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
			for (; seen[said[i].sig] > 0; seen[said[i].sig]--) {
				report(said[i].byte);
				hangups += said[i].sig == SIGHUP;
			}
	}
	return 0;
}

static int
do_ignore(int n)
{
	signal(n, SIG_IGN);
	report('r');
	sleep(60);
	return 0;
}

/* Stopped by N as anybody would be, and on. */
static int
do_stop(int n)
{
	report('r');
	signal(n, SIG_DFL);
	kill(getpid(), n);
	return 5;
}

/* Three generations, one of them in a session of its own; all sleep. */
static int
do_tree(int n)
{
	(void)n;
	report('r');
	for (int i = 0; i < 3; i++)
		if (fork() == 0 && i == 1)
			setsid();
	sleep(60);
	return 0;
}

/* N orphans, each the child of a child that has gone; all must be reaped. */
static int
do_orphans(int n)
{
	pid_t *pids = calloc((size_t)n, sizeof(*pids));
	int line[2], left, tries;

	if (pids == NULL || pipe(line) == -1)
		return 96;
	for (int i = 0; i < n; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			pid = fork();
			if (pid == 0)
				_exit(0);
			_exit(write(line[1], &pid, sizeof(pid)) != sizeof(pid));
		}
		if (pid == -1 || waitpid(pid, NULL, 0) != pid ||
		    read(line[0], &pids[i], sizeof(pids[i])) !=
			sizeof(pids[i]) ||
		    pids[i] == -1)
			return 95;
	}
	for (tries = 0, left = n; left > 0 && tries < 1000; tries++) {
		if (tries > 0)
			usleep(10000);
		left = 0;
		for (int i = 0; i < n; i++)
			left += kill(pids[i], 0) == 0;
	}
	return left == 0 ? 0 : 94;
}

/* The mask and the ignored signals, in hexadecimal. */
static int
do_state(int n)
{
	unsigned long long blocked = 0, ignored = 0;
	struct sigaction sa;
	sigset_t mask;
	char line[64];
	int len;

	(void)n;
	sigprocmask(SIG_SETMASK, NULL, &mask);
	for (int sig = 1; sig <= 64; sig++) {
		if (sigismember(&mask, sig) == 1)
			blocked |= 1ULL << (sig - 1);
		if (sigaction(sig, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN)
			ignored |= 1ULL << (sig - 1);
	}
	len = snprintf(line, sizeof(line), "%llx %llx\n", blocked, ignored);
	return write(REPORT, line, (size_t)len) == len ? 0 : 98;
}

/* Are just those standard descriptors closed of which CLOSED has the bit? */
static int
do_standard(int closed)
{
	for (int fd = 0; fd <= 2; fd++)
		if ((fcntl(fd, F_GETFD) == -1) != ((closed & (1 << fd)) != 0))
			return 93;
	return 7;
}

/* How many descriptors from 3 to N are open?  All should be. */
static int
do_open(int n)
{
	for (int fd = 3; fd < n; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			return 92;
	return 7;
}

/* Read a line of the terminal, in the background too. */
static int
do_read(int n)
{
	char c;

	(void)n;
	report('r');
	return read(0, &c, 1) == 1 ? 6 : 91;
}

int
probe(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int);
	} what[] = {
		{ "await", do_await },
		{ "count", do_count },
		{ "die", do_die },
		{ "early", do_early },
		{ "exit", do_exit },
		{ "fault", do_fault },
		{ "ignore", do_ignore },
		{ "open", do_open },
		{ "orphans", do_orphans },
		{ "read", do_read },
		{ "sleep", do_sleep },
		{ "standard", do_standard },
		{ "state", do_state },
		{ "stop", do_stop },
		{ "tree", do_tree },
	};
	struct rlimit core = { 0, 0 };

	setrlimit(RLIMIT_CORE, &core);
	for (size_t i = 0; argc > 0 && i < sizeof(what) / sizeof(what[0]); i++)
		if (strcmp(argv[0], what[i].name) == 0)
			return what[i].run(argc > 1 ? atoi(argv[1]) : 0);
	return 90;
}
