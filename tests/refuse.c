/* SPDX-License-Identifier: ISC */
/*
 * refuse CALL ERRNO COMMAND - run COMMAND with one system call refused, as a
 * seccomp filter of a container does it.  set_mm is prctl(2) with PR_SET_MM.
 * refuse shared root COMMAND - run it while another process shares its root
 * and working directory, as some threaded programs start others (CLONE_FS).
 */
#include "config.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <endian.h>
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

static const struct call {
	const char *name;
	unsigned int number;
	unsigned int first; /* only with this first argument; 0: any */
} calls[] = {
	{ .name = "clone", .number = SYS_clone },
	{ .name = "clone3", .number = SYS_clone3 },
	{ .name = "close_range", .number = UAPI_NR_close_range },
	{ .name = "memfd_create", .number = SYS_memfd_create },
	{ .name = "mount", .number = SYS_mount },
	{ .name = "set_mm", .number = SYS_prctl, .first = PR_SET_MM },
	{ .name = "mount_setattr", .number = UAPI_NR_mount_setattr },
	{ .name = "open_tree", .number = UAPI_NR_open_tree },
	{ .name = "pidfd_open", .number = UAPI_NR_pidfd_open },
	{ .name = "setdomainname", .number = SYS_setdomainname },
	{ .name = "sethostname", .number = SYS_sethostname },
	{ .name = "setns", .number = SYS_setns },
	{ .name = "unshare", .number = SYS_unshare },
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
install(const struct call *call, unsigned int errnum)
{
	const unsigned int low = BYTE_ORDER == BIG_ENDIAN ? 4 : 0;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call->number, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, args[0]) + low),
		BPF_JUMP(
		    BPF_JMP | (call->first == 0 ? BPF_JGE : BPF_JEQ) | BPF_K,
		    call->first, 0, 1),
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
	install(&calls[c], errors[e].number);
	execvp(argv[3], argv + 3);
	err(127, "%s", argv[3]);
}
