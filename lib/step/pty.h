/* SPDX-License-Identifier: ISC */
/*
 * pty - a terminal of the command's own (pty(7)), in a session of its own, and
 * the relay between it and that of the caller.
 *
 * The caller's terminal stays out of the command's reach, so that nothing can
 * be typed into it (TIOCSTI), and /dev/pts is that of where the command is.
 */
#ifndef NSKIT_STEP_PTY_H
#define NSKIT_STEP_PTY_H

#include <sys/ioctl.h>
#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>
#include <termios.h>

#include "lib/opt.h"

struct pty_request {
	bool on; /* --pty */
};

/* What the relay knows; in the other process, where the terminal is to go. */
struct pty {
	bool on;
	int channel; /* the descriptor of the terminal is sent over it */
	int spare;   /* one of our own /dev/pts, or -1 */
	bool at_terminal;
	struct termios termios; /* of the caller's terminal, if at one */
	struct winsize size;
	const char *term; /* TERM of the caller, or NULL */
};

/* --pty */
extern const struct opt pty_options[];

/*
 * pty_begin - outside, before all else: go on in a child, whose parent stays
 * as the relay.  It passes on what is typed and what is printed, the size of
 * the window and signals, stops and continues with the child and ends as that
 * does.  Typed after a newline, "~." hangs up, "~^Z" stops it and us, "~~" is
 * one "~".  Once TIMEOUT milliseconds (0: none) are over nothing stops it any
 * more.  Exits on failure.
 */
void pty_begin(struct pty *p, const struct pty_request *r, int64_t timeout);

/*
 * pty_report - in that child, if it becomes the command itself: the relay is to
 * print our failures, which the command's terminal would mix with its output.
 */
void pty_report(const struct pty *p);

/*
 * pty_enter - inside, as the user of the command and in its process: open a
 * terminal by /dev/ptmx there, or else the spare one; become the leader of a
 * new session that it is the terminal of; and take it for descriptors 0 to 2.
 * Exits on failure.
 */
void pty_enter(const struct pty *p);

/* pty_environ - TERM of the caller, whose terminal shows it all. */
void pty_environ(const struct pty *p);

#endif
