/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/journal.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"
#include "lib/watch/pidfile.h"

static _Noreturn void
refused(const struct pidfile *f)
{
	fail_why(EXIT_CANCELED, errno, reason_path(f->path, errno),
	    "--pidfile %s", f->path);
}

/*
 * Why what is there under that name cannot be replaced, with all that a link
 * leads to, as /dev/stdout does; NULL: nothing keeps us from it.
 */
static const char *
in_the_way(int dir, const char *name)
{
	struct stat st;

	if (fstatat(dir, name, &st, 0) == -1 || S_ISREG(st.st_mode))
		return NULL;
	return S_ISDIR(st.st_mode) ? strerror(EISDIR) :
				     "it is there, and not a plain file";
}

static void
check_way(const struct pidfile *f)
{
	const char *why = in_the_way(f->dir, f->name);

	if (why != NULL)
		fail(EXIT_CANCELED, "--pidfile %s: %s", f->path, why);
}

void
pidfile_place(struct pidfile *f, const char *path)
{
	char dir[PATH_MAX], *slash;

	memset(f, 0, sizeof(*f));
	f->path = path;
	f->dir = f->fd = f->record.dir = -1;
	if (path == NULL)
		return;
	errno = ENAMETOOLONG;
	if (strlcpy(dir, path, sizeof(dir)) >= sizeof(dir))
		refused(f);
	slash = strrchr(dir, '/');
	f->name = slash == NULL ? path : path + (slash - dir) + 1;
	if (slash == dir)
		slash++;
	if (slash != NULL)
		*slash = '\0';
	errno = EISDIR;
	if (*f->name == '\0' || strcmp(f->name, ".") == 0 ||
	    strcmp(f->name, "..") == 0)
		refused(f);
	snprintf(
	    f->other, sizeof(f->other), ".%.200s.%d", f->name, (int)getpid());
	f->dir = open(
	    slash == NULL ? "." : dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (f->dir == -1)
		refused(f);
	check_way(f);
}

static void
fill(struct pidfile *f, int fd, pid_t pid)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d\n", (int)pid);

	if (file_write_all(fd, text, (size_t)len) == -1 ||
	    fchmod(fd, 0644) == -1)
		refused(f);
}

static int
link_as(const struct pidfile *f, const char *name)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", f->fd);
	return linkat(AT_FDCWD, path, f->dir, name, AT_SYMLINK_FOLLOW);
}

/*
 * A file without a name: nothing of it stays if we are killed.  False: it did
 * not get the name; where there is an older one it is left open.
 */
static bool
make_nameless(struct pidfile *f, pid_t pid)
{
	f->fd = openat(f->dir, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	if (f->fd == -1)
		return false;
	fill(f, f->fd, pid);
	if (link_as(f, f->name) == 0)
		return true;
	if (errno == EEXIST)
		return false;
	close(f->fd);
	f->fd = -1;
	return false;
}

/* The other name, after its record. */
static int
name_other(struct pidfile *f, pid_t pid)
{
	bool nameless = f->fd != -1;

	if (!nameless)
		f->fd = openat(f->dir, f->other,
		    O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0600);
	if (f->fd == -1)
		return -1;
	if (f->record.dir != -1)
		(void)journal_record_beside(
		    f->record.dir, f->fd, f->dir, f->other);
	if (nameless)
		return link_as(f, f->other);
	fill(f, f->fd, pid);
	return 0;
}

/* Under another name, and then in place of what there may be. */
static void
make_beside(struct pidfile *f, pid_t pid)
{
	check_way(f);
	if (name_other(f, pid) == -1)
		refused(f);
	f->replaced = uapi_renameat2(f->dir, f->other, f->dir, f->name,
			  UAPI_RENAME_EXCHANGE) == 0;
	if (f->replaced)
		return;
	/* There is none, or it is a file system that cannot exchange. */
	if ((errno != ENOENT && errno != EINVAL && errno != ENOSYS) ||
	    renameat(f->dir, f->other, f->dir, f->name) == -1)
		refused(f);
}

/* Held open, its inode number cannot become that of another file. */
static bool
is_ours(const struct pidfile *f)
{
	struct stat ours, there;

	return f->fd != -1 && fstat(f->fd, &ours) == 0 &&
	    fstatat(f->dir, f->name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	    file_same(&ours, &there);
}

static void
roll_back(void *arg)
{
	struct pidfile *f = arg;

	if (f->replaced) {
		renameat(f->dir, f->other, f->dir, f->name);
	} else {
		unlinkat(f->dir, f->other, 0);
		if (is_ours(f))
			unlinkat(f->dir, f->name, 0);
	}
	if (f->record.dir != -1)
		journal_forget(f->record.dir);
}

void
pidfile_put(struct pidfile *f, pid_t pid)
{
	if (f->path == NULL)
		return;
	if (make_nameless(f, pid)) {
		fail_undo(roll_back, f);
		return;
	}
	/* First, for it is undone last: the record is in it. */
	pin_begin_files(&f->record, geteuid() != 0);
	fail_undo(roll_back, f);
	make_beside(f, pid);
}

void
pidfile_keep(struct pidfile *f)
{
	if (f->replaced)
		unlinkat(f->dir, f->other, 0);
	f->replaced = false;
	if (f->record.dir != -1) {
		journal_forget(f->record.dir);
		pin_withdraw(&f->record);
	}
	/* From here on only the process is to be undone, and this with it. */
	if (f->path != NULL)
		fail_undo(roll_back, f);
}

void
pidfile_drop(struct pidfile *f)
{
	if (is_ours(f) && unlinkat(f->dir, f->name, 0) == -1)
		fail_warn("--pidfile %s: %s", f->path, strerror(errno));
}

const char *
pidfile_reason(const char *path)
{
	const char *why = in_the_way(AT_FDCWD, path);
	char dir[PATH_MAX], *slash;

	if (why != NULL)
		return why;
	if (strlcpy(dir, path, sizeof(dir)) >= sizeof(dir))
		return strerror(ENAMETOOLONG);
	if ((slash = strrchr(dir, '/')) != NULL)
		slash[slash == dir] = '\0';
	if (faccessat(AT_FDCWD, slash != NULL ? dir : ".", W_OK | X_OK,
		AT_EACCESS) == -1)
		return errno == EACCES ? "we may not write to its directory" :
					 strerror(errno);
	return NULL;
}
