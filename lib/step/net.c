/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <net/if.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/step/net.h"

const struct opt net_options[] = {
	{ 0, "lo", .help = "loopback up in a new network namespace, or fail",
	    OPT_INT(struct net_request, lo), .value = 1 },
	{ 0, "no-lo", .help = "leave the loopback interface down",
	    OPT_INT(struct net_request, lo) },
	{ 0 },
};

/* Bring "lo" up in our network namespace.  Returns 0, or -1 and errno. */
static int
loopback_up(void)
{
	struct ifreq ifr;
	int fd, rc;

	memset(&ifr, 0, sizeof(ifr));
	strlcpy(ifr.ifr_name, "lo", sizeof(ifr.ifr_name));
	/* Interface requests work on any socket; IPv4 may be compiled out. */
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1 && errno == EAFNOSUPPORT)
		fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return -1;
	rc = ioctl(fd, SIOCGIFFLAGS, &ifr);
	if (rc == 0) {
		ifr.ifr_flags |= IFF_UP;
		rc = ioctl(fd, SIOCSIFFLAGS, &ifr);
	}
	file_close(fd);
	return rc;
}

void
net_apply(const struct net_request *r)
{
	if (r->lo == 0 || loopback_up() == 0)
		return;
	if (r->lo == 1)
		fail_errno(EXIT_CANCELED, "--lo: loopback interface");
	fail_warn("loopback interface stays down: %s", strerror(errno));
}

void
net_explain(const struct net_request *r, struct explain *e)
{
	if (r->lo != 0)
		explain_step(e, EXPLAIN_WHOLE, "loopback interface up%s",
		    r->lo == 1 ? "" : ", if that can be");
}
