/* SPDX-License-Identifier: ISC */
/*
 * nspin - keep namespaces alive under a name, and let go of them.
 */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/idmap.h"
#include "lib/mnt.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/pin.h"
#include "lib/ref.h"
#include "lib/uapi.h"

struct request {
	int verb; /* a letter; 0: keep */
	bool dry;
	int types;
	const char *target;
	struct idmap_request idmap;
	struct idmap_job maps;
};

static int
parse_type(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct request *r = at;

	(void)arg;
	(void)errstr;
	r->types |= (int)opt->value;
	return 0;
}

#define VERB opt_set_int, offsetof(struct request, verb)
static const struct opt verbs[] = {
	{ 'M', "rename", NULL, "OLD NEW: another name for it", VERB, 'M' },
	{ 'N', "dry-run", NULL, "with -g: only print", opt_set_bool,
	    offsetof(struct request, dry), 0 },
	{ 'd', "delete", NULL, "let go of NAME ...", VERB, 'd' },
	{ 'g', "gc", NULL, "remove what was left half made", VERB, 'g' },
	{ 'l', "list", NULL, "list names and what they hold", VERB, 'l' },
	{ 'q', "query", NULL, "is all of NAME there?", VERB, 'q' },
	{ 't', "target", "REF", "keep the namespaces of REF, not new ones",
	    opt_set_string, offsetof(struct request, target), 0 },
	{ 0 },
};

static const struct opt type_rows[] = {
	{ 'C', "cgroup", NULL, "cgroup namespace", parse_type, 0,
	    CLONE_NEWCGROUP },
	{ 'T', "time", NULL, "time namespace", parse_type, 0,
	    UAPI_CLONE_NEWTIME },
	{ 'U', "user", NULL, "user namespace", parse_type, 0, CLONE_NEWUSER },
	{ 'i', "ipc", NULL, "IPC namespace", parse_type, 0, CLONE_NEWIPC },
	{ 'm', "mount", NULL, "mount namespace", parse_type, 0, CLONE_NEWNS },
	{ 'n', "net", NULL, "network namespace", parse_type, 0, CLONE_NEWNET },
	{ 'p', "pid", NULL, "PID namespace, of -t REF only", parse_type, 0,
	    CLONE_NEWPID },
	{ 'u', "uts", NULL, "UTS namespace", parse_type, 0, CLONE_NEWUTS },
	{ 0 },
};

static const struct opt_group groups[] = {
	{ "What to do", verbs, 0 },
	{ "Namespaces", type_rows, 0 },
	{ "User namespace", idmap_options, offsetof(struct request, idmap) },
	{ 0 },
};

static const struct opt_tool tool = {
	.name = "nspin",
	.synopsis = "nspin [-muinpUCT] [-t REF] NAME\n"
		    "nspin -d NAME ...\n"
		    "nspin -l [NAME ...]\n"
		    "nspin -q NAME\n"
		    "nspin -g [-N]\n"
		    "nspin -M OLD NEW",
	.purpose = "Keep namespaces under a name, and let go of them.",
	.status = EXIT_USAGE,
	.groups = groups,
};

/* Inside: all but the time namespace are there already. */
static _Noreturn void
hold(const struct request *r, const struct child *c, unsigned long long id)
{
	static const struct mnt_request mnt = MNT_REQUEST_DEFAULT;

	if ((r->types & UAPI_CLONE_NEWTIME) &&
	    unshare(UAPI_CLONE_NEWTIME) == -1)
		fail_errno(EXIT_NO, "cannot create the time namespace");
	if (r->types & CLONE_NEWNS) {
		mnt_propagate(&mnt);
		if (pin_young(id) == -1)
			fail_errno(EXIT_NO,
			    "no mount namespace that can be "
			    "kept");
	}
	child_executes(c);
	child_await(c);
	_exit(0);
}

/* Wait for its word that all is made, or for its failure. */
static void
await(const struct child *c)
{
	static struct fail_report report;
	ssize_t n;

	do
		n = read(c->sock, &report, sizeof(report));
	while (n == -1 && errno == EINTR);
	if (n == (ssize_t)sizeof(report))
		fail(EXIT_NO, "%s", report.line);
	if (n != 1)
		fail(EXIT_NO, "the helper process has died");
}

static void
keep_new(struct request *r, struct pin *pin)
{
	static struct child child;
	unsigned long long id = pin_mnt_id();
	int fd;

	if (child_start(&child, r->types & ~UAPI_CLONE_NEWTIME, -1))
		hold(r, &child, id);
	await(&child);
	if (r->types & CLONE_NEWUSER)
		idmap_install(child.pid, &r->maps);
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((r->types & ns_types[i].flag) == 0)
			continue;
		fd = ns_open(child.pid, &ns_types[i],
		    ns_types[i].flag == UAPI_CLONE_NEWTIME);
		if (fd == -1)
			fail_errno(EXIT_NO, "cannot open the new %s",
			    ns_types[i].words);
		pin_add(pin, &ns_types[i], fd, EXIT_NO);
		close(fd);
	}
	child_destroy(&child);
}

