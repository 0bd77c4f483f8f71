/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/json.h"
#include "lib/pin/pin.h"
#include "lib/ref/join.h"
#include "lib/ref/ref.h"
#include "lib/text.h"
#include "tools/nspin/nspin.h"

enum { NAME, KIND, AGE, ALIVE, NAMESPACES, NCOLUMNS };

static const char *const headings[NCOLUMNS] = { "NAME", "KIND", "AGE", "ALIVE",
	"NAMESPACES" };

struct row {
	char *text[NCOLUMNS];
};

struct table {
	const struct request *r;
	time_t now;
	dev_t nsfs; /* 0: not known */
	size_t n, size;
	struct row *row;
	int status;
};

static char *
copy(const char *text)
{
	char *s = strdup(text);

	if (s == NULL)
		fail_errno(EXIT_NO, "list");
	return s;
}

static char *
escape(const char *name)
{
	char *s = text_show(name);

	if (s == NULL)
		fail_errno(EXIT_NO, "list");
	return s;
}

static struct row *
add_row(struct table *t)
{
	struct row *row;
	size_t size = t->size == 0 ? 64 : 2 * t->size;

	if (t->n == t->size) {
		if ((row = reallocarray(t->row, size, sizeof(*row))) == NULL)
			fail_errno(EXIT_NO, "list");
		t->row = row;
		t->size = size;
	}
	row = &t->row[t->n++];
	memset(row, 0, sizeof(*row));
	return row;
}

/* One unit is enough for a person: 59s, 59m, 23h, 365d. */
static void
format_age(const struct table *t, time_t since, char *buf, size_t size)
{
	long long age = (long long)t->now - since;

	if (age < 0)
		age = 0;
	if (since == 0)
		strlcpy(buf, "-", size);
	else if (t->r->null)
		snprintf(buf, size, "%lld", age);
	else if (age < 60)
		snprintf(buf, size, "%llds", age);
	else if (age < 3600)
		snprintf(buf, size, "%lldm", age / 60);
	else if (age < 86400)
		snprintf(buf, size, "%lldh", age / 3600);
	else
		snprintf(buf, size, "%lldd", age / 86400);
}

/* TYPE:[INODE] of each member; one that is out of reach has no inode. */
static void
format_members(const struct pin_info *info, char *buf, size_t size)
{
	char word[48];

	buf[0] = '\0';
	for (size_t i = 0; i < NS_NTYPES; i++) {
		if (!info->has[i])
			continue;
		if (info->id[i].key.ino != 0)
			snprintf(word, sizeof(word), "%s:[%ju]",
			    ns_types[i].name, (uintmax_t)info->id[i].key.ino);
		else
			snprintf(word, sizeof(word), "%s:-", ns_types[i].name);
		if (buf[0] != '\0')
			strlcat(buf, " ", size);
		strlcat(buf, word, size);
	}
	if (buf[0] == '\0')
		strlcpy(buf, "-", size);
}

/* Is all of it alive: YES, NO, or what stands for UNKNOWN. */
static const char *
alive(const struct pin_info *info, const char *yes, const char *no,
    const char *unknown)
{
	if (info->kind == NULL)
		return no;
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i] && info->state[i] != PIN_LIVE &&
		    info->state[i] != PIN_UNSEEN)
			return no;
	return pin_is(info, PIN_LIVE) ? yes : unknown;
}

static void
add_to_table(struct table *t, const char *name, const struct pin_info *info)
{
	struct row *row = add_row(t);
	char text[512];

	row->text[NAME] = t->r->null ? copy(name) : escape(name);
	row->text[KIND] = copy(info->kind == NULL ? "-" : info->kind);
	format_age(t, info->since, text, sizeof(text));
	row->text[AGE] = copy(text);
	row->text[ALIVE] = copy(alive(info, "yes", "no", "?"));
	format_members(info, text, sizeof(text));
	row->text[NAMESPACES] = copy(text);
}

static void
print_member_json(const struct pin_info *info, size_t i, const char *sep)
{
	const struct ns_identity *id = &info->id[i];

	printf("%s{\"type\":\"%s\",\"inode\":", sep, ns_types[i].name);
	if (info->fd[i] != -1)
		printf("%ju,\"id\":", (uintmax_t)id->key.ino);
	else
		printf("null,\"id\":");
	if (info->fd[i] != -1 && id->id != 0)
		printf("%ju", (uintmax_t)id->id);
	else
		printf("null");
	/* All reasons are texts of ours or strerror(3)'s: no escapes. */
	printf(",\"alive\":%s,\"why\":",
	    info->why[i] == NULL	     ? "true" :
		info->state[i] == PIN_UNSEEN ? "null" :
					       "false");
	if (info->why[i] == NULL)
		printf("null}");
	else
		printf("\"%s\"}", info->why[i]);
}

static void
print_name_json(const char *name)
{
	char *text = escape(name);

	putchar('"');
	json_put(text, strlen(text));
	putchar('"');
	free(text);
}

static void
print_json(struct table *t, const char *name, const struct pin_info *info)
{
	const char *sep = "";

	printf("%s\n   {\"name\":", t->n++ == 0 ? "" : ",");
	print_name_json(name);
	printf(",\"kind\":");
	if (info->kind == NULL)
		printf("null");
	else
		printf("\"%s\"", info->kind);
	printf(",\"holder\":");
	if (info->holder == 0)
		printf("null");
	else
		printf("%d", (int)info->holder);
	printf(",\"age\":");
	if (info->since == 0)
		printf("null");
	else
		printf("%lld", (long long)t->now - info->since);
	printf(",\"alive\":%s,\"namespaces\":[",
	    alive(info, "true", "false", "null"));
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i]) {
			print_member_json(info, i, sep);
			sep = ",";
		}
	printf("]}");
}

