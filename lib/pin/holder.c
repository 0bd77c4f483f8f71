/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/holder.h"
#include "lib/uapi.h"

#define KILL_WAIT_MS 5000
#define RELEASE_TRIES 50
#define RELEASE_WAIT_MS 100
#define FIRST_FD 3

/* Where a holder has what it needs, after those of the eight types. */
enum { FD_UNTIL = FIRST_FD + NS_NTYPES, FD_INIT, FD_LINE, FD_COUNT };

int
holder_fd(const struct ns_type *type)
{
	return FIRST_FD + (int)ns_index(type);
}

/* No terminal, no directory, nobody's signals. */
static void
leave_caller(void)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t none;
	int null;

	(void)setsid();
	if (chdir("/") == -1)
		fail_errno(EXIT_CANCELED, "/");
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) == -1)
		fail_errno(EXIT_CANCELED, "/dev/null");
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (dup2(null, fd) == -1)
			fail_errno(EXIT_CANCELED, "/dev/null");
	for (int sig = 1; sig < NSIG; sig++)
		(void)sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Field N of /proc/PID/stat, whose name may hold blanks and parentheses. */
static uint64_t
stat_field(int dir, const char *path, int n)
{
	char text[2048], *at;
	const char *errstr;
	long long value;

	if (file_get(dir, path, text, sizeof(text)) == -1 ||
	    (at = strrchr(text, ')')) == NULL)
		return 0;
	/* After the name comes the state, field 3. */
	for (int field = 2; field < n && at != NULL; field++)
		if ((at = strchr(at, ' ')) != NULL)
			at++;
	if (at == NULL)
		return 0;
	at[strcspn(at, " \n")] = '\0';
	value = strtonum(at, 0, LLONG_MAX, &errstr);
	return errstr == NULL ? (uint64_t)value : 0;
}

/*
 * Our words for ps(1), over the arguments.  That the last byte of those is no
 * longer '\0' tells the kernel that they are one string now.  setproctitle(3)
 * of libbsd marks the end of the first argument instead.
 */
static void
take_title(const char *name)
{
	uintptr_t start = stat_field(AT_FDCWD, "/proc/self/stat", 48);
	uintptr_t end = stat_field(AT_FDCWD, "/proc/self/stat", 49);
	char *args = (char *)start, title[256];
	size_t size = end - start;

	(void)prctl(PR_SET_NAME, "nspin");
	if (start == 0 || end <= start || size < sizeof("nspin: x"))
		return;
	/* The name may be one of them. */
	snprintf(title, sizeof(title), "nspin: %s", name);
	memset(args, 0, size);
	strlcpy(args, title, size);
	args[size - 1] = '.';
}

/* FROM becomes number TO, or TO is closed. */
static void
place(int from, int to)
{
	if (from == -1)
		close(to);
	else if (dup3(from, to, O_CLOEXEC) == -1)
		fail_errno(EXIT_CANCELED, "descriptor of the holder");
}

/*
 * Each descriptor at its number and no other open.  First all of them out of
 * the way of those numbers.
 */
static void
arrange(const struct holder_job *job, int line)
{
	int from[FD_COUNT] = { 0 };

	for (int i = FIRST_FD; i < FD_COUNT; i++)
		from[i] = i < FD_UNTIL ? job->fd[i - FIRST_FD] :
		    i == FD_UNTIL      ? job->until :
		    i == FD_INIT       ? job->init :
					 line;
	for (int i = FIRST_FD; i < FD_COUNT; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, FD_COUNT)) == -1)
			fail_errno(EXIT_CANCELED, "descriptor of the holder");
	/* The line first: those after it may take its old number. */
	for (int i = FD_COUNT - 1; i >= FIRST_FD; i--) {
		place(from[i], i);
		if (i == FD_LINE)
			fail_to(FD_LINE);
	}
	if (uapi_close_range(FD_COUNT, UINT_MAX, 0) == -1)
		fail_errno(EXIT_CANCELED, "descriptors of the holder");
}

static void
say(int line, const void *what, size_t len)
{
	ssize_t n;

	do
		n = send(line, what, len, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "line of the holder");
}

/* To go on without whoever made us; he has died or failed if he says nothing.
 */
static void
await_leave(int line)
{
	ssize_t n;
	char go;

	do
		n = recv(line, &go, 1, 0);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "line of the holder");
	if (n != 1)
		_exit(EXIT_CANCELED);
	say(line, "", 1);
	close(line);
}

static _Noreturn void
hold(const struct holder_job *job, int line)
{
	struct pollfd until = { .fd = FD_UNTIL, .events = POLLIN };
	bool waits = job->until != -1;
	pid_t self = getpid();

	leave_caller();
	arrange(job, line);
	take_title(job->name);
	say(FD_LINE, &self, sizeof(self));
	await_leave(FD_LINE);
	while (poll(&until, waits ? 1 : 0, -1) != 1)
		continue;
	for (int i = 0; i < RELEASE_TRIES && !job->release(); i++)
		(void)poll(NULL, 0, RELEASE_WAIT_MS);
	_exit(0);
}

