/* SPDX-License-Identifier: ISC */
/*
 * targets - each parser of text that we do not control, and what must hold of
 * its answers.  The program is called by the name of one of them: libFuzzer
 * drives it (make check-fuzz), or replay.c, which reads files (make check).
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/fail.h"
#include "lib/clock.h"
#include "lib/ids/caps.h"
#include "lib/ids/idmap.h"
#include "lib/ids/subid.h"
#include "lib/mountinfo.h"
#include "lib/pin/pin.h"
#include "lib/pin/record.h"
#include "lib/proctext.h"
#include "lib/ref/container.h"
#include "lib/ref/ref.h"
#include "lib/sig.h"
#include "lib/step/timens.h"
#include "lib/text.h"
#include "tests/fuzz/targets.h"

#define MUST(x) ((x) ? (void)0 : abort())

/* Is S inside of the text that begins at TEXT and has LEN bytes and a '\0'? */
static bool
within(const char *s, const char *text, size_t len)
{
	return s >= text && s <= text + len && s + strlen(s) <= text + len;
}

/* A refusal says why, in one line when it is shown: it may repeat the text. */
static void
refused(const char *errstr)
{
	char shown[4 * FAIL_LINE_MAX];

	MUST(errstr != NULL && *errstr != '\0');
	MUST(text_escape(shown, sizeof(shown), errstr, strlen(errstr)) <
	    sizeof(shown));
	MUST(strchr(shown, '\n') == NULL);
}

static void
fuzz_ref(char *text, size_t len)
{
	const char *errstr = NULL;
	struct ref_name n;

	if (ref_parse(text, &n, &errstr) == -1) {
		refused(errstr);
		return;
	}
	MUST(n.nsteps <= REF_STEPS && n.kind <= REF_CONTAINER);
	MUST((n.types & ~NS_ALL_FLAGS) == 0);
	if (n.kind == REF_PATH || n.kind == REF_NAME || n.kind == REF_CONTAINER)
		MUST(within(n.text, text, len));
	if (n.kind == REF_PROCESS || n.kind == REF_PROCESS_FD)
		MUST(n.number > 0 && n.number <= PROC_PID_MAX);
	if (n.kind == REF_NAME)
		MUST(pin_name_possible(n.text));
}

/* What would be a name below the directory of pins. */
static void
fuzz_name(char *text, size_t len)
{
	if (!pin_name_valid(text))
		return;
	MUST(len <= PIN_NAME_MAX && len > 0);
	MUST(strchr(text, '/') == NULL && text[0] != '.' && text[0] != '-');
}

static bool
overlap(uint32_t a, uint32_t b, uint32_t na, uint32_t nb)
{
	return a < (uint64_t)b + nb && b < (uint64_t)a + na;
}

static void
check_map(const struct idmap *map)
{
	MUST(map->n <= IDMAP_MAX);
	for (size_t i = 0; i < map->n; i++) {
		const struct idmap_range *a = &map->ranges[i];

		MUST(a->count > 0);
		MUST((uint64_t)a->inside + a->count <= UINT32_MAX);
		MUST((uint64_t)a->outside + a->count <= UINT32_MAX);
		for (size_t j = 0; j < i; j++) {
			const struct idmap_range *b = &map->ranges[j];

			MUST(
			    !overlap(a->inside, b->inside, a->count, b->count));
			MUST(!overlap(
			    a->outside, b->outside, a->count, b->count));
		}
	}
}

/* Make room for ID in MAP. */
static int
punch(struct idmap *map, uint32_t id, const char **errstr)
{
	static struct idmap old;

	old = *map;
	map->n = 0;
	for (size_t i = 0; i < old.n; i++)
		if (idmap_add_around(map, &old.ranges[i], id, id, errstr) == -1)
			return -1;
	return 0;
}

