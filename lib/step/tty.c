/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/step/tty.h"

#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* The second argument's low half: the kernel takes an unsigned int. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define REQUEST (offsetof(struct seccomp_data, args[1]) + 4)
#else
#define REQUEST offsetof(struct seccomp_data, args[1])
#endif

/*
 * The number of ioctl(2) in each architecture whose programs the kernel may
 * run: those of 32 bits beside those of 64.
 */
static const struct {
	uint32_t arch, number;
} ioctls[] = {
#if defined(__x86_64__) || defined(__i386__)
	{ AUDIT_ARCH_X86_64, 16 },
	{ AUDIT_ARCH_X86_64, 0x40000000 + 514 }, /* x32 */
	{ AUDIT_ARCH_I386, 54 },
#elif defined(__aarch64__) || defined(__arm__)
	{ AUDIT_ARCH_AARCH64, 29 },
	{ AUDIT_ARCH_ARM, 54 },
	{ AUDIT_ARCH_ARMEB, 54 },
#elif defined(__riscv)
	{ AUDIT_ARCH_RISCV64, 29 },
	{ AUDIT_ARCH_RISCV32, 29 },
#elif defined(__powerpc__)
	{ AUDIT_ARCH_PPC64LE, 54 },
	{ AUDIT_ARCH_PPC64, 54 },
	{ AUDIT_ARCH_PPC, 54 },
#elif defined(__s390__)
	{ AUDIT_ARCH_S390X, 54 },
	{ AUDIT_ARCH_S390, 54 },
#elif defined(__loongarch__)
	{ AUDIT_ARCH_LOONGARCH64, 29 },
#else
#error "which number has ioctl(2) here, and in what else this kernel runs?"
#endif
};

static int
parse_tty(void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct tty_request *r = at;

	(void)opt;
	r->share = strcmp(arg, "share") == 0;
	if (!r->share)
		*errstr = "must be share";
	return r->share ? 0 : -1;
}

const struct opt tty_options[] = {
	{ 0, "tty", .arg = "share",
	    .help = "do not guard the terminal against the command",
	    .parse = parse_tty },
	{ 0 },
};

static bool
is_exposed(void)
{
	bool tty = false;

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		tty = tty || isatty(fd);
	/*
	 * Not there before Linux 6.2, which had no way to refuse them; and who
	 * has CAP_SYS_ADMIN is never refused.
	 */
	return tty &&
	    (geteuid() == 0 ||
		file_get_number(AT_FDCWD, "/proc/sys/dev/tty/legacy_tiocsti") !=
		    0);
}

/* Each ioctl(2) leads to the look at its request; two of those are refused. */
static int
install(void)
{
	enum { N = sizeof(ioctls) / sizeof(ioctls[0]), EACH = 4, LOOK = 6 };
	static const struct sock_filter look[LOOK] = {
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, REQUEST),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};
	struct sock_filter code[EACH * N + LOOK], *at = code;
	struct sock_fprog prog = { EACH * N + LOOK, code };

	for (int i = 0; i < N; i++) {
		*at++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, arch));
		*at++ = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, ioctls[i].arch, 0, EACH - 2);
		*at++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr));
		*at++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
		    ioctls[i].number, EACH * (N - i - 1) + 1, 0);
	}
	memcpy(at, look, sizeof(look));
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog);
}

bool
tty_look(const struct tty_request *r)
{
	return !r->share && is_exposed();
}

void
tty_guard(bool exposed)
{
	if (!exposed || install() == 0)
		return;
	if (errno == EINVAL) /* a kernel without seccomp filters */
		return;
	if (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    install() == -1)
		fail_errno(EXIT_CANCELED,
		    "guarding the terminal (--tty=share "
		    "does without)");
}
