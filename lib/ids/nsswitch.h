/* SPDX-License-Identifier: ISC */
/*
 * nsswitch - where names are to be looked up (nsswitch.conf(5)).
 *
 * None of its modules is ever loaded into our processes: who has to ask one
 * asks a program, getent(1) or getsubids(1).
 */
#ifndef NSKIT_IDS_NSSWITCH_H
#define NSKIT_IDS_NSSWITCH_H

#include <stdbool.h>

/*
 * nsswitch_asks_more - has the database DB ("passwd", "group", "subid") more
 * sources than its file in /etc?  Without a line for it, it has not.
 */
bool nsswitch_asks_more(const char *db);

#endif
