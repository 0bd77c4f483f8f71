/* SPDX-License-Identifier: ISC */
/*
 * relay - the process between the caller's terminal and the one that a command
 * has of its own (lib/step/pty): it passes on what is typed and what is
 * printed, the size of the window and signals.
 */
#ifndef NSKIT_STEP_RELAY_H
#define NSKIT_STEP_RELAY_H

#include <sys/types.h>

#include <signal.h>
#include <stdint.h>

#include "lib/step/pty.h"

/*
 * relay_signals - before the fork: block all signals but those that are about
 * our terminal; *OWN becomes the mask from before.  Returns a signalfd for
 * them, or -1 and errno.
 */
int relay_signals(sigset_t *own);

/*
 * relay_run - in the parent: be the relay of CHILD, which sends the terminal
 * over p->channel, until it ends, and end as it does; see pty_begin, also for
 * TIMEOUT.  No other file of the caller's stays open.
 */
_Noreturn void relay_run(
    const struct pty *p, pid_t child, int signals, int64_t timeout);

#endif
