/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/opt.h"
#include "lib/pace.h"
#include "lib/ref/ref.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define LOOK_MS 20 /* between looks, unless they are dear */

/* Which namespace, never held open, and a process that was in it. */
struct watched {
	struct ns_identity id;
	pid_t pid;  /* 0: none known */
	bool asked; /* the kernel opens it for us by its id */
};

static bool
in_process(const struct watched *w)
{
	char path[64], text[64], want[64];
	ssize_t len;

	if (w->pid == 0)
		return false;
	ns_path(path, sizeof(path), w->pid, w->id.type);
	snprintf(want, sizeof(want), "%s:[%ju]", w->id.type->name,
	    (uintmax_t)w->id.key.ino);
	len = readlink(path, text, sizeof(text) - 1);
	text[len > 0 ? len : 0] = '\0';
	return strcmp(text, want) == 0;
}

/* Is NS the one?  Another one may have its number by now. */
static bool
is_it(const struct watched *w, const struct scan_ns *ns)
{
	if (w->id.key.ino != 0 && w->id.key.ino != ns->ino)
		return false;
	if (w->id.key.ino == 0)
		return ns->id == w->id.id;
	return ns->id == w->id.id || ns->id == 0 || w->id.id == 0;
}

static bool
among(struct watched *w, const struct scan *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_it(w, s->ns[i])) {
			w->id.type = s->ns[i]->type;
			w->id.key.ino = s->ns[i]->ino;
			w->id.id = s->ns[i]->id;
			w->pid = s->ns[i]->pid;
			return true;
		}
	w->pid = 0;
	return false;
}

/* Is there something that could not be seen?  It may live there still. */
static bool
tell_unseen(const struct request *r, const struct scan_unseen *unseen)
{
	char line[512];
	const char *words = scan_incomplete(unseen, line, sizeof(line));

	if (words != NULL && !r->quiet)
		fail_warn("%s: gone, as far as can be seen: %s%s", r->gone,
		    words, geteuid() == 0 ? "" : " (root sees more)");
	return words != NULL;
}

/*
 * Look for it in every place; descriptors on their way only once nothing else
 * is found.  False: it has died; *UNSURE: as far as can be seen.
 */
static bool
anywhere(struct watched *w, const struct request *r, bool *unsure)
{
	struct scan_request q = {
		.types = w->id.type != NULL ? w->id.type->flag : NS_ALL_FLAGS,
		.want = SCAN_EVERYWHERE | SCAN_ID | SCAN_NPROCS,
		.only = w->id.key.ino != 0 ? &w->id.key.ino : NULL,
		.nonly = w->id.key.ino != 0
	};
	const char *errstr;
	bool found = false;
	struct scan s;

	for (int last = 0; !found && last <= 1; last++) {
		if (last)
			q.want |= SCAN_QUEUES;
		if (scan_all(&s, &q, &errstr) == -1)
			fail(1, "/proc: %s", errstr);
		found = among(w, &s);
		if (!found && last)
			*unsure = !w->asked && tell_unseen(r, &s.unseen);
		scan_free(&s);
	}
	return found;
}

/* Does the kernel still open it?  For a moment alone. */
static bool
in_kernel(struct watched *w)
{
	int fd;

	if (w->id.id == 0 || w->id.type == NULL)
		return false;
	if ((fd = ns_open_id(&w->id)) == -1)
		return false;
	close(fd);
	return w->asked = true;
}

/*
 * One look.  What the kernel has opened before and opens no more has died, or a
 * socket is all that it has.
 */
static bool
lives(struct watched *w, const struct request *r, bool *unsure)
{
	return in_kernel(w) || in_process(w) || anywhere(w, r, unsure);
}

/* We would keep it alive ourselves. */
static void
refuse_own(const struct request *r, const struct watched *w)
{
	struct ns_key key;

	if (ns_key_self(w->id.type, &key) == 0 && key.ino == w->id.key.ino)
		fail(1,
		    "--wait-gone %s: this process is in that %s and would "
		    "wait for ever",
		    r->gone, w->id.type->words);
}

/*
 * What REF means.  A number needs no looking up: where there is no such
 * namespace any more, the wait is over.
 */
static size_t
watch_for(const struct request *r, struct watched *w)
{
	struct ref_name name;
	const char *errstr;
	struct target t;

	if (ref_parse(r->gone, &name, &errstr) == -1)
		opt_usage(&nsls_tool, "%s: %s", r->gone, errstr);
	if (ref_check(&name, &errstr) == -1)
		fail(1, "%s: %s", r->gone, errstr);
	if (name.nsteps == 0 &&
	    (name.kind == REF_INODE || name.kind == REF_ID)) {
		w->id.type = ns_type_by_flag(name.types);
		w->id.key.ino = name.kind == REF_INODE ? name.number : 0;
		w->id.id = name.kind == REF_ID ? name.number : 0;
		return 1;
	}
	target_open(&t, r->gone, r->types, 1);
	for (size_t i = 0; i < t.n; i++)
		w[i].id = t.id[i];
	return t.n;
}

int
gone_wait(const struct request *r)
{
	struct pace pace = {
		.least = LOOK_MS, .most = LOOK_MS, .share = PACE_SHARE
	};
	struct watched w[NS_NTYPES] = { 0 };
	bool unsure, incomplete = false;
	size_t n = watch_for(r, w);

	for (size_t i = 0; i < n; i++) {
		unsure = false;
		while (pace_begin(&pace), lives(&w[i], r, &unsure)) {
			refuse_own(r, &w[i]);
			pace_sleep(NULL, 0, pace_end(&pace));
		}
		incomplete |= unsure;
	}
	return incomplete ? 1 : 0;
}
