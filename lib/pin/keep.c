/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/pin/journal.h"
#include "lib/pin/keep.h"
#include "lib/uapi.h"

/* What one side says to the other, a byte each. */
enum word {
	READY = 'r',	/* outside: all is prepared */
	OFFER = 'o',	/* inside: the descriptors, which come with it */
	SETTLED = 's',	/* inside: show it */
	DONE = 'd',	/* outside: it shows */
	EXECUTES = 'x', /* inside: now exec, whose success ends the line */
	FAILED = 'f',	/* inside: take it back */
};

bool
keep_wanted(const struct keep_request *r)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->file[i] != NULL)
			return true;
	return r->name != NULL;
}

int
keep_check(
    const struct keep_request *r, int types, bool in_place, const char **errstr)
{
	int kept = r->name != NULL ? types : 0;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->file[i] != NULL)
			kept |= ns_types[i].flag;
	*errstr = NULL;
	if (r->name != NULL && !pin_name_valid(r->name))
		*errstr = "--pin: not a name: letters, digits and _.@+-, not "
			  "digits alone";
	else if (r->name != NULL && types == 0)
		*errstr = "--pin: which new namespaces?";
	else if (in_place && (kept & CLONE_NEWPID))
		*errstr = "-p: to be kept it needs --fork: before its first "
			  "process a PID namespace has no file";
	return *errstr == NULL ? 0 : -1;
}

/* The records last: a kill on the way leaves the rest to -g. */
static void
take_back_files(void *arg)
{
	struct keep *k = arg;

	for (size_t i = NS_NTYPES; i-- > 0;)
		keep_file_take_back(&k->file[i]);
	if (k->pin.dir != -1)
		journal_forget(k->pin.dir);
}

static void
clear(struct keep *k, const struct keep_request *r, int types)
{
	const size_t mnt = ns_index(ns_type_by_flag(CLONE_NEWNS));

	memset(k, 0, sizeof(*k));
	k->r = r;
	k->types = types;
	k->line[0] = k->line[1] = -1;
	k->held = geteuid() != 0;
	k->binds_mnt = (types & CLONE_NEWNS) &&
	    (r->file[mnt] != NULL || (r->name != NULL && !k->held));
	k->mnt_id = k->binds_mnt ? mntid_of() : 0;
}

static void
begin(struct keep *k)
{
	const struct keep_request *r = k->r;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		keep_file_begin(&k->file[i], &ns_types[i], r->file[i]);
		k->files |= r->file[i] != NULL;
	}
	if (r->name != NULL)
		pin_begin(&k->pin, r->name, k->held, EXIT_CANCELED);
	else
		pin_begin_files(&k->pin, k->held);
	/* Latest, for it is undone first: its records are in that directory. */
	if (k->files)
		fail_undo(take_back_files, k);
}

void
keep_begin(struct keep *k, const struct keep_request *r, int types)
{
	clear(k, r, types);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, k->line) ==
	    -1)
		fail_errno(EXIT_CANCELED, "socket to the child");
	begin(k);
}

void
keep_side(struct keep *k, bool inside)
{
	close(k->line[!inside]);
	k->line[!inside] = -1;
}

/* One byte; whoever has gone cannot be told, and his end is noticed. */
static void
say(int line, enum word word)
{
	char byte = (char)word;
	ssize_t n;

	do
		n = send(line, &byte, 1, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "line for what is to be kept");
}

/* The next word, 0 when the other side has gone, or its failure in REPORT. */
static int
hear(int line, struct fail_report *report)
{
	ssize_t n;

	do
		n = recv(line, report, sizeof(*report), 0);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		fail_errno(EXIT_CANCELED, "line for what is to be kept");
	if (n == (ssize_t)sizeof(*report))
		return -1;
	return n == 1 ? *(unsigned char *)report : 0;
}

/* Inside: wait for WORD of the outside. */
static void
await(struct keep *k, enum word word)
{
	static struct fail_report report;
	int heard = hear(k->line[1], &report);

	if (heard == (int)word)
		return;
	/* It has taken back what there was. */
	k->helper = false;
	if (heard == -1)
		fail(report.status, "%s", report.line);
	fail(EXIT_CANCELED, "who keeps the namespaces has died");
}

static size_t
open_all(int types, int fd[NS_NTYPES])
{
	size_t n = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((types & ns_types[i].flag) == 0)
			continue;
		if ((fd[n] = ns_open(0, &ns_types[i], false)) == -1)
			fail_errno(EXIT_CANCELED, "cannot open the new %s",
			    ns_types[i].words);
		n++;
	}
	return n;
}

