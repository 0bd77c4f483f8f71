/* SPDX-License-Identifier: ISC */
/*
 * least-pin [-d] FILE - what "nspin -n" and "nspin -d" cannot do without: a new
 * network namespace bound to a file; the mount and the file away.
 */
#include "config.h"

#include <sys/mount.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (argc == 3)
		return umount2(argv[2], MNT_DETACH) == -1 ||
		    unlink(argv[2]) == -1;
	return argc != 2 || unshare(CLONE_NEWNET) == -1 ||
	    mknod(argv[1], 0100600, 0) == -1 ||
	    mount("/proc/self/ns/net", argv[1], NULL, MS_BIND, NULL) == -1;
}
