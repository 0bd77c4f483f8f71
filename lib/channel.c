/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/channel.h"

int
channel_open(int end[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, end);
}

int
channel_name_sender(int end)
{
	const int on = 1;

	return setsockopt(end, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on));
}

static int
send_message(int end, const struct msghdr *msg)
{
	ssize_t n;

	do
		n = sendmsg(end, msg, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n != -1)
		return 1;
	return errno == EPIPE || errno == ECONNRESET ? 0 : -1;
}

int
channel_send(int end, const void *message, size_t len)
{
	/* Only read from, whatever its type says. */
	struct iovec iov = { (void *)(uintptr_t)message, len };
	const struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	return send_message(end, &msg);
}

int
channel_send_files(
    int end, const void *message, size_t len, const int *files, size_t n)
{
	_Alignas(struct cmsghdr) char
	    control[CMSG_SPACE(CHANNEL_FILES_MAX * sizeof(int))] = { 0 };
	struct iovec iov = { (void *)(uintptr_t)message, len };
	const struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = CMSG_SPACE(n * sizeof(int)) };
	struct cmsghdr *c = (struct cmsghdr *)(void *)control;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof(int));
	memcpy(CMSG_DATA(c), files, n * sizeof(int));
	return send_message(end, &msg);
}

/*
 * If the other end goes with a message of ours unread we see ECONNRESET once;
 * what it had sent can still be received.
 */
static ssize_t
receive_message(int end, struct msghdr *msg, int flags)
{
	ssize_t n;

	do
		n = recvmsg(end, msg, flags | MSG_CMSG_CLOEXEC);
	while (n == -1 && (errno == EINTR || errno == ECONNRESET));
	return n;
}

ssize_t
channel_receive(int end, void *message, size_t size)
{
	struct iovec iov = { message, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	return receive_message(end, &msg, 0);
}

ssize_t
channel_receive_now(int end, void *message, size_t size)
{
	struct iovec iov = { message, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	return receive_message(end, &msg, MSG_DONTWAIT);
}

ssize_t
channel_receive_from(
    int end, void *message, size_t size, pid_t *sender, bool now)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct ucred))];
	struct iovec iov = { message, size };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t n = receive_message(end, &msg, now ? MSG_DONTWAIT : 0);
	struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&msg) : NULL;
	struct ucred cred;

	*sender = 0;
	if (c != NULL && c->cmsg_type == SCM_CREDENTIALS) {
		memcpy(&cred, CMSG_DATA(c), sizeof(cred));
		*sender = cred.pid;
	}
	return n;
}

ssize_t
channel_receive_files(
    int end, void *message, size_t size, int *files, size_t *n)
{
	_Alignas(struct cmsghdr) char
	    control[CMSG_SPACE(CHANNEL_FILES_MAX * sizeof(int))];
	struct iovec iov = { message, size };
	struct msghdr msg = { .msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	ssize_t len = receive_message(end, &msg, 0);
	struct cmsghdr *c = len > 0 ? CMSG_FIRSTHDR(&msg) : NULL;

	*n = 0;
	if (c != NULL && c->cmsg_type == SCM_RIGHTS) {
		*n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(files, CMSG_DATA(c), *n * sizeof(int));
	}
	if (len > 0 && (msg.msg_flags & MSG_CTRUNC)) {
		errno = EMFILE;
		return -1;
	}
	return len;
}

int
channel_has_ended(int end)
{
	struct pollfd other = { .fd = end };
	int n;

	do
		n = poll(&other, 1, 0);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		return -1;
	return (other.revents & (POLLHUP | POLLERR)) != 0;
}

void
channel_wait_end(int end)
{
	char message;

	while (channel_receive(end, &message, sizeof(message)) > 0)
		continue;
}
