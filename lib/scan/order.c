/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lib/scan/order.h"
#include "lib/scan/table.h"

static int
by_inode(const void *a, const void *b)
{
	const struct scan_ns *const *x = a, *const *y = b;

	return ((*x)->ino > (*y)->ino) - ((*x)->ino < (*y)->ino);
}

static int
by_pid(const void *a, const void *b)
{
	const pid_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
by_mount(const struct scan_holder *x, const struct scan_holder *y)
{
	if (x->mntns != y->mntns)
		return (x->mntns > y->mntns) - (x->mntns < y->mntns);
	return strcmp(x->path, y->path);
}

static int
by_holder(const void *a, const void *b)
{
	const struct scan_holder *x = *(struct scan_holder *const *)a;
	const struct scan_holder *y = *(struct scan_holder *const *)b;

	if (x->kind != y->kind)
		return (x->kind > y->kind) - (x->kind < y->kind);
	if (x->kind == SCAN_MOUNT)
		return by_mount(x, y);
	if (x->kind == SCAN_CHILD || x->kind == SCAN_OWNED)
		return (x->ns->ino > y->ns->ino) - (x->ns->ino < y->ns->ino);
	if (x->pid != y->pid)
		return (x->pid > y->pid) - (x->pid < y->pid);
	return (x->number > y->number) - (x->number < y->number);
}

/* Link the N holders again, a mount that two processes have shown once. */
static void
link_holders(struct scan_ns *ns, struct scan_holder **all, size_t n)
{
	ns->holders = ns->last = all[0];
	ns->nholders = 1;
	for (size_t i = 1; i < n; i++) {
		if (all[i]->kind == SCAN_MOUNT &&
		    by_holder(&ns->last, &all[i]) == 0)
			continue;
		ns->last->next = all[i];
		ns->last = all[i];
		ns->nholders++;
	}
	ns->last->next = NULL;
}

/* The same order in each run, however many threads have read. */
static int
sort_holders(struct scan_ns *ns)
{
	struct scan_holder **all, *h;
	size_t n = 0;

	for (h = ns->holders; h != NULL; h = h->next)
		n++;
	if (n < 2)
		return 0;
	if ((all = calloc(n, sizeof(*all))) == NULL)
		return -1;
	n = 0;
	for (h = ns->holders; h != NULL; h = h->next)
		all[n++] = h;
	qsort(all, n, sizeof(*all), by_holder);
	link_holders(ns, all, n);
	free(all);
	return 0;
}

static bool
is_listed(const struct scan_request *r, const struct scan_ns *ns)
{
	return (r->types & ns->type->flag) != 0 && ns->wanted &&
	    (r->pid == 0 || ns->nprocs > 0);
}

int
scan_choose(struct scan_reader *r, struct scan_ns ***list, size_t *n)
{
	static const struct scan_holder only_listed = { .kind = SCAN_LISTED };
	const struct scan_table *t = r->table;
	struct scan_ns *ns;

	if ((*list = calloc(t->n + 1, sizeof(**list))) == NULL)
		return -1;
	for (ns = t->first; ns != NULL; ns = ns->next) {
		if (!is_listed(r->request, ns))
			continue;
		if (ns->holders == NULL)
			scan_hold(r, ns, &only_listed);
		(*list)[(*n)++] = ns;
		if (ns->npids > 1)
			qsort(ns->pids, ns->npids, sizeof(pid_t), by_pid);
		if (sort_holders(ns) == -1)
			return -1;
	}
	qsort(*list, *n, sizeof(**list), by_inode);
	return 0;
}
