/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/mountinfo.h"
#include "lib/proctext.h"
#include "tests/unit/check.h"

/* A stat file, the field, its value; -1: refused. */
static const struct {
	const char *text;
	int field, rc;
	int64_t value;
} stats[] = {
	{ "7 (sh) S 1 7 7 0 -1\n", 4, 0, 1 },
	{ "7 (sh) S 1 7 7 0 -1\n", 8, 0, -1 },
	{ "7 (sh) S 1 7 7 0 -1\n", 9, -1, 0 },
	{ "7 (a) S 99 (b)) R 2 7\n", 4, 0, 2 },
	{ "7 (x\ny) S 3 7\n", 4, 0, 3 },
	{ "7 (x) S 3\ny) R 5 7\n", 4, 0, 5 },
	{ "7 (sh) S", 4, -1, 0 },
	{ "7 (sh)", 4, -1, 0 },
	{ "7 sh S 1", 4, -1, 0 },
	{ "", 4, -1, 0 },
	{ "7 (sh) S x", 4, -1, 0 },
	{ "7 (sh) S -", 4, -1, 0 },
	{ "7 (sh) S 1x", 4, -1, 0 },
	{ "7 (sh) S 9223372036854775807", 4, 0, INT64_MAX },
	{ "7 (sh) S 9223372036854775808", 4, -1, 0 },
	{ "7 (sh) S 99999999999999999999999", 4, -1, 0 },
};

static const char status[] =
    "Name:\tUid:\t9\\nUid:\nTgid:\t12\nUid:\t0\t1\t2\t3\n"
    "Groups:\t\nCapEff:\t00000000a80425fb\nLast:\t7";

static const struct {
	const char *key;
	int n, rc;
	uint64_t value;
} numbers[] = {
	{ "Tgid", 0, 0, 12 },
	{ "Tgid", 1, -1, 0 },
	{ "Uid", 0, 0, 0 },
	{ "Uid", 1, 0, 1 },
	{ "Uid", 3, 0, 3 },
	{ "Uid", 4, -1, 0 },
	{ "Uid", -1, 0, 3 },
	{ "Last", -1, 0, 7 },
	{ "Groups", -1, -1, 0 },
	{ "Groups", 0, -1, 0 },
	{ "Last", 0, 0, 7 },
	{ "id", 0, -1, 0 },
	{ "CapEff", 0, -1, 0 },
	{ "Name", 0, -1, 0 },
};

/* LEN counts the '\0's, so sizeof - 1 of a literal. */
static const struct {
	const char *text;
	size_t len, max, n;
	const char *last;
} environs[] = {
	{ "A=1\0B=2", 8, 8, 2, "B=2" },
	{ "A=1\0B=2", 7, 8, 2, "B=2" },
	{ "A=1\0junk\0=x\0B=", 15, 8, 3, "B=" },
	{ "A=1\0B=2\0C=3", 12, 3, 2, "B=2" },
	{ "", 0, 8, 0, NULL },
	{ "\0\0\0", 3, 8, 0, NULL },
	{ "A=1", 4, 1, 0, NULL },
};

/* What mountinfo_next finds in it, one after the other. */
static const struct {
	const char *text, *expected;
} mounts[] = {
	{ "", "" },
	{ "1 0 8:1 / / rw - ext4 /dev/sda rw\n", "/ / ext4 []; " },
	{ "1 0 8:1 / / rw shared:1 master:2 - ext4 a rw\n",
	    "/ / ext4 [shared:1 master:2]; " },
	{ "2 1 0:4 net:[4026531840] /run/x\\040y rw - nsfs nsfs rw\n",
	    "net:[4026531840] /run/x y nsfs []; " },
	{ "2 1 0:4 / /a\\134b\\011c rw - proc proc rw",
	    "/ /a\\b\tc proc []; " },
	{ "2 1 0:4 / /a\\9\\04 rw - proc proc rw", "/ /a\\9\\04 proc []; " },
	{ "2 1 0:4 / /a - proc proc rw", "" },
	{ "2 1 0:4 / /a rw shared:1 proc proc rw", "" },
	{ "2 1 0:4\n3 1 0:5 / /b rw - tmpfs t rw\n", "/ /b tmpfs []; " },
	{ "3 1 0:5 / /b rw -", "" },
	{ "3 1 0:5 / /b rw - tmpfs", "/ /b tmpfs []; " },
};

static void
check_stat(void)
{
	int64_t value;

	for (size_t i = 0; i < sizeof(stats) / sizeof(stats[0]); i++) {
		value = 0;
		check_int(stats[i].text, stats[i].rc,
		    proctext_stat(stats[i].text, stats[i].field, &value));
		if (stats[i].rc == 0)
			check_int(stats[i].text, stats[i].value, value);
	}
}

