/* SPDX-License-Identifier: ISC */
/*
 * subid - the ranges of IDs that belong to a user (subuid(5), subgid(5)).
 */
#ifndef NSKIT_IDS_SUBID_H
#define NSKIT_IDS_SUBID_H

#include <sys/types.h>

#include <stddef.h>
#include <stdint.h>

struct subid_range {
	uint32_t first, count;
};

/*
 * subid_parse_line - one line "owner:first:count" of such a file.
 *
 * Returns 1 and fills *RANGE if it is about NAME or the number UID, 0 if it is
 * about somebody else or no such line at all.  LINE is changed.
 */
int subid_parse_line(
    char *line, const char *name, uid_t uid, struct subid_range *range);

/*
 * subid_ranges - the ranges of the user UID in FILE ("/etc/subuid", or
 * "/etc/subgid"), or by getsubids(1) if nsswitch.conf(5) has a subid line.
 *
 * Fills at most MAX and returns how many, at least one; -1 with *errstr (in
 * static memory) naming the file and the user otherwise.  Outside, before
 * anything is created.
 */
int subid_ranges(const char *file, uid_t uid, struct subid_range *range,
    size_t max, const char **errstr);

/*
 * subid_covers - does the user UID have all of FIRST to FIRST + COUNT - 1 in
 * FILE, in one range or in several?
 *
 * Returns 1; 0 and *errstr (static memory) naming the file and the user if
 * not; -1 if that cannot be told: the file cannot be read, or nsswitch.conf(5)
 * has a subid line.
 */
int subid_covers(const char *file, uid_t uid, uint32_t first, uint32_t count,
    const char **errstr);

#endif
