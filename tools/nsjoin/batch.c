/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"
#include "lib/sig.h"
#include "lib/text.h"
#include "tools/nsjoin/batch.h"

#define LINE_MAX_BYTES (1 << 20) /* a longer one is cut in two */
#define STOP_STATUS 255		 /* of a job: start no more */

static int
parse_jobs(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct batch_request *r = at;

	(void)opt;
	r->jobs_set = true;
	r->jobs = (int)opt_number(arg, 1, BATCH_JOBS_MAX, errstr);
	return *errstr == NULL ? 0 : -1;
}

const struct opt batch_options[] = {
	{ 'P', "max-procs", .arg = "N", .help = "with -f, N commands at a time",
	    .parse = parse_jobs },
	{ 'f', "file", .arg = "FILE",
	    .help = "one REF a line (-: standard input), each in turn",
	    OPT_STRING(struct batch_request, file) },
	{ 'l', "label",
	    .help = "with -f, each line of output begins with its REF",
	    OPT_BOOL(struct batch_request, label) },
	{ 0 },
};

/* Lines as they come over a descriptor. */
struct stream {
	int fd; /* -1: ended */
	char *buf;
	size_t len, room;
};

struct job {
	pid_t pid; /* 0: a free place */
	char *line;
	struct stream out[2]; /* standard output and error, with a label */
};

struct batch {
	const struct batch_request *r;
	void (*run)(const void *, const char *, const struct child *);
	const void *arg;
	struct stream in;
	struct job *jobs;
	int signals;   /* signalfd */
	sigset_t mask; /* the caller's */
	struct sigaction chld;
	int alive[2]; /* at its end-of-file the jobs know that we are gone */
	bool stop;    /* start no more */
	bool failed;  /* a job did */
	bool stopped; /* one said so */
	int killed;   /* the signal that ends us */
};

/*
 * Read what is there.  Returns 0 at the end, which closes it, else 1.
 */
static int
stream_read(struct stream *s)
{
	ssize_t n;
	char *buf;

	if (s->room - s->len < 4096) {
		buf = realloc(s->buf, s->room + 65536);
		if (buf == NULL)
			fail_errno(EXIT_CANCELED, "lines");
		s->buf = buf;
		s->room += 65536;
	}
	do
		n = read(s->fd, s->buf + s->len, s->room - s->len);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "reading lines");
	if (n == 0) {
		close(s->fd);
		s->fd = -1;
		return 0;
	}
	s->len += (size_t)n;
	return 1;
}

/*
 * The first line, without its end, in fresh memory with a '\0' behind it; at
 * the end of the stream also one without an end.  It may have '\0' in it: *LEN
 * becomes its length.  NULL: none yet.
 */
static char *
stream_line(struct stream *s, size_t *len)
{
	char *end = s->len == 0 ? NULL : memchr(s->buf, '\n', s->len), *line;
	size_t n = end != NULL ? (size_t)(end - s->buf) : s->len;

	if (n == 0 && end == NULL)
		return NULL;
	if (end == NULL && s->fd != -1 && s->len < LINE_MAX_BYTES)
		return NULL;
	if ((line = malloc(n + 1)) == NULL)
		fail_errno(EXIT_CANCELED, "lines");
	memcpy(line, s->buf, n);
	line[n] = '\0';
	*len = n;
	n += end != NULL;
	memmove(s->buf, s->buf + n, s->len - n);
	s->len -= n;
	return line;
}

static void
kill_jobs(struct batch *b, int sig)
{
	for (int i = 0; i < b->r->jobs; i++)
		if (b->jobs[i].pid > 0)
			kill(b->jobs[i].pid, sig);
}

/* We fail: no job is left behind. */
static void
destroy(void *arg)
{
	struct batch *b = arg;

	kill_jobs(b, SIGKILL);
	for (int i = 0; i < b->r->jobs; i++)
		if (b->jobs[i].pid > 0)
			(void)proc_reap(b->jobs[i].pid, NULL);
}

/* "LABEL: line" in one write, so that lines never mix. */
static void
put_line(struct batch *b, const char *label, const char *line, size_t n, int fd)
{
	char *shown = text_show(label), *text;
	size_t before = shown == NULL ? 0 : strlen(shown);
	size_t len = before + 2 + n + 1;

	if (shown == NULL || (text = malloc(len)) == NULL)
		fail_errno(EXIT_CANCELED, "lines");
	memcpy(text, shown, before);
	memcpy(text + before, ": ", 2);
	memcpy(text + before + 2, line, n);
	text[len - 1] = '\n';
	if (file_write_all(fd, text, len) == -1 &&
	    (fd == STDOUT_FILENO && b->killed == 0)) {
		if (errno != EPIPE)
			fail_errno(EXIT_CANCELED, "standard output");
		/* Nobody reads any more: end as anybody else would. */
		b->stop = true;
		b->killed = SIGPIPE;
		kill_jobs(b, SIGTERM);
	}
	free(text);
	free(shown);
}

