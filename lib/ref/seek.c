/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ns.h"
#include "lib/reason/reason.h"
#include "lib/ref/open.h"
#include "lib/scan/scan.h"

/* A namespace by its number, and what it takes to see it. */
struct seek {
	const struct ref_name *n;
	struct scan scan;
	int fd;		   /* what was found, or -1 */
	char where[512];   /* what holds it, where it could not be opened */
	char unseen[1024]; /* what could not be read, in words, or "" */
};

static bool
is_it(const struct seek *s, int fd)
{
	struct ns_identity id = { 0 };

	return ns_identify(fd, &id) == 0 &&
	    (s->n->kind == REF_INODE ? id.key.ino : id.id) == s->n->number;
}

/* Open NS, the one that is sought; note what holds it where that fails. */
static bool
take(struct seek *s, const struct scan_ns *ns)
{
	char *text;

	if ((s->fd = scan_open(ns)) != -1) {
		if (is_it(s, s->fd))
			return true;
		close(s->fd);
		s->fd = -1;
		return false; /* it has ended, and another one is there */
	}
	if ((text = scan_holder_text(ns->holders)) == NULL)
		return false;
	snprintf(s->where, sizeof(s->where), "%s %s",
	    scan_kind_name(ns->holders->kind), text);
	free(text);
	return false;
}

/* Look for it in the places WANT, among the namespaces of TYPES. */
static int
look(struct seek *s, int types, unsigned want, const char **errstr)
{
	bool by_id = s->n->kind == REF_ID, found = false;
	ino_t ino = (ino_t)s->n->number;
	struct scan_request r = {
		.types = types,
		.want = want | (by_id ? SCAN_ID : SCAN_HOLDERS),
		.only = by_id ? NULL : &ino,
		.nonly = 1,
		.own = true,
		/* setns(2) of a user namespace wants no second thread, which
		 * has perhaps not quite ended when pthread_join(3) returns. */
		.nreaders = 1,
	};
	const struct scan_ns *ns;
	const char *why;

	if (scan_all(&s->scan, &r, &why) == -1) {
		if (reason_proc("self") != NULL)
			return ref_say(errstr, "%s", reason_proc("self"));
		return ref_say(errstr, "/proc: %s", why);
	}
	for (size_t i = 0; !found && i < s->scan.n; i++) {
		ns = s->scan.ns[i];
		found = (by_id ? ns->id : ns->ino) == s->n->number &&
		    take(s, ns);
	}
	if (scan_incomplete(&s->scan.unseen, s->unseen, sizeof(s->unseen)) ==
	    NULL)
		s->unseen[0] = '\0';
	scan_free(&s->scan);
	return 0;
}

/* Does the kernel give IDs at all?  Our own namespaces tell. */
static bool
has_ids(void)
{
	struct ns_identity id;
	int fd = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);
	bool has;

	if (fd == -1)
		return true; /* not known: look */
	has = ns_identify(fd, &id) == -1 || id.id != 0;
	close(fd);
	return has;
}

/* It is not there, or not to be had. */
static int
say_nothing(const struct seek *s, const char **errstr)
{
	if (s->where[0] != '\0')
		return ref_say(errstr,
		    "it is there (%s), but cannot be opened from here",
		    s->where);
	if (s->unseen[0] != '\0')
		return ref_say(errstr,
		    "no such namespace found, but %s (needs CAP_SYS_PTRACE)",
		    s->unseen);
	return ref_say(
	    errstr, "%s (there is no such namespace)", strerror(ENOENT));
}

int
ref_seek(const struct ref_name *n, const char **errstr)
{
	/* Most are in use by a process, which is soon seen. */
	static const unsigned passes[] = {
		0,
		SCAN_EVERYWHERE,
		SCAN_EVERYWHERE | SCAN_QUEUES,
	};
	struct ns_identity id = { .id = n->number };
	struct seek s = { .n = n, .fd = -1 };
	int types;

	if (n->kind == REF_ID && (s.fd = ns_open_id(&id)) != -1)
		return s.fd;
	if (n->kind == REF_ID && !has_ids())
		return ref_say(errstr,
		    "this kernel gives namespaces no IDs (needs Linux 6.18)");
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++) {
		/* One of another type is found, too, and told as that. */
		types = i == 0 && n->types != 0 ? n->types : NS_ALL_FLAGS;
		if (look(&s, types, passes[i], errstr) == -1)
			return -1;
		if (s.fd != -1)
			return s.fd;
	}
	return say_nothing(&s, errstr);
}
