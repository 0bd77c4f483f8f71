/* SPDX-License-Identifier: ISC */
/*
 * torture -t TOOLS [-s] [-v] [ROW ...]: run the rows (those that begin with one
 * of the words; -s: their short form) in every column, and print a table of how
 * often each went well. Below it is why a cell (-) was left out. Exit status
 * 1 if anything failed.
 */
#include "config.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/torture/torture.h"

struct settings settings;

#define TARGET settings.target
const struct column columns[] = {
	{ "clone -p", { "nsclone", "-p" }, { "nsclone", "-rp" }, true, false,
	    true },
	{ "clone -pI", { "nsclone", "-pI" }, { "nsclone", "-rpI" }, false, true,
	    true },
	{ "clone", { "nsclone", "-u" }, { "nsclone", "-ru" }, false, false,
	    false },
	{ "join -p", { "nsjoin", "-p", "-t", TARGET },
	    { "nsjoin", "-Up", "-t", TARGET }, false, false, false },
	{ "unshare -f",
	    { "nsunshare", "-pf", "--forward-signals", "--kill-child" },
	    { "nsunshare", "-rpf", "--forward-signals", "--kill-child" }, false,
	    true, true },
};
const size_t ncolumns = sizeof(columns) / sizeof(columns[0]);

int
read_byte(int fd)
{
	struct pollfd in = { .fd = fd, .events = POLLIN };
	char byte;

	if (poll(&in, 1, 30000) != 1)
		return -1;
	return read(fd, &byte, 1) == 1 ? (unsigned char)byte : -2;
}

