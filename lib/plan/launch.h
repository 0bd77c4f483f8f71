/* SPDX-License-Identifier: ISC */
/*
 * launch - a planned command in a child of its own: outside, the maps and the
 * watch; inside, the steps.  What nsclone is, and nsunshare with --fork.
 */
#ifndef NSKIT_PLAN_LAUNCH_H
#define NSKIT_PLAN_LAUNCH_H

#include "lib/plan/plan.h"

/*
 * launch - start ARGV as P says and watch over it to its end.  ALL is main's
 * argv.
 *
 * P has passed plan_check.  Does not return: exits as the command did, or in
 * words.
 */
_Noreturn void launch(const struct plan *p, char **argv, char **all);

#endif
