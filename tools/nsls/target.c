/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/proc.h"
#include "lib/ref/ref.h"
#include "tools/nsls/nsls.h"

/* Does the text itself name one namespace? */
static bool
names_one(const struct ref_name *name)
{
	struct stat st;

	if (name->nsteps > 0 || name->types != 0)
		return true;
	switch (name->kind) {
	case REF_INODE:
	case REF_ID:
	case REF_PROCESS_FD:
		return true;
	case REF_PATH:
		return stat(name->text, &st) == 0 && !S_ISDIR(st.st_mode);
	default:
		return false;
	}
}

/* Whose descriptors REF has, and that is all: it holds none of them. */
static int
identify(struct target *t, const struct ref_name *name, int types,
    struct ref *ref, const char **errstr)
{
	int error = 0;

	for (size_t i = 0; i < NS_NTYPES && error == 0; i++) {
		if (ref->fd[i] == -1 ||
		    (types != 0 && (types & ns_types[i].flag) == 0))
			continue;
		if (ns_identify(ref->fd[i], &t->id[t->n++]) == -1)
			error = errno;
	}
	/* A descriptor of ours that is a namespace, not a pidfd. */
	if (name->kind == REF_FD && ref->proc.pid == 0)
		t->one = true;
	ref_close(ref);
	if (error != 0)
		*errstr = strerror(error);
	return error != 0 ? -1 : 0;
}

static int
resolve(struct target *t, const char *text, int types, bool open,
    const char **errstr)
{
	struct ref_name name;
	struct ref ref;

	memset(t, 0, sizeof(*t));
	t->text = text;
	if (ref_parse(text, &name, errstr) == -1)
		opt_usage(&nsls_tool, "%s: %s", text, *errstr);
	t->one = names_one(&name);
	/* What the list shows it knows by inode: nothing to open. */
	if (ref_check(&name, errstr) == -1)
		return -1;
	if (!open && name.kind == REF_INODE && name.nsteps == 0) {
		t->id[0].type = ns_type_by_flag(name.types);
		t->id[0].key.ino = (ino_t)name.number;
		t->n = 1;
		return 0;
	}
	/* Of several types it may have some. */
	if (ref_resolve(text, (types & (types - 1)) != 0 ? 0 : types, &ref,
		errstr) == -1)
		return -1;
	return identify(t, &name, types, &ref, errstr);
}

pid_t
target_process(const char *text)
{
	const char *errstr;
	struct ref ref;
	pid_t pid;

	if (!proc_counts_as_we())
		fail(1, "-p %s: /proc shows another PID namespace than ours",
		    text);
	pid = (pid_t)strtonum(text, 1, INT_MAX, &errstr);
	if (errstr == NULL)
		return pid;
	if (ref_resolve(text, 0, &ref, &errstr) == -1) {
		alias_value("task", text);
		fail(1, "-p %s: %s", text, errstr);
	}
	pid = ref.proc.pid;
	ref_close(&ref);
	if (pid == 0)
		fail(
		    1, "-p %s: it leads to namespaces, not to a process", text);
	return pid;
}

static void
doubt(const char *text)
{
	const char *why = ref_doubt(text);

	if (why != NULL)
		fail_warn("%s: %s", text, why);
}

void
target_doubt(const struct request *r, char *const *operands, int n)
{
	if (!r->verbose)
		return;
	for (int i = 0; i < n; i++)
		doubt(operands[i]);
	if (r->gone != NULL)
		doubt(r->gone);
}

int
target_resolve(
    struct target *t, const char *text, int types, const char **errstr)
{
	return resolve(t, text, types, false, errstr);
}

void
target_open(struct target *t, const char *text, int types, int status)
{
	const char *errstr;

	if (resolve(t, text, types, true, &errstr) == -1)
		fail(status, "%s: %s", text, errstr);
}
