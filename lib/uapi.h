/* SPDX-License-Identifier: ISC */
/*
 * uapi - what the kernel offers that this C library's headers may lack.
 *
 * Values and layouts are the kernel's own (linux/sched.h, nsfs.h, pidfd.h,
 * mount.h, fcntl.h of Linux 7.2), under a prefix of ours so that newer headers
 * do not collide with them.  System calls from 424 on have one number on every
 * architecture but alpha, mips and x32; options of sockets and flags of open(2)
 * differ on others.  No function here knows a kernel version: call, and treat
 * ENOSYS, EINVAL, ENOTTY, EOPNOTSUPP, EBADF and EPERM of the first call of an
 * optional interface as "not there".
 */
#ifndef NSKIT_UAPI_H
#define NSKIT_UAPI_H

#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#if (!defined(__x86_64__) || defined(__ILP32__)) && !defined(__i386__) && \
    !defined(__aarch64__) && !defined(__arm__) && !defined(__riscv) &&    \
    !defined(__powerpc__) && !defined(__s390__) && !defined(__loongarch__)
#error "are the numbers below those of this architecture?"
#endif

/* system calls */
#define UAPI_NR_pidfd_send_signal 424
#define UAPI_NR_open_tree 428
#define UAPI_NR_move_mount 429
#define UAPI_NR_fsopen 430
#define UAPI_NR_fsconfig 431
#define UAPI_NR_fsmount 432
#define UAPI_NR_pidfd_open 434
#define UAPI_NR_clone3 435
#define UAPI_NR_close_range 436
#define UAPI_NR_openat2 437
#define UAPI_NR_pidfd_getfd 438
#define UAPI_NR_mount_setattr 442 /* 5.12 */
#define UAPI_NR_statmount 457	  /* 6.8 */
#define UAPI_NR_listmount 458	  /* 6.8 */
#define UAPI_NR_listns 470	  /* 6.19 */

/* sched.h */
#define UAPI_CLONE_NEWTIME 0x80ULL /* clone3, unshare, setns; not clone */
#define UAPI_CLONE_CLEAR_SIGHAND (1ULL << 32)
struct uapi_clone_args {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack,
	    stack_size, tls, set_tid, set_tid_size, cgroup;
};

/* nsfs.h: NSIO is 0xb7 */
struct uapi_mnt_ns_info {
	uint32_t size, nr_mounts;
	uint64_t mnt_ns_id;
};
#define UAPI_NS_GET_USERNS _IO(0xb7, 1)
#define UAPI_NS_GET_PARENT _IO(0xb7, 2)
#define UAPI_NS_GET_NSTYPE _IO(0xb7, 3)
#define UAPI_NS_GET_OWNER_UID _IO(0xb7, 4)
#define UAPI_NS_GET_MNTNS_ID _IOR(0xb7, 5, uint64_t)
#define UAPI_NS_GET_PID_FROM_PIDNS _IOR(0xb7, 6, int)
#define UAPI_NS_MNT_GET_NEXT _IOR(0xb7, 11, struct uapi_mnt_ns_info)
#define UAPI_NS_MNT_GET_PREV _IOR(0xb7, 12, struct uapi_mnt_ns_info)
#define UAPI_NS_GET_ID _IOR(0xb7, 13, uint64_t)
struct uapi_nsfs_file_handle {
	uint64_t ns_id;
	uint32_t ns_type, ns_inum;
};
#define UAPI_FILEID_NSFS 0xf1 /* handle_type; include/linux/exportfs.h */
struct uapi_ns_id_req {
	uint32_t size, spare;
	uint64_t ns_id;
	uint32_t ns_type, spare2;
	uint64_t user_ns_id;
};

/* fcntl.h */
#define UAPI_FD_NSFS_ROOT -10003

