/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdio.h>

#include "lib/ids/cred.h"
#include "tests/unit/check.h"

/* A user by number or name; root is in every passwd(5). */
static const struct {
	const char *text, *expected;
} users[] = {
	{ "0", "0" },
	{ "4294967294", "4294967294" },
	{ "4294967295", "too large (4294967294 at most)" },
	{ "4294967296", "too large (4294967294 at most)" },
	{ "18446744073709551616", "too large (4294967294 at most)" },
	{ "-1", "too small (0 or more)" },
	{ "", "not a number" },
	{ "root", "0" },
	{ "no:such", "no such user" },
	{ "0x0", "no such user" },
};

static void
test_users(void)
{
	const char *errstr;
	char got[64];
	uid_t uid;

	for (size_t i = 0; i < sizeof(users) / sizeof(users[0]); i++) {
		errstr = NULL;
		if (cred_parse_user(users[i].text, &uid, &errstr) == 0)
			snprintf(got, sizeof(got), "%u", (unsigned)uid);
		else
			snprintf(got, sizeof(got), "%s", errstr);
		check_str(users[i].text, users[i].expected, got);
	}
}

int
main(void)
{
	test_users();
	return check_done();
}
