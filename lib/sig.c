/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "lib/alike.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/sig.h"

#define KERNEL_SIGSET_BYTES 8 /* 64 signals */
#define WAKE_MS 100

static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "HUP", SIGHUP },
	{ "INT", SIGINT },
	{ "QUIT", SIGQUIT },
	{ "ILL", SIGILL },
	{ "TRAP", SIGTRAP },
	{ "ABRT", SIGABRT },
	{ "BUS", SIGBUS },
	{ "FPE", SIGFPE },
	{ "KILL", SIGKILL },
	{ "USR1", SIGUSR1 },
	{ "SEGV", SIGSEGV },
	{ "USR2", SIGUSR2 },
	{ "PIPE", SIGPIPE },
	{ "ALRM", SIGALRM },
	{ "TERM", SIGTERM },
#ifdef SIGSTKFLT
	{ "STKFLT", SIGSTKFLT },
#endif
	{ "CHLD", SIGCHLD },
	{ "CONT", SIGCONT },
	{ "STOP", SIGSTOP },
	{ "TSTP", SIGTSTP },
	{ "TTIN", SIGTTIN },
	{ "TTOU", SIGTTOU },
	{ "URG", SIGURG },
	{ "XCPU", SIGXCPU },
	{ "XFSZ", SIGXFSZ },
	{ "VTALRM", SIGVTALRM },
	{ "PROF", SIGPROF },
	{ "WINCH", SIGWINCH },
	{ "IO", SIGIO },
	{ "POLL", SIGPOLL },
	{ "PWR", SIGPWR },
	{ "SYS", SIGSYS },
};

#define NSIGNALS (sizeof(signals) / sizeof(signals[0]))

/*
 * As kill(1) has them on a system with glibc, which keeps two real-time signals
 * for itself: whatever C library we have, a name means the same number.
 */
#define RT_MIN 34
#define RT_MAX 64

static const char *
no_signal(const char *name)
{
	struct alike like = { .wanted = name };

	for (size_t i = 0; i < NSIGNALS; i++)
		(void)alike_add(&like, signals[i].name);
	return alike_none(&like, "signal", "signal(7) lists them");
}

/* "+3" after RTMIN, "-3" after RTMAX, or nothing. */
static int
parse_realtime(const char *text, const char **errstr)
{
	const char *offset = text + strlen("RTMIN"), *unused;
	int base = strncasecmp(text, "RTMIN", 5) == 0 ? RT_MIN : RT_MAX;
	int n = 0;

	if (*offset == '+' || *offset == '-') {
		n = (int)strtonum(offset + 1, 0, RT_MAX - RT_MIN, &unused);
		if (unused != NULL)
			offset = "x";
		else
			n = *offset == '-' ? -n : n;
	}
	if ((*offset != '\0' && *offset != '+' && *offset != '-') ||
	    base + n < RT_MIN || base + n > RT_MAX) {
		*errstr = no_signal(text);
		return -1;
	}
	return base + n;
}

int
sig_parse(const char *text, const char **errstr)
{
	long long n;

	if (text[0] >= '0' && text[0] <= '9') {
		n = opt_number(text, 1, RT_MAX, errstr);
		return *errstr == NULL ? (int)n : -1;
	}
	if (strncasecmp(text, "SIG", 3) == 0)
		text += 3;
	for (size_t i = 0; i < NSIGNALS; i++)
		if (strcasecmp(text, signals[i].name) == 0)
			return signals[i].number;
	if (strncasecmp(text, "RTMIN", 5) == 0 ||
	    strncasecmp(text, "RTMAX", 5) == 0)
		return parse_realtime(text, errstr);
	*errstr = no_signal(text);
	return -1;
}

const char *
sig_name(int sig)
{
	static char name[24];

	for (size_t i = 0; i < NSIGNALS; i++)
		if (signals[i].number == sig)
			return signals[i].name;
	if (sig >= RT_MIN && sig <= RT_MAX)
		snprintf(name, sizeof(name), "RTMIN+%d", sig - RT_MIN);
	else
		snprintf(name, sizeof(name), "%d", sig);
	return name;
}

