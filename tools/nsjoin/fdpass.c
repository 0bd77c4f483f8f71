/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/reason/reason.h"
#include "lib/ref/ref.h"
#include "tools/nsjoin/fdpass.h"

/* N=REF; REF may have a '=' of its own. */
static int
parse_open(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct fdpass_request *r = at;
	size_t len = strcspn(arg, "=");
	char digits[16];

	(void)opt;
	if (arg[len] == '\0' || len == 0 || len >= sizeof(digits)) {
		*errstr = "must be N=REF";
		return -1;
	}
	if (r->n == FDPASS_MAX) {
		*errstr = "too many";
		return -1;
	}
	memcpy(digits, arg, len);
	digits[len] = '\0';
	r->list[r->n].number = (int)opt_number(
	    digits, STDERR_FILENO + 1, INT_MAX - 1, errstr);
	if (*errstr != NULL)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (r->list[i].number == r->list[r->n].number) {
			*errstr = "duplicate descriptor number";
			return -1;
		}
	r->list[r->n++].ref = arg + len + 1;
	return 0;
}

const struct opt fdpass_options[] = {
	{ 'O', "open", .arg = "N=REF",
	    .help = "enter nothing: have that namespace as descriptor N",
	    .parse = parse_open },
	{ 0 },
};

/* The one namespace in R, which keeps the others. */
static int
take_one(struct ref *r, const char *text)
{
	int which = -1, fd;

	for (int i = 0; i < NS_NTYPES; i++) {
		if (r->fd[i] == -1)
			continue;
		if (which != -1)
			fail(EXIT_CANCELED,
			    "--open %s: it has several namespaces; which "
			    "type? (N=%s=%s)",
			    text, ns_types[which].name, text);
		which = i;
	}
	fd = r->fd[which];
	r->fd[which] = -1;
	return fd;
}

void
fdpass_open(const struct fdpass_request *r, bool verbose, int fds[FDPASS_MAX])
{
	int above = STDERR_FILENO + 1, fd;
	const char *errstr;
	struct ref ref;
	int errnum;

	for (size_t i = 0; i < r->n; i++)
		if (r->list[i].number >= above)
			above = r->list[i].number + 1;
	for (size_t i = 0; i < r->n; i++) {
		if (ref_resolve(r->list[i].ref, 0, &ref, &errstr) == -1)
			fail(EXIT_CANCELED, "--open %s: %s", r->list[i].ref,
			    errstr);
		if (verbose && (errstr = ref_doubt(r->list[i].ref)) != NULL)
			fail_warn("%s: %s", r->list[i].ref, errstr);
		fd = take_one(&ref, r->list[i].ref);
		ref_close(&ref);
		fds[i] = fcntl(fd, F_DUPFD_CLOEXEC, above);
		errnum = errno;
		/* EINVAL: no number above is allowed. */
		if (fds[i] == -1)
			fail_why(EXIT_CANCELED, errnum,
			    errnum == EINVAL || errnum == EMFILE ?
				reason_descriptors() :
				NULL,
			    "--open %d=%s", r->list[i].number, r->list[i].ref);
		close(fd);
	}
}

void
fdpass_put(const struct fdpass_request *r, const int fds[FDPASS_MAX])
{
	for (size_t i = 0; i < r->n; i++)
		if (dup2(fds[i], r->list[i].number) == -1)
			fail_errno(EXIT_CANCELED, "--open %d=%s",
			    r->list[i].number, r->list[i].ref);
}
