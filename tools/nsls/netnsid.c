/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "tools/nsls/nsls.h"

/* A message of RTM_GETNSID or RTM_NEWNSID with room for one attribute. */
struct message {
	struct nlmsghdr head;
	struct rtgenmsg gen __attribute__((aligned(NLMSG_ALIGNTO)));
	struct rtattr attr __attribute__((aligned(RTA_ALIGNTO)));
	int32_t value;
	char rest[256]; /* of an answer */
};

#define MESSAGE_SIZE offsetof(struct message, rest)

static int
channel(struct facts *f)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	if (!f->tried) {
		f->tried = true;
		f->netlink = socket(
		    AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
		if (f->netlink != -1 &&
		    connect(f->netlink, (struct sockaddr *)&kernel,
			sizeof(kernel)) == -1) {
			close(f->netlink);
			f->netlink = -1;
		}
	}
	return f->netlink;
}

/* What is said in place of an answer, as of a process that has ended. */
static int
refusal(const struct message *m, ssize_t len)
{
	const struct nlmsgerr *error = NLMSG_DATA(m);

	if (len < (ssize_t)NLMSG_LENGTH(sizeof(*error)) ||
	    m->head.nlmsg_type != NLMSG_ERROR || error->error >= 0)
		return EIO;
	return -error->error;
}

static int
answer(const struct message *m, ssize_t len)
{
	if (len < (ssize_t)MESSAGE_SIZE || m->head.nlmsg_type != RTM_NEWNSID ||
	    m->attr.rta_type != NETNSA_NSID) {
		errno = len == -1 ? errno : refusal(m, len);
		return NETNSID_UNKNOWN;
	}
	return m->value >= 0 ? m->value : NETNSID_NONE;
}

int
netnsid_ask(int sock, pid_t pid, int fd)
{
	struct message m = { .head = { .nlmsg_len = MESSAGE_SIZE,
				 .nlmsg_type = RTM_GETNSID,
				 .nlmsg_flags = NLM_F_REQUEST },
		.gen = { .rtgen_family = AF_UNSPEC },
		.attr = { .rta_len = RTA_LENGTH(sizeof(m.value)),
		    .rta_type = fd != -1 ? NETNSA_FD : NETNSA_PID },
		.value = fd != -1 ? fd : pid };

	if (send(sock, &m, MESSAGE_SIZE, 0) != (ssize_t)MESSAGE_SIZE)
		return NETNSID_UNKNOWN;
	memset(&m, 0, sizeof(m));
	return answer(&m, recv(sock, &m, sizeof(m), 0));
}

int
netnsid_of(struct facts *f, pid_t pid, int fd)
{
	return channel(f) == -1 ? NETNSID_UNKNOWN :
				  netnsid_ask(f->netlink, pid, fd);
}
