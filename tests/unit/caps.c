/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>

#include "lib/ids/caps.h"
#include "tests/unit/check.h"

/* A list of capabilities, and its mask or why it is refused. */
static const struct {
	const char *text, *expected;
} caps[] = {
	{ "none", "0" },
	{ "all", "ffffffffffffffff" },
	{ "chown", "1" },
	{ "cap_setgid,CAP_SETUID", "c0" },
	{ "checkpoint_restore", "10000000000" },
	{ "chown,chown", "1" },
	{ "cap_", "no capability (capabilities(7) lists them)" },
	{ "chown,none", "no capability none (capabilities(7) lists them)" },
	{ "chownx", "no capability chownx (there is chown)" },
};

int
main(void)
{
	const char *errstr;
	uint64_t mask;
	char got[64];

	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		errstr = NULL;
		if (caps_parse(caps[i].text, &mask, &errstr) == 0)
			snprintf(got, sizeof(got), "%" PRIx64, mask);
		else
			snprintf(got, sizeof(got), "%s", errstr);
		check_str(caps[i].text, caps[i].expected, got);
	}
	return check_done();
}
