/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/utsname.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/account.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/scan/scan.h"
#include "lib/text.h"
#include "tools/nsls/nsls.h"

static char *
value_ns(const struct row *row)
{
	return value_number(row->ns->ino);
}

static char *
value_type(const struct row *row)
{
	return value_copy(row->ns->type->name);
}

/* As lsns has it; of what no process is in, where else it can be opened. */
static char *
value_path(const struct row *row)
{
	const struct scan_holder *h = row->ns->holders;

	if (row->pid != 0)
		return value_text(
		    "/proc/%d/ns/%s", (int)row->pid, row->ns->type->name);
	for (; h != NULL; h = h->next) {
		if (h->kind == SCAN_MOUNT)
			return text_show(h->path);
		if (h->kind == SCAN_FD)
			return value_text(
			    "/proc/%d/fd/%d", (int)h->pid, h->number);
		if (h->kind == SCAN_THREAD)
			return value_text("/proc/%d/task/%d/ns/%s", (int)h->pid,
			    h->number, row->ns->type->name);
	}
	return NULL;
}

static char *
value_nprocs(const struct row *row)
{
	return value_number(row->ns->nprocs);
}

static char *
value_nthreads(const struct row *row)
{
	return value_number(row->ns->nthreads);
}

static char *
value_pid(const struct row *row)
{
	return row->pid == 0 ? NULL : value_number((uintmax_t)row->pid);
}

static char *
value_ppid(const struct row *row)
{
	/* 0 is the answer for those without a parent that we see. */
	return row->pid == 0 ?
	    NULL :
	    process_status(row->list->facts, row->pid, "PPid", 0);
}

static char *
value_command(const struct row *row)
{
	/* Where it was not asked for its processes. */
	bool inside = !row->list->members && row->list->pid == 0;
	struct facts *f = row->list->facts;

	if (row->pid == 0)
		return NULL;
	if (f->command.text == NULL || f->command.pid != row->pid) {
		free(f->command.text);
		f->command.text = inside ? process_command_inside(f, row->pid) :
					   process_command(f, row->pid);
		f->command.pid = row->pid;
	}
	return f->command.text == NULL ? NULL : value_copy(f->command.text);
}

/* Whose the namespace is that nobody is in; (uid_t)-1: it may have died. */
static uid_t
owner_uid(const struct row *row)
{
	int fd, owner = -1;
	uid_t uid = (uid_t)-1;

	if (row->ns->owner_uid != uid || (fd = scan_open(row->ns)) == -1)
		return row->ns->owner_uid;
	if (row->ns->type->flag != CLONE_NEWUSER)
		owner = ns_owner(fd);
	if (ns_owner_uid(owner == -1 ? fd : owner, &uid) == -1) {
		facts_lost(row->list->facts, 0);
		uid = (uid_t)-1;
	}
	file_close(owner);
	file_close(fd);
	return uid;
}

static uid_t
uid_of(const struct row *row)
{
	uid_t uid = (uid_t)-1;
	char *text;

	if (row->pid == 0)
		return owner_uid(row);
	if (row->pid == row->ns->pid && row->ns->uid != uid)
		return row->ns->uid;
	/* The second one, the effective: whom files under /proc belong to. */
	text = process_status(row->list->facts, row->pid, "Uid", 1);
	if (text != NULL)
		uid = (uid_t)strtoul(text, NULL, 10);
	free(text);
	return uid;
}

static char *
uid_number(uid_t uid)
{
	return uid == (uid_t)-1 ? NULL : value_number(uid);
}

static char *
uid_name(const struct row *row, uid_t uid)
{
	const char *errstr = NULL, *name;

	if (uid == (uid_t)-1)
		return NULL;
	name = account_name(uid, &errstr);
	if (name == NULL && errstr != NULL)
		facts_lost(row->list->facts, 0);
	return name != NULL ? text_show(name) : value_number(uid);
}

static char *
value_uid(const struct row *row)
{
	return uid_number(uid_of(row));
}

static char *
value_user(const struct row *row)
{
	return uid_name(row, uid_of(row));
}

