/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/ref/container.h"
#include "lib/ref/ref.h"
#include "tests/unit/check.h"

#define LONG50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define LONG200 LONG50 LONG50 LONG50 LONG50

#define NOT_REF "not a REF (a number, a prefix, a path with a slash, or a name)"
#define NO_INODE "no namespace has inode 0"
#define NOT_PROCESS "not a process (N, N:INO or pid:N/fd/M)"

/* The text, and what it comes to or why it is refused. */
static const struct {
	const char *text, *expected;
} rows[] = {
	{ "1", "process 1" },
	{ "4194304", "process 4194304" },
	{ "4194305", "inode 4194305" },
	{ "4026531840", "inode 4026531840" },
	{ "4294967295", "inode 4294967295" },
	{ "4294967296", "number too large" },
	{ "4294967297", "number too large" },
	{ "18446744073709551617", "number too large" },
	{ "0", "there is no process 0" },
	{ "007", "process 7" },
	{ "12:34", "process 12:34" },
	{ "12:18446744073709551615", "process 12:18446744073709551615" },
	{ "12:18446744073709551616", "number too large" },
	{ "12:0", "no pidfd has inode 0" },
	{ "12:", "not a number" },
	{ "12:x", "not a number" },
	{ "12:3:4", "not a number" },
	{ "0:5", "there is no process 0" },
	{ "4194305:1", "number too large" },
	{ "-1", "name -1" },
	{ "+1", "name +1" },
	{ " 1", "name  1" },
	{ "1 ", "name 1 " },
	{ "0x10", "name 0x10" },
	{ "pid:12", "process 12" },
	{ "pid:12:34", "process 12:34" },
	{ "pid:", "not a number" },
	{ "pid:0", "there is no process 0" },
	{ "pid:4194305", "number too large" },
	{ "pid:12/fd/3", "fd 3 of process 12" },
	{ "pid:12/fd/", "not a number" },
	{ "pid:12/fd/2147483648", "number too large" },
	{ "pid:12/ns/net", NOT_PROCESS },
	{ "tid:77", "thread 77" },
	{ "tid:x", "not a number" },
	{ "tid:0", "there is no thread 0" },
	{ "tid:4194305", "number too large" },
	{ "tid:", "not a number" },
	{ "tidy", "name tidy" },
	{ "self", "self" },
	{ "pid:self", "self" },
	{ "fd:0", "fd 0" },
	{ "fd:2147483647", "fd 2147483647" },
	{ "fd:2147483648", "number too large" },
	{ "fd:-1", "not a number" },
	{ "ns:4026531840", "inode 4026531840" },
	{ "ns:5", "inode 5" },
	{ "ns:4294967296", "number too large" },
	{ "ns:0", NO_INODE },
	{ "ns:", "not a number" },
	{ "net:[0]", NO_INODE },
	{ "net:[4294967296]", "number too large" },
	{ "foo:[1]", "name foo:[1]" },
	{ "net:[4026531840]", "inode 4026531840 net" },
	{ "mount:[7]", "inode 7 mnt" },
	{ "net:[4026531840", "not TYPE:[INUM]" },
	{ "net:[]", "not a number" },
	{ "net:[1]x", "not TYPE:[INUM]" },
	{ "net=net:[1]", "inode 1 net" },
	{ "uts=net:[1]", "two different types" },
	{ "id:1", "id 1" },
	{ "id:0", "no namespace has the ID 0" },
	{ "id:", "not a number" },
	{ "net=id:7", "id 7 net" },
	{ "net=ns:7", "inode 7 net" },
	{ "id:18446744073709551615", "id 18446744073709551615" },
	{ "id:18446744073709551616", "number too large" },
	{ "/run/netns/a", "path /run/netns/a" },
	{ "./a", "path ./a" },
	{ "a/b", "path a/b" },
	{ "/", "path /" },
	{ "./net=1", "path ./net=1" },
	{ "web", "name web" },
	{ "self2", "name self2" },
	{ "_x.y@z+1-2", "name _x.y@z+1-2" },
	{ ".web", "name .web" },
	{ "-web", "name -web" },
	{ "we b", "name we b" },
	{ "we\nb", "name we\nb" },
	{ "1a", "name 1a" },
	{ "name:web", "name:web" },
	{ "name:12", "name:12" },
	{ "name:x:y", "name:x:y" },
	{ "name:self", "name:self" },
	{ "name:..", "not a name" },
	{ "name:.new.1.0", "not a name" },
	{ "name:", "not a name" },
	{ "name:a/b", "not a name" },
	{ LONG200, "name " LONG200 },
	{ LONG200 LONG50 "aaaaa", "name " LONG200 LONG50 "aaaaa" },
	{ LONG200 LONG50 "aaaaaa", NOT_REF },
	{ "..", NOT_REF },
	{ "", "empty" },
	{ "net=", "empty" },
	{ "net=12", "process 12 net" },
	{ "mount=web", "name web mnt" },
	{ "mnt=/x", "path /x mnt" },
	{ "foo=web", "name foo=web" },
	{ "NET=web", "name NET=web" },
	{ "net:web", "not TYPE:[INUM]" },
	{ "docker:web", "docker:web" },
	{ "net=unit:a@b.service", "unit:a@b.service net" },
	{ "ctr:default/web", "ctr:default/web" },
	{ "docker:", "empty" },
	{ "docker:-x", "not a name of a container or unit" },
	{ "docker:a b", "not a name of a container or unit" },
	{ "podman:../x", "not a name of a container or unit" },
	{ "owner:12", "process 12, owner" },
	{ "owner:net=12", "process 12 net, owner" },
	{ "up:user=12", "process 12 user, up" },
	{ "up:owner:net=12", "process 12 net, owner, up" },
	{ "user=up:up:self", "self, up, up user" },
	{ "owner:", "empty" },
	{ "up:up:up:up:up:up:up:up:1",
	    "process 1, up, up, up, up, up, up, up, up" },
	{ "up:up:up:up:up:up:up:up:up:1", "too many steps" },
};

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* The text of /proc/PID/cgroup, and whose container it tells of. */
static const struct {
	const char *text, *expected;
} cgroups[] = {
	{ "0::/user.slice/session-1.scope\n", "none" },
	{ "0::/system.slice/docker-" ID ".scope\n", "docker:" ID },
	{ "9:memory:/docker/" ID "\n0::/\n", "docker:" ID },
	{ "0::/docker/" ID "/docker/f" ID "\n", "docker:" ID },
	{ "0::/docker/short\n", "none" },
	{ "0::/machine.slice/libpod-" ID ".scope/container\n", "podman:" ID },
	{ "0::/machine.slice/libpod-conmon-" ID ".scope\n", "none" },
	{ "0::/libpod_parent/libpod-" ID "\n", "podman:" ID },
	{ "0::/u.service/libpod-payload-" ID "\n", "podman:" ID },
	{ "0::/kubepods.slice/kubepods-pod7.slice/cri-containerd-" ID
	  ".scope\n",
	    "cri:" ID },
	{ "0::/kubepods/besteffort/pod12-34/" ID "\n", "cri:" ID },
	{ "0::/kubepods.slice/crio-" ID ".scope\n", "cri:" ID },
	{ "1:name=systemd:/lxc.payload.web\n", "lxc:web" },
	{ "1:name=systemd:/lxc/web/init.scope\n", "lxc:web" },
	{ "0::/machine.slice/machine-a\\x2db.scope/payload\n", "machine:a-b" },
	{ "0::/machine.slice/systemd-nspawn@web.service/payload\n",
	    "machine:web" },
	{ "0::/lxc.payload.web/docker/" ID "\n", "docker:" ID },
	{ "", "none" },
	{ "no colon", "none" },
};

