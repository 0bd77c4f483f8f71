/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "lib/alias.h"
#include "lib/file.h"
#include "lib/opt.h"
#include "lib/scan/scan.h"
#include "tools/nsls/nsls.h"

static int
list_print(const struct request *r, char **operands, int n)
{
	struct list l;
	int status = 0;

	list_make(&l, r, operands, n, &status);
	list_order(&l);
	print_list(&l);
	/* Of what was searched for, nothing may be what we could not see. */
	if (list_unseen(
		r, &l.scan, l.facts, l.n > 0 || (n == 0 && r->filter == NULL)))
		status = 1;
	list_free(&l);
	return status;
}

int
main(int argc, char **argv)
{
	struct request r = { 0 };
	int first, n, status = 0;

	alias_begin(argv[0], "nsls");
	file_guard_standard(USAGE);
	first = opt_parse(&nsls_tool, argc, argv, &r);
	argv += first;
	n = argc - first;
	request_check(&r, n);
	target_doubt(&r, argv, n);
	signal(SIGPIPE, SIG_DFL); /* the reader has seen enough */
	if (r.help)
		column_help(&r);
	else if (r.why)
		status = why_print(&r, argv, n);
	else if (r.diff)
		status = diff_print(&r, argv);
	else if (r.dot)
		status = dot_print(&r, argv, n);
	else if (r.watch)
		status = watch_run(&r);
	else if (r.gone != NULL)
		status = gone_wait(&r);
	else
		status = list_print(&r, argv, n);
	print_flush();
	return status;
}
