/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/pace.h"
#include "lib/pin/pin.h"
#include "lib/ref/join.h"
#include "lib/ref/ref.h"
#include "lib/uapi.h"
#include "tools/nsjoin/target.h"
#include "tools/nsjoin/wait.h"

#define ASK_MIN_MS 1
#define ASK_MAX_MS 50
#define LOOK_AGAIN_MS 1000 /* though inotify(7) is silent */
#define MAPS_MS 1000	   /* for a new user namespace to get its maps */

static int
parse_wait(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct wait_request *r = at;

	(void)opt;
	r->on = true;
	return arg == NULL ? 0 : clock_parse(arg, &r->ms, errstr);
}

const struct opt wait_options[] = {
	{ 0, "wait", .arg = "[TIME]",
	    .help = "wait for the target and for namespaces of its own",
	    .parse = parse_wait },
	{ 0 },
};

/* What one look has found. */
enum look {
	LOOK_ABSENT,   /* it is not there */
	LOOK_UNUSABLE, /* it is, but cannot be opened (yet) */
	LOOK_SHARED,   /* its namespaces are ours */
	LOOK_UNMAPPED, /* its user namespace has no maps */
	LOOK_READY,
};

struct waiting {
	const char *ref;
	struct ref_name name;
	int types;
	struct proc proc;   /* once it has been seen; none before */
	const char *errstr; /* of LOOK_UNUSABLE */
};

static bool
exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

/*
 * Is there such a process?  One that has been seen stays the one we wait for;
 * with an identity there is but one that it can ever be.
 */
static bool
process_exists(struct waiting *w)
{
	const struct ref_name *n = &w->name;

	if (w->proc.pid != 0 && proc_alive(&w->proc) == -1)
		fail_why(EXIT_CANCELED, ESRCH, "it has ended",
		    "--wait: process %d", (int)w->proc.pid);
	if (w->proc.pid != 0)
		return true;
	if (proc_open(&w->proc, (pid_t)n->number, n->kind == REF_THREAD) ==
	    -1) {
		if (n->ino != 0 && errno == ESRCH)
			fail_why(EXIT_CANCELED, ESRCH, "it has ended",
			    "--wait: %s", w->ref);
		return false;
	}
	if (n->ino != 0 && w->proc.ino != n->ino)
		fail(EXIT_CANCELED,
		    "--wait: %s: it has ended, and its number is another "
		    "one's now",
		    w->ref);
	return true;
}

static bool
is_there(struct waiting *w)
{
	char dir[PIN_PATH_MAX];

	switch (w->name.kind) {
	case REF_PROCESS:
	case REF_THREAD:
	case REF_PROCESS_FD:
		return process_exists(w);
	case REF_PATH:
		return exists(w->name.text);
	case REF_NAME:
		/* That of a container, perhaps, of a scheme of the site. */
		return strchr(w->name.text, ':') != NULL ||
		    pin_find(w->name.text, dir, sizeof(dir));
	default:
		return true;
	}
}

static enum look
look(struct waiting *w)
{
	enum look found;
	struct ref ref;
	int own;

	if (!is_there(w))
		return LOOK_ABSENT;
	if (ref_resolve(w->ref, w->types, &ref, &w->errstr) == -1)
		return LOOK_UNUSABLE;
	own = join_differing(&ref);
	found = LOOK_READY;
	if (own == 0 || (own & w->types) != w->types)
		found = LOOK_SHARED;
	else if ((own & CLONE_NEWUSER) && ref.proc.dir != -1 &&
	    !target_has_maps(&ref.proc))
		found = LOOK_UNMAPPED;
	ref_close(&ref);
	return found;
}

/* Have NOTIFY report what appears in the directory of PATH or above it. */
static void
watch_directory(int notify, const char *path)
{
	char dir[PIN_PATH_MAX];
	char *slash;

	strlcpy(dir, path, sizeof(dir));
	while (*dir != '\0' &&
	    inotify_add_watch(notify, dir,
		IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF) == -1) {
		if ((slash = strrchr(dir, '/')) == NULL)
			strlcpy(dir, ".", sizeof(dir));
		else
			slash[slash == dir] = '\0';
		if (errno != ENOENT)
			return;
	}
}

