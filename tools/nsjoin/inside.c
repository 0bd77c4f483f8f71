/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/channel.h"
#include "lib/child/probe.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/proctext.h"
#include "lib/ref/join.h"
#include "lib/uapi.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/inside.h"

#define ENVIRON_MAX (64 << 20)

struct visit {
	struct ref ref; /* the mount namespace, and the user namespace for it */
	int channel;
};

/* In a child: send the root directory of the mount namespace. */
static void
send_root(void *arg, volatile int *step)
{
	struct visit *v = arg;
	int root;

	(void)step;
	join_enter(&v->ref, false, "-U");
	root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1 || channel_send_files(v->channel, "", 1, &root, 1) != 1)
		fail_errno(EXIT_CANCELED, "root directory inside");
}

static int
fetch_root(const struct enter *e)
{
	struct visit v = { .ref = e->ref };
	struct sigaction own, dfl = { .sa_handler = SIG_DFL };
	struct fail_report report;
	int end[2], root[CHANNEL_FILES_MAX];
	size_t n = 0;
	char byte;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if ((ns_types[i].flag & (CLONE_NEWNS | CLONE_NEWUSER)) == 0)
			v.ref.fd[i] = -1;
	if (channel_open(end) == -1 || sigaction(SIGCHLD, &dfl, &own) == -1)
		fail_errno(EXIT_CANCELED, "looking inside");
	v.channel = end[1];
	probe(send_root, &v, &report);
	if (report.line[0] != '\0')
		fail(report.status, "%s", report.line);
	if (channel_receive_files(end[0], &byte, 1, root, &n) != 1 || n != 1 ||
	    sigaction(SIGCHLD, &own, NULL) == -1)
		fail_errno(EXIT_CANCELED, "looking inside");
	file_close(end[0]);
	file_close(end[1]);
	return root[0];
}

/* Will the command have another root directory than we have? */
static bool
is_elsewhere(const struct enter *e)
{
	return (e->joins & CLONE_NEWNS) || e->root_fd != -1;
}

/* The root directory of the command. */
static int
open_root(const struct enter *e)
{
	int root;

	if (e->root_fd != -1)
		return e->root_fd;
	if (e->joins & CLONE_NEWNS)
		return fetch_root(e);
	root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1)
		fail_errno(EXIT_CANCELED, "root directory");
	return root;
}

static _Noreturn void
refuse(const char *option, const char *name, const char *errstr)
{
	alias_value(option, name);
	fail(EXIT_CANCELED, "--%s %s: %s", option, name, errstr);
}

static void
look_up_user(struct enter *e, int root)
{
	const char *name = e->r->cred.user, *errstr;
	struct passwd_user u;

	if (!request_is_name(name))
		return;
	if ((is_elsewhere(e) ? passwd_user(root, name, 0, &u, &errstr) :
			       cred_parse_user(name, &u.uid, &errstr)) == -1)
		refuse("setuid", name, errstr);
	e->uid = u.uid;
}

static void
look_up_group(struct enter *e, int root)
{
	const char *name = e->r->cred.group, *errstr;

	if (!request_is_name(name))
		return;
	if ((is_elsewhere(e) ? passwd_group(root, name, &e->gid, &errstr) :
			       cred_parse_group(name, &e->gid, &errstr)) == -1)
		refuse("setgid", name, errstr);
}

/* --init-groups: those of the user, with the one of passwd(5) first. */
static void
look_up_groups(struct enter *e, int root)
{
	struct inside *in = &e->inside;
	const char *errstr;

	if (e->r->cred.group == NULL)
		e->gid = in->user.gid;
	in->sets_groups = true;
	if (passwd_groups(
		root, in->user.name, in->groups, &in->ngroups, &errstr) == -1)
		fail(EXIT_CANCELED, "--init-groups: %s", errstr);
	for (size_t i = 0; i < in->ngroups; i++)
		if (in->groups[i] == in->user.gid)
			return;
	if (in->ngroups < PASSWD_GROUPS_MAX)
		in->groups[in->ngroups++] = in->user.gid;
}

/* The user ID of the command, as it is called in there. */
static uid_t
final_user(const struct enter *e)
{
	if (e->r->cred.user != NULL || request_becomes_root(e->r, e->joins))
		return e->uid;
	if (e->r->act.on)
		return e->act.ids.uid[1];
	return geteuid();
}

