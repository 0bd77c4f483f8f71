/* SPDX-License-Identifier: ISC */
/*
 * request - what is to be entered, and what becomes of the command there, as
 * the options say it.  Once request_check has seen it, it is const.
 */
#ifndef NSKIT_NSJOIN_REQUEST_H
#define NSKIT_NSJOIN_REQUEST_H

#include <stdbool.h>

#include "lib/ids/cred.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/step/env.h"
#include "lib/step/pty.h"
#include "lib/step/tty.h"
#include "lib/watch/watch.h"
#include "tools/nsjoin/actas.h"
#include "tools/nsjoin/netfiles.h"
#include "tools/nsjoin/program.h"
#include "tools/nsjoin/wait.h"

struct enter_request {
	const char *target; /* REF, or NULL */
	/* what TARGET, or the command, may have been meant to be; or NULL */
	const char *hint, *misread;
	const char *from[NS_NTYPES]; /* a REF for that type alone, or NULL */
	int types;		     /* CLONE_NEW* asked for by letter */
	bool all;
	bool no_fork;
	bool init;	   /* what the command leaves ends with it */
	bool init_groups;  /* the groups of the user of -S */
	bool login;	   /* HOME and the like */
	bool preserve;	   /* leave user and groups alone */
	bool env;	   /* the target's environment */
	bool letter_env;   /* by -e */
	int lone_envs;	   /* how often by --env */
	bool user_parent;  /* the parent of the user namespace */
	bool mount_proc;   /* on /proc, in a new mount namespace */
	bool join_cgroup;  /* the target's cgroup */
	bool follow_label; /* the target's security label */
	bool verbose;
	bool none;    /* no type was asked for: none is entered */
	bool explain; /* change nothing */
	int socket;   /* the target's, for its network namespace; or -1 */
	const char *root, *wd; /* a directory, "" the target's; or NULL */
	const char *wdns;      /* a directory by its name inside, or NULL */
	struct cred_request cred;
	struct tty_request tty;
	struct env_request environment;
	struct actas_request act;
	struct program_request program;
	struct wait_request wait;
	struct netfiles_request netfiles;
	struct pty_request pty;
	struct watch_request watch;
};

#define ENTER_REQUEST_DEFAULT                                \
	{                                                    \
		.socket = -1, .watch = WATCH_REQUEST_DEFAULT \
	}

/* What to enter, and what of the command. */
extern const struct opt enter_options[], command_options[];

/* request_has_target - does it name a target, or a REF for any type? */
bool request_has_target(const struct enter_request *r);

/* request_follows - is the argument of -S or -G the word follow? */
bool request_follows(const char *text);

/*
 * request_takes_variable - after the arguments of OPTION, was OPTION --env, and
 * is WORD NAME=VALUE for it, rather than a REF that looks like it (net=web)?
 * Then it is taken.
 */
bool request_takes_variable(
    struct enter_request *r, const char *option, const char *word);

/*
 * request_misread - OPTION takes no WORD, and so that is the REF: what to write
 * where it was meant as the argument, as other tools have it ("-u root"), or
 * NULL.
 */
const char *request_misread(const char *option, const char *word);

/* request_is_name - is it the name of a user or group?  NULL is none. */
bool request_is_name(const char *text);

/*
 * request_becomes_root - does the command become user and group 0, if nothing
 * else is asked for, when it enters the types JOINS?  request_changes_ids -
 * does it get other IDs at all?  Neither is about --act-as, which takes IDs by
 * itself.
 */
bool request_becomes_root(const struct enter_request *r, int joins);
bool request_changes_ids(const struct enter_request *r, int joins);

/*
 * request_check - find contradictions, read the IDs that are numbers, and add
 * what one option means for others.  Returns 0, or -1 and *errstr.
 */
int request_check(struct enter_request *r, const char **errstr);

#endif
