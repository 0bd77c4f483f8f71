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

	/* Found out by tty_look. */
	bool looked, exposed;
};

/* --tty */
extern const struct opt tty_options[];

/*
 * tty_look - find out now what tty_guard would look up, for those who will be
 * where /proc is somebody else's.
 */
void tty_look(struct tty_request *r);

/*
 * tty_guard - refuse TIOCSTI and TIOCLINUX from here on, by a seccomp(2)
 * filter, if a standard descriptor is a terminal and the kernel still allows
 * them (dev.tty.legacy_tiocsti, Linux 6.2): with them a command could type
 * into the caller's shell.
 *
 * In the command's process, before capabilities are given up: without
 * CAP_SYS_ADMIN it sets no_new_privs.  Exits on failure.
 */
void tty_guard(const struct tty_request *r);

#endif
