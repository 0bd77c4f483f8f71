/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/pin/pin.h"
#include "lib/reason/reason.h"
#include "lib/ref/ref.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"
#include "tools/nsls/table.h"

/* The inodes that the operands name. */
struct wanted {
	struct target *target;
	ino_t *ino;
	size_t ntargets, n;
};

static void
say_as_lsns(const char *operand)
{
	if (operand[strspn(operand, "0123456789")] != '\0')
		alias_fail(0, "invalid namespace argument: '%s'", operand);
	alias_fail(0, "not found namespace: %s", operand);
}

static void
wanted_resolve(
    struct wanted *w, struct list *l, char **operands, int n, int *status)
{
	const char *errstr;
	struct target *t;

	w->target = memory_for((size_t)n, sizeof(*w->target));
	w->ino = memory_for((size_t)n * NS_NTYPES, sizeof(*w->ino));
	w->ntargets = w->n = 0;
	l->members = n > 0 && !l->r->persistent && !l->r->dot &&
	    (l->r->tree == TREE_NONE || l->r->tree == TREE_PROCESS);
	for (int i = 0; i < n; i++) {
		t = &w->target[w->ntargets];
		if (target_resolve(t, operands[i], l->r->types, &errstr) ==
		    -1) {
			say_as_lsns(operands[i]);
			fail_warn("%s: %s", operands[i], errstr);
			*status = 1;
			continue;
		}
		l->members &= t->one;
		w->ntargets++;
		for (size_t k = 0; k < t->n; k++)
			w->ino[w->n++] = t->id[k].key.ino;
	}
}

/* Why process PID cannot be read: ERRSTR, or what the other tools say, too. */
static _Noreturn void
fail_process(pid_t pid, const char *errstr)
{
	const char *why = NULL;
	char path[32], link[64];
	struct ref ref;
	int error;

	snprintf(path, sizeof(path), "/proc/%d/ns/uts", (int)pid);
	error = readlink(path, link, sizeof(link)) == -1 ? errno : 0;
	if (error == EACCES)
		why = reason_process(pid);
	if (error == ENOENT) {
		snprintf(path, sizeof(path), "%d", (int)pid);
		if (ref_resolve(path, 0, &ref, &errstr) == -1)
			fail(1, "%s: %s", path, errstr);
	}
	fail_why(1, 0, why, "/proc/%d: %s", (int)pid, errstr);
}

static void
scan_or_exit(struct list *l, const struct scan_request *q)
{
	const char *errstr;

	if (scan_all(&l->scan, q, &errstr) == 0)
		return;
	if (q->pid != 0)
		fail_process(q->pid, errstr);
	fail(1, "/proc: %s", errstr);
}

/* The namespaces of one process: its own files tell which. */
static void
scan_process(struct list *l, struct scan_request *q, bool counts)
{
	struct scan_request alone = *q;
	ino_t *ino;

	alone.pid = l->pid;
	scan_or_exit(l, &alone);
	/* Those of its threads are found among all. */
	if (l->r->threads) {
		scan_free(&l->scan);
		scan_or_exit(l, q);
		return;
	}
	if (!counts)
		return;
	ino = memory_for(l->scan.n, sizeof(*ino));
	for (size_t i = 0; i < l->scan.n; i++)
		ino[i] = l->scan.ns[i]->ino;
	q->only = ino;
	q->nonly = l->scan.n;
	scan_free(&l->scan);
	scan_or_exit(l, q);
	free(ino);
}