static char *
value_netnsid(const struct row *row)
{
	int id = NETNSID_UNKNOWN, fd;

	if (row->ns->type->flag != CLONE_NEWNET)
		return NULL;
	if (row->pid != 0 && proc_counts_as_we())
		id = netnsid_of(row->list->facts, row->pid, -1);
	else
		errno = ESRCH;
	/* The process may have ended since, and so may the network. */
	if (id == NETNSID_UNKNOWN && errno == ESRCH) {
		if ((fd = scan_open(row->ns)) == -1)
			return NULL;
		id = netnsid_of(row->list->facts, 0, fd);
		file_close(fd);
	}
	if (id == NETNSID_UNKNOWN) {
		facts_lost(row->list->facts, row->pid);
		return NULL;
	}
	if (id == NETNSID_NONE) /* lsns says it at length */
		return alias_has(ALIAS_COLUMNS) ? value_copy("unassigned") :
						  NULL;
	return value_text("%d", id);
}

static char *
value_nsfs(const struct row *row)
{
	return labels_of(facts_mounts(row->list->facts), row->ns->ino);
}

static char *
value_name(const struct row *row)
{
	return labels_of(facts_names(row->list->facts), row->ns->ino);
}

static char *
above(const struct scan_ns *ns)
{
	if (ns == NULL)
		return alias_has(ALIAS_COLUMNS) ? value_number(0) : NULL;
	return value_number(ns->ino);
}

static char *
value_pns(const struct row *row)
{
	return above(row->ns->parent);
}

/* The owner of a user namespace is its parent. */
static char *
value_ons(const struct row *row)
{
	if (row->ns->type->flag == CLONE_NEWUSER)
		return value_pns(row);
	return above(row->ns->owner);
}

static char *
value_owneruid(const struct row *row)
{
	return uid_number(row->ns->owner_uid);
}

static char *
value_owner(const struct row *row)
{
	return uid_name(row, row->ns->owner_uid);
}

static char *
value_id(const struct row *row)
{
	return row->ns->id == 0 ? NULL : value_number(row->ns->id);
}

/*
 * What outlives a listing: a process that no other can be taken for, a mount
 * point, the kernel's id; the inode number as the last resort.
 */
static char *
value_ref(const struct row *row)
{
	struct facts *f = row->list->facts;
	const char *path;
	char *ref;

	if (row->pid != 0 && (ref = process_ref(f, row->pid, row->ns)) != NULL)
		return ref;
	if ((path = labels_first(facts_mounts(f), row->ns->ino)) != NULL)
		return value_copy(path);
	if (row->ns->id != 0)
		return value_text("id:%ju", (uintmax_t)row->ns->id);
	return value_text(
	    "%s:[%ju]", row->ns->type->name, (uintmax_t)row->ns->ino);
}

static ino_t
own_mntns(struct facts *f)
{
	struct ns_key key;

	if (f->mntns == 0 &&
	    ns_key_self(ns_type_by_flag(CLONE_NEWNS), &key) == 0)
		f->mntns = key.ino;
	return f->mntns;
}

/* A path means nothing without the mount namespace that it is in. */
static char *
value_holders(const struct row *row)
{
	ino_t own = own_mntns(row->list->facts);
	char *item, *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		fail_errno(1, "table");
	for (const struct scan_holder *h = row->ns->holders; h; h = h->next) {
		if ((item = scan_holder_text(h)) == NULL)
			fail_errno(1, "table");
		if (h != row->ns->holders)
			fputc('\n', f);
		if (h->kind == SCAN_MOUNT && h->mntns != 0 && h->mntns != own)
			fprintf(f, "mnt:[%ju]", (uintmax_t)h->mntns);
		fputs(item, f);
		free(item);
	}
	if (fclose(f) == EOF)
		fail_errno(1, "table");
	return text;
}

/* Will a process's next child be in it? */
static bool
has_future(const struct scan_ns *ns)
{
	for (const struct scan_holder *h = ns->holders; h; h = h->next)
		if (h->kind == SCAN_FOR || h->kind == SCAN_THREAD)
			return true;
	return false;
}

/*
 * A PID namespace that nobody is in has lost its init and can take no process
 * any more, unless its first one is still to come.  Of those that are not
 * below ours (no parent to be seen) we do not know who is in them.
 */
static char *
value_state(const struct row *row)
{
	const struct scan_ns *ns = row->ns;

	if (ns->nprocs > 0 || row->pid != 0 ||
	    (ns->holders != NULL && ns->holders->kind == SCAN_THREAD))
		return value_copy("live");
	if (ns->type->flag == CLONE_NEWPID && ns->parent != NULL &&
	    !has_future(ns))
		return value_copy("dead");
	return value_copy("held");
}