int
wait_status(pid_t pid)
{
	int status;

	for (int i = 0; i < 30000; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		usleep(1000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return -1;
}

bool
expect(struct cell *cell, const struct column *col, bool good, const char *fmt,
    ...)
{
	va_list ap;

	if (good) {
		cell->passed++;
		return true;
	}
	cell->failed++;
	if (cell->failed <= 3 || settings.verbose) {
		printf("FAIL %s: ", col->title);
		va_start(ap, fmt);
		vprintf(fmt, ap);
		va_end(ap);
		printf("\n");
		fflush(stdout);
	}
	return false;
}

/* The words of the whole command line: the tool's, then the probe's. */
static void
make_argv(char **argv, const struct column *col, char *words)
{
	static char path[PATH_MAX], probe_word[] = "probe";
	const char *const *tool = geteuid() == 0 ? col->root : col->user;
	int n = 0;

	for (; tool[n] != NULL; n++)
		argv[n] = (char *)tool[n];
	snprintf(path, sizeof(path), "%s/%s", settings.tools, tool[0]);
	argv[n++] = settings.self;
	argv[n++] = probe_word;
	for (char *w = strtok(words, " "); w != NULL; w = strtok(NULL, " "))
		argv[n++] = w;
	argv[n] = NULL;
	argv[0] = path;
}

_Noreturn void
become(const struct column *col, const char *words)
{
	char *argv[20], copy[64];

	snprintf(copy, sizeof(copy), "%s", words);
	make_argv(argv, col, copy);
	execv(argv[0], argv);
	_exit(89);
}

pid_t
start(const struct column *col, const char *words, void (*before)(int), int arg)
{
	pid_t pid;

	fflush(NULL);
	if ((pid = fork()) != 0)
		return pid;
	if (before != NULL)
		before(arg);
	become(col, words);
}

/* A PID namespace to join, with an init of its own. */
static pid_t
start_target(void)
{
	char line[128], word[32];
	int out[2];
	ssize_t n;
	pid_t pid;

	if (pipe(out) == -1 || (pid = fork()) == -1)
		return -1;
	if (pid == 0) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/nsclone", settings.tools);
		dup2(out[1], 1);
		close(out[0]);
		close(out[1]);
		execl(path, "nsclone", geteuid() == 0 ? "-p" : "-rp",
		    "--status-fd=1", "sleep", "3600", (char *)NULL);
		_exit(89);
	}
	close(out[1]);
	for (size_t len = 0; len < sizeof(line) - 1; len += (size_t)n) {
		n = read(out[0], line + len, sizeof(line) - 1 - len);
		if (n <= 0)
			break;
		line[len + (size_t)n] = '\0';
		if (strstr(line, "ready") != NULL)
			break;
	}
	close(out[0]);
	if (sscanf(line, "start %31[0-9:]", word) != 1)
		return -1;
	snprintf(settings.target, sizeof(settings.target), "%s", word);
	return pid;
}

static bool
chosen(const struct row *row, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (strncmp(row->title, argv[i], strlen(argv[i])) == 0)
			return true;
	return argc == 0;
}

static void
show(const struct row *row, const struct cell *cells)
{
	char text[32];

	printf("%-30s", row->title);
	for (size_t i = 0; i < ncolumns; i++) {
		const struct cell *c = &cells[i];

		if (c->failed > 0)
			snprintf(text, sizeof(text), "%d of %d!", c->passed,
			    c->passed + c->failed);
		else if (c->passed > 0)
			snprintf(text, sizeof(text), "%d", c->passed);
		else
			snprintf(text, sizeof(text), "-");
		printf(" %11s", text);
	}
	printf("\n");
}

static int show_all(struct cell (*cells)[5], const bool *ran)
{
	int passed = 0, failed = 0, skipped = 0;

	printf("\n%-30s", "");
	for (size_t i = 0; i < ncolumns; i++)
		printf(" %11s", columns[i].title);
	printf("\n");
	for (size_t r = 0; r < nrows; r++)
		if (ran[r])
			show(&rows[r], cells[r]);
	for (size_t r = 0; r < nrows; r++)
		for (size_t i = 0; ran[r] && i < ncolumns; i++) {
			passed += cells[r][i].passed;
			failed += cells[r][i].failed;
			if (cells[r][i].skipped == NULL)
				continue;
			printf("%s, %s: %s\n", rows[r].title, columns[i].title,
			    cells[r][i].skipped);
			skipped++;
		}
	printf("torture: %d passed, %d failed; %d cells left out\n", passed,
	    failed, skipped);
	return failed > 0 || passed == 0;
}

/*
 * Orphans come to us.  Those of a PID namespace must be reaped before its
 * PID 1 can be.
 */
static void
reap(void)
{
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
}

static int
run_rows(bool few, int argc, char **argv)
{
	static struct cell cells[64][5];
	static bool ran[64];
	pid_t target;
	int status;

	if ((target = start_target()) == -1) {
		printf("torture: skipped: no PID namespace can be made here\n");
		return 0;
	}
	for (size_t r = 0; r < nrows; r++) {
		if (!chosen(&rows[r], argc, argv))
			continue;
		ran[r] = true;
		for (size_t i = 0; i < ncolumns; i++) {
			rows[r].run(&columns[i], &cells[r][i],
			    few ? rows[r].few : rows[r].n);
			reap();
		}
	}
	status = show_all(cells, ran);
	kill(target, SIGKILL);
	for (int i = 0; i < 5000 && waitpid(-1, NULL, WNOHANG) != -1; i++)
		usleep(1000);
	return status;
}

int
main(int argc, char **argv)
{
	bool few = false;
	ssize_t n;
	int c;

	if (argc > 1 && strcmp(argv[1], "probe") == 0)
		return probe(argc - 2, argv + 2);
	n = readlink(
	    "/proc/self/exe", settings.self, sizeof(settings.self) - 1);
	if (n == -1)
		return 2;
	while ((c = getopt(argc, argv, "st:v")) != -1)
		switch (c) {
		case 's':
			few = true;
			break;
		case 't':
			settings.tools = optarg;
			break;
		case 'v':
			settings.verbose = true;
			break;
		default:
			return 2;
		}
	if (settings.tools == NULL) {
		fprintf(stderr, "torture: where are the tools? -t DIR\n");
		return 2;
	}
	/* What our caller ignores, as nohup(1) does, the rows expect not to be.
	 */
	for (int sig = 1; sig < SIGRTMIN; sig++)
		signal(sig, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	return run_rows(few, argc - optind, argv + optind);
}
