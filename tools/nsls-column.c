/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/account.h"
#include "lib/file.h"
#include "lib/text.h"
#include "tools/nsls.h"

static char *__attribute__((format(printf, 1, 2))) format(const char *fmt, ...)
{
	char *out;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vasprintf(&out, fmt, ap);
	va_end(ap);
	return len < 0 ? NULL : out;
}

static char *
number(unsigned long n, bool absent)
{
	return absent ? NULL : format("%lu", n);
}

static char *
ns_number(const struct row *row)
{
	return number(row->ns->ino, false);
}

static char *
type_of(const struct row *row)
{
	return strdup(row->ns->type->name);
}

static char *
nprocs(const struct row *row)
{
	return number(row->ns->nprocs, false);
}

static char *
pid_of(const struct row *row)
{
	return number((unsigned long)row->pid, row->pid == 0);
}

/* A process may be called anything: what follows the last ')' is sure. */
static char *
parent_of(const struct row *row)
{
	char path[64], buf[1024], *s;
	int ppid;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)row->pid);
	if (row->pid == 0 || file_get(AT_FDCWD, path, buf, sizeof(buf)) == -1 ||
	    (s = strrchr(buf, ')')) == NULL ||
	    sscanf(s, ") %*c %d", &ppid) != 1)
		return NULL;
	return format("%d", ppid);
}

static char *
command_of(const struct row *row)
{
	char path[64], buf[4096], out[4 * sizeof(buf)];
	ssize_t len;

	if (row->pid == 0)
		return NULL;
	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)row->pid);
	len = file_get(AT_FDCWD, path, buf, sizeof(buf));
	if (len == -1 && errno == E2BIG)
		len = (ssize_t)sizeof(buf) - 1;
	if (len <= 0) {
		snprintf(path, sizeof(path), "/proc/%d/comm", (int)row->pid);
		len = file_get(AT_FDCWD, path, buf, sizeof(buf));
	}
	while (len > 0 && (buf[len - 1] == '\0' || buf[len - 1] == '\n'))
		len--;
	if (len <= 0)
		return NULL;
	for (ssize_t i = 0; i < len; i++)
		if (buf[i] == '\0')
			buf[i] = ' ';
	text_escape(out, sizeof(out), buf, (size_t)len);
	return strdup(out);
}

static bool
uid_of(const struct row *row, uid_t *uid)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d", (int)row->pid);
	if (row->pid == 0 || stat(path, &st) == -1)
		return false;
	*uid = st.st_uid;
	return true;
}

static char *
uid_number(const struct row *row)
{
	uid_t uid = 0;

	return number(uid, !uid_of(row, &uid));
}

static char *
name_of(uid_t uid)
{
	const char *errstr, *name = account_name(uid, &errstr);

	return name != NULL ? text_show(name) : number(uid, false);
}

static char *
user_of(const struct row *row)
{
	uid_t uid;

	return uid_of(row, &uid) ? name_of(uid) : NULL;
}

static char *
parent_number(const struct row *row)
{
	const struct scan_ns *up = row->ns->parent;

	return number(up != NULL ? up->ino : 0, up == NULL);
}

static char *
owner_number(const struct row *row)
{
	const struct scan_ns *up = row->ns->owner;

	return number(up != NULL ? up->ino : 0, up == NULL);
}

static char *
holders_of(const struct row *row)
{
	char *item, *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		return NULL;
	for (const struct scan_holder *h = row->ns->holders; h; h = h->next) {
		if ((item = scan_holder_text(h)) != NULL)
			fprintf(f, "%s%s", ftell(f) > 0 ? "\n" : "", item);
		free(item);
	}
	fclose(f);
	return text;
}

static char *
state_of(const struct row *row)
{
	return strdup(row->ns->nprocs > 0 ? "live" : "held");
}

static char *
ref_of(const struct row *row)
{
	return format(
	    "%s:[%lu]", row->ns->type->name, (unsigned long)row->ns->ino);
}

/* clang-format off */
static const struct column columns[] = {
	{ "NS", "inode number", COLUMN_NUMBER, false, ns_number },
	{ "TYPE", "type", COLUMN_TEXT, false, type_of },
	{ "NPROCS", "number of processes", COLUMN_NUMBER, false, nprocs },
	{ "PID", "lowest process", COLUMN_NUMBER, false, pid_of },
	{ "PPID", "its parent", COLUMN_NUMBER, false, parent_of },
	{ "COMMAND", "its command line", COLUMN_TEXT, true, command_of },
	{ "UID", "its user, by number", COLUMN_NUMBER, false, uid_number },
	{ "USER", "its user", COLUMN_TEXT, false, user_of },
	{ "PNS", "parent namespace", COLUMN_NUMBER, false, parent_number },
	{ "ONS", "owning user namespace", COLUMN_NUMBER, false, owner_number },
	{ "REF", "what every tool reads", COLUMN_TEXT, false, ref_of },
	{ "HOLDERS", "what keeps it alive", COLUMN_LIST, false,
	    holders_of },
	{ "STATE", "live or held", COLUMN_TEXT, false, state_of },
};
/* clang-format on */

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

size_t
column_choose(const char *list, const struct column **which, size_t n)
{
	const char *errstr;
	char item[16];
	size_t i;

	while (list != NULL) {
		if (opt_list(&list, item, sizeof(item), &errstr) == -1)
			opt_usage(&nsls_tool, "-o: %s", errstr);
		for (i = 0; i < NCOLUMNS; i++)
			if (strcasecmp(columns[i].name, item) == 0)
				break;
		if (i == NCOLUMNS)
			opt_usage(&nsls_tool, "-o: no column %s", item);
		if (n == COLUMNS_MAX)
			opt_usage(&nsls_tool, "-o: too many columns");
		which[n++] = &columns[i];
	}
	return n;
}

size_t
column_all(const struct column **which)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		which[i] = &columns[i];
	return NCOLUMNS;
}

void
column_help(void)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		printf("%-10s%s\n", columns[i].name, columns[i].help);
}
