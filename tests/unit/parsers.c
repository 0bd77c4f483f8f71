/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lib/ids/idmap.h"
#include "lib/ids/subid.h"
#include "lib/sig.h"
#include "lib/step/timens.h"
#include "tests/unit/check.h"

/* A range's text, and what it comes to or why it is refused. */
static const struct {
	const char *text, *expected;
} ranges[] = {
	{ "0:1000:1", "0 1000 1" },
	{ "1000,0,5", "0 1000 5" },
	{ "0:0:4294967295", "0 0 4294967295" },
	{ "0:1000:0", "too small (1 or more)" },
	{ "0:1000:-1", "too small (1 or more)" },
	{ "-1:0:1", "too small (0 or more)" },
	{ "1:0:4294967295", "goes beyond the last ID, 4294967294" },
	{ "0:1000", "not INSIDE:OUTSIDE:COUNT" },
	{ "0:1000:1:1", "not INSIDE:OUTSIDE:COUNT" },
	{ "", "not INSIDE:OUTSIDE:COUNT" },
	{ "a:b:c", "not a number" },
	{ "0x1:0:1", "not a number" },
	{ "0:0:18446744073709551617", "not INSIDE:OUTSIDE:COUNT" },
	{ "4294967295:0:1", "too large (4294967294 at most)" },
	{ "0:4294967294:2", "goes beyond the last ID, 4294967294" },
};

/* Ranges one after the other, then a hole, and the whole map. */
static const struct {
	const char *add[3];
	int64_t hole; /* inside; outside it is 105 */
	const char *expected;
} maps[] = {
	{ { "0:100:10" }, -1, "0:100:10" },
	{ { "0:100:10", "10:200:5" }, -1, "0:100:10 10:200:5" },
	{ { "0:100:10", "9:200:5" }, -1, "overlaps: 0:100:10 and 9:200:5" },
	{ { "0:100:10", "20:105:1" }, -1, "overlaps: 0:100:10 and 20:105:1" },
	{ { "0:200:10" }, 0, "1:200:9" },
	{ { "0:200:10" }, 5, "0:200:5 6:205:4" },
	{ { "0:200:10" }, 9, "0:200:9" },
	{ { "0:200:10" }, 10, "0:200:10" },
	{ { "0:200:1" }, 0, "" },
	{ { "0:100:10" }, 5, "0:100:5 6:106:4" },
	{ { "0:100:10" }, 2, "0:100:2 3:102:3 6:106:4" },
	{ { "0:100:10" }, 7, "0:100:5 5:106:2 8:108:2" },
	{ { "0:100:10" }, 20, "0:100:5 5:106:4" },
	{ { "0:105:10", "10:200:5" }, 12, "0:106:9 10:200:2 13:202:2" },
};

static const struct {
	const char *text;
	int64_t seconds;
	const char *errstr;
} offsets[] = {
	{ "0", 0, NULL },
	{ "+5", 5, NULL },
	{ "-90m", -5400, NULL },
	{ "+2d3h", 2 * 86400 + 3 * 3600, NULL },
	{ "1h30m15s", 5415, NULL },
	{ "", 0, "not an offset (seconds, or +2d3h, -90m)" },
	{ "-", 0, "not an offset (seconds, or +2d3h, -90m)" },
	{ "5x", 0, "not an offset (seconds, or +2d3h, -90m)" },
	{ "1.5", 0, "not an offset (seconds, or +2d3h, -90m)" },
	{ "9999999999999", 0, "too large (4611686018 at most)" },
};

static const struct {
	const char *line;
	int rc;
	uint32_t first, count;
} lines[] = {
	{ "joe:100000:65536", 1, 100000, 65536 },
	{ "1000:200000:10", 1, 200000, 10 },
	{ "jane:100000:65536", 0, 0, 0 },
	{ "joe:100000", 0, 0, 0 },
	{ "joe:100000:0", 0, 0, 0 },
	{ "joe:x:10", 0, 0, 0 },
	{ "# joe:1:2", 0, 0, 0 },
	{ "", 0, 0, 0 },
};

static const struct {
	const char *text;
	int sig;
} signals[] = {
	{ "TERM", 15 },
	{ "SIGTERM", 15 },
	{ "sigterm", 15 },
	{ "9", 9 },
	{ "RTMIN+1", 35 },
	{ "RTMAX", 64 },
	{ "0", -1 },
	{ "65", -1 },
	{ "TERMX", -1 },
	{ "RTMIN+99", -1 },
	{ "", -1 },
};

static void
test_ranges(void)
{
	struct idmap_range r;
	const char *errstr;
	char got[128];

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		errstr = NULL;
		if (idmap_parse_range(ranges[i].text, &r, &errstr) == 0)
			snprintf(got, sizeof(got), "%u %u %u", r.inside,
			    r.outside, r.count);
		else
			strlcpy(got, errstr, sizeof(got));
		check_str(ranges[i].text, ranges[i].expected, got);
	}
}

static void
show(const struct idmap *map, char *got, size_t size)
{
	size_t len = 0;

	got[0] = '\0';
	for (size_t i = 0; i < map->n; i++)
		len += (size_t)snprintf(got + len, size - len, "%s%u:%u:%u",
		    i ? " " : "", map->ranges[i].inside, map->ranges[i].outside,
		    map->ranges[i].count);
}

static void
test_maps(void)
{
	static struct idmap map;
	struct idmap_range r;
	const char *errstr;
	char got[256];

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		map.n = 0;
		errstr = NULL;
		for (size_t k = 0; k < 3 && maps[i].add[k] != NULL; k++)
			if (idmap_parse_range(maps[i].add[k], &r, &errstr) ||
			    (maps[i].hole < 0 ? idmap_add(&map, &r, &errstr) :
						idmap_add_around(&map, &r,
						    (uint32_t)maps[i].hole, 105,
						    &errstr)) == -1)
				break;
		show(&map, got, sizeof(got));
		check_str(maps[i].add[0], maps[i].expected,
		    errstr != NULL ? errstr : got);
	}
}

static void
test_offsets(void)
{
	const char *errstr;
	int64_t seconds;

	for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
		errstr = NULL;
		seconds = 0;
		if (timens_parse_offset(offsets[i].text, &seconds, &errstr))
			seconds = 0;
		check_int(offsets[i].text, offsets[i].seconds, seconds);
		check_str(offsets[i].text, offsets[i].errstr, errstr);
	}
}

static void
test_lines(void)
{
	struct subid_range r;
	char line[64];
	int rc;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		strlcpy(line, lines[i].line, sizeof(line));
		rc = subid_parse_line(line, "joe", 1000, &r);
		check_int(lines[i].line, lines[i].rc, rc);
		if (rc == 1) {
			check_int(lines[i].line, lines[i].first, r.first);
			check_int(lines[i].line, lines[i].count, r.count);
		}
	}
}

static void
test_signals(void)
{
	const char *errstr;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		errstr = NULL;
		check_int(signals[i].text, signals[i].sig,
		    sig_parse(signals[i].text, &errstr));
	}
}

int
main(void)
{
	test_ranges();
	test_maps();
	test_offsets();
	test_lines();
	test_signals();
	return check_done();
}
