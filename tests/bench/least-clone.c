/* SPDX-License-Identifier: ISC */
/*
 * least-clone - what "nsclone -muinpI" cannot do without: a child in the five
 * new namespaces that is PID 1 there and becomes the command, and its status.
 * No forwarding of signals, nothing checked or reported.
 *
 * -i: what "nsclone -muinp" cannot do without.  The child stays as an init that
 * reaps, the command is its child, and the loopback interface is up.
 */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/sched.h>
#include <net/if.h>

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define TYPES                                                       \
	(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | \
	    CLONE_NEWPID)

static void
bring_lo_up(void)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1 || ioctl(fd, SIOCSIFFLAGS, &lo) == -1)
		_exit(125);
	close(fd);
}

static int
status_of(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) == -1)
		return 125;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static _Noreturn void
become(char **command)
{
	execvp(*command, command);
	_exit(127);
}

static _Noreturn void
become_init(char **command)
{
	pid_t pid;
	int status;

	bring_lo_up();
	if ((pid = vfork()) == 0)
		become(command);
	if (pid == -1)
		_exit(125);
	status = status_of(pid);
	while (wait(NULL) > 0)
		continue;
	_exit(status);
}

int
main(int argc, char **argv)
{
	struct clone_args args = { .flags = TYPES, .exit_signal = SIGCHLD };
	const bool init = argc > 1 && strcmp(argv[1], "-i") == 0;
	char **command = argv + 1 + init;
	long pid;

	if (*command == NULL ||
	    (pid = syscall(SYS_clone3, &args, sizeof(args))) == -1)
		return 125;
	if (pid != 0)
		return status_of((pid_t)pid);
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
		_exit(125);
	if (init)
		become_init(command);
	become(command);
}
