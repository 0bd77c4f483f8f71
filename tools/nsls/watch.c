/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/pace.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

#define SETTLE 5    /* looks at what is new, which may become another */
#define RARELY 1000 /* one part of a CPU for looks that should show nothing */

/* What was told with a plus, until it is told with a minus. */
struct known {
	ino_t ino;
	uint64_t id; /* 0: the kernel has none, or we may not know it */
	int type;
	char **cell;
};

struct watch {
	const struct request *r;
	struct print *print;
	const struct column *which[COLUMNS_MAX];
	size_t ncolumns;
	struct known *known; /* by inode */
	size_t n;
	uint64_t *ids; /* as the kernel has listed them last, or NULL */
	size_t nids;
	bool lists_all; /* the kernel does */
	struct labels names;
	bool tells_names; /* NAME is one of the columns */
	int settle;	  /* looks that come without a reason of their own */
	bool told;	  /* that something could not be seen */
};

/* An inode number is used again, often at once; an id never. */
static bool
is_same(const struct known *k, const struct scan_ns *ns)
{
	return k->ino == ns->ino && k->type == ns->type->flag &&
	    (k->id == ns->id || k->id == 0 || ns->id == 0);
}

static struct known
tell_come(struct watch *w, const struct list *l, const struct row *row)
{
	struct known k = { row->ns->ino, row->ns->id, row->ns->type->flag,
		memory_for(l->ncolumns, sizeof(*k.cell)) };

	for (size_t i = 0; i < l->ncolumns; i++)
		k.cell[i] = l->which[i]->value(row);
	print_change(w->print, '+', k.cell, NULL);
	w->settle = SETTLE;
	return k;
}

/* Is TEXT, of a column that is told HOW, another value than WAS? */
static bool
is_another(int how, const char *was, const char *text)
{
	if (was == NULL || text == NULL)
		return was != text && (how == TELL_ANY || text != NULL);
	return strcmp(was, text) != 0;
}

/*
 * The columns that a script waits for are compared: how many processes there
 * are changes all the time.  All are told as they are now.
 */
static void
tell_changed(struct watch *w, struct known *k, const struct row *row)
{
	char *cell[COLUMNS_MAX] = { NULL };
	bool changed[COLUMNS_MAX] = { false }, any = false;

	for (size_t i = 0; i < w->ncolumns; i++) {
		if (w->which[i]->tell == TELL_NOT)
			continue;
		cell[i] = w->which[i]->value(row);
		changed[i] = is_another(w->which[i]->tell, k->cell[i], cell[i]);
		any |= changed[i];
	}
	for (size_t i = 0; i < w->ncolumns; i++) {
		if (!any) {
			free(cell[i]);
			continue;
		}
		free(k->cell[i]);
		k->cell[i] = w->which[i]->tell == TELL_NOT ?
		    w->which[i]->value(row) :
		    cell[i];
	}
	if (any) {
		print_change(w->print, '~', k->cell, changed);
		w->settle = SETTLE;
	}
}

static void
tell_gone(struct watch *w, struct known *k)
{
	print_change(w->print, '-', k->cell, NULL);
	for (size_t i = 0; i < w->ncolumns; i++)
		free(k->cell[i]);
	free(k->cell);
}

/*
 * Which of those that L does not show are there all the same?  A process may
 * hand one on while we read: the second look is at them alone.
 */
static void
look_again(const struct watch *w, const ino_t *ino, size_t n, struct scan *s)
{
	struct scan_request q = { .types = NS_ALL_FLAGS,
		.want = SCAN_EVERYWHERE | SCAN_ID | SCAN_NPROCS |
		    (w->r->scm ? SCAN_QUEUES : 0),
		.only = ino,
		.nonly = n };
	const char *errstr;

	if (scan_all(s, &q, &errstr) == -1)
		fail(1, "/proc: %s", errstr);
}

/* The row of K, or NULL; both are sorted, *AT is where to go on. */
static const struct row *
row_of(const struct list *l, const struct known *k, size_t *at)
{
	while (*at < l->n && l->rows[*at].ns->ino < k->ino)
		++*at;
	return *at < l->n && is_same(k, l->rows[*at].ns) ? &l->rows[*at] : NULL;
}

/* Tell which have gone and forget them. */
static void
forget(struct watch *w, const struct list *l)
{
	ino_t *ino = memory_for(w->n, sizeof(*ino));
	const struct scan_ns *ns;
	size_t missing = 0, at = 0, kept = 0;
	struct scan again = { 0 };

	for (size_t i = 0; i < w->n; i++)
		if (row_of(l, &w->known[i], &at) == NULL)
			ino[missing++] = w->known[i].ino;
	if (missing > 0)
		look_again(w, ino, missing, &again);
	at = 0;
	for (size_t i = 0; i < w->n; i++) {
		if (row_of(l, &w->known[i], &at) == NULL) {
			ns = scan_find(&again, NULL, w->known[i].ino);
			if (ns == NULL || !is_same(&w->known[i], ns) ||
			    (w->r->persistent && ns->nprocs > 0)) {
				tell_gone(w, &w->known[i]);
				continue;
			}
		}
		w->known[kept++] = w->known[i];
	}
	w->n = kept;
	if (missing > 0)
		scan_free(&again);
	free(ino);
}