static char *
map_of(const struct row *row, const char *file)
{
	if (row->ns->type->flag != CLONE_NEWUSER || row->pid == 0)
		return NULL;
	return process_map(row->list->facts, row->pid, file);
}

static char *
value_uidmap(const struct row *row)
{
	return map_of(row, "uid_map");
}

static char *
value_gidmap(const struct row *row)
{
	return map_of(row, "gid_map");
}

static char *
value_cgroup(const struct row *row)
{
	return row->pid == 0 ? NULL :
			       process_cgroup(row->list->facts, row->pid);
}

static char *
value_container(const struct row *row)
{
	return row->pid == 0 ? NULL :
			       process_container(row->list->facts, row->pid);
}

static char *
value_cname(const struct row *row)
{
	return row->pid == 0 ? NULL :
			       process_container_name(row->list->facts,
				   row->pid, row->list->r->quiet);
}

static char *
value_nspid(const struct row *row)
{
	return row->pid == 0 ?
	    NULL :
	    process_status(row->list->facts, row->pid, "NSpid", -1);
}

static char *
value_ifaces(const struct row *row)
{
	if (row->ns->type->flag != CLONE_NEWNET)
		return NULL;
	return row->pid != 0 ? process_interfaces(row->list->facts, row->pid) :
			       network_interfaces(row->list->facts, row->ns);
}

static char *
value_peer(const struct row *row)
{
	return row->ns->type->flag != CLONE_NEWNET ?
	    NULL :
	    network_peers(row->list->facts, row->ns);
}

/* Of its process; without one, where it is mounted. */
static char *
value_mntns(const struct row *row)
{
	ino_t ino = 0;

	if (row->pid != 0)
		ino = process_mntns(row->list->facts, row->pid);
	for (const struct scan_holder *h = row->ns->holders;
	     ino == 0 && row->pid == 0 && h != NULL; h = h->next)
		if (h->kind == SCAN_MOUNT)
			ino = h->mntns;
	return ino == 0 ? NULL : value_number(ino);
}

/* Of this machine: records of many can be put together. */
static char *
value_host(const struct row *row)
{
	struct utsname name;

	if (uname(&name) == 0)
		return text_show(name.nodename);
	facts_lost(row->list->facts, 0);
	return NULL;
}

/* Inode numbers are used again after it. */
static char *
value_boot(const struct row *row)
{
	char text[64];

	if (file_get(AT_FDCWD, "/proc/sys/kernel/random/boot_id", text,
		sizeof(text)) == -1) {
		facts_lost(row->list->facts, 0);
		return NULL;
	}
	text[strcspn(text, "\n")] = '\0';
	return text_show(text);
}

static char *
value_offset(const struct row *row)
{
	if (row->ns->type->flag != CLONE_NEWTIME || row->pid == 0)
		return NULL;
	return process_boottime(row->list->facts, row->pid);
}

#define MEMBER SCAN_NPROCS /* what is read of its lowest process */

