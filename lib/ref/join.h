/* SPDX-License-Identifier: ISC */
/*
 * join - enter namespaces that are open already (setns(2)).
 */
#ifndef NSKIT_REF_JOIN_H
#define NSKIT_REF_JOIN_H

#include "lib/ref/ref.h"

/*
 * join_differing - drop from R what we are in already; returns the types left.
 */
int join_differing(struct ref *r);

/*
 * join_enter - enter all of R.  Where a process holds all of them and WHOLE
 * says so, by one setns(2) of its pidfd; else one by one: what our privilege
 * allows, then on the way down to the user namespace what its ancestors own,
 * then the user namespace, then what that gives the right to.  USER_OPTION is
 * the one that adds that, for messages.
 *
 * Makes us undumpable first.  A PID namespace concerns children.  Exits on
 * failure.
 */
void join_enter(struct ref *r, bool whole, const char *user_option);

#endif
