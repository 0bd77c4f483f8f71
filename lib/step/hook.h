/* SPDX-License-Identifier: ISC */
/*
 * hook - the set-up command: the user's own step, run with full capabilities
 * before the command is.
 */
#ifndef NSKIT_STEP_HOOK_H
#define NSKIT_STEP_HOOK_H

#include <stddef.h>

#include "lib/opt.h"

#define HOOK_MAX 16

/* The commands, one after the other. */
struct hook_request {
	size_t n;
	const char *list[HOOK_MAX];
};

/* --setup */
extern const struct opt hook_options[];

/*
 * hook_run - step 12: "sh -c CMD" with no signal blocked.  Inside; exits in
 * words if it fails.
 */
void hook_run(const char *cmd);

#endif
