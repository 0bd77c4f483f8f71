/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/ref.h"

/* The number at *AT, up to one of STOP or the end; *AT moves there. */
static int
number(const char **at, const char *stop, uint64_t max, uint64_t *value,
    const char **errstr)
{
	size_t len = strcspn(*at, stop);
	uint64_t v = 0;

	if (len == 0 || strspn(*at, "0123456789") < len) {
		*errstr = "not a number";
		return -1;
	}
	for (const char *s = *at; s < *at + len; s++) {
		unsigned int digit = (unsigned int)(*s - '0');

		if (v > (max - digit) / 10) {
			*errstr = "number too large";
			return -1;
		}
		v = v * 10 + digit;
	}
	*value = v;
	*at += len;
	return 0;
}

/* N[:INO] of a process; with FD also N/fd/M. */
static int
parse_process(
    const char *text, bool fd, struct ref_name *n, const char **errstr)
{
	uint64_t value;

	n->kind = REF_PROCESS;
	if (number(&text, ":/", PROC_PID_MAX, &n->number, errstr) == -1)
		return -1;
	if (n->number == 0) {
		*errstr = "there is no process 0";
		return -1;
	}
	if (*text == ':') {
		text++;
		if (number(&text, "", UINT64_MAX, &n->ino, errstr) == -1)
			return -1;
		if (n->ino == 0) {
			*errstr = "no pidfd has inode 0";
			return -1;
		}
	} else if (fd && strncmp(text, "/fd/", 4) == 0) {
		text += 4;
		if (number(&text, "", INT32_MAX, &value, errstr) == -1)
			return -1;
		n->kind = REF_PROCESS_FD;
		n->fd = (int)value;
	}
	if (*text != '\0') {
		*errstr = "not a process (N, N:INO or pid:N/fd/M)";
		return -1;
	}
	return 0;
}

/* net:[4026531840] */
static int
parse_kernel(const char *text, struct ref_name *n, const char **errstr)
{
	const char *at = strchr(text, ':') + 2;

	n->kind = REF_INODE;
	if (number(&at, "]", UINT32_MAX, &n->number, errstr) == -1)
		return -1;
	if (strcmp(at, "]") != 0) {
		*errstr = "not TYPE:[INUM]";
		return -1;
	}
	return 0;
}

static int
parse_plain(const char *text, struct ref_name *n, const char **errstr)
{
	size_t digits = strspn(text, "0123456789");

	if (digits > 0 && text[digits] == ':')
		return parse_process(text, false, n, errstr);
	if (digits > 0 && text[digits] == '\0') {
		if (number(&text, "", UINT32_MAX, &n->number, errstr) == -1)
			return -1;
		n->kind = n->number > PROC_PID_MAX ? REF_INODE : REF_PROCESS;
		if (n->number == 0)
			*errstr = "there is no process 0";
		return n->number == 0 ? -1 : 0;
	}
	n->kind = REF_NAME;
	n->plain = true;
	if (ref_name_valid(text))
		return 0;
	*errstr = *text == '\0' ? "empty" :
				  "not a REF (a number, a prefix, a path with "
				  "a slash, or a name)";
	return -1;
}

static int
parse_target(const char *text, struct ref_name *n, const char **errstr)
{
	const char *arg = strchr(text, ':');
	const struct ns_type *type;
	char word[8];
	uint64_t value;
	size_t len = arg == NULL ? 0 : (size_t)(arg - text);

	n->text = text;
	if (strcmp(text, "self") == 0) {
		n->kind = REF_SELF;
		return 0;
	}
	if (len > 0 && len < sizeof(word)) {
		memcpy(word, text, len);
		word[len] = '\0';
		n->text = ++arg;
		type = *arg == '[' ? ns_type_by_name(word) : NULL;
		if (type != NULL) {
			if (n->types != 0 && n->types != type->flag) {
				*errstr = "two different types";
				return -1;
			}
			n->types = type->flag;
			return parse_kernel(text, n, errstr);
		}
		if (strcmp(word, "pid") == 0)
			return parse_process(arg, true, n, errstr);
		n->kind = REF_NAME;
		if (strcmp(word, "name") == 0) {
			*errstr = "not a name";
			return ref_name_valid(arg) ? 0 : -1;
		}
		n->kind = REF_THREAD;
		if (strcmp(word, "tid") == 0)
			return number(
			    &arg, "", PROC_PID_MAX, &n->number, errstr);
		n->kind = REF_INODE;
		if (strcmp(word, "ns") == 0)
			return number(&arg, "", UINT32_MAX, &n->number, errstr);
		n->kind = REF_ID;
		if (strcmp(word, "id") == 0)
			return number(&arg, "", UINT64_MAX, &n->number, errstr);
		n->kind = REF_FD;
		if (strcmp(word, "fd") == 0) {
			if (number(&arg, "", INT32_MAX, &value, errstr) == -1)
				return -1;
			n->fd = (int)value;
			return 0;
		}
		n->text = text;
	}
	if (strchr(text, '/') != NULL) {
		n->kind = REF_PATH;
		return 0;
	}
	return parse_plain(text, n, errstr);
}

/* TYPE= in front of *AT: its flag, and *AT moves behind it; 0: none. */
static int
take_type(const char **at)
{
	const struct ns_type *type;
	const char *end = strchr(*at, '=');
	char word[8];
	size_t len = end == NULL ? 0 : (size_t)(end - *at);

	if (len == 0 || len >= sizeof(word))
		return 0;
	memcpy(word, *at, len);
	word[len] = '\0';
	if ((type = ns_type_by_name(word)) == NULL)
		return 0;
	*at = end + 1;
	return type->flag;
}

int
ref_parse(const char *text, struct ref_name *n, const char **errstr)
{
	struct ref_step step, *first;
	int types;

	memset(n, 0, sizeof(*n));
	for (;;) {
		types = take_type(&text);
		step.owner = strncmp(text, "owner:", 6) == 0;
		if (!step.owner && strncmp(text, "up:", 3) != 0)
			break;
		text += step.owner ? 6 : 3;
		step.types = types;
		if (n->nsteps == REF_STEPS) {
			*errstr = "too many steps";
			return -1;
		}
		/* Read outside in, done inside out. */
		first = n->steps;
		memmove(first + 1, first, n->nsteps * sizeof(*first));
		*first = step;
		n->nsteps++;
	}
	n->types = types;
	return parse_target(text, n, errstr);
}

bool
ref_name_valid(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len <= REF_NAME_MAX &&
	    strchr(".@+-", *name) == NULL && strspn(name, "0123456789") < len &&
	    strspn(name,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789_.@+-") == len;
}
