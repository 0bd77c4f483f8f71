/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ids/passwd.h"
#include "tests/unit/check.h"

static const char users[] = "root:x:0:0:root:/root:/bin/sh\n"
			    "\n"
			    "short:x:1:1\n"
			    "+nis:x:5\n"
			    "big:x:4294967296:0::/:/bin/sh\n"
			    "nan:x:a:0::/:/bin/sh\n"
			    "app:x:10:20::/home/app:\n"
			    "app:x:11:20::/second:/bin/sh\n"
			    "last:x:12:0::/l:/bin/last";

static const struct {
	const char *name; /* NULL: by UID */
	uid_t uid;
	const char *expected;
} rows[] = {
	{ "root", 0, "0:0:/root:/bin/sh" },
	{ "app", 0, "10:20:/home/app:" },
	{ "last", 0, "12:0:/l:/bin/last" },
	{ "short", 0, "none" },
	{ "big", 0, "none" },
	{ "nan", 0, "none" },
	{ "", 0, "none" },
	{ NULL, 11, "11:20:/second:/bin/sh" },
	{ NULL, 1, "none" },
};

static void
test_users(void)
{
	struct passwd_user u;
	char got[128], *text;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = strdup(users);
		snprintf(got, sizeof(got), "none");
		if (passwd_parse_user(text, rows[i].name, rows[i].uid, &u) == 1)
			snprintf(got, sizeof(got), "%u:%u:%s:%s",
			    (unsigned)u.uid, (unsigned)u.gid, u.home, u.shell);
		check_str(rows[i].name != NULL ? rows[i].name : "by ID",
		    rows[i].expected, got);
		free(text);
	}
}

static void
test_groups(void)
{
	static const char *const names[][2] = {
		{ "web", "7" },
		{ "bad", "none" },
		{ "none", "none" },
		{ "end", "9" },
	};
	char got[16], *text;
	gid_t gid;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		text = strdup("web:x:7:a,b\nbad:x:-1:\n:x\nend:x:9:");
		snprintf(got, sizeof(got), "none");
		if (passwd_parse_group(text, names[i][0], &gid))
			snprintf(got, sizeof(got), "%u", (unsigned)gid);
		check_str(names[i][0], names[i][1], got);
		free(text);
	}
}

int
main(void)
{
	test_users();
	test_groups();
	return check_done();
}
