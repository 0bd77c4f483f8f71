/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

#include "lib/clock.h"
#include "lib/pace.h"

/* What all our threads have used of the CPUs. */
static int64_t
cpu_us(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

void
pace_begin(struct pace *p)
{
	p->began = clock_ms();
	p->cpu = cpu_us();
}

int64_t
pace_end(struct pace *p)
{
	int64_t cost = (cpu_us() - p->cpu) * p->share / 1000;

	p->pause = p->pause == 0   ? p->least :
	    2 * p->pause < p->most ? 2 * p->pause :
				     p->most;
	p->soonest = p->began + cost;
	return cost > p->pause ? p->soonest : p->began + p->pause;
}

int
pace_sleep(struct pollfd *fds, nfds_t n, int64_t until)
{
	int64_t left;
	int told;

	do {
		left = until - clock_ms();
		left = left < 0 ? 0 : left > INT_MAX ? INT_MAX : left;
		told = poll(fds, n, (int)left);
	} while (told == -1 && errno == EINTR);
	return told > 0 ? told : 0;
}