static const char *
variable(const struct enter *e, const char *name)
{
	char **list = e->environ != NULL ? e->environ : environ;
	size_t len = strlen(name);

	for (; list != NULL && *list != NULL; list++)
		if (strncmp(*list, name, len) == 0 && (*list)[len] == '=')
			return *list + len + 1;
	return NULL;
}

/* Is PATH, at most, a program below ROOT? */
static bool
is_program(int root, const char *path)
{
	struct stat st;
	bool is;
	int fd;

	if (path == NULL || path[0] != '/')
		return false;
	fd = uapi_open_in_root(root, path, O_PATH | O_CLOEXEC);
	is = fd != -1 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & 0111) != 0;
	if (fd != -1)
		file_close(fd);
	return is;
}

static void
choose_shell(struct enter *e, int root, const struct passwd_user *u)
{
	const char *shell = variable(e, "SHELL");

	if (e->r->login || !is_program(root, shell))
		shell = u != NULL ? u->shell : NULL;
	e->inside.shell = is_program(root, shell) ? shell : _PATH_BSHELL;
}

/* Does one of the directories of PATH, below ROOT, have NAME? */
static bool
has_program(int root, const char *path, const char *name)
{
	char try[4096];
	int len;

	for (;; path += len + 1) {
		len = (int)strcspn(path, ":");
		snprintf(try, sizeof(try), "%.*s/%s", len, path, name);
		if (is_program(root, try))
			return true;
		if (path[len] == '\0')
			return false;
	}
}

/* PATH of the target process; NULL: it has none, or it is not ours to read. */
static const char *
path_of_target(const struct enter *e)
{
	char *text, **list;
	size_t len, n;

	text = file_get_all(e->ref.proc.dir, "environ", ENVIRON_MAX, &len);
	if (text == NULL)
		return NULL;
	n = proctext_environ(text, len, NULL, 0) + 1;
	if ((list = calloc(n, sizeof(*list))) == NULL)
		return NULL;
	proctext_environ(text, len, list, n);
	for (; *list != NULL; list++)
		if (strncmp(*list, "PATH=", 5) == 0)
			return *list + 5;
	return NULL;
}

/* A container may keep its commands where nothing of ours looks. */
static void
find_command(struct enter *e, const char *name)
{
	const char *path = variable(e, "PATH");
	int root = e->root_fd;

	if ((e->joins & CLONE_NEWNS) == 0 || e->environ != NULL ||
	    e->program_fd != -1 || e->ref.proc.dir == -1 ||
	    strchr(name, '/') != NULL)
		return;
	if (root == -1)
		root = openat(
		    e->ref.proc.dir, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root == -1 ||
	    has_program(root, path != NULL ? path : _PATH_DEFPATH, name))
		return;
	path = path_of_target(e);
	if (path != NULL && has_program(root, path, name))
		e->inside.path = path;
	else
		e->inside.lost = true;
}

void
inside_look(struct enter *e, char *const argv[])
{
	bool shell = argv[0] == NULL && e->program_fd == -1;
	const struct enter_request *r = e->r;
	struct inside *in = &e->inside;
	const char *errstr;
	int root = -1;

	if (!shell && e->program_fd == -1)
		find_command(e, argv[0]);
	if (request_is_name(r->cred.user) || request_is_name(r->cred.group) ||
	    r->init_groups || r->login || (shell && is_elsewhere(e)))
		root = open_root(e);
	look_up_user(e, root);
	look_up_group(e, root);
	if (root == -1)
		return;
	in->login = passwd_user(
			root, NULL, final_user(e), &in->user, &errstr) == 0;
	if (!in->login && (r->init_groups || r->login))
		fail(EXIT_CANCELED, "--%s: user %u: %s",
		    r->init_groups ? "init-groups" : "login",
		    (unsigned)final_user(e), errstr);
	if (r->init_groups)
		look_up_groups(e, root);
	if (shell && (is_elsewhere(e) || r->login))
		choose_shell(e, root, in->login ? &in->user : NULL);
}

static void
set(const char *name, const char *value)
{
	if (setenv(name, value, 1) == -1)
		fail_errno(EXIT_CANCELED, "environment");
}

void
inside_environ(const struct enter *e)
{
	const struct inside *in = &e->inside;

	if (e->r->login) {
		set("HOME", in->user.home);
		set("USER", in->user.name);
		set("LOGNAME", in->user.name);
		set("SHELL", in->user.shell);
	}
	if (in->shell != NULL)
		set("SHELL", in->shell);
	if (in->path != NULL)
		set("PATH", in->path);
}
