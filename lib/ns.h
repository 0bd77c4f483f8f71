/* SPDX-License-Identifier: ISC */
/*
 * ns - the eight types of namespace, and one namespace as a kernel object: its
 * descriptor, its identity, its owner, its parent (namespaces(7), ioctl_ns(2)).
 */
#ifndef NSKIT_NS_H
#define NSKIT_NS_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NS_NTYPES 8

/* All eight CLONE_NEW* flags; CLONE_NEWTIME is for unshare, setns, clone3. */
#define NS_ALL_FLAGS 0x7e020080

/* The inode numbers that the initial ones have for ever (linux/nsfs.h). */
#define NS_INIT_TIME 0xeffffffaU
#define NS_INIT_PID 0xeffffffcU
#define NS_INIT_USER 0xeffffffdU

/* Those that all initial ones have are between these; others come after. */
#define NS_INIT_FIRST 0xeffffff0U
#define NS_INIT_LAST 0xefffffffU

struct ns_type {
	const char *name;     /* as under /proc/PID/ns and in listings: "mnt" */
	const char *longname; /* the option's: "mount" */
	int letter;	      /* 'm' */
	int flag;	      /* CLONE_NEWNS */
	const char *words;    /* for a person: "mount namespace" */
	const char *sysctl;   /* in /proc/sys/user: "max_mnt_namespaces" */
	const char *config;   /* "CONFIG_UTS_NS", or for mnt NULL */
	const char *since;    /* of the kernels we run on: NULL, or "5.6" */
	const char *children; /* "pid_for_children" or the like, or NULL */
	/* ioctl on a pidfd that opens it (Linux 6.11), the one for children */
	unsigned long pidfd_get, pidfd_get_children;
};

/* In the order mnt uts ipc net pid user cgroup time. */
extern const struct ns_type ns_types[NS_NTYPES];

/* clang-format off */
/*
 * The rows of a table of options that has one for each type, by their letters:
 * X(letter, longname, flag, words).
 */
#define NS_OPTIONS(X)                                             \
	X('C', "cgroup", CLONE_NEWCGROUP, "cgroup namespace"),    \
	X('T', "time", UAPI_CLONE_NEWTIME, "time namespace"),     \
	X('U', "user", CLONE_NEWUSER, "user namespace"),          \
	X('i', "ipc", CLONE_NEWIPC, "IPC namespace"),             \
	X('m', "mount", CLONE_NEWNS, "mount namespace"),          \
	X('n', "net", CLONE_NEWNET, "network namespace"),         \
	X('p', "pid", CLONE_NEWPID, "PID namespace"),             \
	X('u', "uts", CLONE_NEWUTS, "UTS namespace")
/* clang-format on */

/*
 * ns_type_by_flag, ns_type_by_name, ns_type_by_letter - the row with that
 * CLONE_NEW* flag, that name ("mnt" or "mount"), that option letter; or NULL.
 */
const struct ns_type *ns_type_by_flag(int flag);
const struct ns_type *ns_type_by_name(const char *name);
const struct ns_type *ns_type_by_letter(int letter);

/*
 * ns_unknown - that NAME is not that of a type, with all that are, in static
 * memory.
 */
const char *ns_unknown(const char *name);

/*
 * ns_parse - the type and inode number in "net:[4026531840]", as the links of
 * /proc/PID/ns read.  Returns 0, or -1 if TEXT is anything else.
 */
int ns_parse(const char *text, const struct ns_type **type, ino_t *ino);

/* ns_index - the row's place, 0 to NS_NTYPES - 1. */
size_t ns_index(const struct ns_type *type);

/* What makes two namespaces the same one while either is held. */
struct ns_key {
	dev_t dev;
	ino_t ino;
};

/* A namespace by its descriptor. */
struct ns_identity {
	const struct ns_type *type;
	struct ns_key key;
	uint64_t id; /* NS_GET_ID (6.18), NS_GET_MNTNS_ID (6.11), else 0 */
};

/*
 * ns_open - open a namespace of process PID (0: this process) by its file
 * /proc/PID/ns/TYPE; CHILDREN asks for the one that children get (pid, time).
 *
 * Returns a close-on-exec descriptor, or -1 and errno.  By number, so only for
 * processes that cannot vanish: ourselves, our child.  See lib/proc otherwise.
 */
int ns_open(pid_t pid, const struct ns_type *type, bool children);

