/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/reason.h"
#include "lib/run.h"

static _Noreturn void
run_failed(const char *path, int errnum)
{
	fail_why(errnum == ENOENT ? EXIT_ENOENT : EXIT_CANNOT_INVOKE, errnum,
	    reason_exec(path, errnum), "%s", path);
}

/* A leading '-' in argv[0] is what makes a login shell (login(1)). */
static _Noreturn void
run_shell(void)
{
	const char *shell = getenv("SHELL"), *base;
	char name[64];

	if (shell == NULL || shell[0] == '\0')
		shell = _PATH_BSHELL;
	base = strrchr(shell, '/');
	snprintf(name, sizeof(name), "-%s", base != NULL ? base + 1 : shell);
	execl(shell, name, (char *)NULL);
	run_failed(shell, errno);
}

void
run_command(char **argv)
{
	if (argv[0] == NULL)
		run_shell();
	execvp(argv[0], argv);
	run_failed(argv[0], errno);
}
