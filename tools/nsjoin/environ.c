/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/ids/caps.h"
#include "tools/nsjoin/enter.h"
#include "tools/nsjoin/environ.h"
#include "tools/nsjoin/target.h"

/* What ld.so(8) of glibc and of musl ignore in the secure mode. */
static const char *const loader[] = { "GCONV_PATH", "GETCONF_DIR",
	"GLIBC_TUNABLES", "HOSTALIASES", "LD_*", "LOCALDOMAIN", "LOCPATH",
	"MALLOC_*", "MUSL_LOCPATH", "NIS_PATH", "NLSPATH", "RESOLV_HOST_CONF",
	"RES_OPTIONS", "TMPDIR", "TZDIR", NULL };

/* Where files are looked for that are run; ours are those of our caller. */
static const char *const places[] = { "PATH", "SHELL", NULL };

/*
 * From which files, or texts, usual commands take programs or code; as
 * sudo(8) has them and more.
 */
static const char *const sources[] = { "AWKLIBPATH", "AWKPATH", "BASHOPTS",
	"BASH_ENV", "BASH_FUNC_*", "BROWSER", "CDPATH", "CLASSPATH",
	"COMPILER_PATH", "EDITOR", "ENV", "EXINIT", "FPATH", "GCC_EXEC_PREFIX",
	"GIT_*", "GLOBIGNORE", "GTK_*", "HOME", "IFS", "JAVA_TOOL_OPTIONS",
	"JDK_JAVA_OPTIONS", "LESS*", "LUA_*", "MAKEFLAGS", "MANPAGER", "NODE_*",
	"NSPATH", "NSREF", "NULLCMD", "OPENSSL_*", "PAGER", "PATH_LOCALE",
	"PERL*", "PROMPT_COMMAND", "PS4", "PYTHON*", "QT_*", "READNULLCMD",
	"RUBY*", "SHELLOPTS", "SSH_ASKPASS", "SUDO_ASKPASS", "SYSTEMD_*",
	"TCLLIBPATH", "TERMCAP", "TERMINFO", "TERMINFO_DIRS", "TERMPATH",
	"TMPPREFIX", "VIMINIT", "VISUAL", "XDG_*", "ZDOTDIR", "_JAVA_OPTIONS",
	NULL };

/* Is the name of VAR ("NAME=value") in LIST? */
static bool
is_in(const char *const *list, const char *var)
{
	size_t len = strcspn(var, "="), n;

	for (; *list != NULL; list++) {
		n = strlen(*list);
		if ((*list)[n - 1] == '*' ?
			strncmp(var, *list, n - 1) == 0 :
			n == len && strncmp(var, *list, n) == 0)
			return true;
	}
	return false;
}

static bool
takes_all_rights(const struct enter *e)
{
	const struct actas_request *act = &e->r->act;

	return actas_takes(act, ACTAS_IDS) && actas_takes(act, ACTAS_GROUPS) &&
	    actas_takes(act, ACTAS_CAPS) && e->r->cred.user == NULL &&
	    e->r->cred.group == NULL;
}

/* Will the command have the IDs of the target? */
static bool
has_its_ids(const struct enter *e)
{
	uid_t uid = geteuid(), user = e->status.ids.uid[1];
	gid_t gid = getegid(), group = e->status.ids.gid[1];

	if (e->status.ids.uid[0] != user || e->status.ids.gid[0] != group ||
	    (e->r->act.on &&
		(e->r->cred.user != NULL || e->r->cred.group != NULL)) ||
	    request_is_name(e->r->cred.user) ||
	    request_is_name(e->r->cred.group))
		return false;
	if (actas_takes(&e->r->act, ACTAS_IDS))
		return true;
	if (!request_changes_ids(e->r, e->joins))
		return uid == user && gid == group &&
		    cred_same_groups(e->status.groups, e->status.ngroups);
	if ((e->joins & CLONE_NEWUSER) &&
	    (target_user_inside(&e->ref.proc, &user) == -1 ||
		target_group_inside(&e->ref.proc, &group) == -1))
		return false;
	return e->uid == user && e->gid == group;
}

/* Will it have no capability that the target lacks? */
static bool
has_its_caps(const struct enter *e)
{
	uint64_t caps = caps_permitted();

	if (e->joins & CLONE_NEWUSER)
		caps = caps_bounding(); /* setns(2) gives all */
	else if (geteuid() == 0 && e->status.ids.uid[1] != 0)
		caps = 0; /* setuid(2) takes them */
	return (caps & ~e->status.ids.caps.permitted) == 0;
}

/* Is VAR of the target kept from the command? */
static bool
is_left_out(const struct enter *e, const char *var)
{
	bool files = e->joins & CLONE_NEWNS; /* its own are to be run */

	if (takes_all_rights(e))
		return false;
	if (is_in(places, var))
		return !files;
	if (!is_in(loader, var) && (files || !is_in(sources, var)))
		return false;
	return !has_its_ids(e) || !has_its_caps(e);
}

static void
add_name(char names[ENVIRON_NAMES_MAX], const char *var)
{
	size_t len = strlen(names);

	snprintf(names + len, ENVIRON_NAMES_MAX - len, "%s%.*s",
	    len == 0 ? "" : ", ", (int)strcspn(var, "="), var);
}

/* Ours of the kind that leads to files; one of the target's is left out. */
static char *
our_variable(const char *name)
{
	size_t len = strlen(name);

	for (char **var = environ; var != NULL && *var != NULL; var++)
		if (strncmp(*var, name, len) == 0 && (*var)[len] == '=')
			return *var;
	return NULL;
}

/* LIST without what is not to be taken, and ours in its place. */
static char **
choose(const struct enter *e, char **list, char names[ENVIRON_NAMES_MAX])
{
	size_t n = 0, kept = 0;
	char **chosen;

	while (list[n] != NULL)
		n++;
	chosen = calloc(
	    n + sizeof(places) / sizeof(places[0]) + 1, sizeof(*chosen));
	if (chosen == NULL)
		fail_errno(EXIT_CANCELED, "environment of the target");
	for (size_t i = 0; i < n; i++) {
		if (!is_left_out(e, list[i]))
			chosen[kept++] = list[i];
		else
			add_name(names, list[i]);
	}
	for (const char *const *name = places; *name != NULL; name++)
		if (is_left_out(e, *name) &&
		    (chosen[kept] = our_variable(*name)) != NULL)
			kept++;
	return chosen;
}

char **
environ_read(const struct enter *e, char names[ENVIRON_NAMES_MAX])
{
	bool acts = actas_takes(&e->r->act, ACTAS_ENV);
	const char *why = NULL;
	char **list;

	names[0] = '\0';
	if (!e->r->env && !acts)
		return NULL;
	list = target_environ(&e->ref.proc);
	if (acts)
		why = target_secure(&e->ref.proc, &e->status);
	if (why != NULL)
		fail_why(EXIT_CANCELED, 0, actas_hint(&e->r->act, ACTAS_ENV),
		    "--act-as: environment of process %d: %s",
		    (int)e->ref.proc.pid, why);
	return choose(e, list, names);
}