/* What was not asked for by letter need not be possible. */
static void
keep_target(const struct request *r, struct pin *pin, const struct ref *ref)
{
	size_t kept = 0;
	int fd;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((fd = ref->fd[i]) == -1)
			continue;
		if (r->types != 0 || ns_types[i].flag != CLONE_NEWNS)
			pin_add(pin, &ns_types[i], fd, EXIT_NO);
		else if (pin_try(pin, &ns_types[i], fd) == -1) {
			fail_warn("left out: the %s: %s", ns_types[i].words,
			    errno == ELOOP ? "it is our own or an older one" :
					     strerror(errno));
			continue;
		}
		kept++;
	}
	if (kept == 0)
		fail(EXIT_NO, "nothing there that can be kept");
}

static void
keep(struct request *r, const char *name)
{
	static struct pin pin;
	struct ref ref;
	const char *errstr;

	if (idmap_wanted(&r->idmap))
		r->types |= CLONE_NEWUSER;
	if (r->target == NULL && r->types == 0)
		opt_usage(&tool, "which namespaces?");
	if (r->target == NULL && (r->types & CLONE_NEWPID))
		opt_usage(&tool,
		    "-p: a PID namespace lives as long as its "
		    "init; keep that of a process with -t");
	if (idmap_resolve(&r->idmap, &r->maps, &errstr) == -1)
		fail(EXIT_USAGE, "%s", errstr);
	if (r->target != NULL &&
	    ref_resolve(r->target, r->types, &ref, &errstr) == -1)
		fail(EXIT_NO, "%s: %s", r->target, errstr);
	pin_begin(&pin, name, EXIT_NO);
	if (r->target == NULL)
		keep_new(r, &pin);
	else
		keep_target(r, &pin, &ref);
	pin_publish(&pin, name, EXIT_NO);
	fail_undone();
}

/* NAME and type:[inode] of each member; what is broken is said. */
static int
show(void *arg, const char *dir, const char *name)
{
	struct ns_identity id;
	int fd[NS_NTYPES], *status = arg;

	(void)dir;
	if (pin_lookup(name, fd) == -1) {
		fail_warn("%s: %s", name,
		    errno == EINVAL ? "not a namespace, or not mounted here" :
				      strerror(errno));
		*status = EXIT_NO;
		return 0;
	}
	printf("%s", name);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (fd[i] != -1 && ns_identify(fd[i], &id) == 0)
			printf(" %s:[%ju]", ns_types[i].name,
			    (uintmax_t)id.key.ino);
	printf("\n");
	pin_close(fd);
	return 0;
}

static int
list(char **names)
{
	int status = 0;

	if (*names == NULL && pin_each(show, &status) == -1)
		fail_errno(EXIT_NO, "cannot read the pin directory");
	for (; *names != NULL; names++)
		show(&status, NULL, *names);
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(EXIT_NO, "standard output");
	return status;
}

static int
query(const char *name)
{
	int fd[NS_NTYPES];

	if (pin_lookup(name, fd) == -1)
		fail_errno(EXIT_NO, "%s", name);
	pin_close(fd);
	return 0;
}

static int
let_go(char **names)
{
	int status = 0;

	for (; *names != NULL; names++) {
		if (pin_name_valid(*names) && pin_remove(*names) == 0)
			continue;
		fail_warn("%s: %s", *names,
		    !pin_name_valid(*names) ?
			"not a name" :
			errno == EXDEV ?
			"it is mounted in another mount namespace, not here" :
			errno == EINVAL ? "it holds what is no namespace" :
					  strerror(errno));
		status = EXIT_NO;
	}
	return status;
}

static void
say(const char *name)
{
	printf("%s\n", name);
}

static void
check_names(const struct request *r, int n, char **names)
{
	const char *need = r->verb == 'g' ? "" : r->verb == 'M' ? "12" : "1";

	if (r->verb != 'l' && r->verb != 'd' && n != (int)strlen(need))
		opt_usage(&tool,
		    n == 0 ? "NAME is missing" : "too many or too few names");
	if (r->verb == 'd' && n == 0)
		opt_usage(&tool, "NAME is missing");
	for (int i = 0; i < n && r->verb != 'd'; i++)
		if (!pin_name_valid(names[i]))
			fail(EXIT_USAGE,
			    "%s: not a name: letters, digits and "
			    "_.@+-, not digits alone",
			    names[i]);
	if (r->dry && r->verb != 'g')
		opt_usage(&tool, "-N needs -g");
}

int
main(int argc, char **argv)
{
	static struct request r = { .idmap = IDMAP_REQUEST_DEFAULT };
	char **names;

	setprogname("nspin");
	fail_canceled_as(EXIT_NO);
	file_guard_standard(EXIT_NO);
	names = argv + opt_parse(&tool, argc, argv, &r);
	check_names(&r, (int)(argv + argc - names), names);
	switch (r.verb) {
	case 'd':
		return let_go(names);
	case 'g':
		if (pin_clean(r.dry, say) == -1)
			fail_errno(EXIT_NO, "cannot clean the pin directory");
		return 0;
	case 'l':
		return list(names);
	case 'M':
		if (pin_rename(names[0], names[1]) == -1)
			fail_errno(EXIT_NO, "%s %s", names[0], names[1]);
		return 0;
	case 'q':
		return query(names[0]);
	default:
		keep(&r, names[0]);
		return 0;
	}
}
