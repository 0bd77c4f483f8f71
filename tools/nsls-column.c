/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/account.h"
#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/scan.h"
#include "lib/text.h"
#include "tools/nsls.h"

char *
column_text(const char *fmt, ...)
{
	char *out;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vasprintf(&out, fmt, ap);
	va_end(ap);
	if (len < 0)
		fail_errno(1, "table");
	return out;
}

static char *
number(uintmax_t n)
{
	return column_text("%ju", n);
}

static char *
ns_number(const struct row *row)
{
	return number(row->ns->ino);
}

static char *
type_of(const struct row *row)
{
	return column_text("%s", row->ns->type->name);
}

/* As lsns has it; of what no process is in, where else it can be opened. */
static char *
path_of(const struct row *row)
{
	const struct scan_holder *h = row->ns->holders;

	if (row->pid != 0)
		return column_text(
		    "/proc/%d/ns/%s", (int)row->pid, row->ns->type->name);
	for (; h != NULL; h = h->next) {
		if (h->kind == SCAN_MOUNT)
			return text_show(h->path);
		if (h->kind == SCAN_FD)
			return column_text(
			    "/proc/%d/fd/%d", (int)h->pid, h->number);
		if (h->kind == SCAN_THREAD)
			return column_text("/proc/%d/task/%d/ns/%s",
			    (int)h->pid, h->number, row->ns->type->name);
	}
	return NULL;
}

static char *
nprocs(const struct row *row)
{
	return number(row->ns->nprocs);
}

static char *
nthreads(const struct row *row)
{
	return number(row->ns->nthreads);
}

static char *
pid_of(const struct row *row)
{
	return row->pid == 0 ? NULL : number((uintmax_t)row->pid);
}

static char *
ppid_of(const struct row *row)
{
	/* 0 is the answer for those without a parent that we see. */
	return row->pid == 0 ?
	    NULL :
	    process_status(row->list->facts, row->pid, "PPid:", 0);
}

static char *
command_of(const struct row *row)
{
	return row->pid == 0 ? NULL :
			       process_command(row->list->facts, row->pid);
}

static char *
uid_of(const struct row *row)
{
	/* The second one, the effective: whom files under /proc belong to. */
	return row->pid == 0 ?
	    NULL :
	    process_status(row->list->facts, row->pid, "Uid:", 1);
}

static char *
user_name(const struct row *row, uid_t uid)
{
	const char *errstr = NULL, *name = account_name(uid, &errstr);

	if (name == NULL && errstr != NULL)
		facts_lost(row->list->facts, 0);
	return name != NULL ? text_show(name) : number(uid);
}

static char *
user_of(const struct row *row)
{
	char *text = uid_of(row), *name = NULL;
	const char *errstr = NULL;
	uid_t uid;

	if (text == NULL)
		return NULL;
	uid = (uid_t)strtonum(text, 0, UINT32_MAX, &errstr);
	if (errstr == NULL)
		name = user_name(row, uid);
	free(text);
	return name;
}

static char *
netnsid(const struct row *row)
{
	int id, fd = -1;

	if (row->ns->type->flag != CLONE_NEWNET)
		return NULL;
	if (row->pid == 0 && (fd = scan_open(&row->list->scan, row->ns)) == -1)
		return NULL; /* it may have died */
	id = netnsid_of(row->list->facts, row->pid, fd);
	if (fd != -1)
		close(fd);
	if (id == NETNSID_UNKNOWN) {
		facts_lost(row->list->facts, row->pid);
		return NULL;
	}
	return id == NETNSID_NONE ? column_text("unassigned") :
				    column_text("%d", id);
}

static char *
nsfs_of(const struct row *row)
{
	return labels_of(facts_mounts(row->list->facts), row->ns->ino);
}

static char *
name_of(const struct row *row)
{
	return labels_of(facts_names(row->list->facts), row->ns->ino);
}

static char *
parent_of(const struct row *row)
{
	return row->ns->parent == NULL ? NULL : number(row->ns->parent->ino);
}

/* The owner of a user namespace is its parent. */
static char *
owner_of(const struct row *row)
{
	if (row->ns->type->flag == CLONE_NEWUSER)
		return parent_of(row);
	return row->ns->owner == NULL ? NULL : number(row->ns->owner->ino);
}

static char *
owner_uid(const struct row *row)
{
	return row->ns->owner_uid == (uid_t)-1 ? NULL :
						 number(row->ns->owner_uid);
}

static char *
owner_user(const struct row *row)
{
	return row->ns->owner_uid == (uid_t)-1 ?
	    NULL :
	    user_name(row, row->ns->owner_uid);
}

static char *
id_of(const struct row *row)
{
	return row->ns->id == 0 ? NULL : number(row->ns->id);
}

/*
 * What outlives a listing: a process that no other can be taken for, a mount
 * point, the kernel's id; the inode number as the last resort.
 */
