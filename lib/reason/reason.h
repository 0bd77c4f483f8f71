/* SPDX-License-Identifier: ISC */
/*
 * reason - why the kernel said no, in words: the cause and, where there is
 * one, the cure.  Found by looking, and only after the failure (or for
 * --explain, in place of it).
 *
 * All return text in static memory that the next call of the same function may
 * use again, or NULL where nothing more than errno is known.
 */
#ifndef NSKIT_REASON_REASON_H
#define NSKIT_REASON_REASON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/ns.h"

#define REASON_MAX 400 /* bytes of a text, its '\0' included */

/*
 * reason_create - clone3(2) or unshare(2) of TYPES (CLONE_NEW*) failed.
 *
 * Where a limit was reached each type is tried alone in a child that ends at
 * once, to tell which it was.
 */
const char *reason_create(int types, int errnum);

/*
 * reason_create_in - the same once namespaces of the types ENTERED are entered,
 * in which /proc may be anybody's.
 */
const char *reason_create_in(int entered, int types, int errnum);

/*
 * reason_try - make TYPES in a child that ends at once.  Returns 0, what errno
 * was there, or -1 if that could not be found out.
 */
int reason_try(int types);

/* reason_descriptors - there can be none more, or none of that number. */
const char *reason_descriptors(void);

/* reason_fork - a plain fork(2) failed, or what it needs could not be had. */
const char *reason_fork(int errnum);

/* reason_filter - a system call that needs no right failed. */
const char *reason_filter(int errnum);

/* reason_proc - a file of /proc/WHOSE could not be used. */
const char *reason_proc(const char *whose);

/*
 * reason_process - EACCES or EPERM: something of the process PID (0: unknown)
 * may not be seen.  Never NULL.
 */
const char *reason_process(pid_t pid);

/* reason_proc_hidden - why /proc does not show PID, which lives. */
const char *reason_proc_hidden(pid_t pid);

/* reason_map - writing an ID map failed. */
const char *reason_map(int errnum);

/* reason_helper - newuidmap(1) or newgidmap(1) at PATH did not succeed. */
const char *reason_helper(const char *path);

/*
 * reason_admin - a call that needs CAP_SYS_ADMIN in the user namespace that
 * owns WHAT ("mount namespace") failed.
 */
const char *reason_admin(int errnum, const char *what);

/* reason_mount - a mount(2) or a change of its propagation failed. */
const char *reason_mount(int errnum);

/*
 * reason_bind - bind_mount of the namespace FD on TARGET (-1: unknown) failed.
 */
const char *reason_bind(int fd, int target, int errnum);

/*
 * reason_path - PATH, looked up by us as we are, failed with ERRNUM: which
 * part of it is to blame.
 */
const char *reason_path(const char *path, int errnum);

/* reason_tree - what is mounted at a file that is open could not be copied. */
const char *reason_tree(int errnum);

/* reason_place - something could not be mounted at a place of its own. */
const char *reason_place(int errnum);

/* reason_root - the root directory could not be changed. */
const char *reason_root(int errnum);

/* reason_mount_proc - mounting proc failed. */
const char *reason_mount_proc(int errnum);

/*
 * reason_join - setns(2) of the namespace FD of TYPE failed; USER_OPTION: the
 * option that enters its user namespace, too, or NULL if one is entered.  Opens
 * nothing: we may be inside already.
 */
const char *reason_join(
    const struct ns_type *type, int fd, int errnum, const char *user_option);

/*
 * reason_exec - execvp(3) of PATH failed: whether an interpreter is missing,
 * and where the search was.  OUTSIDE is what run_look found there, or -1.
 */
const char *reason_exec(const char *path, int errnum, int outside);

/*
 * reason_exec_size - of E2BIG for ARGV and our environment: how long they are,
 * and may be.  NULL if they are not too long.
 */
const char *reason_exec_size(char *const argv[]);

/*
 * reason_interpreter - does the program PATH need an interpreter, of a script
 * or of ELF, that is not there?  NAME (SIZE bytes) becomes its path.
 */
bool reason_interpreter(const char *path, char *name, size_t size);

/* For the files of this room: */

/* reason_knob - the number in the file PATH, -1 if there is none. */
long long reason_knob(const char *path);

/* reason_status - the number after FIELD in /proc/self/status; 0: unknown. */
uint64_t reason_status(const char *field, int base);

/* reason_is_admin - CAP_SYS_ADMIN in our user namespace; unknown is no. */
bool reason_is_admin(void);

#endif