/* pidfd.h: PIDFS_IOCTL_MAGIC is 0xff */
#define UAPI_PIDFD_THREAD O_EXCL
#define UAPI_PIDFD_GET_CGROUP_NAMESPACE _IO(0xff, 1)
#define UAPI_PIDFD_GET_IPC_NAMESPACE _IO(0xff, 2)
#define UAPI_PIDFD_GET_MNT_NAMESPACE _IO(0xff, 3)
#define UAPI_PIDFD_GET_NET_NAMESPACE _IO(0xff, 4)
#define UAPI_PIDFD_GET_PID_NAMESPACE _IO(0xff, 5)
#define UAPI_PIDFD_GET_PID_FOR_CHILDREN_NAMESPACE _IO(0xff, 6)
#define UAPI_PIDFD_GET_TIME_NAMESPACE _IO(0xff, 7)
#define UAPI_PIDFD_GET_TIME_FOR_CHILDREN_NAMESPACE _IO(0xff, 8)
#define UAPI_PIDFD_GET_USER_NAMESPACE _IO(0xff, 9)
#define UAPI_PIDFD_GET_UTS_NAMESPACE _IO(0xff, 10)
#define UAPI_PIDFD_INFO_PID 1
#define UAPI_PIDFD_INFO_SIZE_VER0 64
struct uapi_pidfd_info { /* 88 bytes in 7.2 */
	uint64_t mask, cgroupid;
	uint32_t pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid,
	    fsgid;
	int32_t exit_code; /* VER0 ends here: 64 */
	uint32_t coredump_mask, coredump_signal, coredump_code, coredump_pad;
	uint64_t supported_mask;
};
/* PIDFD_GET_INFO with its first size, which 6.13 and later understand */
#define UAPI_PIDFD_GET_INFO_VER0 \
	_IOC(_IOC_READ | _IOC_WRITE, 0xff, 11, UAPI_PIDFD_INFO_SIZE_VER0)

/* mount.h */
#define UAPI_OPEN_TREE_CLONE 1
#define UAPI_MOVE_MOUNT_F_EMPTY_PATH 4
#define UAPI_MOVE_MOUNT_T_EMPTY_PATH 0x40
#define UAPI_AT_RECURSIVE 0x8000
#define UAPI_FSOPEN_CLOEXEC 1
#define UAPI_FSCONFIG_SET_STRING 1
#define UAPI_FSCONFIG_CMD_CREATE 6
#define UAPI_FSMOUNT_CLOEXEC 1
#define UAPI_MOUNT_ATTR_RDONLY 1
#define UAPI_MOUNT_ATTR_NOSUID 2
#define UAPI_MOUNT_ATTR_NODEV 4
#define UAPI_MOUNT_ATTR_NOEXEC 8
struct uapi_mount_attr {
	uint64_t attr_set, attr_clr, propagation, userns_fd;
};
struct uapi_mnt_id_req {
	uint32_t size;
	uint32_t mnt_ns_fd; /* or mnt_fd; "spare" before 6.18/7.0 */
	uint64_t mnt_id, param, mnt_ns_id; /* mnt_ns_id: VER1, 32 bytes */
};
#define UAPI_MNT_ID_REQ_SIZE_VER1 32
struct uapi_statmount {
	uint32_t size, mnt_opts;
	uint64_t mask;
	uint32_t sb_dev_major, sb_dev_minor;
	uint64_t sb_magic;
	uint32_t sb_flags, fs_type;
	uint64_t mnt_id, mnt_parent_id;
	uint32_t mnt_id_old, mnt_parent_id_old;
	uint64_t mnt_attr, mnt_propagation, mnt_peer_group, mnt_master,
	    propagate_from;
	uint32_t mnt_root, mnt_point;
	uint64_t mnt_ns_id;
	uint32_t fs_subtype, sb_source, opt_num, opt_array, opt_sec_num,
	    opt_sec_array;
	uint64_t supported_mask;
	uint32_t mnt_uidmap_num, mnt_uidmap, mnt_gidmap_num, mnt_gidmap;
	uint64_t spare2[43];
	char str[];
};
#define UAPI_STATMOUNT_SB_BASIC 1
#define UAPI_STATMOUNT_MNT_ROOT 8
#define UAPI_STATMOUNT_MNT_POINT 0x10
#define UAPI_LSMT_ROOT 0xffffffffffffffffULL
#define UAPI_NSFS_MAGIC 0x6e736673
#define UAPI_SO_NETNS_COOKIE 71 /* 5.14; parisc, sparc differ */
#define UAPI_SIOCGSKNS 0x894c

