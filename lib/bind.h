/* SPDX-License-Identifier: ISC */
/*
 * bind - a bind mount of a namespace on a file, by descriptors alone: no path
 * can come to mean something else in between (open_tree(2), move_mount(2)).
 */
#ifndef NSKIT_BIND_H
#define NSKIT_BIND_H

/* Why a mount namespace may not be bound in this one. */
#define BIND_LOOP \
	"it would hold itself: our own mount namespace, or an older one"

/*
 * bind_mount - bind the namespace FD on the empty file TARGET, a descriptor
 * that was opened without following links.  mount(2) does it where a seccomp
 * profile refuses open_tree(2).
 *
 * Returns 0, or -1 and errno: ELOOP, a mount namespace that is our own or an
 * older one, or (EINVAL of mount(2)) one on a mount that is shared.
 */
int bind_mount(int fd, int target);

/* bind_is_mount - is FD the root of a mount?  1 or 0, or -1 and errno. */
int bind_is_mount(int fd);

#endif
