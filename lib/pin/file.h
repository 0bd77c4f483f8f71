/* SPDX-License-Identifier: ISC */
/*
 * file - the file of --net=FILE: a plain file with nothing on it that is
 * there, or is made as late as can be, and a namespace mounted on it.
 */
#ifndef NSKIT_PIN_FILE_H
#define NSKIT_PIN_FILE_H

#include <sys/types.h>

#include <stdbool.h>

#include "lib/ns.h"
#include "lib/pin/pin.h"

struct keep_file {
	const char *path; /* as it was given; NULL: none */
	const char *name; /* its last component */
	int dir;	  /* the directory */
	int target;	  /* the file; -1: not yet looked up to be mounted on */
	ino_t mounted;	  /* the namespace that we mounted on it, or 0 */
	bool made;	  /* by us */
};

/*
 * keep_file_begin - outside: hold the directory of PATH (which may be NULL),
 * and see that the file is free, or can be made.  Exits on failure.
 */
void keep_file_begin(
    struct keep_file *f, const struct ns_type *type, const char *path);

/*
 * keep_file_bind - make the file if it is not there, and mount the namespace FD
 * on it.  Of several that want the same file one gets it, by a lock in the pin
 * directory of P, which no other user can take.  What is done is recorded
 * before it is in the hidden directory of P (which may be without), for nspin
 * -g.  Exits on failure.
 */
void keep_file_bind(struct keep_file *f, const struct ns_type *type, int fd,
    const struct pin *p);

/* keep_file_roll_back - undo what was done, in the reverse order. */
void keep_file_roll_back(struct keep_file *f, const struct pin *p);

#endif
