/* SPDX-License-Identifier: ISC */
/*
 * exitcode - the statuses that are ours, by the names coreutils gives them.
 *
 * nsclone, nsunshare and nsjoin end as their command does; these are left for
 * their own failures, as in env(1), timeout(1) and chroot(1).  nspin and nsls
 * answer 0 (done), 1 (the answer is no, or not complete), 2 (usage).
 */
#ifndef NSKIT_EXITCODE_H
#define NSKIT_EXITCODE_H

enum {
	EXIT_NO = 1,		  /* nspin, nsls: no, or incomplete */
	EXIT_USAGE = 2,		  /* nspin, nsls: unusable arguments */
	EXIT_SOME_FAILED = 123,	  /* nsjoin -f: as xargs(1) */
	EXIT_TIMEDOUT = 124,	  /* --timeout; nsjoin -f: stopped early */
	EXIT_CANCELED = 125,	  /* we failed before the command could run */
	EXIT_CANNOT_INVOKE = 126, /* the command is there and cannot be run */
	EXIT_ENOENT = 127,	  /* the command is not there */
};

#endif
