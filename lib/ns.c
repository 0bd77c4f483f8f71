/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/vfs.h>

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
#include "lib/uapi.h"

#define IDS_SOME (64 << 10)
#define IDS_MAX 1000000 /* what the kernel lists at a time */

/* clang-format off */
const struct ns_type ns_types[NS_NTYPES] = {
	{ "mnt", "mount", 'm', CLONE_NEWNS, "mount namespace",
	    "max_mnt_namespaces", NULL, NULL, NULL,
	    UAPI_PIDFD_GET_MNT_NAMESPACE, 0 },
	{ "uts", "uts", 'u', CLONE_NEWUTS, "UTS namespace",
	    "max_uts_namespaces", "CONFIG_UTS_NS", NULL, NULL,
	    UAPI_PIDFD_GET_UTS_NAMESPACE, 0 },
	{ "ipc", "ipc", 'i', CLONE_NEWIPC, "IPC namespace",
	    "max_ipc_namespaces", "CONFIG_IPC_NS", NULL, NULL,
	    UAPI_PIDFD_GET_IPC_NAMESPACE, 0 },
	{ "net", "net", 'n', CLONE_NEWNET, "network namespace",
	    "max_net_namespaces", "CONFIG_NET_NS", NULL, NULL,
	    UAPI_PIDFD_GET_NET_NAMESPACE, 0 },
	{ "pid", "pid", 'p', CLONE_NEWPID, "PID namespace",
	    "max_pid_namespaces", "CONFIG_PID_NS", NULL, "pid_for_children",
	    UAPI_PIDFD_GET_PID_NAMESPACE,
	    UAPI_PIDFD_GET_PID_FOR_CHILDREN_NAMESPACE },
	{ "user", "user", 'U', CLONE_NEWUSER, "user namespace",
	    "max_user_namespaces", "CONFIG_USER_NS", NULL, NULL,
	    UAPI_PIDFD_GET_USER_NAMESPACE, 0 },
	{ "cgroup", "cgroup", 'C', CLONE_NEWCGROUP, "cgroup namespace",
	    "max_cgroup_namespaces", "CONFIG_CGROUPS", NULL, NULL,
	    UAPI_PIDFD_GET_CGROUP_NAMESPACE, 0 },
	{ "time", "time", 'T', UAPI_CLONE_NEWTIME, "time namespace",
	    "max_time_namespaces", "CONFIG_TIME_NS", "5.6",
	    "time_for_children", UAPI_PIDFD_GET_TIME_NAMESPACE,
	    UAPI_PIDFD_GET_TIME_FOR_CHILDREN_NAMESPACE },
};
/* clang-format on */

const struct ns_type *
ns_type_by_flag(int flag)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (ns_types[i].flag == flag)
			return &ns_types[i];
	return NULL;
}

const struct ns_type *
ns_type_by_name(const char *name)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (strcmp(ns_types[i].name, name) == 0 ||
		    strcmp(ns_types[i].longname, name) == 0)
			return &ns_types[i];
	return NULL;
}

const struct ns_type *
ns_type_by_letter(int letter)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (ns_types[i].letter == letter)
			return &ns_types[i];
	return NULL;
}

const char *
ns_unknown(const char *name)
{
	static char text[128];
	size_t len;

	len = (size_t)snprintf(text, sizeof(text), "%.32s is not one of", name);
	for (size_t i = 0; i < NS_NTYPES; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s %s",
		    i == 0 ? "" : ",", ns_types[i].name);
	return text;
}

int
ns_parse(const char *text, const struct ns_type **type, ino_t *ino)
{
	const char *colon = strchr(text, ':'), *errstr;
	char name[16], digits[24];
	size_t len;

	if (colon == NULL || (size_t)(colon - text) >= sizeof(name) ||
	    colon[1] != '[')
		return -1;
	memcpy(name, text, (size_t)(colon - text));
	name[colon - text] = '\0';
	len = strcspn(colon + 2, "]");
	if (len >= sizeof(digits) || strcmp(colon + 2 + len, "]") != 0)
		return -1;
	memcpy(digits, colon + 2, len);
	digits[len] = '\0';
	*ino = (ino_t)strtonum(digits, 1, LLONG_MAX, &errstr);
	*type = ns_type_by_name(name);
	return errstr == NULL && *type != NULL ? 0 : -1;
}

size_t
ns_index(const struct ns_type *type)
{
	return (size_t)(type - ns_types);
}

static void
ns_file(char *buf, size_t size, pid_t pid, const char *file)
{
	if (pid == 0)
		snprintf(buf, size, "/proc/self/ns/%s", file);
	else
		snprintf(buf, size, "/proc/%d/ns/%s", (int)pid, file);
}

void
ns_path(char *buf, size_t size, pid_t pid, const struct ns_type *type)
{
	ns_file(buf, size, pid, type->name);
}