static void
check_state(void)
{
	check_int("Z", 'Z', proctext_state("7 (a) S (b)) Z 2 7\n"));
	check_int("cut", '\0', proctext_state("7 (a)"));
	check_int("none", '\0', proctext_state(""));
}

static void
check_status(void)
{
	uint64_t value;
	size_t len = 0;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		value = 0;
		check_int(numbers[i].key, numbers[i].rc,
		    proctext_number(
			status, numbers[i].key, numbers[i].n, &value));
		if (numbers[i].rc == 0)
			check_int(numbers[i].key, (intmax_t)numbers[i].value,
			    (intmax_t)value);
	}
	check_true("CapEff", proctext_status(status, "CapEff", &len) != NULL);
	check_int("length of CapEff", 16, (intmax_t)len);
}

static void
check_environ(void)
{
	char text[64], *list[8];
	size_t n;

	for (size_t i = 0; i < sizeof(environs) / sizeof(environs[0]); i++) {
		memset(text, 0, sizeof(text));
		memcpy(text, environs[i].text, environs[i].len);
		n = proctext_environ(
		    text, environs[i].len, list, environs[i].max);
		check_int(
		    environs[i].text, (intmax_t)environs[i].n, (intmax_t)n);
		check_true("ends in NULL", list[n] == NULL);
		if (n > 0)
			check_str("last", environs[i].last, list[n - 1]);
	}
}

static void
check_mounts(void)
{
	char text[256], found[512], *rest;
	struct mountinfo m;

	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		snprintf(text, sizeof(text), "%s", mounts[i].text);
		found[0] = '\0';
		for (rest = text; mountinfo_next(&rest, &m);)
			snprintf(found + strlen(found),
			    sizeof(found) - strlen(found), "%s %s %s [%s]; ",
			    m.root, m.point, m.fstype, m.peers);
		check_str(mounts[i].text, mounts[i].expected, found);
	}
}

/* Lines beyond the first buffer, one that is longer, one without an end. */
static void
check_mount_file(void)
{
	struct mountinfo_file f;
	char path[64], *dots;
	FILE *out = tmpfile();
	struct mountinfo m;
	size_t n = 0;

	if (out == NULL || (dots = calloc(1, 40001)) == NULL)
		return;
	memset(dots, '.', 40000);
	for (int i = 0; i < 2000; i++)
		fprintf(out, "%d 1 0:5 / /m%d rw - tmpfs t rw,x=1\n", i, i);
	fprintf(out, "9 1 0:5 / /%s rw - tmpfs t rw\n", dots);
	fprintf(out, "7 1 0:5 / /last rw - proc t rw,hidepid=2");
	fflush(out);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(out));
	check_int("open", 0, mountinfo_open(&f, AT_FDCWD, path));
	for (; n < 2000 && mountinfo_read(&f, &m); n++)
		check_int(m.point, (intmax_t)n, atoi(m.point + 2));
	check_true("long", mountinfo_read(&f, &m));
	check_int("its length", 40001, (intmax_t)strlen(m.point));
	check_true("last", mountinfo_read(&f, &m));
	check_str("its id", "7", m.id);
	check_str("its file system", "proc", m.fstype);
	check_str("its options", "rw,hidepid=2", m.super);
	check_true("the end", !mountinfo_read(&f, &m));
	check_int("close", 0, mountinfo_close(&f));
	check_int("none", -1, mountinfo_open(&f, AT_FDCWD, "/nowhere"));
	free(dots);
	fclose(out);
}

/* A mask, of two words of 32 bits or more: the bits that are set. */
static const struct {
	const char *text;
	int bits[4]; /* -1: no more */
} masks[] = {
	{ "0", { -1 } },
	{ "", { -1 } },
	{ "3", { 0, 1, -1 } },
	{ "81", { 0, 7, -1 } },
	{ "00000000,00000100", { 8, -1 } },
	{ "1,00000000", { 32, -1 } },
	{ "80000001,80000000", { 31, 32, 63, -1 } },
	{ "1,00000000,00000000,00000000,00000000,00000002", { 1, -1 } },
};

static void
check_masks(void)
{
	const size_t width = 8 * sizeof(unsigned long);
	unsigned long mask[64 / (8 * sizeof(unsigned long))];

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const int *bit = masks[i].bits;

		proctext_mask(
		    masks[i].text, mask, sizeof(mask) / sizeof(mask[0]));
		for (size_t n = 0; n < 64; n++) {
			check_int(masks[i].text, (int)n == *bit,
			    mask[n / width] >> n % width & 1);
			if ((int)n == *bit)
				bit++;
		}
	}
}

int
main(void)
{
	check_state();
	check_mount_file();
	check_stat();
	check_status();
	check_masks();
	check_environ();
	check_mounts();
	return check_done();
}