/* Have NOTIFY report when the next look may find more. */
static void
watch_for(const struct waiting *w, int notify)
{
	char dir[PIN_PATH_MAX];

	if (notify == -1)
		return;
	if (w->name.kind == REF_PATH)
		watch_directory(notify, w->name.text);
	if (w->name.kind == REF_NAME)
		for (size_t i = 0; pin_dir(i, dir, sizeof(dir)); i++)
			watch_directory(notify, dir);
}

/* When to look again, as clock_ms tells it, if nothing is reported. */
static int64_t
next_look(
    struct pace *pace, const struct waiting *w, enum look found, int notify)
{
	int64_t due = pace_end(pace);

	/* What asks an engine costs it, not us. */
	if ((found == LOOK_ABSENT && notify != -1) ||
	    w->name.kind == REF_CONTAINER)
		return clock_ms() + LOOK_AGAIN_MS;
	return due;
}

/* Sleep until there may be news, or UNTIL; drop what inotify said. */
static void
sleep_until_news(const struct waiting *w, int notify, int64_t until)
{
	struct pollfd fds[2] = { { .fd = w->proc.pidfd, .events = POLLIN },
		{ .fd = notify, .events = POLLIN } };
	char buf[4096];

	if (pace_sleep(fds, 2, until) == 0)
		return;
	if (fds[0].revents != 0)
		fail_why(EXIT_CANCELED, ESRCH, "it has ended",
		    "--wait: process %d", (int)w->proc.pid);
	if (fds[1].revents != 0)
		while (read(notify, buf, sizeof(buf)) > 0)
			continue;
}

static _Noreturn void
give_up(const struct wait_request *r, const struct waiting *w, enum look found)
{
	double s = (double)r->ms / 1000;
	bool is_name = w->name.kind == REF_NAME;
	bool is_file = is_name && exists(w->name.text);
	char distrusted[PIN_PATH_MAX] = "";

	if (is_name)
		(void)pin_distrusted(distrusted, sizeof(distrusted));
	if (found == LOOK_ABSENT)
		fail(EXIT_CANCELED,
		    "--wait: %s has not appeared in %g s%s%s%s%s", w->ref, s,
		    is_file ? "; there is a file: write ./" : "",
		    is_file ? w->name.text : "", *distrusted ? "; " : "",
		    distrusted);
	if (found == LOOK_UNUSABLE)
		fail(EXIT_CANCELED, "--wait: %s after %g s: %s", w->ref, s,
		    w->errstr);
	fail(EXIT_CANCELED, "--wait: %s has not left our namespaces in %g s",
	    w->ref, s);
}

int64_t
wait_deadline(const struct wait_request *r)
{
	return r->ms != 0 ? clock_ms() + r->ms : INT64_MAX;
}

void
wait_ref(
    const struct wait_request *r, int64_t deadline, const char *ref, int types)
{
	struct waiting w = {
		.ref = ref, .types = types, .proc = { .pidfd = -1, .dir = -1 }
	};
	struct pace pace = {
		.least = ASK_MIN_MS, .most = ASK_MAX_MS, .share = PACE_SHARE
	};
	int64_t due, unmapped = 0;
	enum look found;
	int notify = -1;

	if (ref_parse(ref, &w.name, &w.errstr) == -1 ||
	    ref_check(&w.name, &w.errstr) == -1)
		fail(EXIT_CANCELED, "%s: %s", ref, w.errstr);
	if (w.name.kind == REF_PATH || w.name.kind == REF_NAME)
		notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	for (;;) {
		watch_for(&w, notify);
		pace_begin(&pace);
		if ((found = look(&w)) == LOOK_READY)
			break;
		if (found == LOOK_UNMAPPED && unmapped == 0)
			unmapped = clock_ms();
		if (found == LOOK_UNMAPPED && clock_ms() - unmapped >= MAPS_MS)
			break;
		if (clock_ms() >= deadline)
			give_up(r, &w, found);
		due = next_look(&pace, &w, found, notify);
		sleep_until_news(&w, notify, due < deadline ? due : deadline);
	}
	if (notify != -1)
		close(notify);
	proc_close(&w.proc);
}
