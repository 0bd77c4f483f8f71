/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/opt.h"
#include "lib/sig.h"
#include "lib/watch.h"

static int
parse_kill(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;

	r->kill_sig = (int)opt->value;
	if (arg != NULL && (r->kill_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

static int
parse_forward(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;

	(void)opt;
	return sig_parse_set(arg, &r->forward, errstr);
}

/* "10", "2.5", "3m", "1h", "1d": milliseconds, at least one. */
static int
parse_duration(const char *text, int64_t *ms, const char **errstr)
{
	static const struct {
		char unit;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', 60000 }, { 'h', 3600000 },
		{ 'd', 86400000 } };
	size_t len = strlen(text), i, dot;
	int64_t unit = 1000, whole, part = 0, scale = 1;
	char digits[24];

	for (i = 0; len > 0 && i < sizeof(units) / sizeof(units[0]); i++)
		if (text[len - 1] == units[i].unit)
			unit = units[i].ms;
	if (len > 0 && strchr("smhd", text[len - 1]) != NULL)
		len--;
	if (len == 0 || len >= sizeof(digits)) {
		*errstr = "not a time (10, 2.5, 3m, 1h, 1d)";
		return -1;
	}
	memcpy(digits, text, len);
	digits[len] = '\0';
	dot = strcspn(digits, ".");
	for (i = dot + 1; i < len; i++) {
		if (digits[i] < '0' || digits[i] > '9' || scale == 1000) {
			*errstr = "not a time (10, 2.5, 3m, 1h, 1d)";
			return -1;
		}
		part = 10 * part + (digits[i] - '0');
		scale *= 10;
	}
	digits[dot] = '\0';
	whole = strtonum(digits, 0, 100 * 365 * 86400LL, errstr);
	if (*errstr != NULL)
		return -1;
	*ms = whole * unit + part * unit / scale;
	if (*ms == 0)
		*errstr = "too small";
	return *ms == 0 ? -1 : 0;
}

static int
parse_timeout(
    void *at, const struct opt *opt, const char *arg, const char **errstr)
{
	struct watch_request *r = at;
	char item[24];

	(void)opt;
	r->timeout_sig = SIGTERM;
	if (opt_list(&arg, item, sizeof(item), errstr) == -1 ||
	    parse_duration(item, &r->timeout, errstr) == -1)
		return -1;
	if (arg != NULL && (r->timeout_sig = sig_parse(arg, errstr)) == -1)
		return -1;
	return 0;
}

const struct opt watch_options[] = {
	{ 'I', "as-pid1", NULL, "the command itself is PID 1, no init",
	    opt_set_bool, offsetof(struct watch_request, as_pid1), 0 },
	{ 0, "forward", "all|none|LIST",
	    "signals to pass on to the command (all)", parse_forward, 0, 0 },
	{ 'k', "kill-child", "=[SIG]",
	    "the command gets SIG (KILL) when we die", parse_kill, 0, SIGKILL },
	{ 0, "no-kill-child", NULL, "let it live on", parse_kill, 0, 0 },
	{ 0, "timeout", "TIME[,SIG]",
	    "send SIG (TERM) after TIME, KILL 5 s later; exit 124",
	    parse_timeout, 0, 0 },
	{ 0, "wait-all", NULL, "end with the last process of the PID namespace",
	    opt_set_bool, offsetof(struct watch_request, wait_all), 0 },
	{ 0 },
};
