/* SPDX-License-Identifier: ISC */
/*
 * nsls: the interfaces of a network, by rtnetlink(7).
 *
 * Only a process in a network can have a socket of it.  A short helper enters
 * it, sends us one, and ends; what is asked over the socket we ask ourselves.
 * The two ends of a veth know each other's index, and that number of the other
 * network that their own network has for it.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ns.h"
#include "lib/scan/scan.h"
#include "lib/text.h"
#include "tools/nsls/nsls.h"

#define ANSWER (64 << 10) /* bytes; the kernel sends less at once */
#define HERE (-1)	  /* no number: the peer is in the same network */

struct link {
	int index;
	int peer;    /* its index, or 0: none */
	int netnsid; /* of the peer's network */
	bool pair;   /* has one peer, which has it */
	char name[IF_NAMESIZE];
};

struct network {
	ino_t ino;
	int sock; /* rtnetlink, -1: none to be had */
	struct link *link;
	size_t n;
};

struct networks {
	struct network **list; /* those that were asked for, or all */
	size_t n;
	bool all;
	struct scan scan;
};

static int
rtnetlink(void)
{
	return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
}

/*
 * The helper: into the network FD, as root of the user namespace that owns it
 * if need be.
 */
static _Noreturn void
help(int fd, int end)
{
	int sock, user;

	if (setns(fd, CLONE_NEWNET) == -1 &&
	    (errno != EPERM || (user = ns_owner(fd)) == -1 ||
		setns(user, CLONE_NEWUSER) == -1 ||
		setns(fd, CLONE_NEWNET) == -1))
		_exit(errno == 0 ? EPERM : errno);
	if ((sock = rtnetlink()) == -1 ||
	    channel_send_files(end, "", 1, &sock, 1) != 1)
		_exit(errno);
	_exit(0);
}

/* A socket of the network FD; -1 and errno. */
static int
socket_in(int fd)
{
	int end[2], sock[CHANNEL_FILES_MAX], status, error = EIO;
	size_t n = 0;
	char byte;
	pid_t pid;

	if (channel_open(end) == -1)
		return -1;
	if ((pid = fork()) == 0)
		help(fd, end[1]);
	file_close(end[1]);
	if (pid != -1 &&
	    channel_receive_files(end[0], &byte, 1, sock, &n) == -1)
		error = errno;
	file_close(end[0]);
	if (pid == -1 || waitpid(pid, &status, 0) == -1)
		return -1;
	if (n == 1)
		return sock[0];
	errno = WIFEXITED(status) && WEXITSTATUS(status) != 0 ?
	    WEXITSTATUS(status) :
	    error;
	return -1;
}

static int
socket_of(const struct scan_ns *ns)
{
	struct ns_key own;
	int fd, sock;

	if (ns_key_self(ns->type, &own) == 0 && own.ino == ns->ino)
		return rtnetlink();
	if ((fd = scan_open(ns)) == -1)
		return -1;
	sock = socket_in(fd);
	file_close(fd);
	return sock;
}

/* Does the link have another end?  Others lead to what they stand on. */
static bool
is_pair(const struct rtattr *info)
{
	const struct rtattr *a = RTA_DATA(info);
	int len = (int)RTA_PAYLOAD(info);

	for (; RTA_OK(a, len); a = RTA_NEXT(a, len))
		if (a->rta_type == IFLA_INFO_KIND)
			return strncmp(RTA_DATA(a), "veth", 5) == 0 ||
			    strncmp(RTA_DATA(a), "netkit", 7) == 0;
	return false;
}

static void
add_link(struct network *w, const struct nlmsghdr *h)
{
	const struct ifinfomsg *info = NLMSG_DATA(h);
	const struct rtattr *a = IFLA_RTA(info);
	int len = (int)IFLA_PAYLOAD(h);
	struct link l = { .index = info->ifi_index, .netnsid = HERE }, *more;

	for (; RTA_OK(a, len); a = RTA_NEXT(a, len))
		switch (a->rta_type & NLA_TYPE_MASK) {
		case IFLA_IFNAME:
			strlcpy(l.name, RTA_DATA(a), sizeof(l.name));
			break;
		case IFLA_LINK:
			memcpy(&l.peer, RTA_DATA(a), sizeof(l.peer));
			break;
		case IFLA_LINK_NETNSID:
			memcpy(&l.netnsid, RTA_DATA(a), sizeof(l.netnsid));
			break;
		case IFLA_LINKINFO:
			l.pair = is_pair(a);
			break;
		}
	more = reallocarray(w->link, w->n + 1, sizeof(*more));
	if (more == NULL)
		fail_errno(1, "interfaces");
	w->link = more;
	w->link[w->n++] = l;
}