/*
 * ns_leave_chroot - go to the root of the mount namespace that we are in, of
 * which a chroot(2) may have kept us: setns(2) into it leads there, the working
 * directory, too.  Needs no /proc.
 *
 * Returns 0, or -1 and errno.
 */
int ns_leave_chroot(void);

/*
 * ns_path - "/proc/PID/ns/TYPE" (PID 0: "/proc/self/ns/TYPE") into BUF.
 */
void ns_path(char *buf, size_t size, pid_t pid, const struct ns_type *type);

/*
 * ns_key_self - the key of our own namespace by stat(2) of its file, without
 * opening it.  Returns 0, or -1 and errno.
 */
int ns_key_self(const struct ns_type *type, struct ns_key *key);

/* ns_key_fd - the key of the namespace FD.  Returns 0, or -1 and errno. */
int ns_key_fd(int fd, struct ns_key *key);

/* ns_key_equal - are A and B one and the same namespace? */
bool ns_key_equal(const struct ns_key *a, const struct ns_key *b);

/*
 * ns_is_file - does FD (O_PATH will do) lie on nsfs?  A FIFO or a device among
 * files that should be namespaces is found out before anybody opens it.
 *
 * Returns 1 or 0, or -1 and errno.
 */
int ns_is_file(int fd);

/*
 * ns_open_file - open PATH below DIR (as openat(2), FLAGS O_NOFOLLOW or 0) for
 * reading once it is known to lie on nsfs: a FIFO or a device there does
 * nothing, and keeps nobody waiting.
 *
 * Returns a descriptor, or -1 and errno: EINVAL, it is no namespace.
 */
int ns_open_file(int dir, const char *path, int flags);

/*
 * ns_of_socket - open the network namespace of the socket FD.
 *
 * Returns a descriptor, or -1 and errno: ENOTSOCK, FD is no socket.
 */
int ns_of_socket(int fd);

/*
 * ns_reopen - FD, which lies on nsfs but may be an O_PATH one, anew for
 * reading.  Returns a descriptor, or -1 and errno.
 */
int ns_reopen(int fd);

/*
 * ns_open_for_children - open the namespace of TYPE (pid, time) for the
 * children of process PID, or of its thread TID if that is not 0, by its pidfd
 * (Linux 6.11): before its first process a PID namespace has no name in /proc
 * (until Linux 7).
 *
 * Returns a descriptor, or -1 and errno.
 */
int ns_open_for_children(pid_t pid, pid_t tid, const struct ns_type *type);

/*
 * ns_identify - what namespace FD is.
 *
 * FD must be opened for reading.  Returns 0; -1 and errno, EINVAL if FD is not
 * a namespace.
 */
int ns_identify(int fd, struct ns_identity *id);

/* ns_is - is FD (-1: no) the namespace of TYPE with inode INO? */
bool ns_is(int fd, const struct ns_type *type, ino_t ino);

/*
 * ns_open_id - open the namespace ID by the kernel's id alone (Linux 6.18; id,
 * type and inode have to be known, before 6.19 all three).  No process has to
 * be in it, but one needs CAP_SYS_ADMIN over its owner.
 *
 * Returns a descriptor; -1 and errno: ESTALE, it has died or is not for us.
 */
int ns_open_id(const struct ns_identity *id);

/*
 * ns_list - the ids of all namespaces of TYPES (CLONE_NEW*) that the kernel
 * lets us see, ascending (listns(2), Linux 6.19): with CAP_SYS_ADMIN in the
 * initial user namespace and in the initial PID namespace all that are in use,
 * but for those that only a socket holds; without, our own eight.
 *
 * Returns their number, and *IDS is for free(3); -1 and errno (ENOSYS and the
 * like: there is no such call).
 */
ssize_t ns_list(int types, uint64_t **ids);

/* ns_type_of - its row alone: one ioctl.  NULL and errno (EINVAL) otherwise. */
const struct ns_type *ns_type_of(int fd);

/*
 * ns_id - the kernel's 64-bit id of FD, which is of TYPE: NS_GET_ID (6.18),
 * NS_GET_MNTNS_ID (6.11), else 0.
 */
uint64_t ns_id(int fd, const struct ns_type *type);

/*
 * ns_owner - a descriptor of the user namespace that owns FD; ns_parent - of
 * the parent (user and pid namespaces only).
 *
 * Return -1 and errno: EPERM if it is not below or equal to our own.
 */
int ns_owner(int fd);
int ns_parent(int fd);

/* ns_owner_uid - the uid, as we see it, that owns the user namespace FD. */
int ns_owner_uid(int fd, uid_t *uid);

#endif