#define UAPI_OPEN_TREE_CLOEXEC 02000000
#define UAPI_RENAME_NOREPLACE 1
#define UAPI_RENAME_EXCHANGE 2
#define UAPI_CLOSE_RANGE_CLOEXEC 4 /* 5.11 */

/* stat.h */
#define UAPI_AT_STATX_DONT_SYNC 0x4000
#define UAPI_STATX_TYPE 1
#define UAPI_STATX_NLINK 4
#define UAPI_STATX_UID 8
#define UAPI_STATX_INO 0x100
#define UAPI_STATX_SIZE 0x200
#define UAPI_STATX_MNT_ID 0x1000 /* 5.8 */
#define UAPI_STATX_ATTR_MOUNT_ROOT 0x2000
struct uapi_statx_time {
	int64_t sec;
	uint32_t nsec;
	int32_t spare;
};
struct uapi_statx {
	uint32_t stx_mask, stx_blksize;
	uint64_t stx_attributes;
	uint32_t stx_nlink, stx_uid, stx_gid;
	uint16_t stx_mode, spare0;
	uint64_t stx_ino, stx_size, stx_blocks, stx_attributes_mask;
	struct uapi_statx_time stx_atime, stx_btime, stx_ctime, stx_mtime;
	uint32_t stx_rdev_major, stx_rdev_minor, stx_dev_major, stx_dev_minor;
	uint64_t stx_mnt_id, spare[13];
};

/* open_tree(2) */
static inline int
uapi_open_tree(int dirfd, const char *path, unsigned flags)
{
	return (int)syscall(UAPI_NR_open_tree, dirfd, path, flags);
}

/* mount_setattr(2), Linux 5.12, of the mount TREE; FLAGS: UAPI_AT_RECURSIVE */
static inline int
uapi_mount_setattr(int tree, unsigned flags, const struct uapi_mount_attr *attr)
{
	return (int)syscall(UAPI_NR_mount_setattr, tree, "",
	    flags | AT_EMPTY_PATH, attr, sizeof(*attr));
}

/* move_mount(2) */
static inline int
uapi_move_mount(
    int fromfd, const char *from, int tofd, const char *to, unsigned flags)
{
	return (int)syscall(UAPI_NR_move_mount, fromfd, from, tofd, to, flags);
}

/* move_mount(2) by descriptors alone */
static inline int
uapi_move_mount_fd(int from, int to)
{
	return uapi_move_mount(from, "", to, "",
	    UAPI_MOVE_MOUNT_F_EMPTY_PATH | UAPI_MOVE_MOUNT_T_EMPTY_PATH);
}

/* fsopen(2) */
static inline int
uapi_fsopen(const char *type)
{
	return (int)syscall(UAPI_NR_fsopen, type, UAPI_FSOPEN_CLOEXEC);
}

/* fsconfig(2): a string, and the end of it */
static inline int
uapi_fsconfig_set(int fs, const char *key, const char *value)
{
	return (int)syscall(
	    UAPI_NR_fsconfig, fs, UAPI_FSCONFIG_SET_STRING, key, value, 0);
}