static char *
ref_of(const struct row *row)
{
	struct facts *f = row->list->facts;
	const char *path;
	char *ref;

	if (row->pid != 0 && (ref = process_ref(f, row->pid, row->ns)) != NULL)
		return ref;
	if ((path = labels_first(facts_mounts(f), row->ns->ino)) != NULL)
		return column_text("%s", path);
	if (row->ns->id != 0)
		return column_text("id:%ju", (uintmax_t)row->ns->id);
	return column_text(
	    "%s:[%ju]", row->ns->type->name, (uintmax_t)row->ns->ino);
}

static char *
holders_of(const struct row *row)
{
	char *item, *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		fail_errno(1, "table");
	for (const struct scan_holder *h = row->ns->holders; h; h = h->next) {
		if ((item = scan_holder_text(h)) != NULL)
			fprintf(f, "%s%s", ftell(f) > 0 ? "\n" : "", item);
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
state_of(const struct row *row)
{
	const struct scan_ns *ns = row->ns;

	if (ns->nprocs > 0 || row->pid != 0 ||
	    (ns->holders != NULL && ns->holders->kind == SCAN_THREAD))
		return column_text("live");
	if (ns->type->flag == CLONE_NEWPID && ns->parent != NULL &&
	    !has_future(ns))
		return column_text("dead");
	return column_text("held");
}

static char *
map_of(const struct row *row, const char *file)
{
	if (row->ns->type->flag != CLONE_NEWUSER || row->pid == 0)
		return NULL;
	return process_map(row->list->facts, row->pid, file);
}

static char *
uidmap_of(const struct row *row)
{
	return map_of(row, "uid_map");
}

static char *
gidmap_of(const struct row *row)
{
	return map_of(row, "gid_map");
}

static char *
cgroup_of(const struct row *row)
{
	return row->pid == 0 ? NULL :
			       process_cgroup(row->list->facts, row->pid);
}

static char *
nspid_of(const struct row *row)
{
	return row->pid == 0 ?
	    NULL :
	    process_status(row->list->facts, row->pid, "NSpid:", -1);
}

static char *
interfaces_of(const struct row *row)
{
	if (row->ns->type->flag != CLONE_NEWNET || row->pid == 0)
		return NULL;
	return process_interfaces(row->list->facts, row->pid);
}

/* Of its process; without one, where it is mounted. */
static char *
mntns_of(const struct row *row)
{
	ino_t ino = 0;

	if (row->pid != 0)
		ino = process_mntns(row->list->facts, row->pid);
	for (const struct scan_holder *h = row->ns->holders;
	     ino == 0 && row->pid == 0 && h != NULL; h = h->next)
		if (h->kind == SCAN_MOUNT)
			ino = h->mntns;
	return ino == 0 ? NULL : number(ino);
}

/* Our own alone: another's can only be read by who is in it. */
static char *
host_of(const struct row *row)
{
	struct facts *f = row->list->facts;
	struct ns_key key = { 0 };
	char name[256];

	if (row->ns->type->flag != CLONE_NEWUTS)
		return NULL;
	if (f->utsns == 0) {
		if (ns_key_self(row->ns->type, &key) == -1)
			facts_lost(f, 0);
		f->utsns = key.ino;
	}
	if (row->ns->ino != f->utsns || gethostname(name, sizeof(name)) == -1)
		return NULL;
	name[sizeof(name) - 1] = '\0';
	return text_show(name);
}

static char *
boot_of(const struct row *row)
{
	if (row->ns->type->flag != CLONE_NEWTIME || row->pid == 0)
		return NULL;
	return process_boottime(row->list->facts, row->pid);
}

#define MEMBER SCAN_NPROCS /* what is read of its lowest process */

/* clang-format off */
static const struct column columns[] = {
	{ .name = "NS", .kind = COLUMN_NUMBER, .value = ns_number,
	    .help = "inode number" },
	{ .name = "TYPE", .value = type_of,
	    .help = "type of namespace" },
	{ .name = "PATH", .share = 0.25, .value = path_of, .want = MEMBER,
	    .help = "a file that opens it" },
	{ .name = "NPROCS", .kind = COLUMN_NUMBER, .value = nprocs,
	    .want = MEMBER | WANT_COUNTS,
	    .help = "number of processes in it" },
	{ .name = "PID", .kind = COLUMN_NUMBER, .value = pid_of,
	    .want = MEMBER,
	    .help = "the lowest process in it" },
	{ .name = "PPID", .kind = COLUMN_NUMBER, .value = ppid_of,
	    .want = MEMBER,
	    .help = "parent of PID" },
	{ .name = "COMMAND", .share = 0.25, .value = command_of, .want = MEMBER,
	    .help = "command line of PID" },
	{ .name = "UID", .kind = COLUMN_NUMBER, .value = uid_of,
	    .want = MEMBER,
	    .help = "user of PID, by number" },
	{ .name = "USER", .value = user_of, .want = MEMBER,
	    .help = "user of PID" },
	{ .name = "NETNSID", .kind = COLUMN_NUMBER, .value = netnsid,
	    .want = MEMBER,
	    .help = "number that our network namespace has for it" },
	{ .name = "NSFS", .share = 0.15, .kind = COLUMN_LIST, .value = nsfs_of,
	    .help = "where it is mounted" },
	{ .name = "PNS", .kind = COLUMN_NUMBER, .value = parent_of,
	    .want = SCAN_UP,
	    .help = "parent namespace (pid, user)" },
	{ .name = "ONS", .kind = COLUMN_NUMBER, .value = owner_of,
	    .want = SCAN_UP,
	    .help = "owning user namespace" },
	{ .name = "REF", .value = ref_of, .want = MEMBER | SCAN_ID,
	    .help = "what every tool reads and no other is taken for" },
	{ .name = "ID", .kind = COLUMN_NUMBER, .value = id_of,
	    .want = SCAN_ID,
	    .help = "the kernel's 64-bit id" },
	{ .name = "NAME", .share = 0.2, .kind = COLUMN_LIST, .value = name_of,
	    .help = "names under which it is pinned" },
	{ .name = "NTHREADS", .kind = COLUMN_NUMBER, .value = nthreads,
	    .want = SCAN_NTHREADS | WANT_COUNTS,
	    .help = "number of threads in it" },
	{ .name = "HOLDERS", .kind = COLUMN_LIST, .value = holders_of,
	    .want = SCAN_HOLDERS | WANT_COUNTS,
	    .help = "what keeps it alive" },
	{ .name = "STATE", .value = state_of, .want = MEMBER | SCAN_UP,
	    .help = "live, held (no process), dead (no init any more)" },
	{ .name = "OWNERUID", .kind = COLUMN_NUMBER, .value = owner_uid,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace, by number" },
	{ .name = "OWNER", .value = owner_user,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace" },
	{ .name = "UIDMAP", .kind = COLUMN_LIST, .value = uidmap_of,
	    .want = MEMBER,
	    .help = "user ids, INSIDE:OUTSIDE:COUNT (user)" },
	{ .name = "GIDMAP", .kind = COLUMN_LIST, .value = gidmap_of,
	    .want = MEMBER,
	    .help = "group ids (user)" },
	{ .name = "CGROUP", .share = 0.25, .value = cgroup_of, .want = MEMBER,
	    .help = "control group of PID" },
	{ .name = "NSPID", .kind = COLUMN_NUMBER, .value = nspid_of,
	    .want = MEMBER,
	    .help = "PID as its own PID namespace numbers it" },
	{ .name = "IFACES", .kind = COLUMN_LIST, .value = interfaces_of,
	    .want = MEMBER,
	    .help = "network interfaces (net)" },
	{ .name = "MNTNS", .kind = COLUMN_NUMBER, .value = mntns_of,
	    .want = MEMBER,
	    .help = "mount namespace of PID, or where it is mounted" },
	{ .name = "HOST", .value = host_of,
	    .help = "host name (uts, ours alone)" },
	{ .name = "BOOT", .kind = COLUMN_NUMBER, .value = boot_of,
	    .want = MEMBER,
	    .help = "seconds that its boot time is ahead (time)" },
};
/* clang-format on */

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

const struct column *
column_find(const char *name)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		if (strcasecmp(columns[i].name, name) == 0)
			return &columns[i];
	return NULL;
}

static void
choose(struct list *l, const char *names)
{
	const char *errstr;
	char item[16];

	while (names != NULL) {
		if (opt_list(&names, item, sizeof(item), &errstr) == -1)
			opt_usage(&nsls_tool, "-o: %s", errstr);
		if (l->ncolumns == COLUMNS_MAX)
			opt_usage(&nsls_tool, "-o: too many columns");
		if ((l->which[l->ncolumns++] = column_find(item)) == NULL)
			opt_usage(&nsls_tool, "-o: no column %s", item);
	}
}

static const char *
defaults(const struct list *l)
{
	if (l->members)
		return "PID,PPID,USER,COMMAND";
	/* NPROCS counts over all processes: -p reads one. */
	if (l->r->pid != 0)
		return "NS,TYPE,PID,USER,NAME,COMMAND";
	if (l->r->types & CLONE_NEWNET)
		return "NS,TYPE,NPROCS,PID,USER,NETNSID,NSFS,NAME,COMMAND";
	return "NS,TYPE,NPROCS,PID,USER,NAME,COMMAND";
}

void
column_choose(struct list *l)
{
	const char *names = l->r->columns;

	l->ncolumns = 0;
	if (l->r->everything)
		while (l->ncolumns < NCOLUMNS) {
			l->which[l->ncolumns] = &columns[l->ncolumns];
			l->ncolumns++;
		}
	else if (names == NULL || names[0] == '+')
		choose(l, defaults(l));
	if (names != NULL)
		choose(l, names + (names[0] == '+'));
}

unsigned
column_want(const struct list *l)
{
	unsigned want = 0;

	for (size_t i = 0; i < l->ncolumns; i++)
		want |= l->which[i]->want;
	return want;
}

void
column_help(void)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		printf("%-10s%s\n", columns[i].name, columns[i].help);
}
