/* SPDX-License-Identifier: ISC */
/*
 * netfiles - a network that has a name also has files of its own: those of
 * /etc/netns/NAME in the place of the ones in /etc, and /sys shows that
 * network.  As ip-netns(8) has it, in a mount namespace of the command's own.
 */
#ifndef NSKIT_NSJOIN_NETFILES_H
#define NSKIT_NSJOIN_NETFILES_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/explain.h"
#include "lib/opt.h"

/* For messages: what does without. */
#define NETFILES_HINT "--no-netns-files does without"

#define NETFILES_MAX 256  /* files of one network */
#define NETMOUNTS_MAX 256 /* a usual host has ten in /sys, none in /etc */

struct netfiles_request {
	/* Unless said otherwise where a named network is all that is entered */
	enum { NETFILES_DEFAULT, NETFILES_ON, NETFILES_OFF } mode;
	bool bind; /* each file alone */
};

/* What is to be put in the place of what. */
struct netfiles {
	bool on;
	bool bind;
	bool lenient; /* if /sys cannot be mounted, warn */
	bool sysfs;   /* there is one on /sys */
	size_t n;
	struct netfile {
		char *dir;
		char *name;
		bool is_dir;
	} list[NETFILES_MAX];
};

/* --netns-files --no-netns-files */
extern const struct opt netfiles_options[];

/*
 * netfiles_look - find the files of the network NAME: of a user in
 * $XDG_CONFIG_HOME/netns (~/.config/netns), of all in /etc/netns.  Outside.
 * Exits on failure, in words.
 */
void netfiles_look(
    struct netfiles *n, const struct netfiles_request *r, const char *name);

/*
 * netfiles_apply - in the network, with CAP_SYS_ADMIN: make a private mount
 * namespace, to which mounts of outside still come, and put all in its place.
 * Exits on failure.
 */
void netfiles_apply(const struct netfiles *n);

/* netfiles_explain - describe it; see lib/explain. */
void netfiles_explain(const struct netfiles *n, struct explain *x);

/* The parts of netfiles_apply; they exit on failure. */

/* Mount points in /sys and /etc, but for those below one of the others. */
struct netmounts {
	size_t n;
	char *list[NETMOUNTS_MAX];
};

/* netmounts_find - those of this process; of /etc only with ETC. */
void netmounts_find(struct netmounts *m, bool etc);

/* netfiles_etc - mount the files over those in /etc. */
void netfiles_etc(const struct netfiles *n, const struct netmounts *m);

/*
 * netfiles_sys - mount a sysfs of this network on /sys, and move onto it what
 * is mounted in /sys.
 */
void netfiles_sys(const struct netfiles *n, const struct netmounts *m);

#endif
