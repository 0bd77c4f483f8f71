/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/alias.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/proctext.h"
#include "lib/ref/ref.h"
#include "lib/scan/scan.h"
#include "lib/text.h"
#include "tools/nsls/nsls.h"

#define FILE_MAX (128 << 10) /* of a command line with megabytes enough */

/* A file of PID, or the beginning of a long one; NULL if it cannot be read. */
static char *
read_file(struct facts *f, pid_t pid, const char *file, size_t *len)
{
	char path[64], *text;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	text = file_get_start(AT_FDCWD, path, FILE_MAX, len);
	if (text == NULL)
		facts_lost(f, pid);
	return text;
}

/*
 * The same of a FILE that the kernel gives at once: one read(2) that leaves
 * room has all of it.
 */
static char *
read_whole(struct facts *f, pid_t pid, const char *file, size_t *len)
{
	char path[64], buf[2048], *text;
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) != -1) {
		n = read(fd, buf, sizeof(buf));
		file_close(fd);
	}
	if (n == -1 || (size_t)n == sizeof(buf))
		return read_file(f, pid, file, len);
	if ((text = malloc((size_t)n + 1)) == NULL)
		return NULL;
	memcpy(text, buf, (size_t)n);
	text[n] = '\0';
	*len = (size_t)n;
	return text;
}

/* The same of a FILE that many rows ask for: K keeps it. */
static const char *
read_kept(struct facts *f, struct kept *k, pid_t pid, const char *file)
{
	if (k->text == NULL || k->pid != pid) {
		free(k->text);
		k->text = read_whole(f, pid, file, &k->len);
		k->pid = pid;
	}
	return k->text;
}

char *
process_status(struct facts *f, pid_t pid, const char *key, int n)
{
	const char *text = read_kept(f, &f->status, pid, "status");
	uint64_t number;

	if (text == NULL || proctext_number(text, key, n, &number) == -1)
		return NULL;
	return value_number(number);
}

pid_t
process_parent(struct facts *f, pid_t pid)
{
	char *text = read_file(f, pid, "stat", NULL);
	int64_t ppid;

	if (text == NULL || proctext_stat(text, PROCTEXT_PPID, &ppid) == -1)
		ppid = 0;
	free(text);
	return (pid_t)ppid;
}

/* The words in the LEN bytes of TEXT, one at least, with a blank between. */
static char *
words_of(const char *text, size_t len)
{
	size_t size = 4 * len + 2, n = 0, word;
	char *out = malloc(size), *fits;

	for (size_t at = 0; out != NULL && at < len; at += word + 1) {
		word = strnlen(text + at, len - at);
		n += text_escape(out + n, size - n, text + at, word);
		out[n++] = ' ';
	}
	if (out == NULL)
		return NULL;
	out[n - 1] = '\0';
	fits = realloc(out, n);
	return fits != NULL ? fits : out;
}

/* As ps(1) and lsns(8) have it: the words, or the name where there are none. */
static char *
command_line(struct facts *f, pid_t pid)
{
	const char *text = read_kept(f, &f->cmdline, pid, "cmdline");
	size_t len = text == NULL ? 0 : f->cmdline.len;
	char *name = NULL, *out = NULL;

	if (len == 0)
		text = name = read_whole(f, pid, "comm", &len);
	while (text != NULL && len > 0 &&
	    (text[len - 1] == '\0' || text[len - 1] == '\n'))
		len--;
	if (text != NULL && len > 0)
		out = words_of(text, len);
	free(name);
	return out;
}

/* A short file of PID, which nobody misses if it is not there. */
static bool
read_short(pid_t pid, const char *file, char *buf, size_t size)
{
	char path[96];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	return file_get(AT_FDCWD, path, buf, size) != -1;
}

/*
 * The child of PID that is the command, if PID is an init of ours, whose
 * command line is still that of the TOOL that it was made by; else 0.  It is
 * the first child that it has had, and it ends with that.
 */
