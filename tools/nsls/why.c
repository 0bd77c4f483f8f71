/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <search.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/fail.h"
#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

enum {
	WHY_NS,
	WHY_TYPE,
	WHY_KIND,
	WHY_HOLDER,
	WHY_MNTNS,
	WHY_PID,
	WHY_COMMAND
};

static const struct column columns[] = {
	[WHY_NS] = { .name = "NS", .kind = COLUMN_NUMBER },
	[WHY_TYPE] = { .name = "TYPE" },
	[WHY_KIND] = { .name = "KIND" },
	[WHY_HOLDER] = { .name = "HOLDER" },
	[WHY_MNTNS] = { .name = "MNTNS" },
	[WHY_PID] = { .name = "PID", .kind = COLUMN_NUMBER },
	[WHY_COMMAND] = { .name = "COMMAND", .share = 0.25 },
};

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

/* What commands there are: most processes hold several of the namespaces. */
struct commands {
	struct facts *facts;
	void *tree; /* of struct command */
};

struct command {
	pid_t pid;
	char *text;
};

static int
by_pid(const void *a, const void *b)
{
	const struct command *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

static void
command_free(void *arg)
{
	struct command *c = arg;

	free(c->text);
	free(c);
}

/* The command of PID, or NULL. */
static char *
command_of(struct commands *all, pid_t pid)
{
	struct command wanted = { .pid = pid }, *c;
	struct command **found = tfind(&wanted, &all->tree, by_pid);

	if (found != NULL)
		return value_copy((*found)->text);
	if ((wanted.text = process_command(all->facts, pid)) == NULL)
		return NULL;
	c = memory_for(1, sizeof(*c));
	*c = wanted;
	if (tsearch(c, &all->tree, by_pid) == NULL)
		fail_errno(1, "holders");
	return value_copy(c->text);
}

static void
print_holder(struct print *p, struct commands *commands,
    const struct scan_ns *ns, const struct scan_holder *h)
{
	char *cell[NCOLUMNS] = { NULL };

	cell[WHY_NS] = value_number(ns->ino);
	cell[WHY_TYPE] = value_copy(ns->type->name);
	cell[WHY_KIND] = value_copy(scan_kind_name(h->kind));
	if ((cell[WHY_HOLDER] = scan_holder_text(h)) == NULL)
		fail_errno(1, "holders");
	if (h->kind == SCAN_MOUNT && h->mntns != 0)
		cell[WHY_MNTNS] = value_text("mnt:[%ju]", (uintmax_t)h->mntns);
	/* Whose mount table it was read from holds nothing. */
	if (h->pid != 0 && h->kind != SCAN_MOUNT) {
		cell[WHY_PID] = value_text("%d", (int)h->pid);
		cell[WHY_COMMAND] = command_of(commands, h->pid);
	}
	print_line(p, 0, cell);
}

/* What the N targets stand for, found again in S. */
static int
print_targets(const struct request *r, const struct scan *s, struct facts *f,
    const struct target *target, size_t n, bool *told)
{
	struct commands commands = { .facts = f };
	const struct column *which[NCOLUMNS];
	const struct scan_ns *ns;
	const struct target *t;
	struct print *p;
	char words[256];
	const char *unseen = NULL;
	int status = 0;

	*told = false;
	if (!r->quiet)
		unseen = scan_incomplete(&s->unseen, words, sizeof(words));
	for (size_t i = 0; i < NCOLUMNS; i++)
		which[i] = &columns[i];
	p = print_begin(r, "holders", which, NCOLUMNS, TREE_NONE);
	for (size_t i = 0; i < n; i++) {
		t = &target[i];
		for (size_t k = 0; k < t->n; k++) {
			ns = scan_find(s, t->id[k].type, t->id[k].key.ino);
			if (ns == NULL) {
				fail_warn("%s: no such namespace to be seen"
					  "%s%s",
				    t->text, unseen ? "; incomplete: " : "",
				    unseen ? unseen : "");
				*told = unseen != NULL;
				status = 1;
				continue;
			}
			for (const struct scan_holder *h = ns->holders; h;
			     h = h->next)
				print_holder(p, &commands, ns, h);
		}
	}
	print_end(p);
	tdestroy(commands.tree, command_free);
	return status;
}

int
why_print(const struct request *r, char **operands, int n)
{
	struct target *target = memory_for((size_t)n, sizeof(*target));
	ino_t *ino = memory_for((size_t)n * NS_NTYPES, sizeof(*ino));
	size_t ntargets = 0, nino = 0;
	const char *errstr;
	struct facts facts;
	struct scan s;
	bool told;
	int status = 0;

	facts_init(&facts);

	for (int i = 0; i < n; i++) {
		struct target *t = &target[ntargets];

		if (target_resolve(t, operands[i], r->types, &errstr) == -1) {
			fail_warn("%s: %s", operands[i], errstr);
			status = 1;
			continue;
		}
		ntargets++;
		for (size_t k = 0; k < t->n; k++)
			ino[nino++] = t->id[k].key.ino;
	}
	if (nino > 0) {
		if (scan_holders(
			&s, NS_ALL_FLAGS, ino, nino, r->scm, &errstr) == -1)
			fail(1, "/proc: %s", errstr);
		status |= print_targets(r, &s, &facts, target, ntargets, &told);
		if (!told)
			status |= list_unseen(r, &s, &facts, true);
		facts_free(&facts);
		scan_free(&s);
	}
	free(target);
	free(ino);
	return status;
}
