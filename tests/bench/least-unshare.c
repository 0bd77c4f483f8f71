/* SPDX-License-Identifier: ISC */
/* least-unshare - what "nsunshare -u" cannot do without: unshare(2), exec. */
#include "config.h"

#include <sched.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (argc < 2 || unshare(CLONE_NEWUTS) == -1)
		return 125;
	execvp(argv[1], argv + 1);
	return 127;
}
