/* SPDX-License-Identifier: ISC */
/*
 * mountinfo - the lines of /proc/PID/mountinfo (proc(5)).
 */
#ifndef NSKIT_MOUNTINFO_H
#define NSKIT_MOUNTINFO_H

#include <stdbool.h>
#include <stddef.h>

/* One mount; the strings are in the text that was read. */
struct mountinfo {
	char *id;     /* of the mount, a number */
	char *parent; /* that of the mount below it */
	char *dev;    /* of the file system, "MAJOR:MINOR" */
	char *root;   /* what of the file system; of a namespace net:[INUM] */
	char *point;  /* where, seen from the root of who read it */
	char *peers;  /* "shared:N master:M", "" of a private mount */
	char *fstype; /* "nsfs" */
	char *super;  /* options of the file system */
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

/*
 * A mount table that is read piece by piece: it may have 100,000 lines, and
 * each but the longest line is in memory only while it is looked at.
 */
struct mountinfo_file {
	int fd;
	int errnum; /* why it ended early, or 0 */
	char *buf;  /* SIZE bytes, those from AT to END not yet given */
	size_t size, at, end;
};

/*
 * mountinfo_open - begin to read the file PATH below DIRFD.
 *
 * Returns 0; -1 and errno, and F is closed.
 */
int mountinfo_open(struct mountinfo_file *f, int dirfd, const char *path);

/*
 * mountinfo_read - the next mount; M is good until the next call.  Returns
 * false at the end.
 */
bool mountinfo_read(struct mountinfo_file *f, struct mountinfo *m);

/*
 * mountinfo_close - give back what F has; also where it could not be opened.
 *
 * Returns 0; -1 and errno if the table could not be read to its end.
 */
int mountinfo_close(struct mountinfo_file *f);

#endif
