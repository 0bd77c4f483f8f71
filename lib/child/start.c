/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

#include "lib/asan.h"
#include "lib/channel.h"
#include "lib/child/start.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

#define STACK_SIZE (1 << 20)

/*
 * In the command's process, which waits until the init knows what their group
 * got before there was a command.
 */
static int
start_command(void *arg)
{
	const struct start *s = arg;
	char nothing;
	ssize_t n;

	close(s->gate[0]);
	n = channel_receive(s->gate[1], &nothing, sizeof(nothing));
	if (n == -1)
		fail_errno(EXIT_CANCELED, "waiting for the init");
	if (n == 0)
		_exit(EXIT_CANCELED);
	close(s->signals);
	close(s->channel);
	s->r->command(s->r->arg, s->init);
	_exit(EXIT_CANCELED);
}

/* The command is PID 2, also where set-up commands have had that number. */
static pid_t
fork_command(const struct start *s)
{
	const pid_t second = 2;
	struct uapi_clone_args args = {
		.exit_signal = SIGCHLD,
		.set_tid = (uint64_t)(uintptr_t)&second,
		.set_tid_size = 1,
	};
	long pid = s->r->joined ? -1 : uapi_clone3(&args);

	if (pid == -1)
		pid = fork();
	if (pid == 0)
		start_command((void *)(uintptr_t)s);
	return (pid_t)pid;
}

/* A stack beside ours, with nothing below it.  Returns its upper end. */
static char *
new_stack(void)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *at;

	at = mmap(NULL, page + STACK_SIZE, PROT_NONE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	if (at == MAP_FAILED ||
	    mprotect(at + page, STACK_SIZE, PROT_READ | PROT_WRITE) == -1)
		return NULL;
	return at + page + STACK_SIZE;
}

/* -1: it may be had by another way. */
static pid_t
lend_memory(const struct start *s)
{
	char *stack = ASAN_HERE ? NULL : new_stack();

	if (stack == NULL)
		return -1;
	return clone(
	    start_command, stack, CLONE_VM | SIGCHLD, (void *)(uintptr_t)s);
}

/* /proc, which could tell more, may be anybody's here. */
pid_t
start_process(struct start *s)
{
	pid_t pid;

	if (channel_open(s->gate) == -1)
		fail_why(EXIT_CANCELED, errno,
		    errno == EMFILE ? reason_fork(errno) : NULL,
		    "channel to the command");
	pid = s->r->lend ? lend_memory(s) : -1;
	s->lent = pid != -1;
	if (!s->lent && (pid = fork_command(s)) == -1)
		fail_why(EXIT_CANCELED, errno,
		    errno == EAGAIN ?
			"a limit on processes is reached: pids.max of the "
			"cgroup, ulimit -u, kernel.pid_max or "
			"kernel.threads-max" :
			NULL,
		    "cannot start the command");
	return pid;
}

/* Pipes of the caller's end when the command and its kind let go of them. */
static void
let_go(const struct start *s, const struct child *c)
{
	int keep[] = { s->channel, s->signals, s->gate[0], s->gate[1],
		c->channel };

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		close(fd);
	file_close_others(keep, sizeof(keep) / sizeof(keep[0]));
	if (chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "init: /");
	prctl(PR_SET_NAME, PROC_INIT_NAME);
}

void
start_open(const struct start *s, const struct child *c)
{
	const char go = 0;

	let_go(s, c);
	close(s->gate[1]);
	if (channel_send(s->gate[0], &go, sizeof(go)) == -1)
		fail_errno(EXIT_CANCELED, "starting the command");
	/* It has to end when the command executes. */
	close(c->channel);
	if (s->lent)
		channel_wait_end(s->gate[0]);
	close(s->gate[0]);
}