static inline int
uapi_fsconfig_create(int fs)
{
	return (int)syscall(
	    UAPI_NR_fsconfig, fs, UAPI_FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

/* fsmount(2) */
static inline int
uapi_fsmount(int fs, unsigned attributes)
{
	return (int)syscall(
	    UAPI_NR_fsmount, fs, UAPI_FSMOUNT_CLOEXEC, attributes);
}

/* pidfd_open(2); the descriptor is close-on-exec */
static inline int
uapi_pidfd_open(pid_t pid, unsigned flags)
{
	return (int)syscall(UAPI_NR_pidfd_open, pid, flags);
}

/* pidfd_send_signal(2) */
static inline int
uapi_pidfd_send_signal(int pidfd, int sig)
{
	return (int)syscall(UAPI_NR_pidfd_send_signal, pidfd, sig, NULL, 0);
}

/* pidfd_getfd(2) */
static inline int
uapi_pidfd_getfd(int pidfd, int fd)
{
	return (int)syscall(UAPI_NR_pidfd_getfd, pidfd, fd, 0);
}

/* clone3(2) */
static inline long
uapi_clone3(struct uapi_clone_args *args)
{
	return syscall(UAPI_NR_clone3, args, sizeof(*args));
}

/*
 * clone(2) without a new stack, for those that may not call clone3(2): FLAGS
 * hold the exit signal and CLONE_PIDFD.  s390 takes its first two arguments in
 * the other order.
 */
static inline long
uapi_clone(unsigned long flags, int *pidfd)
{
#if defined(__s390__) || defined(__s390x__) || defined(__CRIS__)
	return syscall(SYS_clone, NULL, flags, pidfd, NULL, NULL);
#else
	return syscall(SYS_clone, flags, NULL, pidfd, NULL, NULL);
#endif
}

/* openat2(2), Linux 5.6 */
static inline int
uapi_openat2(int dirfd, const char *path, const void *how, size_t size)
{
	return (int)syscall(UAPI_NR_openat2, dirfd, path, how, size);
}

struct uapi_open_how {
	uint64_t flags, mode, resolve;
};
#define UAPI_RESOLVE_IN_ROOT 0x10
#define UAPI_RESOLVE_CACHED 0x20 /* Linux 5.12 */

/* openat(2), with the directory ROOT for the root directory. */
static inline int
uapi_open_in_root(int root, const char *path, int flags)
{
	struct uapi_open_how how = { (uint64_t)flags, 0, UAPI_RESOLVE_IN_ROOT };

	return (int)syscall(UAPI_NR_openat2, root, path, &how, sizeof(how));
}

/* close_range(2) */
static inline int
uapi_close_range(unsigned first, unsigned last, unsigned flags)
{
	return (int)syscall(UAPI_NR_close_range, first, last, flags);
}

/* open(2), after which musl asks for close-on-exec once more, by fcntl(2) */
static inline int
uapi_open(const char *path, int flags)
{
	return openat(AT_FDCWD, path, flags);
}

/* statx(2): of these and more calls, not every C library has a function. */
static inline int
uapi_statx(int dirfd, const char *path, int flags, unsigned mask,
    struct uapi_statx *stx)
{
	return (int)syscall(SYS_statx, dirfd, path, flags, mask, stx);
}

/* renameat2(2) */
static inline int
uapi_renameat2(
    int olddir, const char *old, int newdir, const char *new, unsigned flags)
{
	return (int)syscall(SYS_renameat2, olddir, old, newdir, new, flags);
}

/* getdents64(2), and one entry of what it writes */
struct uapi_dirent {
	uint64_t ino;
	int64_t off;
	unsigned short len;
	unsigned char type;
	char name[];
};

static inline ssize_t
uapi_getdents(int fd, void *buf, size_t size)
{
	return syscall(SYS_getdents64, fd, buf, size);
}

/* execveat(2) */
static inline int
uapi_execveat(int dirfd, const char *path, char *const argv[],
    char *const envp[], int flags)
{
	return (int)syscall(SYS_execveat, dirfd, path, argv, envp, flags);
}

/* listns(2), Linux 6.19 */
static inline ssize_t
uapi_listns(const struct uapi_ns_id_req *req, uint64_t *ids, size_t n)
{
	return syscall(UAPI_NR_listns, req, ids, n, 0);
}

/* statmount(2), Linux 6.8 */
static inline int
uapi_statmount(
    const struct uapi_mnt_id_req *req, struct uapi_statmount *sm, size_t size)
{
	return (int)syscall(UAPI_NR_statmount, req, sm, size, 0);
}

/* listmount(2), Linux 6.8 */
static inline ssize_t
uapi_listmount(const struct uapi_mnt_id_req *req, uint64_t *ids, size_t n)
{
	return syscall(UAPI_NR_listmount, req, ids, n, 0);
}

#endif
