/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/plan/joined.h"
#include "lib/ref/join.h"

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
	if (arg[len] == '\0' || arg[len + 1] == '\0') {
		*errstr = "must be TYPE=REF";
		return -1;
	}
	if ((type = ns_type_by_name(name)) == NULL) {
		*errstr = ns_unknown(name);
		return -1;
	}
	if (r->ref[ns_index(type)] != NULL) {
		*errstr = "once for each type";
		return -1;
	}
	r->types |= type->flag;
	r->ref[ns_index(type)] = arg + len + 1;
	return 0;
}

const struct opt joined_options[] = {
	{ 0, "join", .arg = "TYPE=REF",
	    .help = "enter that namespace of REF, in place of a new one",
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
	struct ref one;

	j->privileged = geteuid() == 0;
	j->ref.proc = (struct proc){ .pidfd = -1, .dir = -1 };
	for (size_t i = 0; i < NS_NTYPES; i++) {
		j->ref.fd[i] = -1;
		if (r->ref[i] == NULL)
			continue;
		fail_part(EXPLAIN_TYPE + (int)i);
		if (ref_resolve(r->ref[i], ns_types[i].flag, &one, &errstr) ==
		    -1)
			fail(EXIT_CANCELED, "--join %s=%s: %s",
			    ns_types[i].name, r->ref[i], errstr);
		j->ref.fd[i] = one.fd[i];
		one.fd[i] = -1;
		ref_close(&one);
	}
	j->types = join_differing(&j->ref);
}

void
joined_enter(struct joined *j)
{
	if (j->types == 0)
		return;
	/* Inside it may be denied, and they are not for those in there. */
	if ((j->types & CLONE_NEWUSER) && setgroups(0, NULL) == -1 &&
	    errno != EPERM)
		fail_errno(EXIT_CANCELED, "clearing the supplementary groups");
	join_enter(&j->ref, false, "--join=user");
	/* Where nobody sees or owns us who did not before. */
	if ((j->types & (CLONE_NEWUSER | CLONE_NEWPID)) == 0 &&
	    prctl(PR_SET_DUMPABLE, 1) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_DUMPABLE");
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
