/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/plan/joined.h"
#include "lib/reason/reason.h"
#include "lib/ref/ref.h"

/* Those that say nothing about paths, processes and rights, and have no past.
 */
#define JOINABLE (CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP)

static int
parse_join(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct joined_request *r = at;
	size_t len = strcspn(arg, "=");
	const struct ns_type *type;
	char name[16];

	(void)opt;
	snprintf(name, sizeof(name), "%.*s", (int)len, arg);
	type = ns_type_by_name(name);
	if (type == NULL || arg[len] == '\0' || arg[len + 1] == '\0') {
		*errstr = "must be TYPE=REF: net, uts, ipc or cgroup";
		return -1;
	}
	if ((type->flag & JOINABLE) == 0) {
		*errstr = "is for net, uts, ipc and cgroup: enter any other "
			  "first, by nsjoin REF nsclone ...";
		return -1;
	}
	r->ref[ns_index(type)] = arg + len + 1;
	return 0;
}

const struct opt joined_options[] = {
	{ 0, "join", .arg = "TYPE=REF",
	    .help = "enter the net, uts, ipc or cgroup namespace of REF",
	    .parse = parse_join },
	{ 0 },
};

int
joined_check(const struct joined_request *r, int types, const char **errstr)
{
	static char why[64];

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->ref[i] != NULL && (types & ns_types[i].flag)) {
			snprintf(why, sizeof(why),
			    "--join=%s and a new %s exclude each other",
			    ns_types[i].name, ns_types[i].words);
			*errstr = why;
			return -1;
		}
	return 0;
}

void
joined_open(struct joined *j, const struct joined_request *r)
{
	const char *errstr;
	struct ref ref;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		j->fd[i] = -1;
		if (r->ref[i] == NULL)
			continue;
		fail_part(EXPLAIN_TYPE + (int)i);
		if (ref_resolve(r->ref[i], ns_types[i].flag, &ref, &errstr) ==
		    -1)
			fail(EXIT_CANCELED, "--join %s=%s: %s",
			    ns_types[i].name, r->ref[i], errstr);
		j->fd[i] = ref.fd[i];
		ref.fd[i] = -1;
		ref_close(&ref);
	}
}

void
joined_enter(const struct joined *j)
{
	int errnum;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (j->fd[i] == -1)
			continue;
		fail_part(EXPLAIN_TYPE + (int)i);
		if (setns(j->fd[i], ns_types[i].flag) == -1) {
			errnum = errno;
			fail_why(EXIT_CANCELED, errnum,
			    reason_join(&ns_types[i], j->fd[i], errnum, true),
			    "entering the %s", ns_types[i].words);
		}
		close(j->fd[i]);
	}
	fail_part(EXPLAIN_WHOLE);
}

void
joined_explain(const struct joined_request *r, struct explain *e)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->ref[i] != NULL)
			explain_step(e, EXPLAIN_TYPE + (int)i,
			    "enter the %s of %s", ns_types[i].words, r->ref[i]);
}
