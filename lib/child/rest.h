/* SPDX-License-Identifier: ISC */
/*
 * rest - what a command leaves running when it ends, and the end of that.
 *
 * A subreaper becomes the parent of each descendant whose own parent has ended
 * (prctl(2), PR_SET_CHILD_SUBREAPER), so the rest are children of ours.
 */
#ifndef NSKIT_CHILD_REST_H
#define NSKIT_CHILD_REST_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REST_GRACE_MS 5000 /* between a polite signal and SIGKILL */

struct rest {
	bool on;     /* we are the subreaper */
	bool pid1;   /* all others of our PID namespace are the rest */
	bool inside; /* in the namespaces: nothing is looked up in /proc */
	pid_t earlier[16]; /* children of the program that executed us */
	size_t n;
};

/*
 * rest_begin - before the command's process is made: note which children we
 * have already.  INSIDE: in namespaces of others, where /proc says what they
 * like.  Where they cannot be told, R stays off and nothing will be ended.
 */
void rest_begin(struct rest *r, bool inside);

/*
 * rest_adopt - become the subreaper, before the command runs and once no more
 * processes are made that are to outlive us.
 */
void rest_adopt(struct rest *r);

/*
 * rest_end - end what is left, once the command has been reaped.
 *
 * With SIG not 0 each process gets that first, and what its end leaves as well;
 * at DEADLINE (clock_ms), or when URGENT(ARG, MS) says so, which waits for MS
 * milliseconds at most, what still runs gets SIGKILL.  Children that we may not
 * kill are left.  PID 1 sends SIG itself, to all at once, and leaves the last
 * step to its own end: here it only waits.
 */
void rest_end(const struct rest *r, int sig, int64_t deadline,
    bool (*urgent)(void *arg, int ms), void *arg);

#endif
