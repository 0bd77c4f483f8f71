/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/child/probe.h"
#include "lib/exitcode.h"
#include "lib/fail.h"

/* In memory that parent and children share. */
struct progress {
	volatile int step;
	volatile int done;
};

static _Noreturn void
inside(
    void (*fn)(void *arg, volatile int *step), void *arg, struct progress *at)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fn(arg, &at->step);
	at->done = 1;
	_exit(0);
}

int
probe(void (*fn)(void *arg, volatile int *step), void *arg,
    struct fail_report *report)
{
	static struct child child;
	struct progress *at;
	int step, rc;

	at = mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		fail_errno(EXIT_CANCELED, "memory to share with a trial");
	if (child_start(&child, 0))
		inside(fn, arg, at);
	if ((rc = fail_receive_report(child.channel, report)) == -1)
		fail_errno(EXIT_CANCELED, "receiving from a trial");
	if (rc == 0)
		strlcpy(report->line, at->done ? "" : "the trial was killed",
		    sizeof(report->line));
	child_destroy(&child);
	fail_undone();
	fail_prefer_report(-1);
	close(child.channel);
	close(child.pidfd);
	step = at->step;
	munmap(at, sizeof(*at));
	return step;
}