/* A range a line; "!ID" punches a hole for it. */
static void
fuzz_map(char *text, size_t len)
{
	static struct idmap map;
	struct idmap_range range;
	const char *errstr;
	char *line;

	(void)len;
	map.n = 0;
	while ((line = strsep(&text, "\n")) != NULL) {
		errstr = NULL;
		if (*line == '!') {
			uint32_t id = (uint32_t)strtoul(line + 1, NULL, 10);

			if (id != UINT32_MAX && punch(&map, id, &errstr) == -1)
				refused(errstr);
		} else if (idmap_parse_range(line, &range, &errstr) == -1 ||
		    idmap_add(&map, &range, &errstr) == -1)
			refused(errstr);
		check_map(&map);
	}
}

static void
fuzz_subid(char *text, size_t len)
{
	struct subid_range range;
	char *line;

	(void)len;
	while ((line = strsep(&text, "\n")) != NULL)
		if (subid_parse_line(line, "joe", 1000, &range) == 1)
			MUST(
			    (uint64_t)range.first + range.count <= UINT32_MAX &&
			    range.count > 0);
}

static void
fuzz_offset(char *text, size_t len)
{
	const char *errstr = NULL;
	int64_t seconds;

	(void)len;
	if (timens_parse_offset(text, &seconds, &errstr) == -1)
		refused(errstr);
	else /* so that nanoseconds fit into 64 bits (timer_namespaces) */
		MUST(llabs(seconds) <= INT64_MAX / 1000000000);
}

static void
fuzz_duration(char *text, size_t len)
{
	const char *errstr = NULL;
	int64_t ms;

	(void)len;
	if (clock_parse(text, &ms, &errstr) == -1)
		refused(errstr);
	else
		MUST(ms > 0);
}

static void
fuzz_signal(char *text, size_t len)
{
	const char *errstr = NULL, *why = NULL;
	uint64_t set;
	int sig;

	(void)len;
	if ((sig = sig_parse(text, &errstr)) == -1) {
		refused(errstr);
	} else {
		MUST(sig > 0 && sig <= 64);
		MUST(sig_parse(sig_name(sig), &errstr) == sig);
	}
	if (sig_parse_set(text, &set, &why) == -1)
		refused(why);
}

static void
fuzz_caps(char *text, size_t len)
{
	const char *errstr = NULL;
	uint64_t caps;

	(void)len;
	if (caps_parse(text, &caps, &errstr) == -1)
		refused(errstr);
}

static void
fuzz_mountinfo(char *text, size_t len)
{
	struct mountinfo m;
	char *rest = text;

	while (mountinfo_next(&rest, &m)) {
		MUST(within(m.root, text, len));
		MUST(within(m.point, text, len));
		MUST(within(m.peers, text, len));
		MUST(within(m.fstype, text, len));
		MUST(strpbrk(m.fstype, " \n") == NULL);
	}
}

static void
fuzz_stat(char *text, size_t len)
{
	int64_t value;

	(void)len;
	for (int field = 3; field < 54; field++)
		if (proctext_stat(text, field, &value) == 0)
			MUST(strrchr(text, ')') != NULL);
}

static void
fuzz_status(char *text, size_t len)
{
	static const char *const keys[] = { "Tgid", "Uid", "NSpid", "CapEff",
		"Seccomp", "Groups" };
	uint64_t value;
	const char *at;
	size_t n;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if ((at = proctext_status(text, keys[i], &n)) != NULL)
			MUST(at + n <= text + len && !memchr(at, '\n', n));
		for (int j = 0; j < 4; j++)
			if (proctext_number(text, keys[i], j, &value) == 0)
				MUST(at != NULL);
	}
}

/* Of any length, and cut off anywhere: strings of 4096 bytes are rare. */
static void
fuzz_environ(char *text, size_t len)
{
	char *list[8];
	size_t n, all;

	all = proctext_environ(text, len, NULL, 0);
	n = proctext_environ(text, len, list, sizeof(list) / sizeof(list[0]));
	MUST(n <= all && n < sizeof(list) / sizeof(list[0]) && list[n] == NULL);
	for (size_t i = 0; i < n; i++)
		MUST(within(list[i], text, len) && strchr(list[i], '='));
}

