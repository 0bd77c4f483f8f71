/* SPDX-License-Identifier: ISC */
/*
 * pidfile - a file with a process ID in it: there complete or not at all, and
 * gone when the process is.
 */
#ifndef NSKIT_WATCH_PIDFILE_H
#define NSKIT_WATCH_PIDFILE_H

#include <sys/types.h>

#include <limits.h>
#include <stdbool.h>

#include "lib/pin/pin.h"

struct pidfile {
	const char *path; /* NULL: none is wanted */
	const char *name; /* its last component */
	char other[NAME_MAX + 1];
	int dir;
	int fd;		   /* the file that we wrote, or -1 */
	bool replaced;	   /* the older file is kept as OTHER */
	struct pin record; /* of OTHER, should we be killed */
};

/*
 * pidfile_place - hold the directory of PATH (NULL: none is wanted), outside,
 * before the same path may mean another file.  Exits on failure.
 */
void pidfile_place(struct pidfile *f, const char *path);

/*
 * pidfile_put - make it, PID in decimal and a newline, mode 0644; a file of
 * that name is replaced in one step.  Should we fail (fail_undo) the file is
 * removed and the older one put back.  Exits on failure.
 */
void pidfile_put(struct pidfile *f, pid_t pid);

/*
 * pidfile_keep - it is to stay: let go of an older file.  After fail_undone.
 */
void pidfile_keep(struct pidfile *f);

/* pidfile_drop - the process is gone: so is the file, if it is still ours. */
void pidfile_drop(struct pidfile *f);

/*
 * pidfile_reason - why PATH could not be made, by looking; static text, or NULL
 * if nothing is in the way.
 */
const char *pidfile_reason(const char *path);

#endif
