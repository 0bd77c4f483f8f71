/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/reason/reason.h"
#include "lib/step/uts.h"

#define NAME_BYTES 64 /* __NEW_UTS_LEN of linux/utsname.h */

static int
parse_name(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	if (strlen(arg) > NAME_BYTES) {
		*errstr = "longer than 64 bytes";
		return -1;
	}
	return opt_set_string(at, opt, arg, errstr);
}

const struct opt uts_options[] = {
	{ 0, "domainname", .arg = "NAME",
	    .help = "NIS domain name inside; implies -u", .parse = parse_name,
	    .offset = offsetof(struct uts_request, domainname) },
	{ 0, "hostname", .arg = "NAME", .help = "host name inside; implies -u",
	    .parse = parse_name,
	    .offset = offsetof(struct uts_request, hostname) },
	{ 0 },
};

bool
uts_wanted(const struct uts_request *r)
{
	return r->hostname != NULL || r->domainname != NULL;
}

static _Noreturn void
refused(const char *option, const char *name)
{
	int errnum = errno;

	fail_why(EXIT_CANCELED, errnum, reason_admin(errnum, "UTS namespace"),
	    "%s %s", option, name);
}

void
uts_apply(const struct uts_request *r)
{
	fail_part(EXPLAIN_HOSTNAME);
	if (r->hostname != NULL &&
	    sethostname(r->hostname, strlen(r->hostname)) == -1)
		refused("--hostname", r->hostname);
	fail_part(EXPLAIN_DOMAINNAME);
	if (r->domainname != NULL &&
	    setdomainname(r->domainname, strlen(r->domainname)) == -1)
		refused("--domainname", r->domainname);
}

void
uts_explain(const struct uts_request *r, struct explain *e)
{
	if (r->hostname != NULL)
		explain_step(e, EXPLAIN_HOSTNAME, "host name %s", r->hostname);
	if (r->domainname != NULL)
		explain_step(
		    e, EXPLAIN_DOMAINNAME, "domain name %s", r->domainname);
}
