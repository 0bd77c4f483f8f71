/* SPDX-License-Identifier: ISC */
/*
 * tty - the caller's terminal, as seen by a command with other privileges than
 * the caller's (ioctl_tty(2)).
 */
#ifndef NSKIT_STEP_TTY_H
#define NSKIT_STEP_TTY_H

#include <stdbool.h>

#include "lib/opt.h"

struct tty_request {
	bool share; /* --tty=share */
};

/* --tty */
extern const struct opt tty_options[];

/*
 * tty_look - is a standard descriptor a terminal into which the command could
 * type, by TIOCSTI or TIOCLINUX, what the caller's shell then reads?  Where
 * /proc is still ours.
 */
bool tty_look(const struct tty_request *r);

/*
 * tty_guard - if EXPOSED, as tty_look found, refuse TIOCSTI and TIOCLINUX from
 * here on by a seccomp(2) filter.
 *
 * In the command's process, before capabilities are given up: without
 * CAP_SYS_ADMIN it sets no_new_privs.  Exits on failure.
 */
void tty_guard(bool exposed);

#endif
