/* SPDX-License-Identifier: ISC */
#include "config.h"

#ifdef NEED_GETPROGNAME
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The C library's own name of us is what warn(3) and perror(3) begin with. */
const char *
getprogname(void)
{
	return program_invocation_short_name;
}

void
setprogname(const char *name)
{
	const char *slash = strrchr(name, '/');

	program_invocation_short_name = (char *)(uintptr_t)(slash == NULL ?
		name :
		slash + 1);
}
#endif