static pid_t
command_of_init(struct facts *f, pid_t pid, char *tool, size_t size)
{
	static const char *const tools[] = { "nsclone", "nsunshare", "nsjoin",
		"unshare", "nsenter" };
	const char *text = read_kept(f, &f->cmdline, pid, "cmdline");
	char buf[4096], file[32];
	const char *name = text == NULL ? NULL : strrchr(text, '/');
	bool ours = false;

	name = name != NULL ? name + 1 : text != NULL ? text : "";
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		ours |= strcmp(name, tools[i]) == 0;
	strlcpy(tool, name, size);
	if (!ours || !read_short(pid, "comm", buf, sizeof(buf)) ||
	    strcmp(buf, PROC_INIT_NAME "\n") != 0)
		return 0;
	snprintf(file, sizeof(file), "task/%d/children", (int)pid);
	if (!read_short(pid, file, buf, sizeof(buf)))
		return 0;
	return (pid_t)strtol(buf, NULL, 10);
}

char *
process_command(struct facts *f, pid_t pid)
{
	char tool[32], *of, *out;
	pid_t child;

	if (alias_has(ALIAS_COLUMNS) ||
	    (child = command_of_init(f, pid, tool, sizeof(tool))) == 0)
		return command_line(f, pid);
	if ((of = command_line(f, child)) == NULL)
		return command_line(f, pid);
	out = value_text("%s: init of %s", tool, of);
	free(of);
	return out;
}

char *
process_command_inside(struct facts *f, pid_t pid)
{
	char tool[32], *text;
	pid_t child;

	if (alias_has(ALIAS_COLUMNS) ||
	    (child = command_of_init(f, pid, tool, sizeof(tool))) == 0 ||
	    (text = command_line(f, child)) == NULL)
		return command_line(f, pid);
	return text;
}

/* The unified hierarchy's path; on an old system the first one there is. */
char *
process_cgroup(struct facts *f, pid_t pid)
{
	const char *text = read_kept(f, &f->cgroup, pid, "cgroup");
	char *copy = text == NULL ? NULL : strdup(text), *rest = copy, *line;
	char *path, *found = NULL;

	while ((line = strsep(&rest, "\n")) != NULL) {
		if ((path = strchr(line, ':')) == NULL ||
		    (path = strchr(path + 1, ':')) == NULL)
			continue;
		if (strncmp(line, "0::", 3) == 0 || found == NULL) {
			free(found);
			found = text_show(path + 1);
		}
	}
	free(copy);
	return found;
}

char *
process_container(struct facts *f, pid_t pid)
{
	const char *text = read_kept(f, &f->cgroup, pid, "cgroup");
	char name[512];

	return text != NULL && ref_container(text, name, sizeof(name)) ?
	    text_show(name) :
	    NULL;
}

char *
process_container_name(struct facts *f, pid_t pid, bool quiet)
{
	const char *text = read_kept(f, &f->cgroup, pid, "cgroup");
	const char *errstr = NULL;
	char name[512];
	int rc = text == NULL ?
	    0 :
	    ref_container_name(text, name, sizeof(name), &errstr);

	if (rc == -1 && !quiet && !f->told) {
		f->told = true;
		fail_warn("CNAME: %s", errstr);
	}
	return rc == 1 ? text_show(name) : NULL;
}

/* INSIDE:OUTSIDE:COUNT, a range a line, as --map-users takes them. */
char *
process_map(struct facts *f, pid_t pid, const char *file)
{
	char *text = read_file(f, pid, file, NULL), *rest = text, *line;
	char *out = NULL, *more;
	unsigned long in, outside, count;

	while ((line = strsep(&rest, "\n")) != NULL) {
		if (sscanf(line, "%lu %lu %lu", &in, &outside, &count) != 3)
			continue;
		more = value_text("%s%s%lu:%lu:%lu", out ? out : "",
		    out ? "\n" : "", in, outside, count);
		free(out);
		out = more;
	}
	free(text);
	return out;
}

