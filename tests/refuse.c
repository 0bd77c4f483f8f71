/* SPDX-License-Identifier: ISC */
/*
 * refuse CALL ERRNO COMMAND - run COMMAND with one system call refused, as a
 * seccomp filter of a container does it.
 * refuse shared root COMMAND - run it while another process shares its root
 * and working directory, as some threaded programs start others (CLONE_FS).
 */
#include "config.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <err.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/uapi.h"

static const struct {
	const char *name;
	unsigned int number;
} calls[] = {
	{ "clone", SYS_clone },
	{ "clone3", SYS_clone3 },
	{ "memfd_create", SYS_memfd_create },
	{ "mount", SYS_mount },
	{ "open_tree", UAPI_NR_open_tree },
	{ "setdomainname", SYS_setdomainname },
	{ "sethostname", SYS_sethostname },
	{ "setns", SYS_setns },
	{ "unshare", SYS_unshare },
};

static const struct {
	const char *name;
	unsigned int number;
} errors[] = {
	{ "EACCES", EACCES },
	{ "EAGAIN", EAGAIN },
	{ "EINVAL", EINVAL },
	{ "ENOSPC", ENOSPC },
	{ "ENOSYS", ENOSYS },
	{ "EPERM", EPERM },
};

static void
install(unsigned int call, unsigned int errnum)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | errnum),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(code) / sizeof(code[0]), code };

	/* Root needs no promise, and set-user-ID helpers go on to work. */
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == 0)
		return;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == -1)
		err(1, "seccomp");
}

/* The sharer lives as long as the command does. */
static void
share_root(void)
{
	pid_t command = getpid();
#if defined(__s390__) || defined(__s390x__) || defined(__CRIS__)
	long pid = syscall(SYS_clone, NULL, CLONE_FS | SIGCHLD, NULL, 0, NULL);
#else
	long pid = syscall(SYS_clone, CLONE_FS | SIGCHLD, NULL, NULL, NULL, 0);
#endif

	if (pid == -1)
		err(1, "clone");
	if (pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have ended before that. */
	while (getppid() == command)
		pause();
	_exit(0);
}

int
main(int argc, char **argv)
{
	size_t c = 0, e = 0;

	if (argc < 4)
		errx(1, "usage: refuse CALL ERRNO COMMAND");
	if (strcmp(argv[1], "shared") == 0) {
		share_root();
		execvp(argv[3], argv + 3);
		err(127, "%s", argv[3]);
	}
	while (c < sizeof(calls) / sizeof(calls[0]) &&
	    strcmp(calls[c].name, argv[1]) != 0)
		c++;
	while (e < sizeof(errors) / sizeof(errors[0]) &&
	    strcmp(errors[e].name, argv[2]) != 0)
		e++;
	if (c == sizeof(calls) / sizeof(calls[0]) ||
	    e == sizeof(errors) / sizeof(errors[0]))
		errx(1, "%s %s: unknown", argv[1], argv[2]);
	install(calls[c].number, errors[e].number);
	execvp(argv[3], argv + 3);
	err(127, "%s", argv[3]);
}
