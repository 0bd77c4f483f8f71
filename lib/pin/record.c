/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/pin/record.h"

#define FIRST_FD 3
#define RECORD_MAX 192

int
record_fd(const struct ns_type *type)
{
	return FIRST_FD + (int)ns_index(type);
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

/* Which boot of the machine this is; "": not known. */
static void
our_boot(char boot[static RECORD_BOOT_MAX])
{
	if (file_get(AT_FDCWD, "/proc/sys/kernel/random/boot_id", boot,
		RECORD_BOOT_MAX) == -1)
		boot[0] = '\0';
	boot[strcspn(boot, "\n")] = '\0';
}

/* Where ulimit -f is reached an error: the signal would leave half a pin. */
static int
write_text(int fd, const char *text, size_t len)
{
	const struct timespec zero = { 0, 0 };
	sigset_t xfsz, mask;
	int rc;

	sigemptyset(&xfsz);
	sigaddset(&xfsz, SIGXFSZ);
	sigprocmask(SIG_BLOCK, &xfsz, &mask);
	rc = file_write_all(fd, text, len);
	if (rc == -1 && errno == EFBIG && !sigismember(&mask, SIGXFSZ)) {
		(void)sigtimedwait(&xfsz, NULL, &zero);
		errno = EFBIG;
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return rc;
}

int
record_write(int dir, const char *file, pid_t pid)
{
	char text[RECORD_MAX], boot[RECORD_BOOT_MAX];
	struct proc p;
	int fd, rc, len;

	if (proc_open(&p, pid, false) == -1)
		return -1;
	our_boot(boot);
	len = snprintf(text, sizeof(text), "%d:%ju %ju %ju %s\n", (int)pid,
	    (uintmax_t)p.ino, (uintmax_t)proc_start(&p),
	    (uintmax_t)our_pid_ns(), boot);
	proc_close(&p);
	fd = openat(dir, file,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd == -1)
		return -1;
	rc = fchmod(fd, 0444);
	if (rc == 0)
		rc = write_text(fd, text, (size_t)len);
	if (rc == -1)
		file_close(fd);
	else if (close(fd) == -1 && errno != EINTR)
		rc = -1;
	return rc;
}

int
record_parse(char *text, struct record *r)
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
	*r = (struct record){ (pid_t)value[0], value[1], value[2], value[3],
		"" };
	at[strcspn(at, "\n")] = '\0';
	strlcpy(r->boot, at, sizeof(r->boot));
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

/* Was R written before the machine was booted? */
static bool
is_of_older_boot(const struct record *r)
{
	char boot[RECORD_BOOT_MAX];

	our_boot(boot);
	return r->boot[0] != '\0' && boot[0] != '\0' &&
	    strcmp(r->boot, boot) != 0;
}

/*
 * Is P, found by the number in R, the process that R is about?  Inode numbers
 * of pidfds are counted up from each boot, as PIDs are, so each alone may be
 * that of another process: all that is known on both sides has to agree.
 */
static bool
is_same(const struct proc *p, const struct record *r)
{
	uint64_t start = proc_start(p);

	if (r->ino != 0 && p->ino != 0 && r->ino != p->ino)
		return false;
	/* The time namespace that it was read in may round it. */
	if (r->start != 0 && start != 0)
		return r->start - start + 1 <= 2;
	return r->ino != 0 && p->ino != 0;
}

int
record_find(int dir, const char *file, struct proc *p)
{
	struct record r;
	char text[RECORD_MAX];

	if (read_record(dir, file, text, sizeof(text)) == -1 ||
	    record_parse(text, &r) == -1)
		return -1;
	if (is_of_older_boot(&r)) {
		errno = ESRCH;
		return -1;
	}
	if (r.pid_ns != 0 && r.pid_ns != our_pid_ns()) {
		errno = EXDEV;
		return -1;
	}
	if (proc_open(p, r.pid, false) == -1)
		return -1;
	if (is_same(p, &r) && !proc_ended(p, 0))
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
