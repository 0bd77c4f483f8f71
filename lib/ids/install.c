/* SPDX-License-Identifier: ISC */
/* idmap, the writing: by ourselves, or by newuidmap(1) and newgidmap(1). */
#include "config.h"

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/capture.h"
#include "lib/ids/idmap.h"
#include "lib/proc.h"
#include "lib/reason/reason.h"

#define LINE_BYTES 36 /* three numbers of ten digits, blanks, newline */

static void
path_of(char *path, size_t size, pid_t pid, const char *file)
{
	if (pid == 0)
		snprintf(path, size, "/proc/self/%s", file);
	else
		snprintf(path, size, "/proc/%d/%s", (int)pid, file);
}

/*
 * Since Linux 5.12 whoever maps root of outside needs a capability that lets
 * him set file capabilities there, because from inside he could.
 */
static const char *
why_refused(const struct idmap_job *job, const char *file, int errnum)
{
	if (errnum == EPERM && job->no_setfcap && strcmp(file, "uid_map") == 0)
		return "to map user 0 of outside needs CAP_SETFCAP there";
	return reason_map(errnum);
}

static void
write_file(
    pid_t pid, const char *file, const char *text, const struct idmap_job *job)
{
	char path[64];
	int errnum;

	path_of(path, sizeof(path), pid, file);
	if (file_put(AT_FDCWD, path, text, strlen(text)) == 0)
		return;
	errnum = errno;
	fail_why(
	    EXIT_CANCELED, errnum, why_refused(job, file, errnum), "%s", file);
}

static void
write_map(pid_t pid, const char *file, const struct idmap *map,
    const struct idmap_job *job)
{
	static char text[IDMAP_MAX * LINE_BYTES];
	size_t len = 0;

	for (size_t i = 0; i < map->n; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%u %u %u\n", map->ranges[i].inside, map->ranges[i].outside,
		    map->ranges[i].count);
	write_file(pid, file, text, job);
}

/* argv of newuidmap(1): the process, then three numbers a range. */
static char **
helper_argv(const char *path, pid_t pid, const struct idmap *map)
{
	size_t n = 3 + 3 * map->n;
	char **argv = calloc(n, sizeof(*argv));
	char(*number)[12] = calloc(n, sizeof(*number));

	if (argv == NULL || number == NULL)
		return NULL;
	argv[0] = (char *)(uintptr_t)path;
	snprintf(argv[1] = number[1], 12, "%d", (int)pid);
	for (size_t i = 0; i < map->n; i++) {
		const uint32_t v[3] = { map->ranges[i].inside,
			map->ranges[i].outside, map->ranges[i].count };

		for (size_t k = 0; k < 3; k++)
			snprintf(argv[2 + 3 * i + k] = number[2 + 3 * i + k],
			    12, "%" PRIu32, v[k]);
	}
	return argv;
}

