/* SPDX-License-Identifier: ISC */
/*
 * daemon - the supervisor in the background: the process that was called
 * waits in front until the command runs, says which process that is, and
 * returns.
 */
#ifndef NSKIT_WATCH_DAEMON_H
#define NSKIT_WATCH_DAEMON_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct daemon {
	int front; /* to the process in front, -1: there is none */
	int null;  /* /dev/null for what is the terminal's */
};

/*
 * daemon_begin - outside, before anything is made, all signals blocked.
 *
 * Returns in a new process, in a session of its own; its failures are printed
 * by the process in front, which stays in this call with the signal mask MASK.
 * That one exits 0 once the command runs and its identity is on standard
 * output, 125 or what the failure says otherwise.  When it dies before that,
 * the line ends.  Exits on failure.
 */
void daemon_begin(struct daemon *d, const sigset_t *mask);

/*
 * daemon_streams - inside, in the command's process: standard input is
 * /dev/null, output goes where errors go, and errors to /dev/null where they
 * went to a terminal.  Exits on failure.
 */
void daemon_streams(const struct daemon *d);

/*
 * daemon_ready - the command, process PID with the identity INO (0: none),
 * runs: let go of the caller's streams and directory, and tell the front.
 */
void daemon_ready(const struct daemon *d, pid_t pid, uint64_t ino);

/*
 * daemon_heard - the front's line can be read.  Returns true when it has
 * done its part, false if it died before that.
 */
bool daemon_heard(struct daemon *d);

#endif
