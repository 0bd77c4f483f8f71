/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/reason/reason.h"
#include "lib/step/run.h"

static const char *
shell_name(void)
{
	const char *shell = getenv("SHELL");

	return shell != NULL && shell[0] != '\0' ? shell : _PATH_BSHELL;
}

/* What execve(2) would say of PATH, as far as access(2) knows. */
static int
search_one(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1)
		return errno == ENOTDIR ? ENOENT : errno;
	if (!S_ISREG(st.st_mode))
		return EACCES;
	return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/*
 * Where execvp(3) would find NAME, into PATH.  Returns 0, or what errno would
 * be, with PATH the last file that cannot be executed, or "".
 */
static int
search(const char *name, char *path, size_t size)
{
	const char *dirs = getenv("PATH"), *dir;
	int len, errnum, result = ENOENT;
	char try[4096];

	strlcpy(path, name, size);
	if (name[0] == '\0' || strchr(name, '/') != NULL)
		return search_one(name);
	path[0] = '\0';
	for (dir = dirs != NULL ? dirs : _PATH_DEFPATH;; dir += len + 1) {
		len = (int)strcspn(dir, ":");
		snprintf(try, sizeof(try), "%.*s%s%s", len, dir,
		    len != 0 ? "/" : "", name);
		errnum = search_one(try);
		/* What may not be looked into has no such command for us. */
		if (errnum == EACCES &&
		    faccessat(AT_FDCWD, try, F_OK, AT_EACCESS) == -1)
			errnum = ENOENT;
		if (errnum == 0 || errnum == EACCES)
			strlcpy(path, try, size);
		if (errnum == 0)
			return 0;
		if (errnum == EACCES)
			result = EACCES;
		if (dir[len] == '\0')
			return result;
	}
}

static const char *
name_of(char *const argv[])
{
	return argv[0] != NULL ? argv[0] : shell_name();
}

int
run_look(char *const argv[])
{
	char path[4096];

	return search(name_of(argv), path, sizeof(path)) == 0;
}

/* WHY, and what NAME may have been meant to be, where it is no command here. */
static const char *
with_hint(const char *why, const struct run *run)
{
	static char text[2 * REASON_MAX];

	if (run->hint == NULL || run->outside == 1)
		return why;
	if (why == NULL)
		return run->hint;
	snprintf(text, sizeof(text), "%s; %s", why, run->hint);
	return text;
}

static _Noreturn void
run_failed(char *const argv[], int errnum, const struct run *run)
{
	const char *why, *name = name_of(argv);
	char path[4096];
	int found = search(name, path, sizeof(path));

	/* execvp(3) says so of a directory that it may not search, too. */
	if (errnum == EACCES && found == ENOENT && strchr(name, '/') == NULL)
		errnum = ENOENT;
	if (alias_has(ALIAS_WORDS))
		fail_why(errnum == ENOENT ? EXIT_ENOENT : EXIT_CANNOT_INVOKE,
		    errnum, NULL, "failed to execute %s", name);
	why = errnum == E2BIG ?
	    reason_exec_size(argv) :
	    reason_exec(path[0] != '\0' ? path : name, errnum, run->outside);
	fail_why(errnum == ENOENT ? EXIT_ENOENT : EXIT_CANNOT_INVOKE, errnum,
	    found == 0 ? why : with_hint(why, run), "%s", name);
}

void
run_check(char *const argv[], const struct run *run)
{
	const char *name = name_of(argv);
	char path[4096], interpreter[256];
	int errnum = search(name, path, sizeof(path));

	if (errnum == 0 &&
	    reason_interpreter(path, interpreter, sizeof(interpreter)))
		errnum = ENOENT;
	if (errnum != 0)
		run_failed(argv, errnum, run);
}

void
run_explain(char *const argv[], struct explain *e)
{
	explain_step(e, EXPLAIN_WHOLE, "run %s", name_of(argv));
}

/* A leading '-' in argv[0] is what makes a login shell (login(1)). */
static _Noreturn void
run_shell(char **argv, const struct run *run)
{
	const char *shell = shell_name(), *base;
	char name[64];

	base = strrchr(shell, '/');
	snprintf(name, sizeof(name), "-%s", base != NULL ? base + 1 : shell);
	execl(shell, name, (char *)NULL);
	run_failed(argv, errno, run);
}

/*
 * execvp(3), but that none of the C libraries has the shell read a file that
 * cannot be executed, as glibc's does.
 */
static void
execute(char **argv)
{
	const char *dir = getenv("PATH");
	int len, errnum = ENOENT;
	char path[4096];

	if (argv[0][0] == '\0' || strchr(argv[0], '/') != NULL) {
		execv(argv[0], argv);
		return;
	}
	for (dir = dir != NULL ? dir : _PATH_DEFPATH;; dir += len + 1) {
		len = (int)strcspn(dir, ":");
		snprintf(path, sizeof(path), "%.*s%s%s", len, dir,
		    len != 0 ? "/" : "", argv[0]);
		execv(path, argv);
		if (errno == EACCES)
			errnum = EACCES;
		else if (errno != ENOENT && errno != ENOTDIR)
			return;
		if (dir[len] == '\0')
			break;
	}
	errno = errnum;
}

/* Does the file name no interpreter, and is no program of another machine? */
static bool
is_plain(const char *path)
{
	char head[4] = "";
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t n = fd == -1 ? -1 : read(fd, head, sizeof(head));

	file_close(fd);
	return n >= 0 && strncmp(head, "#!", 2) != 0 &&
	    memcmp(head, ELFMAG, SELFMAG) != 0;
}

/* A script without "#!" is one of the shell's, for execvp(3) of POSIX too. */
static void
run_script(char **argv)
{
	size_t n = 0;
	char path[4096], **args;

	while (argv[n] != NULL)
		n++;
	if (search(argv[0], path, sizeof(path)) != 0 || !is_plain(path) ||
	    (args = calloc(n + 2, sizeof(*args))) == NULL) {
		errno = ENOEXEC;
		return;
	}
	args[0] = (char *)(uintptr_t)_PATH_BSHELL;
	args[1] = path;
	memcpy(args + 2, argv + 1, n * sizeof(*args));
	execv(_PATH_BSHELL, args);
}

void
run_command(char **argv, const struct run *run)
{
	if (argv[0] == NULL)
		run_shell(argv, run);
	execute(argv);
	if (errno == ENOEXEC)
		run_script(argv);
	run_failed(argv, errno, run);
}
