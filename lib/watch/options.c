/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <signal.h>
#include <stdio.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/clock.h"
#include "lib/opt.h"
#include "lib/sig.h"
#include "lib/watch/watch.h"

static int
parse_kill(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;

	r->kill_sig = (int)opt->value;
	r->leave_rest = opt->value == 0;
	if (arg != NULL && opt->letter != 0 && *arg == '=')
		arg++;
	if (arg != NULL && (r->kill_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

/* TERM:QUIT: TERM is passed on, as QUIT. */
static int
parse_translation(struct watch_request *r, char *item, const char **errstr)
{
	char *as = item + strcspn(item, ":");
	int sig;

	*as++ = '\0';
	if ((sig = sig_parse(item, errstr)) == -1)
		return -1;
	if ((r->forward_as[sig] = (unsigned char)sig_parse(as, errstr)) ==
	    (unsigned char)-1)
		return -1;
	r->forward |= SIG_BIT(sig);
	return 0;
}

static int
parse_forward(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;
	char item[48];
	uint64_t set;
	bool named = false; /* without any, translations add to all */

	(void)opt;
	r->forward_set = true;
	r->forward = 0;
	memset(r->forward_as, 0, sizeof(r->forward_as));
	while (arg != NULL) {
		if (opt_list(&arg, item, sizeof(item), errstr) == -1)
			return -1;
		if (strchr(item, ':') != NULL) {
			if (parse_translation(r, item, errstr) == -1)
				return -1;
			continue;
		}
		named = true;
		if (sig_parse_set(item, &set, errstr) == -1)
			return -1;
		r->forward |= set;
	}
	if (!named)
		r->forward = UINT64_MAX;
	return 0;
}

static int
parse_timeout(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;
	const char *sig = strchr(arg, ',');
	char time[32]; /* what is longer is no time either, cut or not */

	(void)opt;
	r->timeout_sig = SIGTERM;
	snprintf(time, sizeof(time), "%.*s", (int)strcspn(arg, ","), arg);
	if (clock_parse(time, &r->timeout, errstr) == -1)
		return -1;
	if (sig != NULL && (r->timeout_sig = sig_parse(sig + 1, errstr)) == -1)
		return -1;
	return 0;
}

const struct opt watch_options[] = {
	{ 'I', "as-pid1", .help = "the command itself is PID 1, no init",
	    OPT_BOOL(struct watch_request, as_pid1) },
	{ 'k', "kill-child", .arg = "[SIG]",
	    .help = "the command gets SIG (KILL) when we die",
	    .parse = parse_kill, .value = SIGKILL },
	{ 0, "no-kill-child", .help = "let it live on, and what it leaves",
	    .parse = parse_kill },
	{ 0, "wait-all",
	    .help = "end with the last process of the PID namespace",
	    OPT_BOOL(struct watch_request, wait_all) },
	{ 0 },
};

const struct opt watch_end_options[] = {
	{ 0, "forward", .arg = "all|none|LIST",
	    .help = "signals to pass on (all); TERM:QUIT: as another",
	    .parse = parse_forward },
	{ 0, "timeout", .arg = "TIME[,SIG]",
	    .help = "send SIG (TERM) after TIME, KILL 5 s later; exit 124",
	    .parse = parse_timeout },
	{ 0 },
};
