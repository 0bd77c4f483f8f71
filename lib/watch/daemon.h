/* SPDX-License-Identifier: ISC */
/*
 * daemon - the supervisor in the background: the process that was called
 * waits in the foreground until the command runs, prints which process that
 * is, and returns.
 */
#ifndef NSKIT_WATCH_DAEMON_H
#define NSKIT_WATCH_DAEMON_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct daemon {
	int foreground; /* channel to that process; -1: there is none */
	int null;	/* /dev/null, for what is the terminal's */
};

/*
 * daemon_begin - outside, before anything is made, all signals blocked.
 *
 * Returns in a new process, in a session of its own; its failures are printed
 * by the foreground process, which stays in this call with the signal mask
 * MASK.  That one exits 0 once the command runs and its identity is on standard
 * output, otherwise 125 or what the failure says.  When it dies before that,
 * the channel ends.  Exits on failure.
 */
void daemon_begin(struct daemon *d, const sigset_t *mask);

/*
 * daemon_streams - inside, in the command's process: standard input is
 * /dev/null, output goes where errors go, and errors to /dev/null where they
 * went to a terminal or standard error was closed.  Exits on failure.
 */
void daemon_streams(const struct daemon *d);

/*
 * daemon_ready - the command, process PID with the identity INO (0: none),
 * runs: release the caller's streams and directory, and tell the foreground
 * process.
 */
void daemon_ready(const struct daemon *d, pid_t pid, uint64_t ino);

/*
 * daemon_receive - the foreground process has sent something, or has gone.
 * Returns true when it has done its part, false if it died before that.
 */
bool daemon_receive(struct daemon *d);

#endif
