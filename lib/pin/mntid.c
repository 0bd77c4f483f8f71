/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <unistd.h>

#include "lib/pin/pin.h"
#include "lib/proc.h"
#include "lib/uapi.h"

#define ROUNDS 16 /* a batch has 4096 */
#define BURN 512

unsigned long long
mntid_of(void)
{
	uint64_t id = 0;
	int fd = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);

	if (fd == -1)
		return 0;
	if (ioctl(fd, UAPI_NS_GET_MNTNS_ID, &id) == -1)
		id = 0;
	close(fd);
	return id;
}

static bool
is_young(unsigned long long id)
{
	unsigned long long ours = mntid_of();

	return ours == 0 || ours > id;
}

/*
 * Ids come from a batch of the CPU, and batches are handed out upwards: on the
 * CPU where the binder's was made, a new one is above it.
 */
static int
try_each_cpu(unsigned long long id)
{
	cpu_set_t before, one;
	int rc = 1;

	if (sched_getaffinity(0, sizeof(before), &before) == -1)
		return 1;
	for (int cpu = 0; rc == 1 && cpu < CPU_SETSIZE; cpu++) {
		if (!CPU_ISSET(cpu, &before))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (sched_setaffinity(0, sizeof(one), &one) == -1)
			continue;
		if (unshare(CLONE_NEWNS) == -1)
			rc = -1;
		else if (is_young(id))
			rc = 0;
	}
	(void)sched_setaffinity(0, sizeof(before), &before);
	return rc;
}

/* Use up ids of the CPU we are on, by the cheapest namespaces there are. */
static int
skip_ids(void)
{
	/* It sends no signal, so it does not matter what SIGCHLD is. */
	pid_t pid = (pid_t)uapi_clone(0, NULL);
	int status;

	if (pid == -1)
		return -1;
	if (pid == 0) {
		for (int i = 0; i < BURN; i++)
			if (unshare(CLONE_NEWUTS) == -1)
				_exit(errno);
		_exit(0);
	}
	if (proc_reap(pid, &status) == -1)
		return -1;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
	return -1;
}

/* That CPU is not ours to use: go through to the next batch of this one. */
static int
try_next_batch(unsigned long long id)
{
	cpu_set_t before, one;
	int rc = 1, cpu = sched_getcpu();

	CPU_ZERO(&one);
	if (cpu != -1)
		CPU_SET((size_t)cpu, &one);
	if (sched_getaffinity(0, sizeof(before), &before) == -1 ||
	    sched_setaffinity(0, sizeof(one), &one) == -1)
		return -1;
	for (int round = 0; rc == 1 && round < ROUNDS; round++) {
		if (skip_ids() == -1 || unshare(CLONE_NEWNS) == -1)
			rc = -1;
		else if (is_young(id))
			rc = 0;
	}
	(void)sched_setaffinity(0, sizeof(before), &before);
	return rc;
}

int
mntid_raise_above(unsigned long long id)
{
	int rc;

	if (id == 0 || is_young(id))
		return 0;
	if ((rc = try_each_cpu(id)) == 1)
		rc = try_next_batch(id);
	if (rc == 1)
		errno = EINVAL;
	return rc == 0 ? 0 : -1;
}
