/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <paths.h>
#include <signal.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/proc.h"
#include "lib/step/hook.h"

static int
parse_setup(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct hook_request *r = at;

	(void)opt;
	if (arg[0] == '\0' || r->n == HOOK_MAX) {
		*errstr = arg[0] == '\0' ? "empty command" :
					   "more than 16 of them";
		return -1;
	}
	r->list[r->n++] = arg;
	return 0;
}

const struct opt hook_options[] = {
	{ 0, "setup", .arg = "CMD",
	    .help = "run sh -c CMD inside before the command",
	    .parse = parse_setup },
	{ 0 },
};

/* The hook is a program like any other: our mask is not for it. */
static _Noreturn void
run_shell(const char *cmd, volatile int *errnum)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* Nobody would wait for it after our own death. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execl(_PATH_BSHELL, "sh", "-c", cmd, (char *)NULL);
	*errnum = errno;
	_exit(EXIT_ENOENT);
}

void
hook_run(const char *cmd)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL }, own;
	volatile int errnum = 0;
	int status, rc;
	pid_t pid;

	/* An ignored SIGCHLD takes the exit status away (wait(2)). */
	if (sigaction(SIGCHLD, &dfl, &own) == -1)
		fail_errno(EXIT_CANCELED, "--setup");
	/* It has our memory until its execve(2), and tells us by it. */
	if ((pid = vfork()) == -1)
		fail_errno(EXIT_CANCELED, "--setup");
	/* It ends in execve(2) or _exit(2), and shares what it means to. */
	if (pid == 0)
		/* NOLINTNEXTLINE(clang-analyzer-unix.Vfork) */
		run_shell(cmd, &errnum);
	rc = proc_reap(pid, &status);
	if (rc == -1 || sigaction(SIGCHLD, &own, NULL) == -1)
		fail_errno(EXIT_CANCELED, "--setup");
	if (errnum != 0)
		fail_why(
		    EXIT_CANCELED, errnum, NULL, "--setup: %s", _PATH_BSHELL);
	if (WIFSIGNALED(status))
		fail(EXIT_CANCELED, "--setup %s: killed by signal %d", cmd,
		    WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		fail(EXIT_CANCELED, "--setup %s: exit status %d", cmd,
		    WEXITSTATUS(status));
}
