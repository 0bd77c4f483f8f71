/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/record.h"
#include "lib/proctext.h"

#define FIRST_FD 3

/* A record, taken apart. */
struct record {
	pid_t pid;
	uint64_t ino, start, pid_ns;
};

int
record_fd(const struct ns_type *type)
{
	return FIRST_FD + (int)ns_index(type);
}

/* In clock ticks since boot; 0: not known. */
static uint64_t
start_time(const struct proc *p)
{
	char text[2048];
	int64_t start;

	if (p->dir == -1 ||
	    file_get(p->dir, "stat", text, sizeof(text)) == -1 ||
	    proctext_stat(text, PROCTEXT_START, &start) == -1)
		return 0;
	return (uint64_t)start;
}

/* In which PID namespace our numbers mean something; 0: not known. */
static uint64_t
our_pid_ns(void)
{
	struct ns_key key;

	if (ns_key_self(ns_type_by_flag(CLONE_NEWPID), &key) == -1)
		return 0;
	return key.ino;
}

int
record_write(int dir, const char *file, pid_t pid)
{
	char text[128];
	struct proc p;
	int fd, rc, len;

	if (proc_open(&p, pid, false) == -1)
		return -1;
	len = snprintf(text, sizeof(text), "%d:%ju %ju %ju\n", (int)pid,
	    (uintmax_t)p.ino, (uintmax_t)start_time(&p),
	    (uintmax_t)our_pid_ns());
	proc_close(&p);
	fd = openat(dir, file,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd == -1)
		return -1;
	rc = fchmod(fd, 0444);
	if (rc == 0)
		rc = file_write_all(fd, text, (size_t)len);
	if (close(fd) == -1 && errno != EINTR)
		rc = -1;
	return rc;
}

static int
parse_record(char *text, struct record *r)
{
	uint64_t value[4];
	const char *errstr;
	char *at = text;

	for (size_t i = 0; i < 4; i++) {
		char *word = at;

		at += strcspn(at, ": \n");
		if (*at != '\0')
			*at++ = '\0';
		value[i] = (uint64_t)strtonum(word, 0, LLONG_MAX, &errstr);
		if (errstr != NULL || (i == 0 && value[i] > PROC_PID_MAX)) {
			errno = EBADMSG;
			return -1;
		}
	}
	*r = (struct record){ (pid_t)value[0], value[1], value[2], value[3] };
	return 0;
}

static int
read_record(int dir, const char *file, char *text, size_t size)
{
	struct stat st;
	ssize_t n;
	int fd;

	fd = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1)
		return -1;
	do
		n = read(fd, text, size - 1);
	while (n == -1 && errno == EINTR);
	if (n >= 0)
		text[n] = '\0';
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		n = -1;
		errno = EBADMSG;
	}
	close(fd);
	return n == -1 ? -1 : 0;
}

/* Ended, though perhaps not reaped? */
static bool
has_ended(int pidfd)
{
	struct pollfd gone = { .fd = pidfd, .events = POLLIN };

	return poll(&gone, 1, 0) == 1;
}

/* Is P, found by the number in R, the process that R is about? */
static bool
is_same(const struct proc *p, const struct record *r)
{
	if (r->ino != 0 && p->ino != 0)
		return r->ino == p->ino;
	return p->dir != -1 && r->start == start_time(p);
}

int
record_find(int dir, const char *file, struct proc *p)
{
	struct record r;
	char text[128];

	if (read_record(dir, file, text, sizeof(text)) == -1 ||
	    parse_record(text, &r) == -1)
		return -1;
	if (r.pid_ns != 0 && r.pid_ns != our_pid_ns()) {
		errno = EXDEV;
		return -1;
	}
	if (proc_open(p, r.pid, false) == -1)
		return -1;
	if (is_same(p, &r) && !has_ended(p->pidfd))
		return 0;
	proc_close(p);
	errno = ESRCH;
	return -1;
}

void
record_end(int dir, const char *file)
{
	struct proc p;

	if (record_find(dir, file, &p) == -1)
		return;
	if (p.pid != getpid())
		proc_kill(p.pidfd);
	proc_close(&p);
}