static void
fuzz_cgroup(char *text, size_t len)
{
	char *copy = strdup(text), *rest = copy, *line, *path;
	struct proctext_group g;
	struct container c;

	if (container_in_cgroup(text, &c)) {
		MUST(strlen(c.id) < sizeof(c.id) && *c.scheme != '\0');
		if (*c.id != '\0')
			MUST(container_is_cgroup(text, c.id, &c));
	}
	strlcpy(c.scheme, "unit", sizeof(c.scheme));
	(void)container_is_cgroup(text, "a.service", &c);
	strlcpy(c.scheme, "ctr", sizeof(c.scheme));
	(void)container_is_cgroup(text, "default/a", &c);
	while ((line = strsep(&rest, "\n")) != NULL)
		if (proctext_group(line, &g))
			MUST(within(g.controllers, copy, len) &&
			    within(g.path, copy, len));
	free(copy);
	path = proctext_cgroup(text);
	MUST(path == NULL || (within(path, text, len) && *path == '/'));
}

static void
fuzz_record(char *text, size_t len)
{
	struct record r;

	(void)len;
	if (record_parse(text, &r) == -1)
		return;
	MUST(r.pid >= 0 && r.pid <= PROC_PID_MAX);
	MUST(r.ino <= INT64_MAX && r.start <= INT64_MAX);
	MUST(r.pid_ns <= INT64_MAX && strlen(r.boot) < sizeof(r.boot));
	MUST(strchr(r.boot, '\n') == NULL);
}

static unsigned int
hex(char c)
{
	return (unsigned int)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* What is shown is one line without a control, and can be read back. */
static void
fuzz_text(char *text, size_t len)
{
	char *out = malloc(4 * len + 1), few[7];
	size_t n, back = 0;

	MUST(out != NULL);
	n = text_escape(out, 4 * len + 1, text, len);
	MUST(n <= 4 * len && strlen(out) == n);
	for (size_t i = 0; i < n; back++) {
		MUST((unsigned char)out[i] >= ' ' && out[i] != 0x7f);
		MUST(back < len);
		if (out[i] == '\\') {
			MUST(out[i + 1] == 'x');
			MUST((hex(out[i + 2]) << 4 | hex(out[i + 3])) ==
			    (unsigned char)text[back]);
			i += 4;
		} else
			MUST(out[i++] == text[back]);
	}
	MUST(back == len);
	MUST(text_escape(few, sizeof(few), text, len) == n);
	MUST(strncmp(few, out, strlen(few)) == 0);
	free(out);
}

static const struct target {
	const char *name;
	void (*fn)(char *text, size_t len);
} targets[] = {
	{ "caps", fuzz_caps },
	{ "cgroup", fuzz_cgroup },
	{ "duration", fuzz_duration },
	{ "environ", fuzz_environ },
	{ "map", fuzz_map },
	{ "mountinfo", fuzz_mountinfo },
	{ "name", fuzz_name },
	{ "offset", fuzz_offset },
	{ "record", fuzz_record },
	{ "ref", fuzz_ref },
	{ "signal", fuzz_signal },
	{ "stat", fuzz_stat },
	{ "status", fuzz_status },
	{ "subid", fuzz_subid },
	{ "text", fuzz_text },
};

static const struct target *chosen;

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = strrchr(**argv, '/');

	(void)argc;
	name = name == NULL ? **argv : name + 1;
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		if (strcmp(name, targets[i].name) == 0)
			chosen = &targets[i];
	if (chosen != NULL)
		return 0;
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		puts(targets[i].name);
	exit(0);
}

/* A copy of just that size: what is read beyond it is found out. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	MUST(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	/* Text that may have a '\0' in it keeps its length; the rest ends. */
	if (chosen->fn != fuzz_environ && chosen->fn != fuzz_text)
		size = strlen(text);
	chosen->fn(text, size);
	free(text);
	return 0;
}
