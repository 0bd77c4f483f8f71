/* SPDX-License-Identifier: ISC */
/*
 * hook - the set-up command: the user's own step, run with full capabilities
 * before the command is.
 */
#ifndef NSKIT_STEP_HOOK_H
#define NSKIT_STEP_HOOK_H

/*
 * hook_run - step 12: "sh -c CMD" with no signal blocked.  Inside; exits in
 * words if it fails.
 */
void hook_run(const char *cmd);

#endif