/*
 * Where others of its type have an id, one without it that a process was in
 * has gone before it could be opened: it is none to be told of.
 */
static void
drop_gone(struct list *l)
{
	const struct scan_ns *ns;
	size_t n = 0;
	int have = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->rows[i].ns->id != 0)
			have |= l->rows[i].ns->type->flag;
	for (size_t i = 0; i < l->n; i++) {
		ns = l->rows[i].ns;
		if (ns->id != 0 || (have & ns->type->flag) == 0 ||
		    ns->nprocs == 0)
			l->rows[n++] = l->rows[i];
	}
	l->n = n;
}

/* Tell which are new; what is known stays in the order of inodes. */
static void
learn(struct watch *w, const struct list *l)
{
	struct known *all = memory_for(w->n + l->n, sizeof(*all));
	size_t n = 0, old = 0;

	for (size_t i = 0; i < l->n; i++) {
		while (old < w->n && w->known[old].ino < l->rows[i].ns->ino)
			all[n++] = w->known[old++];
		if (old < w->n && is_same(&w->known[old], l->rows[i].ns)) {
			if (w->known[old].id == 0)
				w->known[old].id = l->rows[i].ns->id;
			tell_changed(w, &w->known[old], &l->rows[i]);
			all[n++] = w->known[old++];
		} else
			all[n++] = tell_come(w, l, &l->rows[i]);
	}
	while (old < w->n)
		all[n++] = w->known[old++];
	free(w->known);
	w->known = all;
	w->n = n;
}

static int
compare_ids(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Does the kernel list for us whatever we have found a process in? */
static bool
lists_all(const struct watch *w, const struct list *l)
{
	const struct scan_ns *ns;

	for (size_t i = 0; w->ids != NULL && i < l->n; i++) {
		ns = l->rows[i].ns;
		if (ns->nprocs > 0 &&
		    bsearch(&ns->id, w->ids, w->nids, sizeof(ns->id),
			compare_ids) == NULL)
			return false;
	}
	/* With -P and -Q it matters who is in it, too. */
	return w->ids != NULL && !w->r->persistent && w->r->filter == NULL;
}

static void
look(struct watch *w)
{
	struct list l;
	int status = 0;

	list_make(&l, w->r, NULL, 0, &status);
	if (w->print == NULL) {
		w->ncolumns = l.ncolumns;
		memcpy(w->which, l.which, sizeof(w->which));
		for (size_t i = 0; i < l.ncolumns; i++)
			w->tells_names |= strcmp(l.which[i]->name, "NAME") == 0;
		w->print = print_changes(w->r, w->which, l.ncolumns);
	}
	if (w->settle > 0)
		w->settle--;
	drop_gone(&l);
	forget(w, &l);
	learn(w, &l);
	w->lists_all = lists_all(w, &l);
	if (!w->told)
		w->told = list_unseen(w->r, &l.scan, l.facts, true);
	list_free(&l);
}

/* A name is a file: no namespace comes or goes with it. */
static bool
names_differ(struct watch *w)
{
	struct facts f;
	struct labels was = w->names;
	bool same;

	if (!w->tells_names)
		return false;
	facts_init(&f);
	facts_names(&f);
	same = labels_same(&was, &f.names);
	labels_free(&was);
	w->names = f.names;
	f.names = (struct labels){ 0 };
	facts_free(&f);
	return !same;
}

/*
 * Has anything come or gone?  Where the kernel lists all that a process is in
 * (Linux 6.19) we need not look to know: ids are never used again.
 */
static bool
may_differ(struct watch *w)
{
	int types = w->r->types != 0 ? w->r->types : NS_ALL_FLAGS;
	uint64_t *ids;
	ssize_t n = ns_list(types, &ids);
	bool same;

	if (n == -1)
		return true;
	same = w->lists_all && w->ids != NULL && (size_t)n == w->nids &&
	    memcmp(ids, w->ids, w->nids * sizeof(*ids)) == 0;
	free(w->ids);
	w->ids = ids;
	w->nids = (size_t)n;
	return !same;
}

/*
 * One look may see the beginning of an interval late and the next one its end
 * early, each by as long as a look takes: so much shorter is the pause.
 */
int
watch_run(const struct request *r)
{
	struct pollfd reader = { .fd = STDOUT_FILENO, .events = 0 };
	struct pace ask = {
		.least = r->interval, .most = r->interval, .share = PACE_SHARE
	};
	struct pace all = {
		.least = r->interval, .most = r->interval, .share = RARELY
	};
	struct watch w = { .r = r };
	int64_t due = 0, next, begin;

	for (;;) {
		begin = clock_ms();
		pace_begin(&ask);
		/* Both, for each keeps what it has seen. */
		if ((int)may_differ(&w) + names_differ(&w) > 0 ||
		    w.settle > 0 || begin >= due) {
			pace_begin(&all);
			look(&w);
			due = pace_end(&all);
		}
		next = pace_end(&ask) - (clock_ms() - begin);
		if (next < ask.soonest)
			next = ask.soonest;
		if (pace_sleep(&reader, 1, next) > 0)
			return 0; /* nobody reads any more */
	}
}
