/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/exe.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/seal.h"

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define EXECUTABLE 0x10U /* MFD_EXEC, Linux 6.3 */

int
seal_copy(const char *name, int fd)
{
	struct stat st;
	ssize_t n;
	int copy;

	copy = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | EXECUTABLE);
	if (copy == -1 && errno == EINVAL)
		copy = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (copy == -1 || fstat(fd, &st) == -1)
		fail_errno(EXIT_CANCELED, "a sealed copy of %s", name);
	for (off_t left = st.st_size; left > 0; left -= n)
		if ((n = sendfile(copy, fd, NULL, (size_t)left)) <= 0)
			fail_errno(EXIT_CANCELED, "copying %s", name);
	if (fcntl(copy, F_ADD_SEALS, SEALS) == -1)
		fail_errno(EXIT_CANCELED, "sealing a copy of %s", name);
	return copy;
}

void
seal_self(char **argv)
{
	int copy, self, seals;

	if (exe_replace(argv) == 0)
		return;
	self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (self == -1)
		fail_errno(EXIT_CANCELED, "/proc/self/exe");
	seals = fcntl(self, F_GET_SEALS);
	if (seals != -1 && (seals & SEALS) == SEALS) {
		close(self);
		return;
	}
	copy = seal_copy(getprogname(), self);
	file_execute(copy, argv, environ);
	fail_errno(EXIT_CANCELED, "executing our sealed copy");
}
