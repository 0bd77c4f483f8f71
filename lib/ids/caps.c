/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/alike.h"
#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/ids/caps.h"

/* In the order of their numbers (linux/capability.h). */
static const char *const names[] = { "chown", "dac_override", "dac_read_search",
	"fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
	"linux_immutable", "net_bind_service", "net_broadcast", "net_admin",
	"net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio",
	"sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot",
	"sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod",
	"lease", "audit_write", "audit_control", "setfcap", "mac_override",
	"mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read",
	"perfmon", "bpf", "checkpoint_restore" };

#define USERNS_LIMIT "/proc/sys/user/max_user_namespaces"

#define NCAPS (sizeof(names) / sizeof(names[0]))

static const char *
name_of(int n)
{
	return n < (int)NCAPS ? names[n] : "one without a name";
}

static int
number_of(const char *name)
{
	if (strncasecmp(name, "cap_", 4) == 0)
		name += 4;
	for (size_t i = 0; i < NCAPS; i++)
		if (strcasecmp(name, names[i]) == 0)
			return (int)i;
	return -1;
}

static const char *
no_capability(const char *name)
{
	struct alike like = { .wanted = name };

	if (strncasecmp(name, "cap_", 4) == 0)
		like.wanted += 4;
	for (size_t i = 0; i < NCAPS; i++)
		(void)alike_add(&like, names[i]);
	return alike_none(&like, "capability", "capabilities(7) lists them");
}

int
caps_parse(const char *text, uint64_t *caps, const char **errstr)
{
	char item[40];
	int n;

	*caps = 0;
	if (strcmp(text, "none") == 0)
		return 0;
	if (strcmp(text, "all") == 0) {
		*caps = UINT64_MAX;
		return 0;
	}
	while (text != NULL) {
		if (opt_list(&text, item, sizeof(item), errstr) == -1)
			return -1;
		if ((n = number_of(item)) == -1) {
			*errstr = no_capability(item);
			return -1;
		}
		*caps |= CAPS_BIT(n);
	}
	return 0;
}

static int
parse_list(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct caps_request *r = at;

	(void)opt;
	r->given = true;
	return caps_parse(arg, &r->list, errstr);
}

const struct opt caps_options[] = {
	{ 0, "caps", .arg = "LIST|none|all", .help = "its capabilities",
	    .parse = parse_list },
	{ 0, "disable-userns",
	    .help = "nothing inside makes another user namespace",
	    OPT_BOOL(struct caps_request, no_userns) },
	{ 0, "keep-caps", .help = "it keeps those of the new user namespace",
	    OPT_BOOL(struct caps_request, keep) },
	{ 0 },
};

/* Ours; the bounding and the ambient set are asked for elsewhere. */
static struct caps_sets
own_sets(void)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
		0 };
	struct __user_cap_data_struct data[2];
	struct caps_sets own = { 0 };

	if (syscall(SYS_capget, &head, data) == -1)
		fail_errno(EXIT_CANCELED, "reading capabilities");
	for (int i = 0; i < 2; i++) {
		own.permitted |= (uint64_t)data[i].permitted << (32 * i);
		own.effective |= (uint64_t)data[i].effective << (32 * i);
		own.inheritable |= (uint64_t)data[i].inheritable << (32 * i);
	}
	return own;
}

static void
put_sets(uint64_t permitted, uint64_t effective, uint64_t inheritable)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
		0 };
	struct __user_cap_data_struct data[2];

	for (int i = 0; i < 2; i++) {
		data[i].permitted = (uint32_t)(permitted >> (32 * i));
		data[i].effective = (uint32_t)(effective >> (32 * i));
		data[i].inheritable = (uint32_t)(inheritable >> (32 * i));
	}
	if (syscall(SYS_capset, &head, data) == -1)
		fail_errno(EXIT_CANCELED, "setting capabilities");
}

uint64_t
caps_effective(void)
{
	return own_sets().effective;
}

uint64_t
caps_permitted(void)
{
	return own_sets().permitted;
}

void
caps_keep(void)
{
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "PR_SET_KEEPCAPS");
}

void
caps_refill(void)
{
	struct caps_sets own = own_sets();

	put_sets(own.permitted, own.permitted, own.inheritable);
}

/*
 * What may not come back by any execve(2).  An ordinary user may not, and had
 * no capabilities to lose.
 */
static void
drop_bounding(uint64_t caps)
{
	int errnum;

	if ((caps_effective() & CAPS_BIT(CAP_SETPCAP)) == 0)
		return;
	for (int n = 0; n < 64; n++) {
		if ((caps & CAPS_BIT(n)) != 0 ||
		    prctl(PR_CAPBSET_DROP, n, 0, 0, 0) == 0)
			continue;
		errnum = errno;
		/* The kernel has no capability N, nor any after it. */
		if (errnum == EINVAL &&
		    prctl(PR_CAPBSET_READ, n, 0, 0, 0) == -1)
			break;
		fail_why(EXIT_CANCELED, errnum, NULL, "--caps: bounding set");
	}
}