static void
scan_for(struct list *l, const struct wanted *w, unsigned more)
{
	const struct request *r = l->r;
	unsigned want = column_want(l) | more |
	    (alias_has(ALIAS_LOWEST) ? SCAN_NPROCS | WANT_COUNTS : 0);
	struct scan_request q = { .types = r->types ? r->types : NS_ALL_FLAGS,
		.want = SCAN_EVERYWHERE | (want & ~WANT_COUNTS) };

	if (r->scm)
		q.want |= SCAN_QUEUES;
	if (r->leaders)
		q.want &= ~(unsigned)SCAN_THREADS;
	if (r->threads)
		q.want |= SCAN_HOLDERS;
	if (r->persistent)
		q.want |= SCAN_NPROCS;
	if (l->members || r->dot)
		q.want |= SCAN_PIDS;
	if (l->tree == TREE_OWNER || l->tree == TREE_PARENT || r->dot)
		q.want |= SCAN_UP;
	if (l->tree == TREE_PROCESS || r->dot)
		q.want |= SCAN_NPROCS;
	if (r->watch)
		q.want |= SCAN_ID | SCAN_NPROCS;
	if (r->dot) {
		q.want |= SCAN_HOLDERS;	  /* for STATE */
		q.types |= CLONE_NEWUSER; /* the boxes */
	}
	if (w->n > 0) {
		q.only = w->ino;
		q.nonly = w->n;
	}
	if (l->pid != 0)
		scan_process(l, &q, want & WANT_COUNTS);
	else
		scan_or_exit(l, &q);
}

static void
tell_missing(const struct list *l, const struct wanted *w, int *status)
{
	const struct target *t;

	for (size_t i = 0; i < w->ntargets; i++) {
		t = &w->target[i];
		for (size_t k = 0; k < t->n; k++) {
			if (scan_find(&l->scan, t->id[k].type,
				t->id[k].key.ino) != NULL)
				continue;
			fail_warn("%s: no such namespace to be seen", t->text);
			*status = 1;
			break;
		}
	}
}

static void
row_add(struct list *l, struct filter *f, const struct scan_ns *ns, pid_t pid)
{
	struct row *row = &l->rows[l->n];

	*row = (struct row){ .list = l, .ns = ns, .pid = pid };
	row->above = ROW_NONE;
	if (filter_match(f, row))
		l->n++;
}

/* The first thread that is in NS without its leader, where that is asked. */
static pid_t
thread_of(const struct list *l, const struct scan_ns *ns)
{
	if (l->r->threads)
		for (const struct scan_holder *h = ns->holders; h; h = h->next)
			if (h->kind == SCAN_THREAD)
				return h->number;
	return 0;
}

