/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/reason.h"
#include "lib/run.h"

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

int
run_search(const char *name)
{
	const char *dirs = getenv("PATH"), *dir;
	int len, errnum, result = ENOENT;
	char path[4096];

	if (name[0] == '\0' || strchr(name, '/') != NULL)
		return search_one(name);
	for (dir = dirs != NULL ? dirs : _PATH_DEFPATH;; dir += len + 1) {
		len = (int)strcspn(dir, ":");
		snprintf(path, sizeof(path), "%.*s%s%s", len, dir,
		    len != 0 ? "/" : "", name);
		if ((errnum = search_one(path)) == 0)
			return 0;
		if (errnum == EACCES)
			result = EACCES;
		if (dir[len] == '\0')
			return result;
	}
}

int
run_look(char *const argv[])
{
	return run_search(argv[0] != NULL ? argv[0] : shell_name()) == 0;
}

static _Noreturn void
run_failed(const char *path, int errnum, int outside)
{
	fail_why(errnum == ENOENT ? EXIT_ENOENT : EXIT_CANNOT_INVOKE, errnum,
	    reason_exec(path, errnum, outside), "%s", path);
}

/* A leading '-' in argv[0] is what makes a login shell (login(1)). */
static _Noreturn void
run_shell(int outside)
{
	const char *shell = shell_name(), *base;
	char name[64];

	base = strrchr(shell, '/');
	snprintf(name, sizeof(name), "-%s", base != NULL ? base + 1 : shell);
	execl(shell, name, (char *)NULL);
	run_failed(shell, errno, outside);
}

void
run_command(char **argv, int outside)
{
	if (argv[0] == NULL)
		run_shell(outside);
	execvp(argv[0], argv);
	run_failed(argv[0], errno, outside);
}
