/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/pin/pin.h"
#include "lib/proc.h"
#include "lib/scan/scan.h"
#include "lib/uapi.h"
#include "tools/nspin/nspin.h"

#define GRACE_MS 10000 /* between SIG and KILL, and after that */
#define LOOK_MS 500    /* what they have forked since is looked for so often */

/* What is to be ended: the processes in these namespaces. */
struct inside {
	int types;
	ino_t *ino;
	size_t n;
	pid_t *spared; /* holders and inits of ours, which -d ends */
	size_t nspared;
	struct victim {
		pid_t pid;
		struct pollfd fd;
	} * victim; /* those that have got the signal */
	size_t nvictims;
	int status;
};

static void *
grow(void *array, size_t n, size_t size)
{
	void *larger = reallocarray(array, n, size);

	if (larger == NULL)
		fail_errno(EXIT_NO, "--kill");
	return larger;
}

static void
spare(struct inside *in, pid_t pid)
{
	if (pid == 0)
		return;
	in->spared = grow(in->spared, in->nspared + 1, sizeof(*in->spared));
	in->spared[in->nspared++] = pid;
}

/* Where we are ourselves nobody is killed. */
static void
add_name(struct inside *in, const char *name)
{
	struct pin_info info;
	struct ns_key own;

	if (pin_look(NULL, name, &info) == -1)
		return;
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (info.fd[i] == -1 ||
		    (ns_key_self(&ns_types[i], &own) == 0 &&
			ns_key_equal(&own, &info.id[i].key)))
			continue;
		in->types |= ns_types[i].flag;
		in->ino = grow(in->ino, in->n + 1, sizeof(*in->ino));
		in->ino[in->n++] = info.id[i].key.ino;
	}
	spare(in, info.holder);
	spare(in, info.init);
	pin_close(info.fd);
}

static bool
is_known(const struct inside *in, pid_t pid)
{
	for (size_t i = 0; i < in->nspared; i++)
		if (in->spared[i] == pid)
			return true;
	for (size_t i = 0; i < in->nvictims; i++)
		if (in->victim[i].pid == pid)
			return true;
	return pid == getpid();
}

static bool
is_in(const struct proc *p, const struct scan_ns *ns)
{
	int fd = proc_ns(p, ns->type);
	struct ns_key key;
	bool in = fd != -1 && ns_key_fd(fd, &key) == 0 && key.ino == ns->ino;

	if (fd != -1)
		close(fd);
	return in;
}

/* A stopped process has to run to end. */
static void
signal_process(struct inside *in, pid_t pid, const struct scan_ns *ns, int sig)
{
	struct victim *v;
	struct proc p;

	if (proc_open(&p, pid, false) == -1)
		return;
	if (!is_in(&p, ns)) {
		proc_close(&p);
		return;
	}
	if (uapi_pidfd_send_signal(p.pidfd, sig) == -1) {
		if (errno != ESRCH) {
			fail_warn("process %d: %s", (int)pid, strerror(errno));
			in->status = EXIT_NO;
			spare(in, pid);
		}
		proc_close(&p);
		return;
	}
	(void)uapi_pidfd_send_signal(p.pidfd, SIGCONT);
	in->victim = grow(in->victim, in->nvictims + 1, sizeof(*in->victim));
	v = &in->victim[in->nvictims++];
	*v = (struct victim){ pid, { .fd = p.pidfd, .events = POLLIN } };
	p.pidfd = -1;
	proc_close(&p);
}

/* Signal those that have not got it yet; true: there were some. */
static bool
signal_all(struct inside *in, int sig)
{
	const struct scan_request r = { .types = in->types,
		.want = SCAN_PIDS,
		.only = in->ino,
		.nonly = in->n };
	const char *errstr;
	bool any = false;
	struct scan s;

	if (scan_all(&s, &r, &errstr) == -1)
		fail(EXIT_NO, "what is in them cannot be seen: %s", errstr);
	for (size_t i = 0; i < s.n; i++)
		for (size_t k = 0; k < s.ns[i]->npids; k++)
			if (!is_known(in, s.ns[i]->pids[k])) {
				any = true;
				signal_process(
				    in, s.ns[i]->pids[k], s.ns[i], sig);
			}
	scan_free(&s);
	return any;
}

/* Leave out of the victims those that have ended, or (ALL) every one. */
static void
forget(struct inside *in, bool all)
{
	size_t n = 0;

	for (size_t i = 0; i < in->nvictims; i++)
		if (all || poll(&in->victim[i].fd, 1, 0) == 1)
			close(in->victim[i].fd.fd);
		else
			in->victim[n++] = in->victim[i];
	in->nvictims = n;
}

/* False: not all have ended by the time END. */
static bool
end_by(struct inside *in, int sig, int64_t end)
{
	bool any;

	for (;;) {
		any = signal_all(in, sig);
		forget(in, false);
		if (in->nvictims == 0 && !any)
			return true;
		if (clock_ms() >= end)
			return false;
		if (in->nvictims > 0)
			(void)poll(&in->victim[0].fd, 1, LOOK_MS);
	}
}

int
nspin_kill(char **names, int sig)
{
	struct inside in = { .status = 0 };

	for (; *names != NULL; names++)
		add_name(&in, *names);
	if (in.n > 0 && !end_by(&in, sig, clock_ms() + GRACE_MS)) {
		forget(&in, true);
		if (!end_by(&in, SIGKILL, clock_ms() + GRACE_MS)) {
			if (in.nvictims > 0)
				fail_warn("process %d does not end",
				    (int)in.victim[0].pid);
			else
				fail_warn("there are ever new processes");
			in.status = EXIT_NO;
		}
	}
	forget(&in, true);
	free(in.victim);
	free(in.spared);
	free(in.ino);
	return in.status;
}
