/* SPDX-License-Identifier: ISC */
#include "config.h"

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
#include "lib/unwritable.h"

static const char own[] = "/proc/self/exe";

bool
seal_wanted(
    int file, bool (*is_inside)(const void *arg, uid_t uid), const void *arg)
{
	struct stat st;

	if ((file == -1 ? stat(own, &st) : fstat(file, &st)) == -1)
		return true;
	return (st.st_mode & (S_IWGRP | S_IWOTH)) || is_inside(arg, st.st_uid);
}

static _Noreturn void
fail_copy(const char *name)
{
	int errnum = errno;

	fail_why(EXIT_CANCELED, errnum, unwritable_why(errnum),
	    "a copy of %s that nobody inside can write to", name);
}

int
seal_program(int fd, const char *name)
{
	int copy = unwritable_copy(fd, name, false);

	if (copy == -1)
		fail_copy(name);
	return copy;
}

/* Comes back in the copy, too: there it is done. */
static void
execute_copy(char **argv)
{
	int copy, self = open(own, O_RDONLY | O_CLOEXEC);

	if (self == -1)
		fail_errno(EXIT_CANCELED, "%s", own);
	if (unwritable_is(self)) {
		close(self);
		return;
	}
	if ((copy = unwritable_copy(self, getprogname(), true)) == -1)
		fail_copy(getprogname());
	file_execute(copy, argv, environ);
	fail_errno(EXIT_CANCELED, "executing a copy of %s", getprogname());
}

void
seal_prepare(struct seal *s, char **argv)
{
	s->argv = argv;
	s->ready = exe_is_replaceable();
	if (!s->ready)
		execute_copy(argv);
	else if ((s->exe = unwritable_stand_in()) == -1)
		fail_copy(getprogname());
}

int
seal_view(const struct seal *s)
{
	/* Only root may. */
	return s->ready && geteuid() == 0 ? unwritable_view() : -1;
}

void
seal_close(struct seal *s)
{
	if (s->ready)
		close(s->exe);
	s->ready = false;
}

void
seal_apply(struct seal *s, int view)
{
	if (s->ready && exe_replace(s->argv, s->exe, view) == -1)
		fail_errno(
		    EXIT_CANCELED, "leaving the file of %s", getprogname());
	file_close(view);
	seal_close(s);
}

void
seal_self(char **argv)
{
	struct seal s;
	int rc;

	seal_prepare(&s, argv);
	if (!s.ready)
		return;
	rc = exe_replace(s.argv, s.exe, -1);
	seal_close(&s);
	if (rc == -1)
		execute_copy(argv);
}
