/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/explain.h"
#include "lib/text.h"

const struct opt explain_options[] = {
	{ 0, "explain",
	    .help = "change nothing: say what would be done, or why not",
	    .parse = opt_set_bool },
	{ 0 },
};

__attribute__((format(printf, 2, 0))) static struct explain_line *
add(struct explain *e, const char *fmt, va_list ap)
{
	struct explain_line *l;

	if (e->n == EXPLAIN_LINES)
		abort();
	l = &e->lines[e->n++];
	l->step = e->step;
	vsnprintf(l->text, sizeof(l->text), fmt, ap);
	return l;
}

void
explain_step(struct explain *e, int part, const char *fmt, ...)
{
	struct explain_line *l;
	va_list ap;

	va_start(ap, fmt);
	l = add(e, fmt, ap);
	va_end(ap);
	l->part = part;
}

void
explain_seen(struct explain *e, const char *why, const char *fmt, ...)
{
	struct explain_line *l;
	va_list ap;

	va_start(ap, fmt);
	l = add(e, fmt, ap);
	va_end(ap);
	l->verdict = why == NULL ? EXPLAIN_YES : EXPLAIN_NO;
	if (why != NULL)
		strlcpy(l->why, why, sizeof(l->why));
}

void
explain_worked(struct explain *e, int step)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->lines[i].step == step &&
		    e->lines[i].verdict == EXPLAIN_OPEN)
			e->lines[i].verdict = EXPLAIN_YES;
}

/* The line that a failure of PART in STEP is about, or NULL. */
static struct explain_line *
line_of(struct explain *e, int step, int part)
{
	struct explain_line *l, *first = NULL;

	for (size_t i = 0; i < e->n; i++) {
		l = &e->lines[i];
		if (l->verdict != EXPLAIN_OPEN)
			continue;
		if (part != EXPLAIN_WHOLE && l->part == part)
			return l;
		if (l->step == step && first == NULL)
			first = l;
	}
	return first;
}

void
explain_failed(struct explain *e, int step, const struct fail_report *report)
{
	struct explain_line *l = line_of(e, step, report->part);

	if (l == NULL) {
		e->step = step;
		explain_seen(e, report->line, "step %d", step);
		return;
	}
	l->verdict = EXPLAIN_NO;
	strlcpy(l->why, report->line, sizeof(l->why));
	/* What the same step does before that has been done. */
	while (--l >= e->lines && l->step == step)
		if (l->verdict == EXPLAIN_OPEN)
			l->verdict = EXPLAIN_YES;
}

static void
print_text(const char *text)
{
	char shown[4 * FAIL_LINE_MAX];

	text_escape(shown, sizeof(shown), text, strlen(text));
	printf("%s", shown);
}

void
explain_print(const struct explain *e, int status)
{
	static const char *const words[] = { "?  ", "yes", "no " };
	const struct explain_line *l;
	int result = 0;

	for (size_t i = 0; i < e->n; i++) {
		l = &e->lines[i];
		printf("%s  ", words[l->verdict]);
		print_text(l->text);
		if (l->verdict == EXPLAIN_NO) {
			printf(": ");
			print_text(l->why);
			result = 1;
		}
		printf("\n");
	}
	if (fflush(stdout) == EOF || ferror(stdout))
		fail_errno(status, "standard output");
	exit(result);
}