static void
relay(struct batch *b, struct job *j, int which)
{
	char *line;
	size_t len;

	if (j->out[which].fd != -1)
		stream_read(&j->out[which]);
	while ((line = stream_line(&j->out[which], &len)) != NULL) {
		put_line(b, j->line, line, len, STDOUT_FILENO + which);
		free(line);
	}
}

/* The child's side: as the caller left us, but for where lines go. */
static _Noreturn void
become_job(struct batch *b, const char *line, const int pipes[2][2])
{
	struct child parent = {
		.pid = -1, .pidfd = -1, .channel = b->alive[0]
	};
	int null;

	fail_undone();
	close(b->alive[1]);
	if (strcmp(b->r->file, "-") == 0) {
		null = file_open_null();
		if (null == -1 || dup2(null, STDIN_FILENO) == -1)
			fail_errno(EXIT_CANCELED, "/dev/null");
	}
	for (int i = 0; b->r->label && i < 2; i++)
		if (dup2(pipes[i][1], STDOUT_FILENO + i) == -1)
			fail_errno(EXIT_CANCELED, "pipe");
	child_guard(&parent, SIGKILL);
	if (sigaction(SIGCHLD, &b->chld, NULL) == -1 ||
	    sigprocmask(SIG_SETMASK, &b->mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "restoring signals");
	b->run(b->arg, line, &parent);
	_exit(EXIT_CANCELED);
}

static void
start(struct batch *b, struct job *j, char *line)
{
	int pipes[2][2] = { { -1, -1 }, { -1, -1 } }, errnum;

	for (int i = 0; b->r->label && i < 2; i++)
		if (pipe2(pipes[i], O_CLOEXEC) == -1)
			fail_errno(EXIT_CANCELED, "pipe");
	j->pid = fork();
	if (j->pid == -1) {
		errnum = errno;
		fail_why(EXIT_CANCELED, errnum, reason_fork(errnum),
		    "cannot start a job");
	}
	if (j->pid == 0)
		become_job(b, line, (const int(*)[2])pipes);
	j->line = line;
	for (int i = 0; i < 2; i++) {
		j->out[i].fd = pipes[i][0];
		if (pipes[i][1] != -1)
			close(pipes[i][1]);
	}
}

/* Its process has ended, and so have its lines: the place is free. */
static void
take_status(struct batch *b, struct job *j, int status)
{
	j->pid = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		b->failed = true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == STOP_STATUS)
		b->stopped = b->stop = true;
}

static bool
has_process(const struct batch *b)
{
	for (int i = 0; i < b->r->jobs; i++)
		if (b->jobs[i].pid > 0)
			return true;
	return false;
}

static void
reap(struct batch *b)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0 ||
	    (pid == -1 && errno == EINTR))
		for (int i = 0; pid > 0 && i < b->r->jobs; i++)
			if (b->jobs[i].pid == pid)
				take_status(b, &b->jobs[i], status);
	/* No children though there are jobs: not ours any more? */
	if (pid == -1 && (errno != ECHILD || has_process(b)))
		fail_errno(EXIT_CANCELED, "waiting for the jobs");
}

/* What the terminal sends reaches the jobs by itself. */
static void
receive_signal(struct batch *b)
{
	struct signalfd_siginfo si;
	ssize_t n;

	do
		n = read(b->signals, &si, sizeof(si));
	while (n == -1 && errno == EINTR);
	if (n == -1)
		fail_errno(EXIT_CANCELED, "reading signals");
	if (si.ssi_signo == SIGCHLD) {
		reap(b);
		return;
	}
	b->stop = true;
	b->killed = (int)si.ssi_signo;
	if (si.ssi_code <= 0)
		kill_jobs(b, b->killed);
}

static bool
is_free(const struct job *j)
{
	return j->pid == 0 && j->out[0].fd == -1 && j->out[1].fd == -1;
}

static bool
is_idle(const struct batch *b)
{
	for (int i = 0; i < b->r->jobs; i++)
		if (!is_free(&b->jobs[i]))
			return false;
	return true;
}

static struct job *
free_place(struct batch *b)
{
	for (int i = 0; !b->stop && i < b->r->jobs; i++)
		if (is_free(&b->jobs[i]))
			return &b->jobs[i];
	return NULL;
}

