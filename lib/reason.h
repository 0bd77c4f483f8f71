/* SPDX-License-Identifier: ISC */
/*
 * reason - why the kernel said no, in words: the cause and, where there is
 * one, the cure.  Found by looking, and only after the failure.
 *
 * All return text in static memory that the next call of the same function may
 * use again, or NULL where nothing more than errno is known.
 */
#ifndef NSKIT_REASON_H
#define NSKIT_REASON_H

#include <stdbool.h>

#include "lib/ns.h"

/* reason_create - clone3(2) or unshare(2) of TYPES (CLONE_NEW*) failed. */
const char *reason_create(int types, int errnum);

/* reason_fork - a plain fork(2) failed. */
const char *reason_fork(int errnum);

/* reason_proc - a file of /proc/WHOSE could not be used. */
const char *reason_proc(const char *whose);

/* reason_map - writing an ID map failed. */
const char *reason_map(int errnum);

/* reason_mount - a mount(2) or a change of its propagation failed. */
const char *reason_mount(int errnum);

/* reason_mount_proc - mounting proc failed. */
const char *reason_mount_proc(int errnum);

/*
 * reason_join - setns(2) of the namespace FD of TYPE failed; USER: a user
 * namespace is entered, too.  Opens nothing: we may be inside already.
 */
const char *reason_join(
    const struct ns_type *type, int fd, int errnum, bool user);

/*
 * reason_exec - execvp(3) of PATH failed: whether an interpreter is missing,
 * and that the search was inside.  Reads PATH only if it is there.
 */
const char *reason_exec(const char *path, int errnum);

#endif