/* clang-format off */
const struct column nsls_columns[] = {
	{ .name = "NS", .kind = COLUMN_NUMBER, .value = value_ns,
	    .help = "inode number" },
	{ .name = "TYPE", .value = value_type,
	    .help = "type of namespace" },
	{ .name = "PATH", .share = 0.25, .value = value_path,
	    .want = MEMBER | SCAN_HOLDERS,
	    .help = "a file that opens it" },
	{ .name = "NPROCS", .kind = COLUMN_NUMBER, .value = value_nprocs,
	    .want = MEMBER | WANT_COUNTS,
	    .help = "number of processes in it" },
	{ .name = "PID", .kind = COLUMN_NUMBER, .value = value_pid,
	    .want = MEMBER,
	    .help = "the lowest process in it" },
	{ .name = "PPID", .kind = COLUMN_NUMBER, .value = value_ppid,
	    .want = MEMBER, .beside = true,
	    .help = "parent of PID" },
	{ .name = "COMMAND", .share = 0.25, .value = value_command,
	    .tell = TELL_NEW,
	    .want = MEMBER, .beside = true,
	    .help = "command line of PID" },
	{ .name = "UID", .kind = COLUMN_NUMBER, .value = value_uid,
	    .want = MEMBER,
	    .help = "user of PID, or who owns it, by number" },
	{ .name = "USER", .value = value_user, .want = MEMBER,
	    .help = "user of PID, or who owns it" },
	{ .name = "NETNSID", .kind = COLUMN_NUMBER, .value = value_netnsid,
	    .want = MEMBER,
	    .help = "number that our network namespace has for it" },
	{ .name = "NSFS", .kind = COLUMN_LIST,
	    .value = value_nsfs, .tell = TELL_ANY,
	    .help = "where it is mounted" },
	{ .name = "PNS", .kind = COLUMN_NUMBER, .value = value_pns,
	    .want = SCAN_UP,
	    .help = "parent namespace (pid, user)" },
	{ .name = "ONS", .kind = COLUMN_NUMBER, .value = value_ons,
	    .want = SCAN_UP,
	    .help = "owning user namespace" },
	{ .name = "REF", .value = value_ref, .want = MEMBER | SCAN_ID,
	    .help = "a stable reference that every tool accepts" },
	{ .name = "ID", .kind = COLUMN_NUMBER, .value = value_id,
	    .want = SCAN_ID,
	    .help = "the kernel's 64-bit id" },
	{ .name = "NAME", .kind = COLUMN_LIST,
	    .value = value_name,
	    .tell = TELL_ANY,
	    .help = "names under which it is pinned" },
	{ .name = "NTHREADS", .kind = COLUMN_NUMBER, .value = value_nthreads,
	    .want = SCAN_NTHREADS | WANT_COUNTS,
	    .help = "number of threads in it" },
	{ .name = "HOLDERS", .kind = COLUMN_LIST, .value = value_holders,
	    .want = SCAN_HOLDERS | WANT_COUNTS,
	    .help = "what keeps it alive" },
	{ .name = "STATE", .value = value_state,
	    .tell = TELL_ANY, .want = MEMBER | SCAN_UP | SCAN_HOLDERS,
	    .help = "live, held (no process), dead (no init any more)" },
	{ .name = "OWNERUID", .kind = COLUMN_NUMBER, .value = value_owneruid,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace, by number" },
	{ .name = "OWNER", .value = value_owner,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace" },
	{ .name = "UIDMAP", .kind = COLUMN_LIST, .value = value_uidmap,
	    .tell = TELL_NEW,
	    .want = MEMBER, .beside = true,
	    .help = "user ids, INSIDE:OUTSIDE:COUNT (user)" },
	{ .name = "GIDMAP", .kind = COLUMN_LIST, .value = value_gidmap,
	    .tell = TELL_NEW,
	    .want = MEMBER, .beside = true,
	    .help = "group ids (user)" },
	{ .name = "CGROUP", .share = 0.25, .value = value_cgroup,
	    .want = MEMBER, .beside = true,
	    .help = "control group of PID" },
	{ .name = "CONTAINER", .value = value_container,
	    .tell = TELL_NEW,
	    .want = MEMBER, .beside = true,
	    .help = "the container that PID is in, as a reference" },
	{ .name = "CNAME", .value = value_cname,
	    .tell = TELL_NEW,
	    .want = MEMBER,
	    .help = "its name, which the engine is asked for" },
	{ .name = "NSPID", .kind = COLUMN_NUMBER, .value = value_nspid,
	    .want = MEMBER, .beside = true,
	    .help = "PID as its own PID namespace numbers it" },
	{ .name = "IFACES", .kind = COLUMN_LIST, .value = value_ifaces,
	    .want = MEMBER,
	    .help = "network interfaces (net)" },
	{ .name = "PEER", .kind = COLUMN_LIST, .value = value_peer,
	    .want = MEMBER,
	    .help = "other ends of veths, INTERFACE:NS:INTERFACE (net)" },
	{ .name = "MNTNS", .kind = COLUMN_NUMBER, .value = value_mntns,
	    .want = MEMBER,
	    .help = "mount namespace of PID, or where it is mounted" },
	{ .name = "HOST", .value = value_host,
	    .help = "node name of this machine" },
	{ .name = "BOOT", .value = value_boot,
	    .help = "boot id of this machine" },
	{ .name = "OFFSET", .kind = COLUMN_NUMBER, .value = value_offset,
	    .want = MEMBER, .beside = true,
	    .help = "seconds that its boot time is ahead (time)" },
	{ 0 },
};
/* clang-format on */

bool
column_is_number(const struct column *c)
{
	return c->kind == COLUMN_NUMBER &&
	    (!alias_has(ALIAS_JSON) || strcmp(c->name, "NETNSID") != 0);
}