/* Is LINE, of LEN bytes, a REF?  One with a '\0' would be cut there. */
static bool
is_ref(struct batch *b, const char *line, size_t len)
{
	if (line[strspn(line, " \t\r")] == '\0' && strlen(line) == len)
		return false;
	if (strlen(line) == len)
		return true;
	fail_warn("--file %s: %s: a NUL byte follows, so it is not a REF",
	    b->r->file, line);
	b->failed = true;
	return false;
}

/* Jobs for the lines that are there, as far as there is room. */
static void
start_jobs(struct batch *b)
{
	struct job *j;
	char *line;
	size_t len;

	while ((j = free_place(b)) != NULL &&
	    (line = stream_line(&b->in, &len)) != NULL) {
		if (!is_ref(b, line, len)) {
			free(line);
			continue;
		}
		free(j->line);
		start(b, j, line);
	}
}

/* Wait for news and take them in. */
static void
turn(struct batch *b, struct pollfd *fds)
{
	int jobs = b->r->jobs, n;

	fds[0] = (struct pollfd){ .fd = b->signals, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = -1, .events = POLLIN };
	if (free_place(b) != NULL)
		fds[1].fd = b->in.fd;
	for (int i = 0; i < 2 * jobs; i++)
		fds[2 + i] = (struct pollfd){
			.fd = b->jobs[i / 2].out[i % 2].fd, .events = POLLIN
		};
	n = poll(fds, (nfds_t)(2 + 2 * jobs), -1);
	if (n == -1 && errno != EINTR)
		fail_errno(EXIT_CANCELED, "waiting for the jobs");
	if (n <= 0)
		return;
	for (int i = 0; i < 2 * jobs; i++)
		if (fds[2 + i].revents != 0)
			relay(b, &b->jobs[i / 2], i % 2);
	if (fds[1].revents != 0)
		stream_read(&b->in);
	if (fds[0].revents != 0)
		receive_signal(b);
}

static void
begin(struct batch *b)
{
	static const int ours[] = { SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	struct sigaction dfl = { .sa_handler = SIG_DFL }, sa;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		/* What the caller ignores stays ignored, as under nohup(1). */
		if (ours[i] == SIGCHLD || sigaction(ours[i], NULL, &sa) == -1 ||
		    sa.sa_handler != SIG_IGN)
			sigaddset(&set, ours[i]);
	if (sigaction(SIGCHLD, &dfl, &b->chld) == -1 ||
	    sigprocmask(SIG_BLOCK, &set, &b->mask) == -1 ||
	    (b->signals = signalfd(-1, &set, SFD_CLOEXEC)) == -1)
		fail_errno(EXIT_CANCELED, "signals");
	/* write(2) reports a reader that is gone. */
	sigaddset(&set, SIGPIPE);
	if (sigprocmask(SIG_BLOCK, &set, NULL) == -1)
		fail_errno(EXIT_CANCELED, "signals");
	if (pipe2(b->alive, O_CLOEXEC) == -1)
		fail_errno(EXIT_CANCELED, "pipe");
	b->in.fd = strcmp(b->r->file, "-") == 0 ?
	    fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) :
	    open(b->r->file, O_RDONLY | O_CLOEXEC);
	if (b->in.fd == -1)
		fail_errno(EXIT_CANCELED, "--file %s", b->r->file);
}

void
batch_run(const struct batch_request *r,
    void (*job)(const void *arg, const char *line, const struct child *parent),
    const void *arg)
{
	static struct batch b;
	struct pollfd *fds = calloc((size_t)r->jobs * 2 + 2, sizeof(*fds));

	b.r = r;
	b.run = job;
	b.arg = arg;
	b.jobs = calloc((size_t)r->jobs, sizeof(*b.jobs));
	if (fds == NULL || b.jobs == NULL)
		fail_errno(EXIT_CANCELED, "--max-procs %d", r->jobs);
	for (int i = 0; i < r->jobs; i++)
		b.jobs[i].out[0].fd = b.jobs[i].out[1].fd = -1;
	begin(&b);
	fail_undo(destroy, &b);
	for (;;) {
		start_jobs(&b);
		if (is_idle(&b) && (b.stop || (b.in.fd == -1 && b.in.len == 0)))
			break;
		turn(&b, fds);
	}
	if (b.killed != 0)
		sig_die(b.killed);
	_exit(b.stopped ? EXIT_TIMEDOUT : b.failed ? EXIT_SOME_FAILED : 0);
}
