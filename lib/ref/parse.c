/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/pin/pin.h"
#include "lib/ref/open.h"

#define CONTAINER_MAX 255
#define NO_INODE_0 "no namespace has inode 0"

int
ref_say(const char **errstr, const char *fmt, ...)
{
	static char text[1536];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	*errstr = text;
	return -1;
}

bool
ref_chosen(int types, const struct ns_type *type)
{
	return types == 0 || (types & type->flag) != 0;
}

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

/* All of TEXT is a number from 1 to MAX; NONE says that there is no 0. */
static int
counted(const char *text, uint64_t max, const char *none, struct ref_name *n,
    const char **errstr)
{
	if (number(&text, "", max, &n->number, errstr) == -1)
		return -1;
	if (n->number > 0)
		return 0;
	*errstr = none;
	return -1;
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
	const char *at = strchr(text, ':') + 1;

	n->kind = REF_INODE;
	*errstr = "not TYPE:[INUM]";
	if (*at++ != '[' ||
	    number(&at, "]", UINT32_MAX, &n->number, errstr) == -1)
		return -1;
	if (strcmp(at, "]") != 0) {
		*errstr = "not TYPE:[INUM]";
		return -1;
	}
	*errstr = NO_INODE_0;
	return n->number > 0 ? 0 : -1;
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
	if (pin_name_possible(text))
		return 0;
	*errstr = *text == '\0' ? "empty" :
				  "not a REF (a number, a prefix, a path with "
				  "a slash, or a name)";
	return -1;
}

static int
parse_pid(const char *arg, struct ref_name *n, const char **errstr)
{
	if (strcmp(arg, "self") == 0) {
		n->kind = REF_SELF;
		return 0;
	}
	return parse_process(arg, true, n, errstr);
}

static int
parse_tid(const char *arg, struct ref_name *n, const char **errstr)
{
	n->kind = REF_THREAD;
	return counted(arg, PROC_PID_MAX, "there is no thread 0", n, errstr);
}

static int
parse_fd(const char *arg, struct ref_name *n, const char **errstr)
{
	uint64_t value;

	n->kind = REF_FD;
	if (number(&arg, "", INT32_MAX, &value, errstr) == -1)
		return -1;
	n->fd = (int)value;
	return 0;
}

static int
parse_ns(const char *arg, struct ref_name *n, const char **errstr)
{
	n->kind = REF_INODE;
	return counted(arg, UINT32_MAX, NO_INODE_0, n, errstr);
}

static int
parse_id(const char *arg, struct ref_name *n, const char **errstr)
{
	n->kind = REF_ID;
	return counted(arg, UINT64_MAX, "no namespace has the ID 0", n, errstr);
}

static int
parse_name(const char *arg, struct ref_name *n, const char **errstr)
{
	n->kind = REF_NAME;
	*errstr = "not a name";
	return pin_name_possible(arg) ? 0 : -1;
}

/* A name or an ID as the engines have them: never taken for an option. */
bool
ref_may_be_container(const char *arg)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t len = strlen(arg);

	if (len == 0 || len > CONTAINER_MAX || strchr(word, *arg) == NULL)
		return false;
	for (const char *s = arg; *s != '\0'; s++)
		if (strchr(word, *s) == NULL && strchr(".-@:/\\", *s) == NULL)
			return false;
	return true;
}

static int
parse_container(const char *arg, struct ref_name *n, const char **errstr)
{
	n->kind = REF_CONTAINER;
	*errstr = *arg == '\0' ? "empty" : "not a name of a container or unit";
	return ref_may_be_container(arg) ? 0 : -1;
}

bool
ref_scheme(struct ref_name *n, const char *text, size_t len)
{
	const char *errstr;

	if (len == 0 || len >= sizeof(n->scheme) ||
	    parse_container(text + len + 1, n, &errstr) == -1)
		return false;
	memcpy(n->scheme, text, len);
	n->scheme[len] = '\0';
	n->text = text + len + 1;
	return true;
}

static const struct prefix {
	const char *word; /* the ':' with it */
	int (*parse)(const char *arg, struct ref_name *n, const char **errstr);
} prefixes[] = {
	{ "container:", parse_container },
	{ "cri:", parse_container },
	{ "crun:", parse_container },
	{ "ctr:", parse_container },
	{ "docker:", parse_container },
	{ "fd:", parse_fd },
	{ "id:", parse_id },
	{ "lxc:", parse_container },
	{ "machine:", parse_container },
	{ "name:", parse_name },
	{ "ns:", parse_ns },
	{ "pid:", parse_pid },
	{ "podman:", parse_container },
	{ "runc:", parse_container },
	{ "tid:", parse_tid },
	{ "unit:", parse_container },
};

void
ref_prefixes_like(struct alike *a)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		(void)alike_add(a, prefixes[i].word);
}

/* The type in front of ':', or NULL; pid:N is a process. */
static const struct ns_type *
kernel_type(const char *text)
{
	const char *end = strchr(text, ':');
	char word[8];
	size_t len = end == NULL ? 0 : (size_t)(end - text);

	if (len == 0 || len >= sizeof(word))
		return NULL;
	memcpy(word, text, len);
	word[len] = '\0';
	if (strcmp(word, "pid") == 0 && end[1] != '[')
		return NULL;
	return ns_type_by_name(word);
}

static int
parse_target(const char *text, struct ref_name *n, const char **errstr)
{
	const struct ns_type *type = kernel_type(text);
	size_t len;

	n->text = text;
	if (strcmp(text, "self") == 0) {
		n->kind = REF_SELF;
		n->bare = true;
		return 0;
	}
	if (type != NULL && n->types != 0 && n->types != type->flag) {
		*errstr = "two different types";
		return -1;
	}
	if (type != NULL) {
		n->types = type->flag;
		return parse_kernel(text, n, errstr);
	}
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		len = strlen(prefixes[i].word);
		if (strncmp(text, prefixes[i].word, len) != 0)
			continue;
		n->text = text + len;
		memcpy(n->scheme, text, len - 1);
		n->scheme[len - 1] = '\0';
		return prefixes[i].parse(n->text, n, errstr);
	}
	if (strchr(text, '/') != NULL) {
		n->kind = REF_PATH;
		return 0;
	}
	n->bare = true;
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
