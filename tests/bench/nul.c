/* SPDX-License-Identifier: ISC */
/*
 * nul - the least command there is: one system call.  true(1) of coreutils
 * takes longer to start than some of the tools that start it.
 */
#include "config.h"

#include <unistd.h>

int
main(void)
{
	_exit(0);
}
