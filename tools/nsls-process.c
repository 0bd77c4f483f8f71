/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/proc.h"
#include "lib/scan.h"
#include "lib/text.h"
#include "tools/nsls.h"

#define FILE_MAX (1 << 20) /* more than /proc has to say in one of these */

/* A file of PID, whole; NULL if there is none. */
static char *
read_file(pid_t pid, const char *file, size_t *len)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	return file_get_all(AT_FDCWD, path, FILE_MAX, len);
}

/* The words of TEXT that SEP ends, from the first one. */
static char *
word_at(char *text, const char *sep, int which)
{
	char *word, *last = NULL;

	for (int i = 0; (word = strsep(&text, sep)) != NULL; i++) {
		if (*word == '\0') {
			i--;
			continue;
		}
		if (i == which)
			return word;
		last = word;
	}
	return which < 0 ? last : NULL;
}

/* FIELD begins a line of status, and a name cannot: its newlines are \n. */
char *
process_status(pid_t pid, const char *field, int word)
{
	char *text = read_file(pid, "status", NULL), *rest = text, *line;
	char *found = NULL;
	size_t len = strlen(field);

	while ((line = strsep(&rest, "\n")) != NULL)
		if (strncmp(line, field, len) == 0) {
			line = word_at(line + len, " \t", word);
			if (line != NULL)
				found = column_text("%s", line);
			break;
		}
	free(text);
	return found;
}

/* A process may be called anything: what follows the last ')' is sure. */
pid_t
process_parent(pid_t pid)
{
	char path[64], buf[1024], *s;
	int ppid;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (file_get(AT_FDCWD, path, buf, sizeof(buf)) == -1 ||
	    (s = strrchr(buf, ')')) == NULL ||
	    sscanf(s, ") %*c %d", &ppid) != 1)
		return 0;
	return ppid;
}

/* As ps(1) and lsns(8) have it: the words, or the name where there are none. */
char *
process_command(pid_t pid)
{
	size_t len = 0;
	char *text = read_file(pid, "cmdline", &len), *out;

	if (text == NULL || len == 0) {
		free(text);
		text = read_file(pid, "comm", &len);
	}
	while (text != NULL && len > 0 &&
	    (text[len - 1] == '\0' || text[len - 1] == '\n'))
		len--;
	if (text == NULL || len == 0) {
		free(text);
		return NULL;
	}
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\0')
			text[i] = ' ';
	if ((out = malloc(4 * len + 1)) != NULL)
		text_escape(out, 4 * len + 1, text, len);
	free(text);
	return out;
}

/* The unified hierarchy's path; on an old system the first one there is. */
char *
process_cgroup(pid_t pid)
{
	char *text = read_file(pid, "cgroup", NULL), *rest = text, *line;
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
	free(text);
	return found;
}

/* INSIDE:OUTSIDE:COUNT, a range a line, as --map-users takes them. */
char *
process_map(pid_t pid, const char *file)
{
	char *text = read_file(pid, file, NULL), *rest = text, *line;
	char *out = NULL, *more;
	unsigned long in, outside, count;

	while ((line = strsep(&rest, "\n")) != NULL) {
		if (sscanf(line, "%lu %lu %lu", &in, &outside, &count) != 3)
			continue;
		more = column_text("%s%s%lu:%lu:%lu", out ? out : "",
		    out ? "\n" : "", in, outside, count);
		free(out);
		out = more;
	}
	free(text);
	return out;
}

/*
 * The file speaks of the namespace that PID's children will be in, which is
 * its own unless it has just made one.
 */
char *
process_boottime(pid_t pid)
{
	char *text = read_file(pid, "timens_offsets", NULL), *rest = text;
	char *line, own[64] = "", next[64] = "", path[64], *out = NULL;
	long long s;
	long ns;

	snprintf(path, sizeof(path), "/proc/%d/ns/time", (int)pid);
	if (readlink(path, own, sizeof(own) - 1) == -1)
		own[0] = '\0';
	strlcat(path, "_for_children", sizeof(path));
	if (readlink(path, next, sizeof(next) - 1) == -1)
		next[0] = '\0';
	while (own[0] != '\0' && strcmp(own, next) == 0 && out == NULL &&
	    (line = strsep(&rest, "\n")) != NULL)
		if (sscanf(line, "boottime %lld %ld", &s, &ns) == 2)
			out = ns == 0 ? column_text("%lld", s) :
					column_text("%lld.%09ld", s, ns);
	free(text);
	return out;
}

char *
process_interfaces(pid_t pid)
{
	char *text = read_file(pid, "net/dev", NULL), *rest = text, *line;
	char *out = NULL, *more, *name;

	/* Two lines of headings; NAME: numbers. */
	for (int i = 0; (line = strsep(&rest, "\n")) != NULL; i++) {
		if (i < 2 || strrchr(line, ':') == NULL)
			continue;
		*strrchr(line, ':') = '\0';
		if ((name = text_show(line + strspn(line, " "))) == NULL)
			break;
		more = column_text(
		    "%s%s%s", out ? out : "", out ? "\n" : "", name);
		free(name);
		free(out);
		out = more;
	}
	free(text);
	return out;
}

char *
process_ref(pid_t pid, const struct scan_ns *ns)
{
	char file[64], text[64], want[64], *ref = NULL;
	struct proc p;
	ssize_t len;

	if (proc_open(&p, pid, false) == -1)
		return NULL;
	snprintf(file, sizeof(file), "ns/%s", ns->type->name);
	snprintf(
	    want, sizeof(want), "%s:[%ju]", ns->type->name, (uintmax_t)ns->ino);
	len = readlinkat(p.dir, file, text, sizeof(text) - 1);
	text[len > 0 ? len : 0] = '\0';
	if (p.ino != 0 && strcmp(text, want) == 0 && proc_alive(&p) == 0)
		ref = column_text(
		    "%s=%d:%ju", ns->type->name, (int)pid, (uintmax_t)p.ino);
	proc_close(&p);
	return ref;
}
