/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/file.h"
#include "lib/ref/container.h"

#define CGROUP_MAX 16384
#define SHORT_ID 12 /* digits that engines print: never a name by chance */

/* Containers that one text may mean, each process once. */
struct candidates {
	const char *name;
	struct container list[CONTAINERS_MAX];
	size_t n;
};

/* Only C, if it is that; where it runs differs by engine, its process not. */
static void
add(struct candidates *all, const struct container *c)
{
	for (size_t i = 0; i < all->n; i++)
		if (c->pid != 0 && all->list[i].pid == c->pid)
			return;
	if (all->n < CONTAINERS_MAX)
		all->list[all->n++] = *c;
}

static void
add_of_program(void *arg, const char *scheme)
{
	struct candidates *all = arg;
	const char *errstr;
	struct container c;

	if (container_by_program(scheme, all->name, &c, &errstr) == 0)
		add(all, &c);
}

/* In any engine. */
static void
find_anywhere(struct candidates *all)
{
	struct container list[CONTAINERS_MAX];
	size_t n;

	n = container_by_cgroup(
	    "container", all->name, list, CONTAINERS_MAX, NULL);
	for (size_t i = 0; i < n; i++)
		add(all, &list[i]);
	container_each_program(add_of_program, all);
}

static int
say_several(const struct candidates *all, const char **errstr)
{
	char text[1024] = "", one[CONTAINER_ID_MAX + 64];

	for (size_t i = 0; i < all->n; i++) {
		const struct container *c = &all->list[i];

		snprintf(one, sizeof(one), "%s%s%s%s (%s%d)", i > 0 ? ", " : "",
		    c->scheme, c->id[0] == '/' ? " " : ":",
		    c->id[0] != '\0' ? c->id : all->name,
		    c->pid != 0 ? "pid:" : "stopped, pid ", (int)c->pid);
		strlcat(text, one, sizeof(text));
	}
	return ref_say(errstr, "ambiguous: %s", text);
}

/* Does the engine's word for it mean that it runs? */
static bool
runs(const struct container *c)
{
	static const char *const words[] = { "", "running", "RUNNING",
		"CONTAINER_RUNNING", "degraded" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(c->state, words[i]) == 0)
			return c->pid != 0;
	return false;
}

static int
say_paused(const struct container *c, const char **errstr)
{
	return ref_say(errstr,
	    "it is paused: process %d is frozen until it is unpaused",
	    (int)c->pid);
}

static int
say_idle(const struct container *c, const char **errstr)
{
	if (strcasecmp(c->state, "paused") == 0 ||
	    strcasecmp(c->state, "frozen") == 0)
		return say_paused(c, errstr);
	return ref_say(errstr, "it is stopped%s%s%s",
	    c->state[0] != '\0' ? " (" : "", c->state,
	    c->state[0] != '\0' ? ")" : "");
}

/* There is none, but somebody's process that says so. */
static int
say_doubted(const struct container *c, const char **errstr)
{
	return ref_say(errstr,
	    "not believed: process %d is in a cgroup of that name, which user "
	    "%ju has made (pid:%d is that process)",
	    (int)c->pid, (uintmax_t)c->maker, (int)c->pid);
}

/* By its cgroup, and where that does not tell, by its program. */
static int
find(const struct ref_name *n, struct candidates *all, const char **errstr)
{
	bool of_engine = strcmp(n->scheme, "unit") != 0;
	/* A short one may be a name: the engine is asked first. */
	bool name = container_is_id(n->text, 1) &&
	    !container_is_id(n->text, SHORT_ID);
	struct container c, doubted = { .pid = 0 };

	if (strcmp(n->scheme, "container") == 0) {
		find_anywhere(all);
		return all->n > 0 ? 0 : ref_say(errstr, "no engine has one");
	}
	if (name && container_by_program(n->scheme, n->text, &c, errstr) == 0) {
		add(all, &c);
		return 0;
	}
	if (container_may_tell(n->scheme, n->text))
		all->n = container_by_cgroup(
		    n->scheme, n->text, all->list, CONTAINERS_MAX, &doubted);
	if (all->n > 0)
		return 0;
	if (of_engine && !name &&
	    container_by_program(n->scheme, n->text, &c, errstr) == 0) {
		add(all, &c);
		return 0;
	}
	if (doubted.pid != 0)
		return say_doubted(&doubted, errstr);
	return of_engine ?
	    -1 :
	    ref_say(errstr, "no process is in a cgroup of that unit");
}

/*
 * PROC is held now, by its number alone: is it still that of C?  Its cgroup
 * tells, or else the program, asked again.
 */
static int
check_again(const struct ref_name *n, const struct container *c,
    const struct proc *proc, const char **errstr)
{
	char text[CGROUP_MAX];
	struct container now;
	bool same = false;

	if (proc->dir != -1 &&
	    file_get(proc->dir, "cgroup", text, sizeof(text)) != -1) {
		same = container_is_cgroup(text, n->text, c) ||
		    (container_in_cgroup(text, &now) && c->id[0] != '\0' &&
			strcmp(now.id, c->id) == 0);
		if (same && container_is_frozen(text))
			return say_paused(c, errstr);
	}
	if (!same && strcmp(c->scheme, "unit") != 0)
		same = container_by_program(c->scheme, n->text, &now, errstr) ==
			0 &&
		    now.pid == c->pid;
	if (!same || proc_alive(proc) == -1)
		return ref_say(errstr,
		    "it has ended, or was restarted, while it was looked up");
	return 0;
}

int
ref_open_container(
    const struct ref_name *n, struct proc *proc, const char **errstr)
{
	struct candidates all = { .name = n->text };
	const struct container *c = &all.list[0];

	if (find(n, &all, errstr) == -1)
		return -1;
	if (all.n > 1)
		return say_several(&all, errstr);
	if (!runs(c))
		return say_idle(c, errstr);
	if (proc_open(proc, c->pid, false) == -1)
		return ref_say(errstr, "process %d: %s", (int)c->pid,
		    errno == ESTALE || errno == ESRCH ? "it has ended" :
							strerror(errno));
	if (check_again(n, c, proc, errstr) == 0)
		return 0;
	proc_close(proc);
	return -1;
}

bool
ref_container_named(const char *name)
{
	struct candidates all = { .name = name };

	if (!ref_may_be_container(name))
		return false;
	find_anywhere(&all);
	return all.n > 0;
}