int
ns_open(pid_t pid, const struct ns_type *type, bool children)
{
	char path[64];

	if (children && type->children == NULL) {
		errno = EINVAL;
		return -1;
	}
	ns_file(
	    path, sizeof(path), pid, children ? type->children : type->name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

int
ns_leave_chroot(void)
{
	int self = uapi_pidfd_open(getpid(), 0), rc;

	/* A filter may refuse that, and there may be no /proc. */
	if (self == -1)
		self = ns_open(0, ns_type_by_flag(CLONE_NEWNS), false);
	if (self == -1)
		return -1;
	rc = setns(self, CLONE_NEWNS);
	file_close(self);
	return rc;
}

int
ns_key_self(const struct ns_type *type, struct ns_key *key)
{
	char path[64];
	struct stat st;

	ns_path(path, sizeof(path), 0, type);
	if (stat(path, &st) == -1)
		return -1;
	key->dev = st.st_dev;
	key->ino = st.st_ino;
	return 0;
}

int
ns_key_fd(int fd, struct ns_key *key)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	key->dev = st.st_dev;
	key->ino = st.st_ino;
	return 0;
}

bool
ns_key_equal(const struct ns_key *a, const struct ns_key *b)
{
	return a->ino == b->ino && a->dev == b->dev;
}

int
ns_is_file(int fd)
{
	struct statfs sfs;

	if (fstatfs(fd, &sfs) == -1)
		return -1;
	return sfs.f_type == UAPI_NSFS_MAGIC;
}

int
ns_reopen(int fd)
{
	char path[32];

	/* Not self: a thread that reads may have descriptors of its own. */
	snprintf(path, sizeof(path), "/proc/thread-self/fd/%d", fd);
	/* Not by open(3): musl sets O_CLOEXEC once more after it. */
	return openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
}

int
ns_open_file(int dir, const char *path, int flags)
{
	int fd = openat(dir, path, O_PATH | O_CLOEXEC | flags), is, real = -1;

	if (fd == -1)
		return -1;
	if ((is = ns_is_file(fd)) == 1) {
		real = ns_reopen(fd);
		if (real == -1 && errno == ENOENT) /* no /proc */
			real = openat(dir, path,
			    O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
	} else if (is == 0)
		errno = EINVAL;
	file_close(fd);
	return real;
}

int
ns_of_socket(int fd)
{
	int type;

	/* Of a file that is no socket the number may ask for anything. */
	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &(socklen_t){ 4 }) == -1)
		return -1;
	return ioctl(fd, UAPI_SIOCGSKNS);
}

int
ns_open_for_children(pid_t pid, pid_t tid, const struct ns_type *type)
{
	int fd,
	    pidfd = tid != 0 ? uapi_pidfd_open(tid, UAPI_PIDFD_THREAD) :
			       uapi_pidfd_open(pid, 0);

	if (pidfd == -1)
		return -1;
	fd = ioctl(pidfd, type->pidfd_get_children, 0);
	file_close(pidfd);
	return fd;
}

const struct ns_type *
ns_type_of(int fd)
{
	const struct ns_type *type;
	int flag, file = ns_is_file(fd);

	/*
	 * Asked of a tty or a socket, the same number could mean anything:
	 * look at the file system first.
	 */
	if (file == -1)
		return NULL;
	if (file == 1 && (flag = ioctl(fd, UAPI_NS_GET_NSTYPE)) == -1)
		return NULL;
	type = file == 1 ? ns_type_by_flag(flag) : NULL;
	if (type == NULL)
		errno = EINVAL;
	return type;
}

uint64_t
ns_id(int fd, const struct ns_type *type)
{
	uint64_t id;

	if (ioctl(fd, UAPI_NS_GET_ID, &id) == -1 &&
	    (type->flag != CLONE_NEWNS ||
		ioctl(fd, UAPI_NS_GET_MNTNS_ID, &id) == -1))
		return 0;
	return id;
}

int
ns_identify(int fd, struct ns_identity *id)
{
	if ((id->type = ns_type_of(fd)) == NULL ||
	    ns_key_fd(fd, &id->key) == -1)
		return -1;
	id->id = ns_id(fd, id->type);
	return 0;
}

bool
ns_is(int fd, const struct ns_type *type, ino_t ino)
{
	struct ns_key key;

	return fd != -1 && ns_type_of(fd) == type && ns_key_fd(fd, &key) == 0 &&
	    key.ino == ino;
}

int
ns_open_id(const struct ns_identity *id)
{
	struct {
		struct file_handle h;
		struct uapi_nsfs_file_handle ns;
	} handle = { .h = { .handle_bytes = sizeof(handle.ns),
			 .handle_type = UAPI_FILEID_NSFS },
		.ns = { .ns_id = id->id } };

	if (id->type != NULL && id->key.ino != 0) {
		handle.ns.ns_type = (uint32_t)id->type->flag;
		handle.ns.ns_inum = (uint32_t)id->key.ino;
	}
	return open_by_handle_at(
	    UAPI_FD_NSFS_ROOT, &handle.h, O_RDONLY | O_CLOEXEC);
}

static ssize_t
list_some(int types, uint64_t **ids, size_t room)
{
	struct uapi_ns_id_req req = { .size = sizeof(req),
		.ns_type = (uint32_t)types };
	ssize_t n;

	if ((*ids = calloc(room, sizeof(**ids))) == NULL)
		return -1;
	n = uapi_listns(&req, *ids, room);
	if (n == -1)
		free(*ids);
	return n;
}

ssize_t
ns_list(int types, uint64_t **ids)
{
	ssize_t n = list_some(types, ids, IDS_SOME);

	/*
	 * Going on after the last id misses all that follow if the next one
	 * is not in use (seen in 7.2), so it is all of them in one call.
	 */
	if (n == IDS_SOME) {
		free(*ids);
		n = list_some(types, ids, IDS_MAX);
	}
	return n;
}

int
ns_owner(int fd)
{
	return ioctl(fd, UAPI_NS_GET_USERNS);
}

int
ns_parent(int fd)
{
	return ioctl(fd, UAPI_NS_GET_PARENT);
}

int
ns_owner_uid(int fd, uid_t *uid)
{
	return ioctl(fd, UAPI_NS_GET_OWNER_UID, uid);
}