/* NAME in the directory that is open as RUN, or (-1) wherever it is. */
static int
look(const struct table *t, int run, const char *name, struct pin_info *info)
{
	if (run == -1 || t->r->json)
		return pin_look(NULL, name, info);
	return pin_glance(run, name, t->nsfs, info);
}

static int
show(void *arg, int run, const char *dir, const char *name)
{
	struct table *t = arg;
	struct pin_info info;

	(void)dir;
	if (look(t, run, name, &info) == -1) {
		/* Let go of while we looked; else a name without any. */
		if (run != -1 && errno == ENOENT)
			return 0;
		if (errno != EINVAL && errno != ENXIO) {
			fail_warn("%s: %s", name,
			    pin_missing(name, errno, info.refused));
			t->status = EXIT_NO;
			return 0;
		}
	}
	pin_seek_init(&info);
	for (size_t i = 0; i < NS_NTYPES; i++)
		/* What is another's and may not be seen is no error in a list
		 * of all there is. */
		if (info.errnum[i] != 0 &&
		    (run == -1 ||
			(info.errnum[i] != EACCES &&
			    info.errnum[i] != EPERM))) {
			fail_warn("%s: %s: %s", name, ns_types[i].words,
			    strerror(info.errnum[i]));
			t->status = EXIT_NO;
		}
	if (t->r->json)
		print_json(t, name, &info);
	else
		add_to_table(t, name, &info);
	pin_close(info.fd);
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return strcmp(x->text[NAME], y->text[NAME]);
}

static void
print_row(const struct row *row, const size_t width[NCOLUMNS], bool null)
{
	for (int c = 0; c < NCOLUMNS; c++) {
		if (null)
			printf("%s%c", row->text[c], '\0');
		else if (c == NCOLUMNS - 1)
			printf("%s\n", row->text[c]);
		else
			printf("%s%*s ", row->text[c],
			    (int)(width[c] - text_width(row->text[c])), "");
	}
}

static void
print_table(const struct table *t)
{
	bool head = !t->r->no_headings && !t->r->holder && !t->r->null;
	size_t width[NCOLUMNS] = { 0 }, len;
	struct row first;

	for (int c = 0; c < NCOLUMNS; c++) {
		first.text[c] = copy(headings[c]);
		width[c] = head ? strlen(headings[c]) : 0;
		for (size_t i = 0; i < t->n; i++)
			if ((len = text_width(t->row[i].text[c])) > width[c])
				width[c] = len;
	}
	if (head && t->n > 0)
		print_row(&first, width, false);
	for (size_t i = 0; i < t->n; i++)
		print_row(&t->row[i], width, t->r->null);
}

int
nspin_list(const struct request *r, char **names)
{
	struct table t = { .r = r, .now = time(NULL) };
	static char buf[1 << 16];
	struct ns_key net;

	/* Mostly one write, whose errno is then known. */
	(void)setvbuf(stdout, buf, _IOFBF, sizeof(buf));

	if (!r->json && *names == NULL &&
	    ns_key_self(ns_type_by_flag(CLONE_NEWNET), &net) == 0)
		t.nsfs = net.dev;
	if (r->json)
		printf("{\n   \"pins\": [");
	if (*names == NULL && nspin_each(show, &t) != 0)
		t.status = EXIT_NO;
	for (; *names != NULL; names++)
		show(&t, -1, NULL, *names);
	if (r->json)
		printf("%s]\n}\n", t.n == 0 ? "" : "\n   ");
	else {
		if (t.n > 0)
			qsort(t.row, t.n, sizeof(*t.row), by_name);
		print_table(&t);
	}
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(EXIT_NO, "standard output");
	return t.status;
}

/* Enter all of it in a child, which fails in words where it may not. */
static void
try_to_enter(const struct pin_info *info)
{
	static struct child child;
	struct ref ref = { .proc = { .pidfd = -1, .dir = -1 } };

	if (child_start(&child, 0)) {
		memcpy(ref.fd, info->fd, sizeof(ref.fd));
		if (join_differing(&ref) != 0)
			join_enter(&ref, false, NULL);
		_exit(0);
	}
	if (fail_receive(child.channel, NULL, 0) == -1)
		fail_errno(EXIT_NO, "receiving from the helper process");
	child_destroy(&child);
	fail_undone();
}

/* What is not there, or not alive; more of it where it is not mounted here. */
static void
report(
    struct stale *st, const char *name, const struct pin_info *info, size_t i)
{
	char where[256];

	if (info->state[i] != PIN_EMPTY) {
		fail_warn("%s: %s: %s", name, ns_types[i].words, info->why[i]);
		return;
	}
	(void)stale_where(st, name, where, sizeof(where));
	fail_warn("%s: %s: %s", name, ns_types[i].words, where);
}

int
nspin_query(const char *name)
{
	struct stale stale = { .looked = false };
	struct pin_info info;
	char where[256];
	int status = 0;

	if (pin_look(NULL, name, &info) == -1) {
		if (errno != ENXIO)
			fail(EXIT_NO, "%s: %s", name,
			    errno == EINVAL ?
				"what has that name is no namespace" :
				pin_missing(name, errno, info.refused));
		(void)stale_where(&stale, name, where, sizeof(where));
		fail(EXIT_NO, "%s: %s", name, where);
	}
	pin_seek_init(&info);
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info.has[i] && info.state[i] != PIN_LIVE) {
			report(&stale, name, &info, i);
			status = EXIT_NO;
		}
	if (status == 0)
		try_to_enter(&info);
	pin_close(info.fd);
	return status;
}
