/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/ids/caps.h"
#include "lib/pin/keep.h"

/* May something be made in the directory of PATH? */
static const char *
look_at_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	char dir[PIN_PATH_MAX];

	if (slash == NULL)
		strlcpy(dir, ".", sizeof(dir));
	else
		snprintf(dir, sizeof(dir), "%.*s",
		    slash == path ? 1 : (int)(slash - path), path);
	return faccessat(AT_FDCWD, dir, W_OK | X_OK, AT_EACCESS) == 0 ?
	    NULL :
	    strerror(errno);
}

static const char *
look_at_file(const char *path)
{
	struct stat st;
	int fd, is;

	if ((caps_effective() & CAPS_BIT(CAP_SYS_ADMIN)) == 0)
		return "a bind mount needs CAP_SYS_ADMIN";
	fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return errno == ENOENT ? look_at_parent(path) : strerror(errno);
	is = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? ns_is_file(fd) : -1;
	close(fd);
	return is == 1 ? "a namespace is kept there" :
	    is == 0    ? NULL :
			 "not a plain file";
}

static const char *
look_at_name(const char *dir, const char *name)
{
	char path[PIN_PATH_MAX + PIN_NAME_MAX + 2];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (lstat(path, &st) == 0)
		return "the name exists; nspin -d lets go of it";
	if (stat(dir, &st) == -1 && errno == ENOENT)
		return look_at_parent(dir);
	return look_at_parent(path);
}

void
keep_explain(const struct keep_request *r, struct explain *e)
{
	char dir[PIN_PATH_MAX];

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->file[i] != NULL)
			explain_seen(e, look_at_file(r->file[i]),
			    "keep the %s on %s", ns_types[i].words, r->file[i]);
	if (r->name == NULL)
		return;
	if (pindir_new(geteuid() != 0, dir, sizeof(dir)) == -1)
		explain_seen(e, "there is no safe directory for it",
		    "keep the new namespaces as %s", r->name);
	else
		explain_seen(e, look_at_name(dir, r->name),
		    "keep the new namespaces as %s, in %s", r->name, dir);
}