int
sig_parse_set(const char *text, uint64_t *set, const char **errstr)
{
	char item[24];
	int sig;

	*set = 0;
	if (strcmp(text, "all") == 0)
		*set = UINT64_MAX;
	if (strcmp(text, "all") == 0 || strcmp(text, "none") == 0)
		return 0;
	while (text != NULL) {
		if (opt_list(&text, item, sizeof(item), errstr) == -1)
			return -1;
		if ((sig = sig_parse(item, errstr)) == -1)
			return -1;
		*set |= SIG_BIT(sig);
	}
	return 0;
}

void
sig_all(sigset_t *set)
{
	memset(set, 0xff, sizeof(*set));
}

int
sig_mask(const sigset_t *set, sigset_t *old)
{
	if (old != NULL)
		sigemptyset(old);
	return (int)syscall(
	    SYS_rt_sigprocmask, SIG_SETMASK, set, old, KERNEL_SIGSET_BYTES);
}

void
sig_reset(void)
{
	static const unsigned char dfl[64]; /* the kernel's struct, all 0 */
	sigset_t none;

	for (int sig = 1; sig <= 64; sig++)
		(void)syscall(
		    SYS_rt_sigaction, sig, dfl, NULL, KERNEL_SIGSET_BYTES);
	sigemptyset(&none);
	(void)sig_mask(&none, NULL);
}

enum sig_action
sig_default(int sig)
{
	switch (sig) {
	case SIGCHLD:
	case SIGCONT:
	case SIGURG:
	case SIGWINCH:
		return SIG_DOES_NOTHING;
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
		return SIG_STOPS;
	default:
		return SIG_ENDS;
	}
}

bool
sig_would_end(int sig, const sigset_t *mask)
{
	struct sigaction sa;

	return sig_default(sig) == SIG_ENDS && !sigismember(mask, sig) &&
	    sigaction(sig, NULL, &sa) == 0 && sa.sa_handler != SIG_IGN;
}

bool
sig_asks_end(int sig)
{
	return sig == SIGHUP || sig == SIGINT || sig == SIGQUIT ||
	    sig == SIGTERM;
}

static int
await_either(int fd, int sigfd)
{
	struct pollfd fds[] = { { .fd = sigfd, .events = POLLIN },
		{ .fd = fd, .events = POLLIN } };
	struct signalfd_siginfo si;
	int n;

	do
		n = poll(fds, 2, -1);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		return -1;
	if (fds[0].revents == 0)
		return 0;
	return read(sigfd, &si, sizeof(si)) == (ssize_t)sizeof(si) ?
	    (int)si.ssi_signo :
	    -1;
}

int
sig_await(int fd, const sigset_t *mask)
{
	static const int ends[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
	sigset_t set;
	int sigfd, rc;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (sig_would_end(ends[i], mask))
			sigaddset(&set, ends[i]);
	if ((sigfd = signalfd(-1, &set, SFD_CLOEXEC)) == -1)
		return -1;
	rc = await_either(fd, sigfd);
	file_close(sigfd);
	return rc;
}

void
sig_obey(int sig)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL }, old;
	sigset_t one, mask;

	sigemptyset(&one);
	sigaddset(&one, sig);
	sigaction(sig, &dfl, &old);
	/* Not raise(3): after clone3(2) musl takes us for our parent. */
	kill(getpid(), sig);
	sigprocmask(SIG_UNBLOCK, &one, &mask);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(sig, &old, NULL);
}

void
sig_die(int sig)
{
	struct rlimit none = { 0, 0 };

	/* The command's core is the one that matters. */
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	sig_obey(sig);
	/* PID 1 of a namespace does not die of its own signals. */
	_exit(128 + sig);
}

bool
sig_wake(int64_t ms)
{
	const struct itimerspec when = {
		.it_value = { ms / 1000, ms % 1000 * 1000000 },
		.it_interval = { 0, WAKE_MS * 1000000 },
	};
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGCONT };
	timer_t timer;

	return timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 &&
	    timer_settime(timer, 0, &when, NULL) == 0;
}