/* All of a network.  Returns 0, or -1 and errno. */
static int
read_links(struct network *w)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg info;
	} ask = { { sizeof(ask), RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 0,
		      0 },
		{ .ifi_family = AF_UNSPEC } };
	char *buf = memory_for(1, ANSWER);
	const struct nlmsghdr *h;
	ssize_t len = send(w->sock, &ask, sizeof(ask), 0);
	int type = 0;

	while (len > 0 && type != NLMSG_DONE && type != NLMSG_ERROR) {
		do
			len = recv(w->sock, buf, ANSWER, 0);
		while (len == -1 && errno == EINTR);
		h = (const void *)buf;
		for (ssize_t rest = len; rest > 0 && NLMSG_OK(h, (size_t)rest);
		     h = NLMSG_NEXT(h, rest)) {
			if ((type = h->nlmsg_type) == RTM_NEWLINK)
				add_link(w, h);
		}
	}
	free(buf);
	if (len > 0 && type == NLMSG_ERROR)
		errno = EIO;
	return len > 0 && type == NLMSG_DONE ? 0 : -1;
}

/* NS as it was read, now or before; without links where it cannot be. */
static struct network *
network_of(struct facts *f, const struct scan_ns *ns)
{
	struct networks *all = f->networks;
	struct network *w;

	for (size_t i = 0; i < all->n; i++)
		if (all->list[i]->ino == ns->ino)
			return all->list[i];
	all->list = reallocarray(
	    all->list, all->n + 1, sizeof(struct network *));
	w = memory_for(1, sizeof(*w));
	if (all->list == NULL)
		fail_errno(1, "interfaces");
	w->ino = ns->ino;
	w->sock = socket_of(ns);
	if (w->sock == -1 || read_links(w) == -1)
		facts_lost(f, 0);
	return all->list[all->n++] = w;
}

static struct networks *
networks(struct facts *f)
{
	if (f->networks == NULL)
		f->networks = memory_for(1, sizeof(*f->networks));
	return f->networks;
}

/* Also those that are not listed: a peer may be there. */
static void
read_all(struct facts *f)
{
	struct scan_request q = { .types = CLONE_NEWNET,
		.want = SCAN_EVERYWHERE };
	struct networks *all = networks(f);
	const char *errstr;

	if (all->all)
		return;
	all->all = true;
	if (scan_all(&all->scan, &q, &errstr) == -1)
		fail(1, "/proc: %s", errstr);
	for (size_t i = 0; i < all->scan.n; i++)
		network_of(f, all->scan.ns[i]);
}

/* Is OTHER the one that W has NUMBER for?  Counted as lost if that is unsure.
 */
static bool
is_numbered(struct facts *f, const struct network *w,
    const struct network *other, int number)
{
	const struct scan_ns *ns = scan_find(
	    &f->networks->scan, ns_type_by_flag(CLONE_NEWNET), other->ino);
	int fd, had = NETNSID_UNKNOWN;

	if (ns == NULL)
		return false;
	if ((fd = scan_open(ns)) != -1)
		had = netnsid_ask(w->sock, 0, fd);
	if (had == NETNSID_UNKNOWN && errno != ENOENT)
		facts_lost(f, 0);
	file_close(fd);
	return had == number;
}

/* The network of L's peer, which *PEER becomes; NULL: it is not to be seen. */
static const struct network *
find_peer(struct facts *f, const struct network *w, const struct link *l,
    const struct link **peer)
{
	const struct networks *all = f->networks;
	const struct network *other;

	for (size_t i = 0; i < all->n; i++) {
		other = all->list[i];
		if ((other == w) != (l->netnsid == HERE))
			continue;
		for (size_t k = 0; k < other->n; k++) {
			*peer = &other->link[k];
			if ((*peer)->index == l->peer && (*peer)->pair &&
			    (*peer)->peer == l->index &&
			    (other == w ||
				is_numbered(f, w, other, l->netnsid)))
				return other;
		}
	}
	return NULL;
}

/* TEXT and ITEM under it, in fresh memory; frees both. */
static char *
append(char *text, char *item)
{
	char *more;

	if (text == NULL)
		return item;
	more = value_text("%s\n%s", text, item);
	free(text);
	free(item);
	return more;
}

char *
network_interfaces(struct facts *f, const struct scan_ns *ns)
{
	const struct network *w;
	char *text = NULL;

	networks(f);
	w = network_of(f, ns);
	for (size_t i = 0; i < w->n; i++)
		text = append(text, text_show(w->link[i].name));
	return text;
}

static char *
peer_text(struct facts *f, const struct network *w, const struct link *l)
{
	const struct link *peer;
	const struct network *other = find_peer(f, w, l, &peer);
	char *from = text_show(l->name), *to, *text;

	if (other == NULL)
		text = value_text("%s:-:if%d", from, l->peer);
	else {
		to = text_show(peer->name);
		text = value_text("%s:%ju:%s", from, (uintmax_t)other->ino, to);
		free(to);
	}
	free(from);
	return text;
}

char *
network_peers(struct facts *f, const struct scan_ns *ns)
{
	const struct network *w;
	char *text = NULL;

	read_all(f);
	w = network_of(f, ns);
	for (size_t i = 0; i < w->n; i++)
		if (w->link[i].pair && w->link[i].peer != 0)
			text = append(text, peer_text(f, w, &w->link[i]));
	return text;
}

void
networks_free(struct networks *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < all->n; i++) {
		file_close(all->list[i]->sock);
		free(all->list[i]->link);
		free(all->list[i]);
	}
	free(all->list);
	if (all->all)
		scan_free(&all->scan);
	free(all);
}
