/* SPDX-License-Identifier: ISC */
/*
 * unshare - a planned command in this very process: unshare(2), the steps, and
 * exec; no fork but for a helper that writes the maps from outside.
 */
#ifndef NSKIT_PLAN_UNSHARE_H
#define NSKIT_PLAN_UNSHARE_H

#include "lib/plan/plan.h"

/*
 * unshare_enter - enter J, then unshare(2) of the types of P, but for time, and
 * the maps of a new user namespace.  Exits on failure, with no helper left.
 */
void unshare_enter(const struct plan *p, struct joined *j);

/*
 * unshare_become - move this process into the namespaces of P, prepare them
 * and become ARGV.  ALL is main's argv.
 *
 * P has passed plan_check.  Does not return: the command has our PID; exits in
 * words on failure, with no helper left.
 */
_Noreturn void unshare_become(const struct plan *p, char **argv, char **all);

#endif
