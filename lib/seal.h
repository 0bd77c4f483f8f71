/* SPDX-License-Identifier: ISC */
/*
 * seal - no file of ours that somebody inside could write to: what runs there
 * reaches our program as /proc/PID/exe, or has it execute itself
 * ("#!/proc/self/exe").
 */
#ifndef NSKIT_SEAL_H
#define NSKIT_SEAL_H

#include <sys/types.h>

#include <stdbool.h>

/* Made ready outside, for the process that will be inside. */
struct seal {
	bool ready;	   /* else there is nothing to do */
	char *const *argv; /* main's */
	int exe;	   /* what /proc/self/exe will be */
};

/*
 * seal_wanted - could one of those inside write to FILE (-1: to our program)?
 *
 * IS_INSIDE(ARG, UID) says whether one of them has, or could get, the user ID
 * UID of outside.  Whoever is in its group, or is named in its list (acl(5)),
 * may be inside; so the owner's right alone depends on that.
 */
bool seal_wanted(
    int file, bool (*is_inside)(const void *arg, uid_t uid), const void *arg);

/*
 * seal_prepare - outside: get S ready for seal_apply.  Where that will not be
 * possible execute a copy of our program that nobody can write to, with ARGV,
 * main's, and return at once in that copy.  Exits on failure.
 */
void seal_prepare(struct seal *s, char **argv);

/*
 * seal_view - outside, for the child that S is for: what is only read of our
 * program may be mapped there by this way, and needs no copy.  A mount is made
 * and closed, which waits for the kernel (RCU); the child need not.
 *
 * We have to be there for as long as that child is, with the same file: who
 * executes it keeps others from writing to it in place.
 *
 * Returns a descriptor, or -1: there is no such way.
 */
int seal_view(const struct seal *s);

/*
 * seal_apply - inside, before anything of others runs with our memory: leave
 * our file.  VIEW is of seal_view, or -1, and closed.  Needs the privileges of
 * whoever makes or enters a user namespace.  Exits on failure.
 */
void seal_apply(struct seal *s, int view);

/* seal_close - in a process that stays outside: S is of no use here. */
void seal_close(struct seal *s);

/*
 * seal_self - both at once, outside, before anything is entered; in a copy of
 * our program where we have no such privileges.  Exits on failure.
 */
void seal_self(char **argv);

/*
 * seal_program - the program FD, called NAME, as a file that nobody can write
 * to.  Returns its descriptor; exits on failure.
 */
int seal_program(int fd, const char *name);

#endif
