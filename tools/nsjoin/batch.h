/* SPDX-License-Identifier: ISC */
/*
 * batch - one command for each line of a file, several at a time, as xargs(1)
 * runs them.
 */
#ifndef NSKIT_NSJOIN_BATCH_H
#define NSKIT_NSJOIN_BATCH_H

#include <stdbool.h>

#include "lib/child/child.h"
#include "lib/opt.h"

struct batch_request {
	const char *file; /* "-" is standard input; NULL: no batch */
	int jobs;	  /* at a time, 1 to BATCH_JOBS_MAX */
	bool jobs_set;
	bool label; /* lines of output begin with the line of the file */
};

#define BATCH_JOBS_MAX 1024

/* -P -f -l */
extern const struct opt batch_options[];

/*
 * batch_run - call JOB with each line, in a process of its own.
 *
 * JOB does not return; PARENT is for child_guard: with us it ends, too.  Its
 * standard input is /dev/null if ours has the lines.  Exits 0; 123 if a job
 * failed; 124 if one ended with 255, after which no other is started.  A
 * signal that ends us ends the jobs first.
 */
_Noreturn void batch_run(const struct batch_request *r,
    void (*job)(const void *arg, const char *line, const struct child *parent),
    const void *arg);

#endif
