/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/pin/pin.h"
#include "tools/nspin/nspin.h"

int
nspin_each(
    int (*fn)(void *arg, int run, const char *dir, const char *name), void *arg)
{
	char distrusted[PIN_PATH_MAX];

	if (pin_each(fn, arg) != -1)
		return 0;
	if (errno != EPERM)
		fail_errno(EXIT_NO, "cannot read the pin directory");
	if (pin_distrusted(distrusted, sizeof(distrusted)))
		fail_warn("passed over: %s", distrusted);
	return EXIT_NO;
}