/* Its namespace of that FILE as the link has it: "time:[4026531834]". */
static bool
read_link(struct facts *f, pid_t pid, const char *file, char *text, size_t size)
{
	char path[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, file);
	if ((len = readlink(path, text, size - 1)) == -1) {
		facts_lost(f, pid);
		return false;
	}
	text[len] = '\0';
	return true;
}

ino_t
process_mntns(struct facts *f, pid_t pid)
{
	const struct ns_type *type;
	char text[64];
	ino_t ino;

	return read_link(f, pid, "mnt", text, sizeof(text)) &&
		ns_parse(text, &type, &ino) == 0 ?
	    ino :
	    0;
}

/*
 * The file speaks of the namespace that PID's children will be in, which is
 * its own unless it has just made one.
 */
char *
process_boottime(struct facts *f, pid_t pid)
{
	char own[64], next[64], *text, *rest, *line, *out = NULL;
	long long s;
	long ns;

	if (!read_link(f, pid, "time", own, sizeof(own)) ||
	    !read_link(f, pid, "time_for_children", next, sizeof(next)) ||
	    strcmp(own, next) != 0)
		return NULL;
	rest = text = read_file(f, pid, "timens_offsets", NULL);
	while (out == NULL && (line = strsep(&rest, "\n")) != NULL)
		if (sscanf(line, "boottime %lld %ld", &s, &ns) == 2)
			out = ns == 0 ? value_text("%lld", s) :
					value_text("%lld.%09ld", s, ns);
	free(text);
	return out;
}

char *
process_interfaces(struct facts *f, pid_t pid)
{
	char *text = read_file(f, pid, "net/dev", NULL), *rest = text, *line;
	char *out = NULL, *more, *name;

	/* Two lines of headings; NAME: numbers. */
	for (int i = 0; (line = strsep(&rest, "\n")) != NULL; i++) {
		if (i < 2 || strrchr(line, ':') == NULL)
			continue;
		*strrchr(line, ':') = '\0';
		if ((name = text_show(line + strspn(line, " "))) == NULL)
			break;
		more = value_text(
		    "%s%s%s", out ? out : "", out ? "\n" : "", name);
		free(name);
		free(out);
		out = more;
	}
	free(text);
	return out;
}

/* Do pidfds have inodes of their own here (Linux 6.9)?  We have one. */
static bool
has_identities(struct facts *f)
{
	struct proc p;

	for (int i = 0; i < 2 && f->identities == 0; i++) {
		if (proc_open(&p, getpid(), false) == -1)
			continue;
		if (p.ino != 0)
			f->identities = 1;
		proc_close(&p);
	}
	if (f->identities == 0)
		f->identities = -1;
	return f->identities == 1;
}

/* The pidfd's inode of PID as long as it is in NS; 0 and errno. */
static uint64_t
identity_in(struct facts *f, pid_t pid, const struct scan_ns *ns, bool *there)
{
	char text[64], want[64];
	struct proc p;
	int error;

	if (proc_open(&p, pid, false) == -1)
		return 0;
	snprintf(
	    want, sizeof(want), "%s:[%ju]", ns->type->name, (uintmax_t)ns->ino);
	*there = read_link(f, pid, ns->type->name, text, sizeof(text)) &&
	    strcmp(text, want) == 0;
	error = *there && proc_alive(&p) == -1 ? errno : 0;
	proc_close(&p);
	errno = error;
	return error == 0 && *there ? p.ino : 0;
}

/* Asked twice, so that what cannot be had is not there. */
char *
process_ref(struct facts *f, pid_t pid, const struct scan_ns *ns)
{
	bool there = true;
	uint64_t ino = 0;

	if (!has_identities(f))
		return NULL;
	for (int i = 0; i < 2 && ino == 0 && there; i++)
		ino = identity_in(f, pid, ns, &there);
	if (ino != 0)
		return value_text(
		    "%s=%d:%ju", ns->type->name, (int)pid, (uintmax_t)ino);
	if (there)
		facts_lost(f, pid);
	return NULL;
}