/* Its next word, LEN bytes into BUF, or its failure in words. */
static void
hear(int line, void *buf, size_t len, int status)
{
	static struct fail_report report;
	ssize_t n;

	do
		n = recv(line, &report, sizeof(report), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		fail_errno(status, "hearing from the holder");
	if (n == (ssize_t)sizeof(report))
		fail(status, "%s", report.line);
	if (n != (ssize_t)len)
		fail(status, "the holder has died");
	memcpy(buf, &report, len);
}

void
holder_prefer_report(const struct holder *h, int status)
{
	static struct fail_report report;
	int errnum = errno;

	if (recv(h->line, &report, sizeof(report), MSG_DONTWAIT) ==
	    (ssize_t)sizeof(report))
		fail(status, "%s", report.line);
	errno = errnum;
}

void
holder_start(struct holder *h, const struct holder_job *job, int status)
{
	int line[2];
	pid_t pid;

	h->pid = 0;
	if (child_orphan(line, "the holder"))
		hold(job, line[0]);
	h->line = line[1];
	hear(h->line, &pid, sizeof(pid), status);
	/* It lives while we have its line, so the number is still its own. */
	if ((h->pidfd = uapi_pidfd_open(pid, 0)) == -1) {
		holder_prefer_report(h, status);
		fail_errno(status, "pidfd of the holder");
	}
	h->pid = pid;
}

void
holder_stay(struct holder *h, int status)
{
	ssize_t n;
	char word;

	do
		n = send(h->line, "", 1, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1) {
		holder_prefer_report(h, status);
		fail_errno(status, "telling the holder to stay");
	}
	hear(h->line, &word, 1, status);
	/* It lets go of its end, the last that it had of ours. */
	do
		n = recv(h->line, &word, 1, 0);
	while (n > 0 || (n == -1 && errno == EINTR));
	close(h->line);
	h->line = -1;
}

static void
end(int pidfd)
{
	struct pollfd gone = { .fd = pidfd, .events = POLLIN };

	if (uapi_pidfd_send_signal(pidfd, SIGKILL) == -1)
		return;
	while (poll(&gone, 1, KILL_WAIT_MS) == -1 && errno == EINTR)
		continue;
}

void
holder_end(struct holder *h)
{
	if (h->line != -1)
		close(h->line);
	h->line = -1;
	if (h->pid == 0)
		return;
	end(h->pidfd);
	close(h->pidfd);
	h->pid = 0;
}

/* Numbers of an init, which has no other descriptors. */
enum { INIT_LINE = FIRST_FD, INIT_LIFE, INIT_COUNT };

static void
arrange_init(int line, int lifeline)
{
	int from[2] = { line, lifeline };

	for (int i = 0; i < 2; i++)
		if (from[i] != -1 &&
		    (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, INIT_COUNT)) ==
			-1)
			fail_errno(EXIT_CANCELED, "descriptor of the init");
	place(from[0], INIT_LINE);
	fail_to(INIT_LINE);
	place(from[1], INIT_LIFE);
	if (uapi_close_range(INIT_COUNT, UINT_MAX, 0) == -1)
		fail_errno(EXIT_CANCELED, "descriptors of the init");
}

void
holder_init(const struct child *c, const char *name, int lifeline)
{
	struct pollfd life = { .fd = INIT_LIFE, .events = POLLIN };
	struct child line = { .sock = INIT_LINE };

	child_await(c);
	leave_caller();
	arrange_init(c->sock, lifeline);
	take_title(name);
	/* Then the kernel reaps for us. */
	(void)signal(SIGCHLD, SIG_IGN);
	child_executes(&line);
	close(INIT_LINE);
	while (poll(&life, lifeline == -1 ? 0 : 1, -1) != 1)
		continue;
	_exit(0);
}

static uint64_t
start_time(int dir)
{
	return stat_field(dir, "stat", 22);
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
holder_record(int dir, const char *file, pid_t pid)
{
	char text[128];
	struct proc p;
	int fd, rc, len;

	if (proc_open(&p, pid, false) == -1)
		return -1;
	len = snprintf(text, sizeof(text), "%d:%ju %ju %ju\n", (int)pid,
	    (uintmax_t)p.ino, (uintmax_t)(p.dir == -1 ? 0 : start_time(p.dir)),
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

struct record {
	pid_t pid;
	uint64_t ino, start, pid_ns;
};

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
	return p->dir != -1 && r->start == start_time(p->dir);
}

int
holder_find(int dir, const char *file, struct proc *p)
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
holder_find_end(int dir, const char *file)
{
	struct proc p;

	if (holder_find(dir, file, &p) == -1)
		return;
	if (p.pid != getpid())
		end(p.pidfd);
	proc_close(&p);
}
