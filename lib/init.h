/* SPDX-License-Identifier: ISC */
/*
 * init - PID 1 of a new PID namespace, in front of the command: it reaps what
 * the command leaves behind, passes signals on, and ends the namespace when
 * the command or its supervisor has ended (pid_namespaces(7)).
 */
#ifndef NSKIT_INIT_H
#define NSKIT_INIT_H

#include <stdbool.h>

#include "lib/child.h"

/* What an init tells its supervisor, a record each on their own socket. */
struct init_event {
	enum init_kind {
		INIT_STOPPED = 1, /* status: the signal */
		INIT_CONTINUED,
		INIT_ENDED, /* status: of the command, as waitpid(2)'s */
	} kind;
	int status;
};

/* What the supervisor tells its init: an int, the signal to pass on. */

/*
 * init_line - outside, before the child is started: the socket pair between
 * supervisor (LINE[0]) and init (LINE[1]).  Exits on failure.
 */
void init_line(int line[2]);

/*
 * init_become - inside, in the first child of the namespace, all signals
 * blocked: fork.  Returns in the command's process; the init stays behind in
 * this call until the command ends.
 *
 * LINE is init_line's; C the line of child.h, which the command keeps and the
 * init lets go of.  KILL_SIG: what the command gets when the supervisor dies
 * (SIGKILL: the whole namespace ends), 0: nothing.  WAIT_ALL: go on until the
 * last process of the namespace has ended.
 */
void init_become(
    const int line[2], const struct child *c, int kill_sig, bool wait_all);

#endif
