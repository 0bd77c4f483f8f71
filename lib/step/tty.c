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
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/step/tty.h"

#define I386_IOCTL 54
#define X32_IOCTL (0x40000000 + 514)
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

/* The second argument's low half: the kernel takes an unsigned int. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define REQUEST (offsetof(struct seccomp_data, args[1]) + 4)
#else
#define REQUEST offsetof(struct seccomp_data, args[1])
#endif

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

/*
 * An ioctl(2) has one number by architecture; of those that this kernel may
 * run beside its own only i386 and x32 matter, and a number too many does no
 * harm: no other call there has such a second argument.
 */
static int
install(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, I386_IOCTL, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, X32_IOCTL, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, REQUEST),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, REFUSE),
	};
	struct sock_fprog prog = { sizeof(code) / sizeof(code[0]), code };

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
