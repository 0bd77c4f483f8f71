/* SPDX-License-Identifier: ISC */
/*
 * file - small files under /proc and the like, whole, in one read or write;
 * and the descriptors that a program may take for granted.
 */
#ifndef NSKIT_FILE_H
#define NSKIT_FILE_H

#include <sys/stat.h>
#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

/*
 * file_get - read the file PATH (below DIRFD, as openat(2)) into BUF.
 *
 * Reads on until end of file; BUF (SIZE bytes) always ends in '\0'.  Returns
 * the number of bytes, without that '\0'; -1 and errno on failure, EFBIG if
 * the file does not fit into SIZE - 1 bytes.  EINTR is retried.
 */
ssize_t file_get(int dirfd, const char *path, char *buf, size_t size);

/*
 * file_get_all - the same into fresh memory of the right size.
 *
 * Returns a string for free(3) that ends in '\0' and stores its length in *LEN
 * (which may be NULL); NULL and errno on failure.  LIMIT bytes at most, else
 * EFBIG.
 */
char *file_get_all(int dirfd, const char *path, size_t limit, size_t *len);

/*
 * file_get_rest - the same of what is still to be read from FD, such as
 * standard input: it may be a socket, which cannot be opened by a name.
 */
char *file_get_rest(int fd, size_t limit, size_t *len);

/*
 * file_get_start - as file_get_all, but what is behind LIMIT bytes is cut off.
 */
char *file_get_start(int dirfd, const char *path, size_t limit, size_t *len);

/*
 * file_get_number - the file's content as a decimal number.
 *
 * Returns it, or -1 and errno (EINVAL: not a number from 0 to INT64_MAX).
 */
long long file_get_number(int dirfd, const char *path);

/*
 * file_put - write LEN bytes of TEXT to the existing file PATH below DIRFD in
 * one write(2), as files under /proc want it (uid_map takes one, once).
 *
 * Returns 0, or -1 and errno; a short write is EIO.
 */
int file_put(int dirfd, const char *path, const char *text, size_t len);

/*
 * file_write_all - write LEN bytes of BUF to FD, over short writes and EINTR;
 * where FD is non-blocking, wait until there is room.
 *
 * Returns 0, or -1 and errno.
 */
int file_write_all(int fd, const void *buf, size_t len);

/* file_same - are A and B, of stat(2), one and the same file? */
bool file_same(const struct stat *a, const struct stat *b);

/*
 * file_open_again - in a new mount namespace, open PATH with FLAGS on our copy
 * of the mounts, if it still is the file BEFORE, which another look at PATH has
 * found outside.  A link of /proc (/proc/self/fd/N) leads past the copy, or for
 * another process elsewhere: then the name that the file has.
 *
 * Returns a descriptor; -1 and errno: ESTALE, it is another file; EXDEV, it is
 * on a mount that we have no copy of.
 */
int file_open_again(const char *path, int flags, int before);

/*
 * file_close - close FD, unless it is -1, and keep errno: what close(2) says of
 * a descriptor that was only read, or of a failure on its way out, is nothing.
 */
void file_close(int fd);

/*
 * file_execute - execute the open program FD with ARGV and ENV.
 *
 * execveat(2); by /proc/self/fd where that says ENOENT: TOMOYO of older
 * kernels, which Debian switches on, wants to find /dev/fd/FD.
 *
 * Returns -1 and errno.
 */
int file_execute(int fd, char *const argv[], char *const env[]);

/*
 * file_open_null - open /dev/null for both; where there is none, as in an empty
 * root, a pipe without a writer: reading from it ends at once, writing to it is
 * an error.  Returns a descriptor, or -1 and errno.
 */
int file_open_null(void);

/*
 * file_guard_standard - open something on those of descriptors 0 to 2 that are
 * closed, so that no other file of ours is ever taken for standard error.  To
 * read from the first and to write to the others stays an error.
 *
 * First thing in main.  They are closed again in the command, which is told
 * by an error where it uses one, as without us.  Exits with STATUS
 * on failure, silently: there is nowhere to say it.
 */
void file_guard_standard(int status);

/*
 * file_is_inherited - is FD open, and our caller's?  Whatever we open, those of
 * file_guard_standard too, is close-on-exec, which nothing is that has come
 * over an execve(2).
 */
bool file_is_inherited(int fd);

/*
 * file_close_range - close all descriptors from FIRST to LAST, one by one where
 * close_range(2) is refused.
 */
void file_close_range(unsigned first, unsigned last);

/*
 * file_close_others - close all descriptors above 2 but the N of KEEP, which
 * may name one more than once, or none by -1.  Sorts KEEP.
 */
void file_close_others(int *keep, size_t n);

#endif