static int
compare_pids(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

/* The processes in NS, and its threads where that is asked. */
static void
members_add(struct list *l, struct filter *f, const struct scan_ns *ns)
{
	size_t first = l->n;

	for (size_t i = 0; i < ns->npids; i++)
		row_add(l, f, ns, ns->pids[i]);
	if (!l->r->threads)
		return;
	for (const struct scan_holder *h = ns->holders; h; h = h->next)
		if (h->kind == SCAN_THREAD)
			row_add(l, f, ns, h->number);
	qsort(l->rows + first, l->n - first, sizeof(*l->rows), compare_pids);
}

/* NS, if process PID is in it, or a thread of its is. */
static void
parts_add(struct list *l, struct filter *f, const struct scan_ns *ns, pid_t pid)
{
	for (const struct scan_holder *h = ns->holders; h; h = h->next)
		if (h->pid == pid && h->kind == SCAN_PROCESS)
			row_add(l, f, ns, pid);
		else if (h->pid == pid && h->kind == SCAN_THREAD)
			row_add(l, f, ns, h->number);
}

static void
rows_make(struct list *l, struct filter *f)
{
	bool parts = l->pid != 0 && l->r->threads;
	const struct scan_ns *ns;
	size_t n = l->scan.n;
	pid_t pid;

	for (size_t i = 0; (l->members || parts) && i < l->scan.n; i++)
		n += l->scan.ns[i]->npids + l->scan.ns[i]->nholders;
	l->rows = memory_for(n, sizeof(*l->rows));
	for (size_t i = 0; i < l->scan.n; i++) {
		ns = l->scan.ns[i];
		if (l->members)
			members_add(l, f, ns);
		if (parts)
			parts_add(l, f, ns, l->pid);
		if (l->members || parts)
			continue;
		if (l->r->persistent && ns->nprocs > 0)
			continue;
		pid = l->pid != 0 && !alias_has(ALIAS_LOWEST) ? l->pid :
								ns->pid;
		row_add(l, f, ns, pid != 0 ? pid : thread_of(l, ns));
	}
}

/* lsns is silent about a PID whose namespaces are not to be seen. */
static bool
is_nobody(pid_t pid)
{
	char path[64], text[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", (int)pid);
	return pid != 0 && alias_has(ALIAS_NOBODY) &&
	    readlink("/proc/self/ns/mnt", text, sizeof(text)) != -1 &&
	    readlink(path, text, sizeof(text)) == -1;
}

/* The column that a tree of processes is drawn in. */
static bool
has_command(const struct list *l)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (strcmp(l->which[i]->name, "COMMAND") == 0)
			return true;
	return false;
}

/* Without a word about it, as lsns shows processes to a person. */
static bool
is_tree(const struct list *l)
{
	const struct request *r = l->r;

	if (r->tree != TREE_NONE || r->list || r->null)
		return false;
	if (alias_has(ALIAS_TREE))
		return (l->members || !r->everything) && has_command(l);
	return l->members && !r->json && !r->raw;
}

void
list_make(struct list *l, const struct request *r, char **operands, int n,
    int *status)
{
	struct filter *filter = filter_new(r->filter);
	struct wanted w;

	memset(l, 0, sizeof(*l));
	l->r = r;
	l->facts = memory_for(1, sizeof(*l->facts));
	facts_init(l->facts);
	wanted_resolve(&w, l, operands, n, status);
	if (r->task != NULL)
		l->pid = target_process(r->task);
	column_choose(l);
	l->tree = r->tree != TREE_NONE ? r->tree :
	    is_tree(l)		       ? TREE_PROCESS :
					 TREE_NONE;
	if ((n == 0 || w.n > 0) && !is_nobody(l->pid)) {
		scan_for(l, &w, filter_want(filter));
		tell_missing(l, &w, status);
		rows_make(l, filter);
		column_container(l);
	}
	filter_free(filter);
	free(w.target);
	free(w.ino);
}

void
list_free(struct list *l)
{
	networks_free(l->facts->networks);
	facts_free(l->facts);
	free(l->facts);
	free(l->rows);
	scan_free(&l->scan);
}

/* In a pipe nobody asked, to a person it is worth a line that is easily read
 * over. */
static void
hint(const struct request *r, const char *words)
{
	bool color = table_may_color();

	if (r->quiet || r->json || r->raw || r->null ||
	    isatty(STDOUT_FILENO) != 1 || isatty(STDERR_FILENO) != 1)
		return;
	print_flush();
	dprintf(STDERR_FILENO, "%s%s%s\n", color ? "\033[2m" : "", words,
	    color ? "\033[0m" : "");
}

bool
list_unseen(const struct request *r, const struct scan *s,
    const struct facts *f, bool found)
{
	char line[512], lost[128] = "", all[700], distrusted[PIN_PATH_MAX];
	const char *words = scan_incomplete(&s->unseen, line, sizeof(line));
	bool fails = r->strict || !found || s->unseen.failed > 0 ||
	    f->failed > 0;

	if (f->lost > 0)
		snprintf(lost, sizeof(lost),
		    "%s%zu value%s could not be read: %s", words ? "; " : "",
		    f->lost, f->lost == 1 ? "" : "s", strerror(f->errnum));
	if (f->distrusts && !r->quiet &&
	    pin_distrusted(distrusted, sizeof(distrusted)))
		fail_warn("names are passed over: %s", distrusted);
	if (words == NULL && f->lost == 0)
		return f->distrusts;
	snprintf(
	    all, sizeof(all), "incomplete: %s%s", words ? words : "", lost);
	if (!fails)
		hint(r, all);
	else if (!r->quiet)
		fail_warn("%s", all);
	return fails || f->distrusts;
}
