/* SPDX-License-Identifier: ISC */
/*
 * env - what the command inherits: environment, descriptors, session keyring.
 */
#ifndef NSKIT_STEP_ENV_H
#define NSKIT_STEP_ENV_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/explain.h"
#include "lib/opt.h"

#define ENV_SET_MAX 256
#define ENV_KEEP_MAX 256

struct env_request {
	size_t nset;
	const char *set[ENV_SET_MAX]; /* NAME=VALUE */
	bool clear;
	const char *keep; /* names, comma-separated, or NULL */
	bool close_fds;
	const char *keep_fds; /* numbers, comma-separated, or NULL; */
	size_t nkeep;	      /* those of them that the caller has open: */
	int keep_fd[ENV_KEEP_MAX];
	bool new_keyring;
	const char *keyring_hint; /* what does without it, or NULL */
};

/* --clear-env --close-fds --new-keyring --whitelist-env */
extern const struct opt env_options[];

/*
 * --env, in a table of its own: nsjoin has had that name for something else.
 * env_add - add NAME=VALUE to what is to be set.  Returns 0, or -1 and *errstr.
 */
extern const struct opt env_set_options[];
int env_add(struct env_request *r, const char *arg, const char **errstr);

/*
 * env_apply - clear the environment but for the names to keep, and join a new
 * session keyring (keyrings(7)), which shows the command none of our caller's
 * keys; in the command's process, with its IDs (step 15).  Exits on failure.
 */
void env_apply(const struct env_request *r);

/* env_set - set the variables that were given, last.  Exits on failure. */
void env_set(const struct env_request *r);

/*
 * env_close_fds - mark all descriptors above 2 but those to keep close-on-exec,
 * so that our own go on working until then.  Exits on failure.
 */
void env_close_fds(const struct env_request *r);

/* env_explain - describe it; see lib/explain. */
void env_explain(const struct env_request *r, struct explain *e);

#endif
