/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/ns.h"
#include "lib/proctext.h"
#include "lib/scan/ancestors.h"
#include "lib/scan/apart.h"
#include "lib/scan/sockets.h"
#include "lib/uapi.h"

#define SLOTS 256 /* at first; a power of two */

/* What is known of the sockets by inode, and of networks by their cookie. */
struct scan_sockets {
	struct known {
		uint64_t key;	    /* 0: free */
		struct scan_ns *ns; /* NULL: it could not be found out */
	} * slots;
	size_t nslots, n;
	bool started;
};

/* Inodes and cookies share the table: cookies have this bit. */
#define COOKIE (1ULL << 63)

static struct known *
place(const struct scan_sockets *s, uint64_t key)
{
	size_t i = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 32) &
	    (s->nslots - 1);

	while (s->slots[i].key != 0 && s->slots[i].key != key)
		i = (i + 1) & (s->nslots - 1);
	return &s->slots[i];
}

static int
grow(struct scan_sockets *s)
{
	struct known *old = s->slots;
	size_t nold = s->nslots;

	s->nslots = nold == 0 ? SLOTS : 2 * nold;
	if ((s->slots = calloc(s->nslots, sizeof(*old))) == NULL) {
		s->slots = old;
		s->nslots = nold;
		return -1;
	}
	for (size_t i = 0; i < nold; i++)
		if (old[i].key != 0)
			*place(s, old[i].key) = old[i];
	free(old);
	return 0;
}

static void
learn(struct scan_reader *r, uint64_t key, struct scan_ns *ns)
{
	struct scan_sockets *s = r->sockets;
	struct known *k;

	if (2 * s->n >= s->nslots && grow(s) == -1) {
		r->full = true;
		return;
	}
	k = place(s, key);
	if (k->key == 0)
		s->n++;
	k->key = key;
	k->ns = ns;
}

/* SO_NETNS_COOKIE, Linux 5.14, which anybody may ask; 0: not known. */
static uint64_t
cookie_of(int fd)
{
	uint64_t cookie = 0;
	socklen_t len = sizeof(cookie);

	if (getsockopt(fd, SOL_SOCKET, UAPI_SO_NETNS_COOKIE, &cookie, &len) ==
	    -1)
		return 0;
	return cookie == 0 ? 0 : cookie | COOKIE;
}

/* Whoever may not ask for the network of a socket knows his own by this. */
static void
start(struct scan_reader *r)
{
	const struct ns_type *net = ns_type_by_flag(CLONE_NEWNET);
	struct ns_key key;
	uint64_t cookie;
	int fd;

	if ((r->sockets = calloc(1, sizeof(*r->sockets))) == NULL ||
	    grow(r->sockets) == -1) {
		free(r->sockets);
		r->sockets = NULL;
		r->full = true;
		return;
	}
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return;
	cookie = cookie_of(fd);
	close(fd);
	if (cookie != 0 && ns_key_self(net, &key) == 0)
		learn(r, cookie, scan_add(r, net, key.ino));
}

void
scan_sockets_free(struct scan_reader *r)
{
	if (r->sockets != NULL)
		free(r->sockets->slots);
	free(r->sockets);
	r->sockets = NULL;
}

void
scan_fetch_end(struct scan_fetch *f)
{
	if (f->pidfd >= 0)
		close(f->pidfd);
	f->pidfd = -1;
}

int
scan_fetch(struct scan_fetch *f, int number)
{
	if (f->pidfd == -1) {
		f->pidfd = uapi_pidfd_open(f->target->pid, 0);
		if (f->pidfd == -1)
			f->pidfd = -2;
	}
	if (f->pidfd == -2) {
		errno = ESRCH;
		return -1;
	}
	return uapi_pidfd_getfd(f->pidfd, number);
}

/* The network that SOCK (a socket, a tun device) is of, or NULL and errno. */
static struct scan_ns *
ask(struct scan_reader *r, int sock)
{
	struct scan_ns *ns;
	int fd = ioctl(sock, UAPI_SIOCGSKNS);

	if (fd == -1)
		return NULL;
	if ((ns = scan_add_fd(r, CLONE_NEWNET, fd)) != NULL)
		scan_climb_from(r, ns, fd);
	close(fd);
	errno = ns == NULL ? EINVAL : 0;
	return ns;
}

