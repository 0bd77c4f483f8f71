/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/capture.h"
#include "lib/seal.h"
#include "tools/nsjoin/libs.h"

#define TIMEOUT 10000 /* ms for the loader to answer */
#define FD_PATH "/proc/self/fd/"
#define FD_PATH_MAX (sizeof(FD_PATH) + 11)

/* What LOADER says that FILE needs, or NULL. */
static char *
ask(const char *loader, const char *file, bool names)
{
	const char *const with[] = { loader, "--argv0", file, "--list", file,
		NULL };
	const char *const without[] = { loader, "--list", file, NULL };
	struct capture c = { .path = loader,
		.argv = names ? with : without,
		.envp = environ,
		.error = -1,
		.timeout = TIMEOUT };
	int status;
	char *text = capture_run(&c, &status);

	if (text != NULL && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		free(text);
		return NULL;
	}
	return text;
}

static int
copy_of(const char *path, const char *file)
{
	const char *base = strrchr(path, '/');
	int fd = open(path, O_RDONLY | O_CLOEXEC), copy;

	if (fd == -1)
		fail_errno(EXIT_CANNOT_INVOKE, "--exec %s: %s", file, path);
	copy = seal_program(fd, base != NULL ? base + 1 : path);
	close(fd);
	return copy;
}

/* "NAME => PATH (ADDRESS)"; without a PATH it is the loader or the vDSO. */
static void
take_line(struct libs *l, char *line, const char *file)
{
	char *path = strstr(line, " => "), *end;

	line += strspn(line, "\t ");
	if (path == NULL || line[0] == '/')
		return;
	*path = '\0';
	path += strlen(" => ");
	if ((end = strrchr(path, '(')) != NULL && end > path)
		end[-1] = '\0';
	if (path[0] != '/')
		fail(EXIT_CANNOT_INVOKE, "--exec %s: %s: %s", file, line, path);
	if (l->n == LIBS_MAX)
		fail(EXIT_CANNOT_INVOKE, "--exec %s: more than %d libraries",
		    file, LIBS_MAX);
	l->lib[l->n++] = copy_of(path, file);
}

void
libs_open(struct libs *l, const char *loader, const char *file)
{
	char path[PATH_MAX], *text, *rest, *line;
	bool musl = strstr(loader, "/ld-musl-") != NULL;

	/* Without a '/' it would be a library to look for. */
	snprintf(path, sizeof(path), "%s%s",
	    strchr(file, '/') == NULL ? "./" : "", file);
	l->names = true;
	if ((text = ask(loader, path, true)) == NULL) {
		l->names = false;
		text = ask(loader, path, false);
	}
	if (text == NULL)
		fail(EXIT_CANNOT_INVOKE,
		    "--exec %s: its loader %s cannot say what it needs", file,
		    loader);
	for (rest = text; (line = strsep(&rest, "\n")) != NULL;)
		if (!musl || strstr(line, loader) == NULL)
			take_line(l, line, file);
	free(text);
	if (musl && l->n > 0)
		fail(EXIT_CANNOT_INVOKE,
		    "--exec %s: musl's loader takes libraries by their names "
		    "alone; give a statically linked program",
		    file);
	l->loader = copy_of(loader, file);
}

/* The path of FD, which is to be open in the program, too. */
static const char *
path_of(int fd, char path[FD_PATH_MAX])
{
	snprintf(path, FD_PATH_MAX, FD_PATH "%d", fd);
	(void)fcntl(fd, F_SETFD, 0);
	return path;
}

void
libs_execute(const struct libs *l, int fd, const char *file, char *const argv[])
{
	char list[LIBS_MAX * FD_PATH_MAX] = "", path[FD_PATH_MAX];
	const char **all;
	size_t n = 0, at = 0;

	while (argv[n] != NULL)
		n++;
	if ((all = calloc(n + 8, sizeof(*all))) == NULL)
		return;
	for (size_t i = 0; i < l->n; i++) {
		strlcat(list, i > 0 ? ":" : "", sizeof(list));
		strlcat(list, path_of(l->lib[i], path), sizeof(list));
	}
	all[at++] = file;
	if (l->names) {
		all[at++] = "--argv0";
		all[at++] = file;
	}
	if (l->n > 0) {
		all[at++] = "--preload";
		all[at++] = list;
	}
	all[at++] = path_of(fd, path);
	if (access(path, R_OK) == -1) {
		free(all);
		return;
	}
	memcpy(all + at, argv, n * sizeof(*all));
	file_execute(l->loader, (char *const *)all, environ);
	free(all);
}
