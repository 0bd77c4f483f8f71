/* SPDX-License-Identifier: ISC */
/*
 * remove - what may be removed of a pin, for those rooms of pin that do: remove
 * lets go of one name, clean of what nobody can use.
 */
#ifndef NSKIT_PIN_REMOVE_H
#define NSKIT_PIN_REMOVE_H

#include <stddef.h>

#define NETNS_DIR "/run/netns"

/*
 * remove_mounted_here - is each member of DIR mounted here?  An unlink would
 * end one that is mounted elsewhere.
 *
 * Returns 0; -1 and errno: EXDEV, one is not; EINVAL, one is no namespace.
 */
int remove_mounted_here(int dir);

/*
 * remove_is_link - does the link NAME in NETNS, the directory of ip-netns(8),
 * lead to a pin's net, of any directory?  TARGET (SIZE bytes) becomes what it
 * says.  1 or 0, or -1 and errno.
 */
int remove_is_link(int netns, const char *name, char *target, size_t size);

#endif