/* The same for one that we may not ask, if T is in that very network. */
static struct scan_ns *
compare(struct scan_reader *r, struct scan_target *t, uint64_t cookie)
{
	const struct ns_type *net = ns_type_by_flag(CLONE_NEWNET);
	struct ns_identity id;
	struct scan_ns *ns = NULL;
	int fd;

	if (cookie == 0)
		return NULL;
	fd = openat(
	    r->proc, scan_target_path(t, "ns/net"), O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return NULL;
	/* From Linux 6.18 on, the cookie is the namespace's 64-bit id. */
	if (ns_identify(fd, &id) == 0 && (id.id | COOKIE) == cookie)
		ns = scan_add(r, net, id.key.ino);
	close(fd);
	return ns;
}

static struct scan_ns *
network_of(struct scan_reader *r, struct scan_target *t, int sock)
{
	uint64_t cookie = cookie_of(sock);
	struct known *k;
	struct scan_ns *ns;

	if (cookie != 0 && (k = place(r->sockets, cookie))->key != 0)
		return k->ns;
	ns = ask(r, sock);
	if (ns == NULL && errno == EPERM)
		ns = compare(r, t, cookie);
	if (ns != NULL && cookie != 0)
		learn(r, cookie, ns);
	return ns;
}

/* For whom the descriptors that wait in a queue are looked at. */
struct queue_visit {
	/* of a scan */
	struct scan_reader *reader;
	struct scan_holder *holder;
	struct scan_target *target;
	/* of scan_queue_open */
	const struct scan_ns *ns;
	int found;
};

/* FD waited in the queue of a socket: note what it holds. */
static void
queued_read(void *arg, int fd)
{
	struct queue_visit *v = arg;
	struct scan_reader *r = v->reader;
	struct scan_ns *ns = NULL;
	struct stat st;
	int copy;

	if (fstat(fd, &st) == -1)
		return;
	if (S_ISSOCK(st.st_mode) && (r->types & CLONE_NEWNET) != 0)
		ns = network_of(r, v->target, fd);
	else if (st.st_dev == r->nsfs) {
		/* An O_PATH one answers nothing. */
		copy = ns_reopen(fd);
		if ((ns = scan_add_fd(r, r->types, copy)) != NULL)
			scan_climb_from(r, ns, copy);
		file_close(copy);
	}
	if (ns != NULL)
		scan_hold(r, ns, v->holder);
}

/* "scm_fds: N" of fdinfo: descriptors in the queue of a unix socket. */
static size_t
queue_length(struct scan_reader *r, struct scan_target *t, int number)
{
	char file[32], info[4096];
	uint64_t n;

	snprintf(file, sizeof(file), "fdinfo/%d", number);
	if (file_get(r->proc, scan_target_path(t, file), info, sizeof(info)) ==
		-1 ||
	    proctext_number(info, "scm_fds", 0, &n) == -1)
		return 0;
	return n;
}

static void
queue_read(struct scan_reader *r, struct scan_fetch *f, int number, int sock)
{
	struct scan_holder h = {
		.kind = SCAN_QUEUED, .pid = f->target->pid, .number = number
	};
	struct queue_visit v = {
		.reader = r, .holder = &h, .target = f->target
	};
	size_t n = queue_length(r, f->target, number);
	ssize_t seen;

	if (n == 0)
		return;
	if ((r->want & SCAN_QUEUES) == 0) {
		r->unseen.unasked++;
		return;
	}
	errno = ETIMEDOUT;
	seen = sock == -1 || r->hung == HUNG_MAX ?
	    -1 :
	    scan_apart_peek(sock, r->nsfs, queued_read, &v);
	r->hung += seen == -1 && errno == ETIMEDOUT && r->hung < HUNG_MAX;
	/* Peeking shows the first message alone; those behind it are counted.
	 */
	if (seen >= 0 && (size_t)seen < n)
		errno = EAGAIN;
	if (seen < (ssize_t)n)
		scan_missed(r, &r->unseen.queues);
}

/* FD waited in the queue of a socket: keep it if it is the one, or leads to. */
static void
queued_open(void *arg, int fd)
{
	struct queue_visit *v = arg;
	int copy;

	if (v->found != -1)
		return;
	copy = ns_is_file(fd) == 1 ? ns_reopen(fd) : ioctl(fd, UAPI_SIOCGSKNS);
	if (ns_is(copy, v->ns->type, v->ns->ino))
		v->found = copy;
	else
		file_close(copy);
}

int
scan_queue_open(int sock, const struct scan_ns *ns)
{
	struct queue_visit v = { .ns = ns, .found = -1 };
	struct ns_key own;

	if (ns_key_self(ns->type, &own) == 0)
		scan_apart_peek(sock, own.dev, queued_open, &v);
	if (v.found == -1)
		errno = ENOENT;
	return v.found;
}

/* A member's socket tells nothing new: it goes with the process. */
static void
network_hold(struct scan_reader *r, const struct scan_target *t,
    struct scan_ns *ns, enum scan_kind kind, int number)
{
	struct scan_holder h = {
		.kind = kind, .pid = t->pid, .number = number
	};

	if (ns != NULL && t->ino[ns_index(ns->type)] != ns->ino)
		scan_hold(r, ns, &h);
}

void
scan_socket(struct scan_reader *r, struct scan_fetch *f, int number, ino_t ino)
{
	bool net = (r->types & CLONE_NEWNET) != 0;
	bool queues = (r->want & (SCAN_QUEUES | SCAN_QUEUED_COUNT)) != 0;
	struct scan_ns *ns = NULL;
	struct known *k;
	int sock;

	if (!net && !queues)
		return;
	if (r->sockets == NULL)
		start(r);
	if (r->full)
		return;
	if ((k = place(r->sockets, ino))->key != 0) {
		network_hold(r, f->target, k->ns, SCAN_SOCKET, number);
		return;
	}
	sock = scan_fetch(f, number);
	if (sock == -1 && (errno == EBADF || errno == ESRCH))
		return;
	if (net &&
	    (sock == -1 || (ns = network_of(r, f->target, sock)) == NULL))
		scan_missed(r, &r->unseen.sockets);
	learn(r, ino, ns);
	network_hold(r, f->target, ns, SCAN_SOCKET, number);
	if (queues)
		queue_read(r, f, number, sock);
	if (sock != -1)
		close(sock);
}

void
scan_tun(struct scan_reader *r, struct scan_fetch *f, int number)
{
	struct scan_ns *ns;
	int fd;

	if ((r->types & CLONE_NEWNET) == 0)
		return;
	if ((fd = scan_fetch(f, number)) == -1) {
		if (errno != EBADF && errno != ESRCH)
			scan_missed(r, &r->unseen.sockets);
		return;
	}
	if ((ns = ask(r, fd)) == NULL)
		scan_missed(r, &r->unseen.sockets);
	network_hold(r, f->target, ns, SCAN_TUN, number);
	close(fd);
}
