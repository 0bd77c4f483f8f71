/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/pin/pin.h"
#include "lib/proc.h"
#include "lib/ref/ref.h"
#include "tools/nspin/nspin.h"

#define WORDS_MAX 128 /* of a line */
#define FILE_LIMIT (1 << 20)

/*
 * The next word of *AT, cut out of it: up to a blank, or what is between quotes
 * of either kind.  NULL: there is none; *AT is NULL if a quote does not end.
 */
static char *
next_word(char **at)
{
	char *in = *at + strspn(*at, " \t"), *out = in, *word = in, quote = 0;

	if (*in == '\0' || *in == '#')
		return NULL;
	for (; *in != '\0' && (quote != 0 || strchr(" \t", *in) == NULL); in++)
		if (quote == 0 && (*in == '\'' || *in == '"'))
			quote = *in;
		else if (*in == quote)
			quote = 0;
		else
			*out++ = *in;
	*at = quote != 0 ? NULL : in + (*in != '\0');
	*out = '\0';
	return word;
}

/* Does what is kept as INFO consist of what the target REF is in now? */
static bool
is_of_target(const struct pin_info *info, const struct ref *ref)
{
	struct ns_key key;

	for (size_t i = 0; i < NS_NTYPES; i++)
		if (info->has[i] &&
		    (ref->fd[i] == -1 || ns_key_fd(ref->fd[i], &key) == -1 ||
			!ns_key_equal(&key, &info->id[i].key)))
			return false;
	return true;
}

/* In what is NAME, which is there, not what R asks for?  NULL: in nothing. */
static const char *
difference(const struct request *r, const struct pin_info *info)
{
	const bool held = r->holder || geteuid() != 0;
	const char *errstr;
	struct ref ref;
	int types = 0;
	bool same;

	for (size_t i = 0; i < NS_NTYPES; i++)
		types |= info->has[i] ? ns_types[i].flag : 0;
	if (!pin_is(info, PIN_LIVE))
		return "it is there, but not alive";
	if (held != (strcmp(info->kind, "holder") == 0))
		return "it is there, but kept in the other way (-H)";
	if (r->target == NULL)
		return types == r->types ? NULL :
					   "it is there with other types";
	if (ref_resolve(r->target, r->types, &ref, &errstr) == -1)
		fail(EXIT_NO, "%s: %s", r->target, errstr);
	same = is_of_target(info, &ref) && (r->types == 0 || types == r->types);
	pin_close(ref.fd);
	return same ? NULL : "it is there with other namespaces";
}

/*
 * In a process of its own: where it goes to make namespaces nothing of the next
 * line is to be.  Returns the exit status.
 */
static int
keep(struct request *r, const char *name, char **all)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		nspin_keep(r, name, all);
		_exit(0);
	}
	if (pid == -1 || proc_reap(pid, &status) == -1)
		fail_errno(EXIT_NO, "%s", name);
	if (WIFSIGNALED(status))
		fail(
		    EXIT_NO, "%s: killed by signal %d", name, WTERMSIG(status));
	return WEXITSTATUS(status);
}

/* Make NAME if it is not there.  Returns the exit status. */
static int
declare(struct request *r, const char *name, char **all)
{
	struct pin_info info;
	const char *what;

	if (pin_look(NULL, name, &info) == -1) {
		if (errno != ENOENT)
			fail(EXIT_NO, "%s: %s", name,
			    pin_missing(name, errno, 0));
		return keep(r, name, all);
	}
	if ((what = difference(r, &info)) != NULL)
		fail_warn("%s: %s", name, what);
	pin_close(info.fd);
	return what == NULL ? 0 : EXIT_NO;
}

/* What a line says, which is changed; NULL: nothing.  Exits on a mistake. */
static char **
read_line(struct request *r, char *line, char *word[static WORDS_MAX + 1],
    char **(*parse)(struct request *r, int argc, char **argv))
{
	static char tool[] = "nspin";
	char **names;
	int n = 1;

	word[0] = tool;
	while ((word[n] = next_word(&line)) != NULL) {
		if (line == NULL)
			fail(EXIT_USAGE, "a quote does not end");
		if (++n == WORDS_MAX)
			fail(EXIT_USAGE, "too many words");
	}
	if (n == 1)
		return NULL;
	names = parse(r, n, word);
	if (r->verb != 0 || r->file != NULL)
		fail(EXIT_USAGE, "a line says what is to be kept, no more");
	return names;
}

/* All lines of TEXT, which is changed, are read, or with ALL carried out. */
static int
each_line(const char *file, char *text, char **all,
    char **(*parse)(struct request *r, int argc, char **argv))
{
	char *word[WORDS_MAX + 1], **names, *line;
	static char where[512];
	int n = 0, status = 0;
	struct request r;

	while ((line = strsep(&text, "\n")) != NULL) {
		snprintf(where, sizeof(where), "%.400s:%d", file, ++n);
		fail_within(where);
		names = read_line(&r, line, word, parse);
		for (; all != NULL && names != NULL && *names != NULL; names++)
			status |= declare(&r, *names, all);
	}
	fail_within(NULL);
	return status;
}

int
nspin_declare(const char *file, char **all,
    char **(*parse)(struct request *r, int argc, char **argv))
{
	char *text, *again;
	int status;

	/* All of it first: where it cannot be read nothing is made. */
	text = strcmp(file, "-") == 0 ?
	    file_get_rest(STDIN_FILENO, FILE_LIMIT, NULL) :
	    file_get_all(AT_FDCWD, file, FILE_LIMIT, NULL);
	if (text == NULL || (again = strdup(text)) == NULL)
		fail_errno(EXIT_NO, "%s", file);
	(void)each_line(file, text, NULL, parse);
	status = each_line(file, again, all, parse);
	free(text);
	free(again);
	return status;
}
