/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scan/ancestors.h"

/* Only user and PID namespaces have parents, all others only an owner. */
static bool
has_parent(const struct ns_type *type)
{
	return type->flag == CLONE_NEWUSER || type->flag == CLONE_NEWPID;
}

bool
scan_climbs(const struct scan_reader *r, const struct scan_ns *ns)
{
	const unsigned facts = SCAN_UP | SCAN_OWNER_UID | SCAN_ID;

	if (ns->climbed)
		return false;
	if ((r->want & facts) != 0)
		return true;
	/* The initial user namespace owns all initial ones, and lives. */
	if ((r->want & SCAN_HOLDERS) == 0 && ns->ino >= NS_INIT_FIRST &&
	    ns->ino <= NS_INIT_LAST)
		return false;
	/* An owner or a parent that nothing else holds is to be found. */
	return (r->want & SCAN_ANCESTORS) != 0 &&
	    ((r->types & CLONE_NEWUSER) != 0 ||
		((r->types & CLONE_NEWPID) != 0 &&
		    ns->type->flag == CLONE_NEWPID));
}

/*
 * What is above NS was refused, the PARENT or the owner: rightly if it may lie
 * above what is ours.  Only the initial ones have nothing above them.
 */
static bool
is_refused_rightly(
    const struct scan_reader *r, const struct scan_ns *ns, bool parent)
{
	if (errno != EPERM)
		return false;
	if (parent && ns->type->flag == CLONE_NEWPID)
		return !r->top_pid || ns->ino == NS_INIT_PID;
	return !r->top_user || ns->ino == NS_INIT_USER;
}

/*
 * UP is the PARENT of NS or its owner: enter it, and go on from it.  It stays
 * open until the next one is, which is mostly the same: one that nobody has
 * open the kernel makes a file of anew each time.
 */
static struct scan_ns *
climb_to(struct scan_reader *r, const struct scan_ns *ns, int up, bool parent)
{
	const struct ns_type *type = parent ? ns->type :
					      ns_type_by_flag(CLONE_NEWUSER);
	struct scan_ns *above = NULL;
	struct stat st;

	if (up == -1) {
		if (!is_refused_rightly(r, ns, parent))
			scan_missed(r, &r->unseen.above);
		return NULL;
	}
	if (fstat(up, &st) == -1)
		scan_missed(r, &r->unseen.above);
	/* At most 33 deep: the kernel nests no further. */
	else if ((above = scan_add(r, type, st.st_ino)) != NULL)
		scan_climb_from(r, above, up);
	file_close(r->above);
	r->above = up;
	return above;
}

void
scan_climb_from(struct scan_reader *r, struct scan_ns *ns, int fd)
{
	if (!scan_climbs(r, ns))
		return;
	ns->climbed = true;
	if ((r->want & SCAN_ID) != 0 && ns->id == 0)
		ns->id = ns_id(fd, ns->type);
	if (has_parent(ns->type))
		ns->parent = climb_to(r, ns, ns_parent(fd), true);
	/* The owner of a user namespace is its parent. */
	if (ns->type->flag == CLONE_NEWUSER) {
		ns->owner = ns->parent;
		/* One call here: later somebody has to come here again. */
		if (ns_owner_uid(fd, &ns->owner_uid) == -1) {
			if ((r->want & SCAN_OWNER_UID) != 0)
				scan_missed(r, &r->unseen.above);
			ns->owner_uid = (uid_t)-1;
		}
	} else
		ns->owner = climb_to(r, ns, ns_owner(fd), false);
}

void
scan_climb(struct scan_reader *r, struct scan_ns *ns, int fd)
{
	struct stat st;

	if (fd == -1)
		return; /* somebody else may know, or nobody (any more) */
	/* Whoever we asked may be somewhere else by now. */
	if (fstat(fd, &st) == 0 && st.st_dev == r->nsfs && st.st_ino == ns->ino)
		scan_climb_from(r, ns, fd);
	close(fd);
}

void
scan_descend(struct scan_reader *r)
{
	struct scan_holder h = { 0 };
	struct scan_ns *ns;

	for (ns = r->table->first; ns != NULL; ns = ns->next) {
		h.ns = ns;
		h.kind = SCAN_CHILD;
		if (ns->parent != NULL)
			scan_hold(r, ns->parent, &h);
		h.kind = SCAN_OWNED;
		if (ns->owner != NULL && ns->owner != ns->parent)
			scan_hold(r, ns->owner, &h);
		if (ns->owner != NULL && ns->type->flag != CLONE_NEWUSER)
			ns->owner_uid = ns->owner->owner_uid;
	}
}
