/* SPDX-License-Identifier: ISC */
#include "config.h"

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

#include "lib/channel.h"
#include "lib/child/child.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/pin/journal.h"
#include "lib/pin/keep.h"
#include "lib/sig.h"
#include "lib/reason/reason.h"
#include "lib/uapi.h"

/* What one side sends to the other, a byte each. */
enum message {
	READY = 'r',	/* outside: all is prepared */
	OFFER = 'o',	/* inside: the descriptors, which come with it */
	SETTLED = 's',	/* inside: show it */
	DONE = 'd',	/* outside: it shows */
	EXECUTES = 'x', /* inside: now exec, whose success ends the channel */
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
	static char why[512];

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (r->file[i] != NULL)
			kept |= ns_types[i].flag;
	*errstr = NULL;
	if (r->name != NULL && !pin_name_valid(r->name)) {
		snprintf(
		    why, sizeof(why), "--pin %s: " PIN_NAME_WORDS, r->name);
		*errstr = why;
	} else if (r->name != NULL && types == 0)
		*errstr = "--pin: which new namespaces?";
	else if (in_place && (kept & CLONE_NEWPID))
		*errstr = "-p: to be kept it needs --fork: before its first "
			  "process a PID namespace has no file";
	return *errstr == NULL ? 0 : -1;
}

/* The records last: a kill on the way leaves the rest to -g. */
static void
roll_back_files(void *arg)
{
	struct keep *k = arg;

	for (size_t i = NS_NTYPES; i-- > 0;)
		keep_file_roll_back(&k->file[i], &k->pin);
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
	k->channel[0] = k->channel[1] = -1;
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
		fail_undo(roll_back_files, k);
}

void
keep_begin(struct keep *k, const struct keep_request *r, int types)
{
	clear(k, r, types);
	if (channel_open(k->channel) == -1)
		fail_why(EXIT_CANCELED, errno, reason_fork(errno),
		    "channel to the child");
	begin(k);
}

void
keep_side(struct keep *k, bool inside)
{
	close(k->channel[!inside]);
	k->channel[!inside] = -1;
}

/* One byte; a side that has gone is noticed by the next message awaited. */
static void
send_message(int channel, enum message message)
{
	const char byte = (char)message;

	if (channel_send(channel, &byte, 1) == -1)
		fail_errno(EXIT_CANCELED, "channel for what is to be kept");
}

/* The next byte, 0 when the other side has gone; its failure is ours. */
static int
receive_message(int channel)
{
	unsigned char byte = 0;

	if (fail_receive(channel, &byte, 1) == -1)
		fail_errno(EXIT_CANCELED, "channel for what is to be kept");
	return byte;
}

/* Inside: wait for MESSAGE of the outside. */
static void
await(struct keep *k, enum message message)
{
	bool helper = k->helper;
	unsigned char byte = 0;
	int rc;

	/* One that has failed has rolled back what there was: it needs no
	   FAILED, unlike one that we cannot hear. */
	k->helper = false;
	rc = fail_receive(k->channel[1], &byte, 1);
	k->helper = helper && (rc == -1 || byte == message);
	if (rc == -1)
		fail_errno(EXIT_CANCELED, "channel for what is to be kept");
	if (byte != message)
		fail(EXIT_CANCELED,
		    "the process that keeps the namespaces has died");
}

static size_t
open_all(int types, int fd[NS_NTYPES])
{
	size_t n = 0;

	for (size_t i = 0; i < NS_NTYPES; i++) {
		if ((types & ns_types[i].flag) == 0)
			continue;
		if ((fd[n] = ns_open(0, &ns_types[i], false)) == -1)
			fail_why(EXIT_CANCELED, errno,
			    errno == ENOENT ? reason_proc("self") : NULL,
			    "cannot open the new %s", ns_types[i].words);
		n++;
	}
	return n;
}