static void
check_cgroups(void)
{
	struct container c;
	char got[CONTAINER_ID_MAX + REF_SCHEME_MAX];

	for (size_t i = 0; i < sizeof(cgroups) / sizeof(*cgroups); i++) {
		if (container_in_cgroup(cgroups[i].text, &c))
			snprintf(got, sizeof(got), "%s:%s", c.scheme, c.id);
		else
			strlcpy(got, "none", sizeof(got));
		check_str(cgroups[i].text, cgroups[i].expected, got);
	}
}

static void
add_type(char *buf, size_t size, int types)
{
	for (size_t i = 0; i < NS_NTYPES; i++)
		if (types & ns_types[i].flag) {
			strlcat(buf, " ", size);
			strlcat(buf, ns_types[i].name, size);
		}
}

static void
describe(const struct ref_name *n, char *buf, size_t size)
{
	static const char *const words[] = { "process", "thread", "self", "",
		"fd", "inode", "id", "path", "name" };

	if (n->kind == REF_PROCESS_FD)
		snprintf(
		    buf, size, "fd %d of process %" PRIu64, n->fd, n->number);
	else if (n->kind == REF_FD)
		snprintf(buf, size, "fd %d", n->fd);
	else if (n->kind == REF_CONTAINER)
		snprintf(buf, size, "%s:%s", n->scheme, n->text);
	else if (n->kind == REF_SELF)
		snprintf(buf, size, "self");
	else if (n->kind == REF_PATH || n->kind == REF_NAME)
		snprintf(buf, size, "%s%s%s", words[n->kind],
		    n->kind == REF_NAME && !n->bare ? ":" : " ", n->text);
	else if (n->ino != 0)
		snprintf(buf, size, "process %" PRIu64 ":%" PRIu64, n->number,
		    n->ino);
	else
		snprintf(buf, size, "%s %" PRIu64, words[n->kind], n->number);
	add_type(buf, size, n->types);
	for (size_t i = 0; i < n->nsteps; i++) {
		strlcat(buf, n->steps[i].owner ? ", owner" : ", up", size);
		add_type(buf, size, n->steps[i].types);
	}
}

int
main(void)
{
	const char *errstr;
	struct ref_name n;
	char got[512];

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (ref_parse(rows[i].text, &n, &errstr) == -1)
			check_str(rows[i].text, rows[i].expected, errstr);
		else {
			describe(&n, got, sizeof(got));
			check_str(rows[i].text, rows[i].expected, got);
		}
	}
	check_cgroups();
	return check_done();
}
