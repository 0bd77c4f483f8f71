/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "lib/mountinfo.h"
#include "lib/ns.h"
#include "lib/pin/pin.h"
#include "lib/scan/scan.h"
#include "lib/text.h"
#include "tools/nsls/nsls.h"

static void
add(struct labels *labels, ino_t ino, const char *text)
{
	size_t size = labels->size == 0 ? 64 : 2 * labels->size;
	struct label *more;
	char *copy = text_show(text);

	if (labels->n == labels->size) {
		more = reallocarray(labels->label, size, sizeof(*more));
		if (more == NULL)
			fail_errno(1, "names");
		labels->label = more;
		labels->size = size;
	}
	if (copy == NULL)
		fail_errno(1, "names");
	labels->label[labels->n++] = (struct label){ ino, copy };
}

static int
compare(const void *a, const void *b)
{
	const struct label *x = a, *y = b;

	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* Sorted, and each but once: a name may stand in two places. */
static void
finish(struct labels *labels)
{
	size_t n = 0;

	labels->read = true;
	if (labels->n == 0)
		return;
	qsort(labels->label, labels->n, sizeof(*labels->label), compare);
	for (size_t i = 1; i < labels->n; i++) {
		if (compare(&labels->label[n], &labels->label[i]) == 0)
			free(labels->label[i].text);
		else
			labels->label[++n] = labels->label[i];
	}
	labels->n = n + 1;
}

bool
labels_same(const struct labels *a, const struct labels *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (compare(&a->label[i], &b->label[i]) != 0)
			return false;
	return true;
}

/* The place of the first of that inode, or of the one after. */
static size_t
find(const struct labels *labels, ino_t ino)
{
	size_t low = 0, high = labels->n, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (labels->label[at].ino < ino)
			low = at + 1;
		else
			high = at;
	}
	return low;
}

const char *
labels_first(const struct labels *labels, ino_t ino)
{
	size_t i = find(labels, ino);

	return i < labels->n && labels->label[i].ino == ino ?
	    labels->label[i].text :
	    NULL;
}

char *
labels_of(const struct labels *labels, ino_t ino)
{
	char *out = NULL, *more;

	for (size_t i = find(labels, ino);
	     i < labels->n && labels->label[i].ino == ino; i++) {
		more = value_text("%s%s%s", out ? out : "", out ? "\n" : "",
		    labels->label[i].text);
		free(out);
		out = more;
	}
	return out;
}

struct search {
	struct facts *facts;
	dev_t nsfs;
};

/* A second time, so that what is not there is not there. */
static int
stat_surely(int dir, const char *file, struct stat *st)
{
	if (fstatat(dir, file, st, 0) == 0)
		return 0;
	return fstatat(dir, file, st, 0);
}

/* Looked at, never opened: a FIFO in its place does not stop us. */
static void
add_name(const struct search *s, int dir, const char *file, const char *name)
{
	struct stat st;

	if (stat_surely(dir, file, &st) == 0) {
		if (st.st_dev == s->nsfs)
			add(&s->facts->names, st.st_ino, name);
	} else if (errno != ENOENT)
		facts_lost(s->facts, 0);
}

static int
each_name(void *arg, int run, const char *dir, const char *name)
{
	const struct search *s = arg;
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC), set;

	(void)run;
	if (fd == -1) {
		facts_lost(s->facts, 0);
		return 0;
	}
	set = openat(fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (set == -1 && errno == ENOTDIR)
		add_name(s, fd, name, name);
	else if (set == -1)
		facts_lost(s->facts, 0);
	for (size_t i = 0; set != -1 && i < NS_NTYPES; i++)
		add_name(s, set, ns_types[i].name, name);
	if (set != -1)
		close(set);
	close(fd);
	return 0;
}

const struct labels *
facts_names(struct facts *f)
{
	struct search s = { f, 0 };
	struct ns_key key;

	if (f->names.read)
		return &f->names;
	/* Any type will do that the kernel has: they share one device. */
	for (size_t i = 0; i < NS_NTYPES && s.nsfs == 0; i++)
		if (ns_key_self(&ns_types[i], &key) == 0)
			s.nsfs = key.dev;
	if (pin_each(each_name, &s) == -1) {
		f->distrusts = errno == EPERM;
		if (!f->distrusts)
			facts_lost(f, 0);
	}
	finish(&f->names);
	return &f->names;
}

const struct labels *
facts_mounts(struct facts *f)
{
	const struct ns_type *type;
	struct mountinfo_file file;
	struct mountinfo m;
	ino_t ino;

	if (f->mounts.read)
		return &f->mounts;
	if (mountinfo_open(&file, AT_FDCWD, "/proc/self/mountinfo") == -1)
		facts_lost(f, 0);
	else {
		while (mountinfo_read(&file, &m))
			if (strcmp(m.fstype, "nsfs") == 0 &&
			    ns_parse(m.root, &type, &ino) == 0)
				add(&f->mounts, ino, m.point);
		if (mountinfo_close(&file) == -1)
			facts_lost(f, 0);
	}
	finish(&f->mounts);
	return &f->mounts;
}
