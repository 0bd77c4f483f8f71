/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "lib/scan/scan.h"
#include "tools/nsls/cells.h"
#include "tools/nsls/nsls.h"

#define HANDS_MAX 16
#define AT_A_TIME 32 /* rows: neighbours are often of one process */

struct work {
	const struct list *list;
	char **cells;
	atomic_size_t next;
};

/* One thread, with facts of its own. */
struct hand {
	struct work *work;
	struct facts facts;
	pthread_t thread;
};

static void
row_read(const struct list *l, size_t at, char **cell)
{
	struct row row = l->rows[at];

	row.list = l;
	for (size_t i = 0; i < l->ncolumns; i++)
		if (l->which[i]->beside)
			cell[i] = l->which[i]->value(&row);
}

static void
rows_read(struct work *w, struct facts *facts)
{
	struct list l = *w->list;
	size_t first, last;

	l.facts = facts;
	while ((first = atomic_fetch_add(&w->next, AT_A_TIME)) < l.n) {
		last = l.n - first < AT_A_TIME ? l.n : first + AT_A_TIME;
		for (; first < last; first++)
			row_read(&l, first, w->cells + first * l.ncolumns);
	}
}

static void *
hand_run(void *arg)
{
	struct hand *h = arg;

	rows_read(h->work, &h->facts);
	return NULL;
}

static void
hand_end(struct hand *h, struct facts *to)
{
	pthread_join(h->thread, NULL);
	if (to->lost == 0 || (to->failed == 0 && h->facts.failed > 0))
		to->errnum = h->facts.errnum;
	to->lost += h->facts.lost;
	to->failed += h->facts.failed;
	facts_free(&h->facts);
}

char **
cells_read(const struct list *l)
{
	struct hand hands[HANDS_MAX];
	struct work w = { .list = l };
	size_t wanted = scan_readers(l->n), n = 0;

	if (wanted < 2)
		return NULL;
	w.cells = memory_for(l->n * l->ncolumns, sizeof(*w.cells));
	for (; n + 1 < wanted && n < HANDS_MAX; n++) {
		hands[n].work = &w;
		facts_init(&hands[n].facts);
		if (pthread_create(
			&hands[n].thread, NULL, hand_run, &hands[n]) != 0)
			break;
	}
	rows_read(&w, l->facts);
	while (n > 0)
		hand_end(&hands[--n], l->facts);
	return w.cells;
}
