/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/fail.h"
#include "tools/nsls/nsls.h"

void *
memory_for(size_t n, size_t size)
{
	void *p = calloc(n + 1, size);

	if (p == NULL)
		fail_errno(1, "namespaces");
	return p;
}

char *
value_text(const char *fmt, ...)
{
	char *out;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vasprintf(&out, fmt, ap);
	va_end(ap);
	if (len < 0)
		fail_errno(1, "table");
	return out;
}

char *
value_copy(const char *text)
{
	char *out = strdup(text);

	if (out == NULL)
		fail_errno(1, "table");
	return out;
}

char *
value_number(uintmax_t n)
{
	char buf[24], *text = buf + sizeof(buf) - 1;

	*text = '\0';
	do
		*--text = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return value_copy(text);
}

void
facts_init(struct facts *f)
{
	memset(f, 0, sizeof(*f));
	f->netlink = -1;
}

void
labels_free(struct labels *labels)
{
	for (size_t i = 0; i < labels->n; i++)
		free(labels->label[i].text);
	free(labels->label);
}

void
facts_free(struct facts *f)
{
	labels_free(&f->names);
	labels_free(&f->mounts);
	free(f->status.text);
	free(f->cmdline.text);
	free(f->cgroup.text);
	free(f->command.text);
	if (f->netlink != -1)
		close(f->netlink);
}

void
facts_lost(struct facts *f, pid_t pid)
{
	int error = errno;
	bool failed;
	char path[32];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d", (int)pid);
	if (pid != 0 && (error == ENOENT || error == ESRCH) &&
	    stat(path, &st) == -1)
		return;
	failed = error != EPERM && error != EACCES;
	if (f->lost++ == 0 || (failed && f->failed == 0))
		f->errnum = error;
	f->failed += failed;
}
