/* SPDX-License-Identifier: ISC */
/*
 * numbers - the numbers in a directory of /proc: processes, threads,
 * descriptors (getdents64(2), without what opendir(3) adds to it).
 *
 * For the rooms of scan alone.
 */
#ifndef NSKIT_SCAN_NUMBERS_H
#define NSKIT_SCAN_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

struct scan_dir {
	int fd;
	size_t at, len;	  /* in what was read */
	const char *name; /* the last number, as it is written there */
	uint64_t buf[1024];
};

/* scan_dir_open - begin to read PATH below DIRFD.  Returns 0, or -1, errno. */
int scan_dir_open(struct scan_dir *d, int dirfd, const char *path);

/*
 * scan_dir_next - the next number there; -1 at the end, and errno, which is 0
 * if it is the end.
 */
int scan_dir_next(struct scan_dir *d);

/* scan_dir_close - keeps errno. */
void scan_dir_close(struct scan_dir *d);

/* scan_digits - NUMBER, which is not negative, as text in BUF. */
#define SCAN_DIGITS 12
const char *scan_digits(char buf[SCAN_DIGITS], int number);

#endif
