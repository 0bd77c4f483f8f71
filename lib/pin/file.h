/* SPDX-License-Identifier: ISC */
/*
 * file - the file of --net=FILE: a plain file with nothing on it that is
 * there, or is made as late as can be, and a namespace mounted on it.
 */
#ifndef NSKIT_PIN_FILE_H
#define NSKIT_PIN_FILE_H

#include <stdbool.h>

#include "lib/ns.h"

struct keep_file {
	const char *path; /* as it was given; NULL: none */
	const char *name; /* its last component */
	int dir;	  /* the directory */
	int target;	  /* the file, locked; -1: not yet there */
	int mount;	  /* what is mounted on it, or -1 */
	bool made;	  /* by us */
};

/*
 * keep_file_begin - outside: hold the directory of PATH (which may be NULL),
 * and claim the file by a lock if it is there; see that it can be made if it is
 * not.  Exits on failure.
 */
void keep_file_begin(
    struct keep_file *f, const struct ns_type *type, const char *path);

/*
 * keep_file_bind - make the file if it is not there, claim it, and mount the
 * namespace FD on it.  What is done is recorded before it is in the hidden
 * directory HIDDEN (-1: there is none), for nspin -g.  Exits on failure.
 */
void keep_file_bind(
    struct keep_file *f, const struct ns_type *type, int fd, int hidden);

/* keep_file_take_back - undo what was done, in the reverse order. */
void keep_file_take_back(struct keep_file *f);

#endif
