/* SPDX-License-Identifier: ISC */
/*
 * proctext - what stands in the files of /proc/PID: stat, status, fdinfo,
 * cgroup, environ (proc(5)).  A process may be called anything and fills its
 * environment with what it likes: nothing here trusts them.  No function makes
 * a system call.
 */
#ifndef NSKIT_PROCTEXT_H
#define NSKIT_PROCTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fields of stat, by their numbers in proc(5). */
enum {
	PROCTEXT_PPID = 4,
	PROCTEXT_START = 22,	 /* in clock ticks since boot */
	PROCTEXT_ARG_START = 48, /* addresses of the arguments */
	PROCTEXT_ARG_END = 49,
};

/*
 * proctext_stat - field number FIELD (4 or more) of TEXT, a whole stat file.
 *
 * The fields are counted from the last ')': the name before it may have blanks,
 * newlines and parentheses.  Returns 0, or -1 if it is not there or no number.
 */
int proctext_stat(const char *text, int field, int64_t *value);

/*
 * proctext_state - the letter of the state in TEXT, a whole stat file ('Z' of
 * a process that has ended); '\\0' if it is not there.
 */
char proctext_state(const char *text);

/*
 * proctext_status - where the value of KEY ("Uid") begins in TEXT, a whole
 * status or fdinfo file, or NULL.  *LEN (which may be NULL) becomes its length,
 * up to the end of the line.
 */
const char *proctext_status(const char *text, const char *key, size_t *len);

/*
 * proctext_number - the N-th decimal number, from 0, of the value of KEY; N -1:
 * the last one.
 *
 * Returns 0, or -1 if it is not there or no number.
 */
int proctext_number(const char *text, const char *key, int n, uint64_t *value);

/*
 * proctext_mask - the bits of TEXT, hexadecimal with commas in between
 * (Cpus_allowed), as system calls take them: bit 0 is the lowest of MASK[0], of
 * N words.  Bits beyond them are dropped.
 */
void proctext_mask(const char *text, unsigned long *mask, size_t n);

/*
 * proctext_cgroup - the path in the hierarchy of version 2 in TEXT, a cgroup
 * file, which is cut off behind it; NULL: none.
 */
char *proctext_cgroup(char *text);

/*
 * proctext_group - cut the LINE "N:CONTROLLERS:PATH" of a cgroup file, without
 * its newline, into its parts; no controllers, "", are those of version 2.
 * Returns false if it is no such line.
 */
struct proctext_group {
	char *controllers, *path;
};
bool proctext_group(char *line, struct proctext_group *g);

/*
 * proctext_environ - the NAME=VALUE strings in TEXT, LEN bytes of an environ
 * file and a '\0' behind them.
 *
 * LIST takes MAX pointers into TEXT, the last of which becomes NULL.  Strings
 * without a '=' are left out.  Returns how many there are, the NULL not
 * counted, and none beyond LIST.  With LIST NULL it only counts.
 */
size_t proctext_environ(char *text, size_t len, char **list, size_t max);

#endif
