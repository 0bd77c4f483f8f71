/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdio.h>
#include <strings.h>

#include "lib/opt.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define MEMBER SCAN_NPROCS /* what is read of its lowest process */

/* clang-format off */
static const struct column columns[] = {
	{ .name = "NS", .kind = COLUMN_NUMBER, .value = value_ns,
	    .help = "inode number" },
	{ .name = "TYPE", .value = value_type,
	    .help = "type of namespace" },
	{ .name = "PATH", .share = 0.25, .value = value_path, .want = MEMBER,
	    .help = "a file that opens it" },
	{ .name = "NPROCS", .kind = COLUMN_NUMBER, .value = value_nprocs,
	    .want = MEMBER | WANT_COUNTS,
	    .help = "number of processes in it" },
	{ .name = "PID", .kind = COLUMN_NUMBER, .value = value_pid,
	    .want = MEMBER,
	    .help = "the lowest process in it" },
	{ .name = "PPID", .kind = COLUMN_NUMBER, .value = value_ppid,
	    .want = MEMBER,
	    .help = "parent of PID" },
	{ .name = "COMMAND", .share = 0.25, .value = value_command,
	    .want = MEMBER,
	    .help = "command line of PID" },
	{ .name = "UID", .kind = COLUMN_NUMBER, .value = value_uid,
	    .want = MEMBER,
	    .help = "user of PID, by number" },
	{ .name = "USER", .value = value_user, .want = MEMBER,
	    .help = "user of PID" },
	{ .name = "NETNSID", .kind = COLUMN_NUMBER, .value = value_netnsid,
	    .want = MEMBER,
	    .help = "number that our network namespace has for it" },
	{ .name = "NSFS", .share = 0.15, .kind = COLUMN_LIST,
	    .value = value_nsfs,
	    .help = "where it is mounted" },
	{ .name = "PNS", .kind = COLUMN_NUMBER, .value = value_pns,
	    .want = SCAN_UP,
	    .help = "parent namespace (pid, user)" },
	{ .name = "ONS", .kind = COLUMN_NUMBER, .value = value_ons,
	    .want = SCAN_UP,
	    .help = "owning user namespace" },
	{ .name = "REF", .value = value_ref, .want = MEMBER | SCAN_ID,
	    .help = "what every tool reads and no other is taken for" },
	{ .name = "ID", .kind = COLUMN_NUMBER, .value = value_id,
	    .want = SCAN_ID,
	    .help = "the kernel's 64-bit id" },
	{ .name = "NAME", .share = 0.2, .kind = COLUMN_LIST,
	    .value = value_name,
	    .help = "names under which it is pinned" },
	{ .name = "NTHREADS", .kind = COLUMN_NUMBER, .value = value_nthreads,
	    .want = SCAN_NTHREADS | WANT_COUNTS,
	    .help = "number of threads in it" },
	{ .name = "HOLDERS", .kind = COLUMN_LIST, .value = value_holders,
	    .want = SCAN_HOLDERS | WANT_COUNTS,
	    .help = "what keeps it alive" },
	{ .name = "STATE", .value = value_state, .want = MEMBER | SCAN_UP,
	    .help = "live, held (no process), dead (no init any more)" },
	{ .name = "OWNERUID", .kind = COLUMN_NUMBER, .value = value_owneruid,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace, by number" },
	{ .name = "OWNER", .value = value_owner,
	    .want = SCAN_UP | SCAN_OWNER_UID,
	    .help = "who made the owning user namespace" },
	{ .name = "UIDMAP", .kind = COLUMN_LIST, .value = value_uidmap,
	    .want = MEMBER,
	    .help = "user ids, INSIDE:OUTSIDE:COUNT (user)" },
	{ .name = "GIDMAP", .kind = COLUMN_LIST, .value = value_gidmap,
	    .want = MEMBER,
	    .help = "group ids (user)" },
	{ .name = "CGROUP", .share = 0.25, .value = value_cgroup,
	    .want = MEMBER,
	    .help = "control group of PID" },
	{ .name = "NSPID", .kind = COLUMN_NUMBER, .value = value_nspid,
	    .want = MEMBER,
	    .help = "PID as its own PID namespace numbers it" },
	{ .name = "IFACES", .kind = COLUMN_LIST, .value = value_ifaces,
	    .want = MEMBER,
	    .help = "network interfaces (net)" },
	{ .name = "MNTNS", .kind = COLUMN_NUMBER, .value = value_mntns,
	    .want = MEMBER,
	    .help = "mount namespace of PID, or where it is mounted" },
	{ .name = "HOST", .value = value_host,
	    .help = "host name (uts, ours alone)" },
	{ .name = "BOOT", .kind = COLUMN_NUMBER, .value = value_boot,
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
