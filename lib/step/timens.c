/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/reason/reason.h"
#include "lib/step/timens.h"
#include "lib/uapi.h"

#define OFFSET_MAX (INT64_MAX / 1000000000 / 2) /* KTIME_SEC_MAX / 2 */

static const struct {
	char unit;
	int64_t seconds;
} units[] = {
	{ 'd', 86400 },
	{ 'h', 3600 },
	{ 'm', 60 },
	{ 's', 1 },
};

/* The seconds that one of the letter UNIT has; '\0' ends a plain number. */
static int64_t
unit_seconds(char unit)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].unit == unit)
			return units[i].seconds;
	return unit == '\0' ? 1 : 0;
}

int
timens_parse_offset(const char *text, int64_t *seconds, const char **errstr)
{
	bool negative = text[0] == '-';
	int64_t sum = 0, n, unit;
	char digits[20];
	size_t len;

	if (text[0] == '+' || text[0] == '-')
		text++;
	do {
		len = strspn(text, "0123456789");
		unit = unit_seconds(text[len]);
		if (len == 0 || len >= sizeof(digits) || unit == 0) {
			*errstr = "not an offset (seconds, or +2d3h, -90m)";
			return -1;
		}
		memcpy(digits, text, len);
		digits[len] = '\0';
		n = opt_number(digits, 0, OFFSET_MAX / unit, errstr);
		if (*errstr == NULL && (sum += n * unit) > OFFSET_MAX)
			*errstr = "too large (4611686018 at most)";
		if (*errstr != NULL)
			return -1;
		text += text[len] == '\0' ? len : len + 1;
	} while (text[0] != '\0');
	*seconds = negative ? -sum : sum;
	return 0;
}

static int
parse_clock(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct timens_clock *c = (struct timens_clock *)((char *)at +
	    opt->offset);

	c->set = true;
	return timens_parse_offset(arg, &c->seconds, errstr);
}

const struct opt timens_options[] = {
	{ 0, "boottime", .arg = "OFFSET",
	    .help = "offset of the boot-time clock; needs -T",
	    .parse = parse_clock,
	    .offset = offsetof(struct timens_request, boottime) },
	{ 0, "monotonic", .arg = "OFFSET",
	    .help = "offset of the monotonic clock; needs -T",
	    .parse = parse_clock,
	    .offset = offsetof(struct timens_request, monotonic) },
	{ 0 },
};

bool
timens_wanted(const struct timens_request *r)
{
	return r->monotonic.set || r->boottime.set;
}

/*
 * The kernel counts offsets from the host's clock, whereas ours may have one
 * already: that of the time namespace we are in, which children inherit.
 */
static int64_t
inherited(const char *name)
{
	char buf[256], *line;

	if (file_get(AT_FDCWD, "/proc/self/timens_offsets", buf, sizeof(buf)) ==
		-1 ||
	    (line = strstr(buf, name)) == NULL)
		return 0;
	return strtoll(line + strlen(name), NULL, 10);
}

static const char *
check_clock(const struct timens_clock *c, clockid_t clock, const char *name)
{
	struct timespec now;
	int64_t sum;

	if (!c->set || clock_gettime(clock, &now) == -1)
		return NULL;
	sum = now.tv_sec - inherited(name) + c->seconds;
	if (sum < 0)
		return "the clock would be negative";
	return sum > OFFSET_MAX ? "the clock would be too far ahead" : NULL;
}

int
timens_check(const struct timens_request *r, const char **errstr)
{
	static char text[64];
	const char *option = "--monotonic", *why;

	why = check_clock(&r->monotonic, CLOCK_MONOTONIC, "monotonic");
	if (why == NULL) {
		option = "--boottime";
		why = check_clock(&r->boottime, CLOCK_BOOTTIME, "boottime");
	}
	*errstr = NULL;
	if (why == NULL)
		return 0;
	snprintf(text, sizeof(text), "%s: %s", option, why);
	*errstr = text;
	return -1;
}

static void
set_offset(const char *name, const struct timens_clock *c)
{
	char line[64];
	int len;

	if (!c->set)
		return;
	len = snprintf(
	    line, sizeof(line), "%s %" PRId64 " 0", name, c->seconds);
	if (file_put(
		AT_FDCWD, "/proc/self/timens_offsets", line, (size_t)len) == -1)
		fail_why(EXIT_CANCELED, errno, reason_proc("self"),
		    "offset of the %s clock", name);
}

void
timens_enter(const struct timens_request *r)
{
	int fd, errnum;

	fail_part(EXPLAIN_TIME);
	if (unshare(UAPI_CLONE_NEWTIME) == -1) {
		errnum = errno;
		alias_fail(errnum, "unshare failed");
		fail_why(EXIT_CANCELED, errnum,
		    reason_create(UAPI_CLONE_NEWTIME, errnum),
		    "cannot create the time namespace");
	}
	/* A change of IDs makes us undumpable: the file is root's, then. */
	if (timens_wanted(r) && prctl(PR_GET_DUMPABLE) != 1)
		prctl(PR_SET_DUMPABLE, 1);
	fail_part(EXPLAIN_MONOTONIC);
	set_offset("monotonic", &r->monotonic);
	fail_part(EXPLAIN_BOOTTIME);
	set_offset("boottime", &r->boottime);
	fail_part(EXPLAIN_TIME);
	fd = ns_open(0, ns_type_by_flag(UAPI_CLONE_NEWTIME), true);
	if (fd == -1)
		fail_why(EXIT_CANCELED, errno, reason_proc("self"),
		    "opening the time namespace");
	if (setns(fd, UAPI_CLONE_NEWTIME) == -1)
		fail_errno(EXIT_CANCELED, "entering the time namespace");
	close(fd);
}

void
timens_explain(const struct timens_request *r, struct explain *e)
{
	explain_step(e, EXPLAIN_TIME, "enter the time namespace");
	if (r->monotonic.set)
		explain_step(e, EXPLAIN_MONOTONIC,
		    "monotonic clock %+" PRId64 " seconds",
		    r->monotonic.seconds);
	if (r->boottime.set)
		explain_step(e, EXPLAIN_BOOTTIME,
		    "boottime clock %+" PRId64 " seconds", r->boottime.seconds);
}
