/* SPDX-License-Identifier: ISC */
/*
 * ancestors - what is above a namespace that a scan has met: its parent, its
 * owner, and so on (ioctl_nsfs(2), user_namespaces(7)).
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_ANCESTORS_H
#define NSKIT_SCAN_ANCESTORS_H

#include <stdbool.h>

#include "lib/scan/table.h"

/*
 * scan_climb - FD (-1 will do) should be NS: if so, note its id, its parent and
 * its owner as far as they are wanted, and go on from those.  Each row is
 * climbed from once. Closes FD.
 */
void scan_climb(struct scan_reader *r, struct scan_ns *ns, int fd);

/* scan_climb_from - the same where FD is known to be NS, and stays open. */
void scan_climb_from(struct scan_reader *r, struct scan_ns *ns, int fd);

/* scan_climbs - is there anything that scan_climb would have to do? */
bool scan_climbs(const struct scan_reader *r, const struct scan_ns *ns);

/*
 * scan_descend - last of all: a child and what is owned hold those above
 * them.
 */
void scan_descend(struct scan_reader *r);

#endif
