/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "lib/text.h"

const char *
scan_kind_name(enum scan_kind kind)
{
	static const char *const names[SCAN_NKINDS] = {
		[SCAN_PROCESS] = "process",
		[SCAN_THREAD] = "thread",
		[SCAN_FOR] = "for_children",
		[SCAN_FD] = "fd",
		[SCAN_SOCKET] = "socket",
		[SCAN_TUN] = "tun",
		[SCAN_TREE] = "tree",
		[SCAN_QUEUED] = "queued",
		[SCAN_MOUNT] = "mount",
		[SCAN_CHILD] = "child",
		[SCAN_OWNED] = "owned",
		[SCAN_LISTED] = "listed",
	};

	return names[kind];
}

char *
scan_holder_text(const struct scan_holder *h)
{
	char *text = NULL;
	int len = 0;

	switch (h->kind) {
	case SCAN_MOUNT:
		return text_show(h->path);
	case SCAN_CHILD:
	case SCAN_OWNED:
		len = asprintf(&text, "%s:[%llu]", h->ns->type->name,
		    (unsigned long long)h->ns->ino);
		break;
	case SCAN_LISTED:
		return strdup("");
	case SCAN_PROCESS:
	case SCAN_THREAD:
	case SCAN_FOR:
		len = h->number != 0 ? asprintf(&text, "tid:%d", h->number) :
				       asprintf(&text, "pid:%d", (int)h->pid);
		break;
	default:
		len = asprintf(&text, "pid:%d/fd/%d", (int)h->pid, h->number);
	}
	return len == -1 ? NULL : text;
}

/* Add to the LEN bytes in BUF, as far as there is room. */
static void __attribute__((format(printf, 4, 5)))
add(char *buf, size_t size, size_t *len, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (*len < size)
		*len += (size_t)vsnprintf(buf + *len, size - *len, fmt, ap);
	va_end(ap);
}

const char *
scan_incomplete(const struct scan_unseen *u, char *buf, size_t size)
{
	const struct {
		size_t n;
		const char *one, *many;
	} rows[] = {
		{ u->processes, "process", "processes" },
		{ u->sockets, "socket", "sockets" },
		{ u->mntns, "mount namespace", "mount namespaces" },
		{ u->above, "parent or owner", "parents or owners" },
		{ u->queues, "socket queue", "socket queues" },
	};
	size_t len = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].n == 0)
			continue;
		add(buf, size, &len, "%s", len > 0 ? ", " : "");
		if (i == 0 && u->processes == 1)
			add(buf, size, &len, "process %d", (int)u->pid);
		else
			add(buf, size, &len, "%zu %s", rows[i].n,
			    rows[i].n == 1 ? rows[i].one : rows[i].many);
	}
	if (len > 0)
		add(buf, size, &len, " could not be read: %s",
		    strerror(u->error));
	if (u->trees > 0)
		add(buf, size, &len, "%s%zu detached mount%s no way leads into",
		    len > 0 ? "; " : "", u->trees, u->trees == 1 ? "" : "s");
	if (u->unasked > 0)
		add(buf, size, &len, "%s%zu socket queue%s not looked into",
		    len > 0 ? "; " : "", u->unasked,
		    u->unasked == 1 ? " was" : "s were");
	if (u->hidden)
		add(buf, size, &len, "%s/proc hides processes (hidepid): %s",
		    len > 0 ? "; " : "", strerror(EACCES));
	return len > 0 ? buf : NULL;
}
