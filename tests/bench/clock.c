/* SPDX-License-Identifier: ISC */
/*
 * clock - whole-process times of commands, side by side.
 *
 *	clock ROUNDS COMMAND [ARG ...] [-- COMMAND [ARG ...]] ...
 *
 * Runs each command once uncounted, then all of them in turn, ROUNDS times
 * (each round begins with another one), with their output thrown away.  For
 * each, in their order, one line: the median time in microseconds, from before
 * the fork until it has been waited for, and the median of the ratio to the
 * first command of the same round, so that what slows down the machine for a
 * while slows down both; the same two numbers of CPU time, of it and all that
 * it has waited for; and the most memory that one of these had, in KiB.  A
 * command that fails ends it all.
 */
#include "config.h"

#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COMMANDS_MAX 16
#define ROUNDS_MAX 100000

extern char **environ;

/* What one run took: microseconds, and KiB. */
struct cost {
	double wall, cpu, memory;
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
microseconds(const struct timeval *t)
{
	return (double)t->tv_sec * 1e6 + (double)t->tv_usec;
}

static struct cost
run(char **argv, const posix_spawn_file_actions_t *quiet)
{
	double start = now(), end;
	struct rusage used;
	int status, errnum;
	pid_t pid;

	errnum = posix_spawnp(&pid, argv[0], quiet, NULL, argv, environ);
	if ((errno = errnum) != 0)
		err(1, "%s", argv[0]);
	if (wait4(pid, &status, 0, &used) != pid)
		err(1, "%s", argv[0]);
	end = now();
	if (status != 0)
		errx(1, "%s: wait status %#x", argv[0], (unsigned)status);
	return (struct cost){ end - start,
		microseconds(&used.ru_utime) + microseconds(&used.ru_stime),
		(double)used.ru_maxrss };
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double
median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), compare);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Cut ARGV at each "--"; returns the number of commands. */
static size_t
split(char **argv, char **command[COMMANDS_MAX])
{
	size_t n = 0;

	while (*argv != NULL) {
		if (n == COMMANDS_MAX)
			errx(1, "more than %d commands", COMMANDS_MAX);
		command[n++] = argv;
		while (*argv != NULL && strcmp(*argv, "--") != 0)
			argv++;
		if (*argv != NULL)
			*argv++ = NULL;
		if (command[n - 1][0] == NULL)
			errx(1, "an empty command");
	}
	return n;
}

/* The median of command C's numbers at OFFSET of a cost, RATIO to the first's.
 */
static double
middle(const struct cost *costs, size_t c, size_t rounds, size_t offset,
    bool ratio)
{
	double *v = calloc(rounds, sizeof(*v)), first, own, mid;

	if (v == NULL)
		err(1, NULL);
	for (size_t i = 0; i < rounds; i++) {
		memcpy(&first, (const char *)&costs[i] + offset, sizeof(first));
		memcpy(&own, (const char *)&costs[c * rounds + i] + offset,
		    sizeof(own));
		v[i] = ratio ? own / first : own;
	}
	mid = median(v, rounds);
	free(v);
	return mid;
}

static void
report(const struct cost *costs, size_t n, size_t rounds)
{
	const size_t wall = offsetof(struct cost, wall);
	const size_t cpu = offsetof(struct cost, cpu);

	for (size_t c = 0; c < n; c++)
		printf("%.1f %.3f %.1f %.3f %.0f\n",
		    middle(costs, c, rounds, wall, false),
		    middle(costs, c, rounds, wall, true),
		    middle(costs, c, rounds, cpu, false),
		    middle(costs, c, rounds, cpu, true),
		    middle(costs, c, rounds, offsetof(struct cost, memory),
			false));
}

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t quiet;
	char **command[COMMANDS_MAX];
	size_t n, c, rounds;
	struct cost *t;

	rounds = argc < 3 ? 0 : strtoul(argv[1], NULL, 10);
	if (rounds == 0 || rounds > ROUNDS_MAX)
		errx(1, "usage: clock ROUNDS COMMAND [-- COMMAND] ...");
	n = split(argv + 2, command);
	if ((t = calloc(rounds * n, sizeof(*t))) == NULL ||
	    posix_spawn_file_actions_init(&quiet) != 0 ||
	    posix_spawn_file_actions_addopen(
		&quiet, 1, "/dev/null", O_WRONLY, 0) != 0)
		err(1, NULL);
	for (c = 0; c < n; c++)
		run(command[c], &quiet);
	for (size_t i = 0; i < rounds; i++)
		for (size_t k = 0; k < n; k++) {
			c = (i + k) % n;
			t[c * rounds + i] = run(command[c], &quiet);
		}
	report(t, n, rounds);
	free(t);
	return 0;
}
