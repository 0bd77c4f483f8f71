/* SPDX-License-Identifier: ISC */
/*
 * dryrun - nsclone and nsunshare with --explain: each step is tried in a
 * process that ends at once, with all that it made.
 */
#ifndef NSKIT_PLAN_DRYRUN_H
#define NSKIT_PLAN_DRYRUN_H

#include "lib/plan/plan.h"

/*
 * dryrun_explain - print what P and ARGV would do and whether it can be done
 * here.
 *
 * P has passed plan_check.  This process makes no namespace, mounts nothing
 * and enters nothing; a child does, and ends.  Not tried are the command, the
 * set-up hook, the move to a cgroup and what is kept in files: those are
 * looked at.  A step that fails is left out and the trial repeated, so that
 * what follows is judged too.  Does not return: exits 0 or 1.
 */
_Noreturn void dryrun_explain(const struct plan *p, char **argv);

#endif
