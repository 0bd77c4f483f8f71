/* SPDX-License-Identifier: ISC */
/*
 * mountinfo - the lines of /proc/PID/mountinfo (proc(5)).
 */
#ifndef NSKIT_MOUNTINFO_H
#define NSKIT_MOUNTINFO_H

#include <stdbool.h>

/* One mount; the strings are in the text that was read. */
struct mountinfo {
	char *root;   /* what of the file system; of a namespace net:[INUM] */
	char *point;  /* where, seen from the root of who read it */
	char *peers;  /* "shared:N master:M", "" of a private mount */
	char *fstype; /* "nsfs" */
};

/*
 * mountinfo_next - read the line that *REST points at into M and move *REST
 * behind it.
 *
 * Changes the text: the strings of M are cut out of it, space, tab, newline
 * and backslash as they were before the kernel wrote \ooo for them.  A line
 * that is no mount is passed over.  Returns false at the end of the text.
 * Makes no system call.
 */
bool mountinfo_next(char **rest, struct mountinfo *m);

#endif
