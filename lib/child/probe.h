/* SPDX-License-Identifier: ISC */
/*
 * probe - do something in a child that ends at once, with all that it made,
 * and learn how far it came.
 */
#ifndef NSKIT_CHILD_PROBE_H
#define NSKIT_CHILD_PROBE_H

#include "lib/fail.h"

/*
 * probe - call FN(ARG, STEP) in a child, which writes to *STEP what it is
 * about to do and comes back, or fails as it would otherwise.  Whatever
 * children it leaves are killed with it, or see the end of its channel.
 *
 * Returns the last *STEP; REPORT becomes that of its failure, its line "" if it
 * came back.  SIGCHLD has to have its default action.  Exits if no child can be
 * had.
 */
int probe(void (*fn)(void *arg, volatile int *step), void *arg,
    struct fail_report *report);

#endif
