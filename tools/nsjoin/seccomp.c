/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "tools/nsjoin/seccomp.h"

#define STOP_WAIT_MS 2000
#define NFILTERS_MAX 8192 /* far above what the kernel's total allows */

#define GET_FILTER 0x420c   /* PTRACE_SECCOMP_GET_FILTER */
#define GET_METADATA 0x420d /* PTRACE_SECCOMP_GET_METADATA, Linux 4.16 */

/* struct seccomp_metadata of linux/ptrace.h, which sys/ptrace.h excludes. */
struct metadata {
	uint64_t offset, flags;
};

static _Noreturn void
refuse(const struct proc *p, int errnum, const char *hint, const char *why)
{
	fail_why(EXIT_CANCELED, errnum, hint,
	    "seccomp filters of process %d%s%s", (int)p->pid,
	    why != NULL ? ": " : "", why != NULL ? why : "");
}

static long
request(int what, const struct proc *p, uintptr_t addr, void *data)
{
	return ptrace(what, p->pid, (void *)addr, data);
}

/*
 * Is STATUS the stop that we have asked for?  A signal for it may have come
 * first: it gets that, and is asked again.
 */
static bool
is_stop(const struct proc *p, int status, const char *hint)
{
	if (status >> 16 != 0)
		return true;
	if (request(PTRACE_CONT, p, 0, (void *)(uintptr_t)WSTOPSIG(status)) ==
		-1 ||
	    request(PTRACE_INTERRUPT, p, 0, NULL) == -1)
		refuse(p, errno, hint, NULL);
	return false;
}

/* Stop it; a number that was used again is found out by the pidfd. */
static void
hold(const struct proc *p, const char *hint)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	const int64_t until = clock_ms() + STOP_WAIT_MS;
	int status;
	pid_t pid;

	if (request(PTRACE_SEIZE, p, 0, NULL) == -1)
		refuse(p, errno, hint,
		    errno == EPERM ? "it cannot be traced" : NULL);
	if (proc_alive(p) == -1)
		refuse(p, 0, hint, "it has ended");
	if (request(PTRACE_INTERRUPT, p, 0, NULL) == -1)
		refuse(p, errno, hint, NULL);
	while (clock_ms() < until) {
		pid = waitpid(p->pid, &status, __WALL | WNOHANG);
		if (pid == -1 && errno != EINTR)
			refuse(p, errno, hint, NULL);
		if (pid > 0 && WIFSTOPPED(status) && is_stop(p, status, hint))
			return;
		if (pid > 0 && !WIFSTOPPED(status))
			refuse(p, 0, hint, "it has ended");
		nanosleep(&moment, NULL);
	}
	refuse(p, 0, hint,
	    "it does not stop to be looked at: frozen (cgroups(7)), or waiting "
	    "for a device");
}

static const char *
why_unreadable(int errnum)
{
	if (errnum == EACCES)
		return "needs CAP_SYS_ADMIN in the first user namespace, and "
		       "no filter on ourselves";
	if (errnum == EINVAL || errnum == EIO)
		return "this kernel cannot show them (it needs "
		       "CONFIG_CHECKPOINT_RESTORE)";
	return NULL;
}

static bool
asks_supervisor(const struct seccomp *f)
{
	for (size_t i = 0; i < f->len; i++)
		if (f->code[i].code == (BPF_RET | BPF_K) &&
		    (f->code[i].k & SECCOMP_RET_ACTION_FULL) ==
			SECCOMP_RET_USER_NOTIF)
			return true;
	return false;
}

/* Filter I of the stopped process; false after the last. */
static bool
copy(const struct proc *p, size_t i, struct seccomp *f, const char *hint)
{
	struct metadata meta = { .offset = i };
	long len = request(GET_FILTER, p, i, NULL);

	if (len == -1 && errno == ENOENT)
		return false;
	if (len == -1)
		refuse(p, errno, hint, why_unreadable(errno));
	f->len = (size_t)len;
	if ((f->code = calloc(f->len, sizeof(*f->code))) == NULL)
		refuse(p, errno, hint, NULL);
	if (request(GET_FILTER, p, i, f->code) != len)
		refuse(p, errno, hint, NULL);
	/* Older kernels do not report the flags, and had only one. */
	if (request(GET_METADATA, p, sizeof(meta), &meta) != -1)
		f->flags = (unsigned long)meta.flags;
	if (asks_supervisor(f))
		refuse(p, 0, hint,
		    "one asks a supervisor (SECCOMP_RET_USER_NOTIF), which "
		    "does not know us");
	return true;
}

void
seccomp_read(struct seccomp_list *l, const struct proc *p, const char *hint)
{
	struct seccomp f = { 0 }, *list;

	/* Should we fail or die, the kernel lets it go on. */
	hold(p, hint);
	for (l->n = 0; copy(p, l->n, &f, hint); l->n++) {
		list = reallocarray(l->list, l->n + 1, sizeof(*list));
		if (list == NULL || l->n == NFILTERS_MAX)
			refuse(p, ENOMEM, hint, NULL);
		l->list = list;
		l->list[l->n] = f;
		f = (struct seccomp){ 0 };
	}
	request(PTRACE_DETACH, p, 0, NULL);
}

void
seccomp_install(const struct seccomp_list *l, const char *hint)
{
	struct sock_fprog prog;

	for (size_t i = 0; i < l->n; i++) {
		prog.len = (unsigned short)l->list[i].len;
		prog.filter = l->list[i].code;
		if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			l->list[i].flags, &prog) == -1)
			fail_why(EXIT_CANCELED, errno, hint,
			    "seccomp filter %zu of the target", i + 1);
	}
}