/* A helper that cannot be run, that fails or that is killed: all failures. */
static void
run_helper(const char *path, pid_t pid, const struct idmap *map)
{
	const struct capture c = { .path = path,
		.argv = (const char *const *)helper_argv(path, pid, map),
		.error = STDOUT_FILENO };
	int status;
	char *said = c.argv == NULL ? NULL : capture_run(&c, &status);

	if (said == NULL)
		fail_why(EXIT_CANCELED, errno, reason_helper(path), "%s", path);
	said[strcspn(said, "\n")] = '\0';
	if (WIFSIGNALED(status))
		fail(EXIT_CANCELED, "%s: killed by signal %d", path,
		    WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		fail_why(EXIT_CANCELED, 0, reason_helper(path), "%s: %s", path,
		    said[0] != '\0' ? said : "it failed");
	free(said);
}

static bool
has_range(const struct idmap *map, const struct idmap_range *r)
{
	for (size_t i = 0; i < map->n; i++)
		if (memcmp(&map->ranges[i], r, sizeof(*r)) == 0)
			return true;
	return false;
}

/* Believe nobody: read the map back.  The kernel may have sorted it. */
static void
check_map(pid_t pid, const char *file, const struct idmap *map)
{
	static struct idmap there;
	char path[64];
	size_t n = 0;

	path_of(path, sizeof(path), pid, file);
	if (idmap_read(&there, AT_FDCWD, path) == -1)
		fail_errno(EXIT_CANCELED, "%s, once it is written", file);
	for (size_t i = 0; i < there.n; i++)
		n += has_range(map, &there.ranges[i]);
	if (n != map->n)
		fail(EXIT_CANCELED, "%s: %zu of %zu ranges were written", file,
		    n, map->n);
}

static void
install(pid_t pid, const struct idmap *map, const char *file,
    const char *helper, const struct idmap_job *job)
{
	if (map->n == 0)
		return;
	if (!job->by_helper) {
		write_map(pid, file, map, job);
		return;
	}
	run_helper(helper, pid, map);
	check_map(pid, file, map);
}

void
idmap_install(pid_t pid, const struct idmap_job *job)
{
	pid_t shown = 0;

	/* Of a process that is not dumpable these files belong to root. */
	if (pid == 0 && prctl(PR_GET_DUMPABLE) != 1)
		prctl(PR_SET_DUMPABLE, 1);
	if (pid != 0 && (shown = proc_shown(pid)) == -1)
		fail_why(EXIT_CANCELED, errno,
		    reason_filter(errno) != NULL ? reason_filter(errno) :
						   reason_proc("self"),
		    "ID maps: the process in /proc");
	fail_part(EXPLAIN_SETGROUPS);
	if (job->setgroups != -1)
		write_file(
		    shown, "setgroups", job->setgroups ? "allow" : "deny", job);
	fail_part(EXPLAIN_GID_MAP);
	install(shown, &job->groups, "gid_map", NEWGIDMAP_PATH, job);
	fail_part(EXPLAIN_UID_MAP);
	install(shown, &job->users, "uid_map", NEWUIDMAP_PATH, job);
	fail_part(EXPLAIN_WHOLE);
}

/* uid first: it gives the right to the rest. */
static int
take_back_ids(const struct idmap_job *job)
{
	uid_t u[3];
	gid_t g[3];

	if (getresuid(&u[0], &u[1], &u[2]) == -1 ||
	    getresgid(&g[0], &g[1], &g[2]) == -1 ||
	    setresuid((uid_t)-1, u[2], (uid_t)-1) == -1 ||
	    setresuid(u[2], u[2], u[2]) == -1 ||
	    setresgid(g[2], g[2], g[2]) == -1)
		return -1;
	return setgroups((size_t)job->self->ngroups, job->self->groups);
}

/* What is rolled back is ours, and not the owner's to remove. */
static void
roll_back(void *job)
{
	(void)take_back_ids(job);
}

/*
 * The saved IDs stay ours, for the way back; in the child they mean nothing,
 * because they are not mapped, and execve(2) overwrites them.
 */
void
idmap_as_owner(const struct idmap_job *job)
{
	if (!job->owner)
		return;
	fail_part(EXPLAIN_OWNER);
	job->self->ngroups = getgroups(NGROUPS_MAX, job->self->groups);
	if (job->self->ngroups != -1)
		fail_undo(roll_back, (void *)(uintptr_t)job);
	if (job->self->ngroups == -1 || setgroups(0, NULL) == -1 ||
	    setresgid(job->owner_gid, job->owner_gid, (gid_t)-1) == -1 ||
	    setresuid(job->owner_uid, job->owner_uid, (uid_t)-1) == -1)
		fail_why(EXIT_CANCELED, errno,
		    errno == EPERM ? "needs CAP_SETUID and CAP_SETGID" : NULL,
		    "--owner %u:%u", job->owner_uid, job->owner_gid);
}

void
idmap_as_self(const struct idmap_job *job)
{
	if (job->owner && take_back_ids(job) == -1)
		fail_errno(EXIT_CANCELED, "--owner: back to our own IDs");
}

static void
explain_map(const struct idmap_job *job, const struct idmap *map, int part,
    const char *file, const char *helper, struct explain *e)
{
	char text[EXPLAIN_TEXT - 80];
	size_t len = 0;

	if (map->n == 0)
		return;
	for (size_t i = 0; i < map->n && len < sizeof(text); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    " %u:%u:%u", map->ranges[i].inside, map->ranges[i].outside,
		    map->ranges[i].count);
	explain_step(e, part, "%s%s%s%s%s", file, text,
	    len >= sizeof(text) ? "..." : "", job->by_helper ? ", by " : "",
	    job->by_helper ? helper : "");
}

void
idmap_explain(const struct idmap_job *job, struct explain *e)
{
	if (job->owner)
		explain_step(e, EXPLAIN_OWNER, "owner %u:%u", job->owner_uid,
		    job->owner_gid);
	if (job->setgroups != -1)
		explain_step(e, EXPLAIN_SETGROUPS, "setgroups %s",
		    job->setgroups ? "allow" : "deny");
	explain_map(
	    job, &job->groups, EXPLAIN_GID_MAP, "gid_map", NEWGIDMAP_PATH, e);
	explain_map(
	    job, &job->users, EXPLAIN_UID_MAP, "uid_map", NEWUIDMAP_PATH, e);
}
