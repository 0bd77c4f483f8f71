/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/sig.h"
#include "lib/step/pty.h"
#include "lib/step/relay.h"

#define PTMX_DEVICE makedev(5, 2)

const struct opt pty_options[] = {
	{ 0, "pty", .help = "a terminal of its own inside, and a session",
	    OPT_BOOL(struct pty_request, on) },
	{ 0 },
};

/* A master, if PATH is what it should be: a node of another device is not. */
static int
open_master(const char *path)
{
	struct stat st;
	int lock = 0, fd;

	if (stat(path, &st) == -1 || !S_ISCHR(st.st_mode) ||
	    st.st_rdev != PTMX_DEVICE)
		return -1;
	fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd != -1 && ioctl(fd, TIOCSPTLCK, &lock) == -1) {
		file_close(fd);
		return -1;
	}
	return fd;
}

static int
open_any_master(void)
{
	int fd = open_master("/dev/pts/ptmx");

	return fd != -1 ? fd : open_master("/dev/ptmx");
}

static void
look_at_terminal(struct pty *p)
{
	p->at_terminal = tcgetattr(STDIN_FILENO, &p->termios) == 0;
	if (!p->at_terminal || ioctl(STDIN_FILENO, TIOCGWINSZ, &p->size) == -1)
		p->size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	p->term = getenv("TERM");
	p->spare = open_any_master();
}

void
pty_begin(struct pty *p, const struct pty_request *request, int64_t timeout)
{
	struct sigaction own, dfl = { .sa_handler = SIG_DFL };
	sigset_t mask;
	int end[2], signals;
	pid_t child;

	if (!request->on)
		return;
	p->on = true;
	look_at_terminal(p);
	if (channel_open(end) == -1 || sigaction(SIGCHLD, &dfl, &own) == -1 ||
	    (signals = relay_signals(&mask)) == -1 || (child = fork()) == -1)
		fail_errno(
		    EXIT_CANCELED, "--pty: a process beside the command");
	p->channel = end[child == 0];
	file_close(end[child != 0]);
	if (child != 0)
		relay_run(p, child, signals, timeout);
	file_close(signals);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    sigaction(SIGCHLD, &own, NULL) == -1 || sig_mask(&mask, NULL) == -1)
		fail_errno(EXIT_CANCELED, "--pty: restoring signals");
}

void
pty_report(const struct pty *p)
{
	if (p->on)
		fail_to(p->channel);
}

void
pty_enter(const struct pty *p)
{
	int master, slave, sent;

	if (!p->on)
		return;
	if ((master = open_any_master()) == -1)
		master = p->spare;
	if (master == -1)
		fail_why(
		    EXIT_CANCELED, 0, "no /dev/ptmx inside, nor here", "--pty");
	/* By the master, so that no name decides which terminal it is. */
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave == -1 ||
	    (p->at_terminal && tcsetattr(slave, TCSANOW, &p->termios) == -1) ||
	    ioctl(slave, TIOCSWINSZ, &p->size) == -1)
		fail_errno(EXIT_CANCELED, "--pty: the terminal");
	sent = channel_send_files(p->channel, "", 1, &master, 1);
	if (sent == -1)
		fail_errno(EXIT_CANCELED, "--pty: sending the terminal");
	if (sent == 0) {
		/* Whoever has gone has told why. */
		fail_roll_back();
		_exit(EXIT_CANCELED);
	}
	if (setsid() == -1 || ioctl(slave, TIOCSCTTY, 0) == -1)
		fail_errno(EXIT_CANCELED, "--pty: a session of its own");
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (dup2(slave, fd) == -1)
			fail_errno(EXIT_CANCELED, "--pty: descriptor %d", fd);
}

void
pty_environ(const struct pty *p)
{
	if (p->on && p->term != NULL && setenv("TERM", p->term, 1) == -1)
		fail_errno(EXIT_CANCELED, "environment");
}
