/* SPDX-License-Identifier: ISC */
/* enter: what of ours those inside could write to, and that they cannot. */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/seal.h"
#include "tools/nsjoin/enter.h"

#define MAP_LIMIT 65536

static int
user_of(const struct enter *e)
{
	return e->ref.fd[ns_index(ns_type_by_flag(CLONE_NEWUSER))];
}

/* Is it a child of our own user namespace, with no other one between? */
static bool
is_our_child(int user)
{
	const struct ns_type *t = ns_type_by_flag(CLONE_NEWUSER);
	struct ns_key own;
	struct stat st;
	bool is = false;
	int parent;

	if ((parent = ns_parent(user)) == -1)
		return false;
	if (ns_key_self(t, &own) == 0 && fstat(parent, &st) == 0)
		is = own.dev == st.st_dev && own.ino == st.st_ino;
	file_close(parent);
	return is;
}

/* Is USER the user namespace of the target process itself? */
static bool
is_of_target(const struct enter *e, int user)
{
	struct stat a, b;

	return e->ref.proc.dir != -1 &&
	    fstatat(e->ref.proc.dir, "ns/user", &a, 0) == 0 &&
	    fstat(user, &b) == 0 && a.st_dev == b.st_dev &&
	    a.st_ino == b.st_ino;
}

/* Does the target's map have UID outside?  True if that cannot be read. */
static bool
is_mapped(const struct enter *e, uid_t uid)
{
	uint32_t first, count;
	bool found = false;
	char *text, *at;
	int used;

	text = file_get_all(e->ref.proc.dir, "uid_map", MAP_LIMIT, NULL);
	if (text == NULL)
		return true;
	for (at = text; !found &&
	     sscanf(at, "%*u %" SCNu32 " %" SCNu32 "%n", &first, &count,
		 &used) == 2;
	     at += used)
		found = uid >= first && uid - first < count;
	free(text);
	return found;
}

/* Do we have UID, and keep it where it is not mapped? */
static bool
is_kept(const struct enter *e, uid_t uid)
{
	uid_t real, effective, saved;

	if (geteuid() == 0 && !e->r->preserve && !e->r->act.on)
		return false;
	return getresuid(&real, &effective, &saved) == -1 || uid == real ||
	    uid == effective || uid == saved;
}

/*
 * Could a process inside have the user ID of outside UID?  Whoever made the
 * user namespace may be in it without a map.  Of one further down we cannot
 * see what those above it map, whose processes may be inside as well.
 */
static bool
is_inside(const void *enter, uid_t uid)
{
	const struct enter *e = enter;
	uid_t owner;

	if ((e->joins & CLONE_NEWUSER) == 0 || is_kept(e, uid))
		return true;
	if (ns_owner_uid(user_of(e), &owner) == -1 || owner == uid)
		return true;
	return !is_our_child(user_of(e)) || !is_of_target(e, user_of(e)) ||
	    is_mapped(e, uid);
}

static bool
is_exposed(const struct enter *e, int file)
{
	return ((e->joins & (CLONE_NEWNS | CLONE_NEWPID)) || e->root_fd != -1 ||
		   e->wd_fd != -1) &&
	    seal_wanted(file, is_inside, e);
}

void
enter_seal(struct enter *e, char **all)
{
	if (!is_exposed(e, -1))
		return;
	/* Without privileges here we have them there. */
	if (geteuid() != 0 && (e->joins & CLONE_NEWUSER))
		seal_prepare(&e->seal, all);
	else
		seal_self(all);
}

void
enter_seal_program(struct enter *e)
{
	/* One with libraries is a copy already. */
	if (e->program_fd != -1 && e->libs.loader == -1 &&
	    is_exposed(e, e->program_fd))
		e->program_fd = program_seal(&e->r->program, e->program_fd);
}
