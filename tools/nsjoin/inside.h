/* SPDX-License-Identifier: ISC */
/*
 * inside - what the place that is entered calls things: its users and groups,
 * its shell, and where its commands are.
 */
#ifndef NSKIT_NSJOIN_INSIDE_H
#define NSKIT_NSJOIN_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/ids/passwd.h"

struct enter;

struct inside {
	const char *shell; /* to run without a command; NULL: $SHELL */
	const char *path;  /* a PATH that has the command; NULL: ours */
	bool lost;	   /* neither our PATH nor the target's has it */
	bool login;	   /* user is who the command will be */
	struct passwd_user user;
	bool sets_groups;
	size_t ngroups;
	gid_t groups[PASSWD_GROUPS_MAX];
};

/*
 * inside_look - before anything is entered, but sealed against those in there:
 * complete the IDs of E by the names that they have inside, or where the root
 * directory stays ours by those that they have here; and find what is needed
 * to run ARGV.  A child may enter the mount namespace to look at its root
 * directory; nothing in there is executed.  Exits on failure.
 */
void inside_look(struct enter *e, char *const argv[]);

/*
 * inside_environ - HOME, USER, LOGNAME and SHELL of --login, and what of PATH
 * and SHELL is needed to find the command.  In its process.
 */
void inside_environ(const struct enter *e);

#endif
