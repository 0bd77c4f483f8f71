/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ids/capture.h"
#include "lib/ref/container.h"

#define TIMEOUT 5000 /* ms for an engine to answer */
#define ENGINE_PATH \
	"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Where the programs are. */
static const char *
directory(void)
{
	const char *dir = getenv("NSREF");

	return dir != NULL && dir[0] == '/' ? dir : REF_DIR;
}

bool
ref_has_scheme(const char *text, size_t len)
{
	char path[PATH_MAX];

	if (len == 0 || memchr(text, '/', len) != NULL || text[0] == '.')
		return false;
	snprintf(path, sizeof(path), "%s/%.*s", directory(), (int)len, text);
	return access(path, X_OK) == 0;
}

/* May somebody else have written PATH?  0, or -1 and *ERRSTR. */
static int
check_program(const char *path, const char **errstr)
{
	const char *doubt;
	char why[PATH_MAX + 64];
	struct stat st;

	if (lstat(path, &st) == -1 && errno == ENOENT)
		return ref_say(errstr,
		    "%s: %s (\"make install\" puts it there; NSREF names "
		    "another directory)",
		    path, strerror(errno));
	if (lstat(path, &st) == -1)
		return ref_say(errstr, "%s: %s", path, strerror(errno));
	if ((doubt = ref_doubt_path(path)) != NULL) {
		strlcpy(why, doubt, sizeof(why));
		return ref_say(errstr, "not asked: %s", why);
	}
	if (!S_ISREG(st.st_mode))
		return ref_say(errstr, "%s: not a plain file", path);
	if ((st.st_uid != 0 && st.st_uid != geteuid()) ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return ref_say(errstr,
		    "not asked: %s does not belong to root or us alone", path);
	return 0;
}

/* NAME=value of our environment, if that directory is ours. */
static const char *
own_directory(const char *name, char *buf, size_t size)
{
	const char *value = getenv(name);
	struct stat st;

	if (value == NULL || value[0] != '/' || stat(value, &st) == -1 ||
	    st.st_uid != geteuid() ||
	    snprintf(buf, size, "%s=%s", name, value) >= (int)size)
		return NULL;
	return buf;
}

/* DOCKER_HOST, if it is a socket here: another machine has other processes. */
static const char *
own_socket(char *buf, size_t size)
{
	const char *value = getenv("DOCKER_HOST");
	struct stat st;

	if (value == NULL || strncmp(value, "unix:///", 8) != 0 ||
	    stat(value + 7, &st) == -1 || !S_ISSOCK(st.st_mode) ||
	    (st.st_uid != 0 && st.st_uid != geteuid()) ||
	    snprintf(buf, size, "DOCKER_HOST=%s", value) >= (int)size)
		return NULL;
	return buf;
}

/* The first line that came to FD while nobody read it. */
static void
first_line(int fd, char *buf, size_t size)
{
	ssize_t n = read(fd, buf, size - 1);

	buf[n > 0 ? n : 0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
}

/* Run PATH with ARGV; what it says on standard error goes to WHY. */
static char *
run(const char *path, const char *const argv[], int *status, char *why,
    size_t size)
{
	char home[PATH_MAX], runtime[PATH_MAX], host[PATH_MAX];
	const char *env[6] = { ENGINE_PATH, "LC_ALL=C" };
	int error[2], n = 2;
	struct capture c = { .path = path,
		.argv = argv,
		.envp = (char *const *)env,
		.timeout = TIMEOUT };
	char *text;

	if (pipe2(error, O_CLOEXEC | O_NONBLOCK) == -1)
		return NULL;
	if ((env[n] = own_directory("HOME", home, sizeof(home))) != NULL)
		n++;
	env[n] = own_directory("XDG_RUNTIME_DIR", runtime, sizeof(runtime));
	if (env[n] != NULL)
		n++;
	env[n] = own_socket(host, sizeof(host));
	c.error = error[1];
	text = capture_run(&c, status);
	close(error[1]);
	first_line(error[0], why, size);
	file_close(error[0]);
	return text;
}

/* PID [ID [STATE]] in TEXT. */
static int
parse_answer(char *text, struct container *c)
{
	const char *word = strsep(&text, " \t\n"), *errstr;
	long long pid = strtonum(word, 0, PROC_PID_MAX, &errstr);

	if (errstr != NULL)
		return -1;
	c->pid = (pid_t)pid;
	if ((word = strsep(&text, " \t\n")) != NULL && strcmp(word, "-") != 0)
		strlcpy(c->id, word, sizeof(c->id));
	if ((word = strsep(&text, " \t\n")) != NULL && strcmp(word, "-") != 0)
		strlcpy(c->state, word, sizeof(c->state));
	return 0;
}

/* What the program of SCHEME says of NAME, or (NULL) of all. */
static char *
ask(const char *scheme, const char *name, const char **errstr)
{
	char path[PATH_MAX], why[256] = "", *text;
	const char *const argv[] = { path, name, NULL };
	int status = 0;

	snprintf(path, sizeof(path), "%s/%s", directory(), scheme);
	if (check_program(path, errstr) == -1)
		return NULL;
	text = run(path, argv, &status, why, sizeof(why));
	if (text == NULL)
		(void)ref_say(errstr, "%s: %s", path, strerror(errno));
	else if (WIFSIGNALED(status))
		(void)ref_say(
		    errstr, "%s: killed by signal %d", path, WTERMSIG(status));
	else if (WEXITSTATUS(status) != 0)
		(void)ref_say(errstr, "not there: %s",
		    why[0] != '\0' ? why : "the engine knows none");
	else
		return text;
	free(text);
	return NULL;
}

int
container_by_program(const char *scheme, const char *name, struct container *c,
    const char **errstr)
{
	char *text;
	int rc = 0;

	memset(c, 0, sizeof(*c));
	strlcpy(c->scheme, scheme, sizeof(c->scheme));
	if ((text = ask(scheme, name, errstr)) == NULL)
		return -1;
	if (parse_answer(text, c) == -1)
		rc = ref_say(errstr, "%s/%s: its answer has no process",
		    directory(), scheme);
	free(text);
	return rc;
}

char *
container_table(const char *scheme, const char **errstr)
{
	return ask(scheme, NULL, errstr);
}

void
container_each_program(void (*fn)(void *arg, const char *scheme), void *arg)
{
	DIR *d = opendir(directory());
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.' && strlen(e->d_name) < REF_SCHEME_MAX &&
		    ref_has_scheme(e->d_name, strlen(e->d_name)))
			fn(arg, e->d_name);
	if (d != NULL)
		closedir(d);
}
