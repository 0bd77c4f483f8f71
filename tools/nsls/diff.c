/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/text.h"
#include "tools/nsls/nsls.h"

#define TROUBLE 2 /* as diff(1) has it: 1 is an answer */

static const struct ns_identity *
find(const struct target *t, const struct ns_type *type)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->id[i].type == type)
			return &t->id[i];
	return NULL;
}

static char *
number(const struct ns_identity *id)
{
	return id == NULL ? NULL : value_number(id->key.ino);
}

static bool
same(const struct ns_identity *a, const struct ns_identity *b)
{
	return ns_key_equal(&a->key, &b->key) &&
	    (a->id == b->id || a->id == 0 || b->id == 0);
}

/* One line a type that either has; how many both have, how many differ. */
static void
print_types(struct print *p, const struct target *t, int types, size_t *common,
    size_t *differ)
{
	const struct ns_identity *a, *b;
	char *cell[4];

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (types != 0 && (types & ns_types[i].flag) == 0)
			continue;
		a = find(&t[0], &ns_types[i]);
		b = find(&t[1], &ns_types[i]);
		if (a == NULL && b == NULL)
			continue;
		cell[0] = value_copy(ns_types[i].name);
		cell[1] = number(a);
		cell[2] = number(b);
		cell[3] = NULL;
		if (a != NULL && b != NULL) {
			cell[3] = value_text(
			    "%s", same(a, b) ? "same" : "differs");
			++*common;
			*differ += !same(a, b);
		}
		print_line(p, 0, cell);
	}
}

int
diff_print(const struct request *r, char **operands)
{
	struct column columns[] = { { .name = "TYPE" },
		{ .name = "FIRST", .kind = COLUMN_NUMBER },
		{ .name = "SECOND", .kind = COLUMN_NUMBER },
		{ .name = "RESULT" } };
	const struct column *which[4];
	char *heading[2] = { NULL, NULL };
	size_t common = 0, differ = 0;
	int types = r->types;
	struct target t[2];
	struct print *p;

	for (size_t i = 0; i < 4; i++)
		which[i] = &columns[i];
	for (size_t i = 0; i < 2; i++) {
		target_open(&t[i], operands[i], r->types, TROUBLE);
		if ((heading[i] = text_show(operands[i])) == NULL)
			fail_errno(TROUBLE, "table");
		if (!r->json) /* there names have to stay */
			columns[1 + i].name = heading[i];
	}
	/* A reference to one namespace is about its type alone. */
	for (size_t i = 0; i < 2; i++)
		if (t[i].one)
			types = t[i].id[0].type->flag;
	p = print_begin(r, "differences", which, 4, TREE_NONE);
	print_types(p, t, types, &common, &differ);
	if (common == 0)
		fail(TROUBLE, "%s and %s have no type of namespace in common",
		    operands[0], operands[1]);
	print_end(p);
	free(heading[0]);
	free(heading[1]);
	return differ > 0 ? 1 : 0;
}