void
keep_offer(struct keep *k)
{
	const char message = OFFER;
	int fd[NS_NTYPES];
	size_t n;

	if (k->binds_mnt && mntid_raise_above(k->mnt_id) == -1)
		fail_errno(
		    EXIT_CANCELED, "no mount namespace that can be kept");
	n = open_all(k->types, fd);
	if (channel_send_files(k->channel[1], &message, 1, fd, n) == -1)
		fail_errno(EXIT_CANCELED, "handing over the namespaces");
	while (n > 0)
		close(fd[--n]);
}

void
keep_settle(struct keep *k)
{
	send_message(k->channel[1], SETTLED);
	await(k, DONE);
	if (!k->helper)
		close(k->channel[1]);
}

void
keep_executes(struct keep *k)
{
	if (!k->helper)
		return;
	send_message(k->channel[1], EXECUTES);
	await(k, DONE);
}

/* The descriptors that inside offers; the number of them. */
static size_t
receive(struct keep *k, int fd[NS_NTYPES])
{
	char message = 0;
	size_t n;
	ssize_t len = channel_receive_files(k->channel[0], &message, 1, fd, &n);

	if (len == -1 && errno == EMFILE)
		fail(EXIT_CANCELED, "no descriptors left for the namespaces");
	if (len == -1)
		fail_errno(EXIT_CANCELED, "taking the namespaces");
	if (len != 1 || message != OFFER || n == 0)
		fail(EXIT_CANCELED,
		    "the process in the new namespaces has died");
	return n;
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
			    &k->file[i], &ns_types[i], fd[at], &k->pin);
		if (k->r->name != NULL)
			pin_add(&k->pin, &ns_types[i], fd[at], EXIT_CANCELED);
		close(fd[at++]);
	}
}

void
keep_outside(struct keep *k, const sigset_t *mask)
{
	if (mask != NULL)
		child_wait(k->channel[0], mask);
	bind_all(k);
	if (mask != NULL)
		child_wait(k->channel[0], mask);
	if (receive_message(k->channel[0]) != SETTLED)
		fail(EXIT_CANCELED,
		    "the process in the new namespaces has died");
	if (k->r->name != NULL)
		pin_publish(&k->pin, EXIT_CANCELED);
	else
		pin_end_files(&k->pin, EXIT_CANCELED);
	if (k->r->name != NULL && k->files)
		journal_forget(k->pin.dir);
	send_message(k->channel[0], DONE);
}

/*
 * The helper.  The process that it works for is in the same process group: a
 * signal to that must not end us before we have rolled back what it leaves.
 */
static _Noreturn void
help(struct keep *k)
{
	sigset_t all;
	char message;

	sig_all(&all);
	if (sig_mask(&all, NULL) == -1)
		fail_errno(EXIT_CANCELED, "blocking signals");
	begin(k);
	send_message(k->channel[0], READY);
	keep_outside(k, NULL);
	if (receive_message(k->channel[0]) == EXECUTES) {
		send_message(k->channel[0], DONE);
		/* Now only the message that the exec has failed counts. */
		if (channel_receive(k->channel[0], &message, 1) != 1)
			_exit(0);
	}
	fail_roll_back();
	_exit(EXIT_CANCELED);
}

/* Inside, on failure: wait until the helper has rolled all back. */
static void
tell_helper(void *arg)
{
	struct keep *k = arg;
	const char message = FAILED;

	if (!k->helper)
		return;
	(void)channel_send(k->channel[1], &message, 1);
	/* It sends nothing more, but its end is that of the channel. */
	channel_wait_end(k->channel[1]);
	k->helper = false;
}

void
keep_begin_helper(struct keep *k, const struct keep_request *r, int types)
{
	clear(k, r, types);
	if (child_orphan(k->channel, "the helper that keeps the namespaces"))
		help(k);
	k->helper = true;
	fail_undo(tell_helper, k);
	await(k, READY);
}