void
keep_offer(struct keep *k)
{
	_Alignas(struct cmsghdr) char
	    control[CMSG_SPACE(NS_NTYPES * sizeof(int))] = { 0 };
	char word = OFFER;
	struct iovec iov = { &word, 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control
	};
	struct cmsghdr *c = (struct cmsghdr *)(void *)control;
	int fd[NS_NTYPES];
	size_t n;
	ssize_t sent;

	if (k->binds_mnt && mntid_raise_above(k->mnt_id) == -1)
		fail_errno(
		    EXIT_CANCELED, "no mount namespace that can be kept");
	n = open_all(k->types, fd);
	msg.msg_controllen = CMSG_SPACE(n * sizeof(int));
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof(int));
	memcpy(CMSG_DATA(c), fd, n * sizeof(int));
	do
		sent = sendmsg(k->line[1], &msg, MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	if (sent == -1 && errno != EPIPE && errno != ECONNRESET)
		fail_errno(EXIT_CANCELED, "handing over the namespaces");
	while (n > 0)
		close(fd[--n]);
}

void
keep_settle(struct keep *k)
{
	say(k->line[1], SETTLED);
	await(k, DONE);
	if (!k->helper)
		close(k->line[1]);
}

void
keep_executes(struct keep *k)
{
	if (!k->helper)
		return;
	say(k->line[1], EXECUTES);
	await(k, DONE);
}

/* The descriptors that inside offers; the number of them. */
static size_t
receive(struct keep *k, int fd[NS_NTYPES])
{
	_Alignas(
	    struct cmsghdr) char control[CMSG_SPACE(NS_NTYPES * sizeof(int))];
	char word;
	struct iovec iov = { &word, 1 };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *c;
	ssize_t n;
	size_t len = 0;

	do
		n = recvmsg(k->line[0], &msg, MSG_CMSG_CLOEXEC);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	if (n == -1)
		fail_errno(EXIT_CANCELED, "taking the namespaces");
	c = n == 1 && word == OFFER ? CMSG_FIRSTHDR(&msg) : NULL;
	if (c != NULL)
		len = c->cmsg_len - CMSG_LEN(0);
	if (len == 0)
		fail(EXIT_CANCELED,
		    "the process in the new namespaces has died");
	if ((msg.msg_flags & MSG_CTRUNC) || len > NS_NTYPES * sizeof(int))
		fail(EXIT_CANCELED, "no descriptors left for the namespaces");
	memcpy(fd, CMSG_DATA(c), len);
	return len / sizeof(int);
}

/* Each of them where it was asked for. */
static void
bind_all(struct keep *k)
{
	int fd[NS_NTYPES];
	size_t n = receive(k, fd), at = 0;

	for (size_t i = 0; i < NS_NTYPES && at < n; i++) {
		if ((k->types & ns_types[i].flag) == 0)
			continue;
		if (k->file[i].path != NULL)
			keep_file_bind(
			    &k->file[i], &ns_types[i], fd[at], k->pin.dir);
		if (k->r->name != NULL)
			pin_add(&k->pin, &ns_types[i], fd[at], EXIT_CANCELED);
		close(fd[at++]);
	}
}

void
keep_outside(struct keep *k)
{
	static struct fail_report report;

	bind_all(k);
	if (hear(k->line[0], &report) != SETTLED)
		fail(EXIT_CANCELED,
		    "the process in the new namespaces has died");
	if (k->r->name != NULL)
		pin_publish(&k->pin, EXIT_CANCELED);
	else
		pin_end_files(&k->pin, EXIT_CANCELED);
	if (k->r->name != NULL && k->files)
		journal_forget(k->pin.dir);
	say(k->line[0], DONE);
}

/*
 * The helper's life.  Whoever it works for is in the same process group: what
 * is sent to that must not end us before we have taken back what he leaves.
 */
static _Noreturn void
help(struct keep *k)
{
	static struct fail_report report;
	sigset_t all;
	ssize_t n;
	char word;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	begin(k);
	say(k->line[0], READY);
	keep_outside(k);
	if (hear(k->line[0], &report) == EXECUTES) {
		say(k->line[0], DONE);
		/* Now only his word that the exec has failed counts. */
		do
			n = recv(k->line[0], &word, 1, 0);
		while (n == -1 && errno == EINTR);
		if (n != 1)
			_exit(0);
	}
	fail_take_back();
	_exit(EXIT_CANCELED);
}

/* Inside, on failure: wait until the helper has taken all back. */
static void
tell_helper(void *arg)
{
	struct keep *k = arg;
	char byte = FAILED;
	ssize_t n;

	if (!k->helper)
		return;
	do
		n = send(k->line[1], &byte, 1, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	/* It says nothing more, but its end ends the line. */
	do
		n = recv(k->line[1], &byte, 1, 0);
	while (n > 0 || (n == -1 && errno == EINTR));
	k->helper = false;
}

void
keep_begin_helper(struct keep *k, const struct keep_request *r, int types)
{
	clear(k, r, types);
	if (child_orphan(k->line, "the helper that keeps the namespaces"))
		help(k);
	k->helper = true;
	fail_undo(tell_helper, k);
	await(k, READY);
}