/*
 * Whoever has CAP_SYS_RESOURCE in a user namespace may change its limits, and
 * nobody gets back what the bounding set has lost.
 */
void
caps_forbid_userns(const struct caps_request *r)
{
	const uint64_t rest = ~CAPS_BIT(CAP_SYS_RESOURCE);
	struct caps_sets own;

	if (!r->no_userns)
		return;
	own = own_sets();
	if (file_put(AT_FDCWD, USERNS_LIMIT, "0", 1) == -1)
		fail_errno(EXIT_CANCELED, "--disable-userns: %s", USERNS_LIMIT);
	if (prctl(PR_CAPBSET_DROP, CAP_SYS_RESOURCE, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "--disable-userns: bounding set");
	put_sets(
	    own.permitted & rest, own.effective & rest, own.inheritable & rest);
}

static void
clear_ambient(void)
{
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == -1)
		fail_errno(EXIT_CANCELED, "ambient capabilities");
}

/* Permitted, effective, inheritable and ambient: kept over execve(2). */
static void
raise_to(uint64_t caps)
{
	put_sets(caps, caps, caps);
	clear_ambient();
	for (int n = 0; n < 64; n++)
		if ((caps & CAPS_BIT(n)) != 0 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, n, 0, 0) == -1)
			fail_errno(EXIT_CANCELED, "ambient capabilities");
}

void
caps_raise(void)
{
	raise_to(own_sets().permitted);
}

void
caps_begin(const struct caps_request *r)
{
	if (r->given || r->keep)
		caps_keep();
	if (r->given)
		drop_bounding(r->list);
}

void
caps_finish(const struct caps_request *r)
{
	uint64_t have, want;

	if (!r->given && !r->keep)
		return;
	have = own_sets().permitted;
	want = r->given ? r->list : have;
	if (r->given && r->list != UINT64_MAX && (want & ~have))
		fail(EXIT_CANCELED, "--caps: %s is not ours to give",
		    name_of(__builtin_ctzll(want & ~have)));
	raise_to(want & have);
}

/*
 * Our bounding set.  Asked twice: one refusal may have another cause than that
 * the kernel has no capability N, nor any after it.
 */
uint64_t
caps_bounding(void)
{
	uint64_t caps = 0;
	int has;

	for (int n = 0; n < 64; n++) {
		has = prctl(PR_CAPBSET_READ, n, 0, 0, 0);
		if (has == -1)
			has = prctl(PR_CAPBSET_READ, n, 0, 0, 0);
		if (has == -1)
			break;
		if (has == 1)
			caps |= CAPS_BIT(n);
	}
	return caps;
}

/* What is not in ours cannot come into it. */
static void
check_bounding(uint64_t own, uint64_t bounding, const struct caps_words *w)
{
	if ((bounding & ~own) != 0)
		fail_why(EXIT_CANCELED, 0, w->hint,
		    "%s: %s is not in our bounding set", w->option,
		    name_of(__builtin_ctzll(bounding & ~own)));
}

static void
like_bounding(uint64_t own, uint64_t bounding, const struct caps_words *w)
{
	for (int n = 0; n < 64; n++)
		if ((own & ~bounding & CAPS_BIT(n)) != 0 &&
		    prctl(PR_CAPBSET_DROP, n, 0, 0, 0) == -1)
			fail_why(EXIT_CANCELED, errno, w->hint,
			    "%s: bounding set without %s", w->option,
			    name_of(n));
}

void
caps_begin_like(const struct caps_sets *like, const struct caps_words *w)
{
	uint64_t bounding, have;

	caps_keep();
	bounding = caps_bounding();
	check_bounding(bounding, like->bounding, w);
	/* While the bounding set still has what it will have lost. */
	have = own_sets().permitted;
	put_sets(have, have, like->inheritable);
	like_bounding(bounding, like->bounding, w);
}

void
caps_finish_like(
    const struct caps_sets *like, bool keep, const struct caps_words *w)
{
	uint64_t have = own_sets().permitted, lack = like->permitted & ~have;

	if (lack != 0)
		fail_why(EXIT_CANCELED, 0, w->hint,
		    "%s: %s is not ours to give", w->option,
		    name_of(__builtin_ctzll(lack)));
	if (keep)
		put_sets(have, have, like->inheritable);
	else
		put_sets(like->permitted, like->effective, like->inheritable);
	clear_ambient();
	for (int n = 0; n < 64; n++)
		if ((like->ambient & CAPS_BIT(n)) != 0 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, n, 0, 0) == -1)
			fail_why(EXIT_CANCELED, errno, w->hint,
			    "%s: ambient capability %s", w->option, name_of(n));
}

void
caps_explain(const struct caps_request *r, struct explain *e)
{
	if (r->given || r->keep)
		explain_step(e, EXPLAIN_CAPS,
		    "capabilities kept over execve: %s",
		    !r->given		      ? "all of the user namespace" :
			r->list == 0	      ? "none" :
			r->list == UINT64_MAX ? "all" :
						"those of --caps");
}
