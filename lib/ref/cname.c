/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/clock.h"
#include "lib/ref/container.h"

#define ENGINES_MAX 16
#define FRESH 1000 /* ms that what an engine has told is good for */

/* What an engine has told. */
struct told {
	char scheme[REF_SCHEME_MAX];
	char *text; /* NULL: it was not asked, or has no answer */
	int64_t at; /* when, by clock_ms; 0: not yet */
	const char *error;
};

static struct told told[ENGINES_MAX];

static struct told *
told_of(const char *scheme)
{
	struct told *t = told;

	while (t < told + ENGINES_MAX - 1 && t->scheme[0] != '\0' &&
	    strcmp(t->scheme, scheme) != 0)
		t++;
	if (strcmp(t->scheme, scheme) != 0) {
		free(t->text);
		memset(t, 0, sizeof(*t));
		strlcpy(t->scheme, scheme, sizeof(t->scheme));
	}
	return t;
}

/* The first word of the line of TEXT whose first or second word is ID. */
static bool
name_in(const char *text, const char *id, char *buf, size_t size)
{
	size_t want = strlen(id), len, second;
	const char *word;

	for (; text != NULL && *text != '\0'; text += strcspn(text, "\n")) {
		text += *text == '\n';
		len = strcspn(text, " \t\n");
		word = text + len;
		word += strspn(word, " \t");
		second = strcspn(word, " \t\n");
		if (len > 0 &&
		    ((len == want && memcmp(text, id, len) == 0) ||
			(second == want && memcmp(word, id, want) == 0))) {
			snprintf(buf, size, "%.*s", (int)len, text);
			return true;
		}
	}
	return false;
}

int
ref_container_name(
    const char *text, char *buf, size_t size, const char **errstr)
{
	struct container c;
	struct told *t;

	if (!container_in_cgroup(text, &c))
		return 0;
	/* A unit and a container of LXC or systemd have no other name. */
	if (!container_is_id(c.id, 12)) {
		strlcpy(buf, c.id, size);
		return 1;
	}
	t = told_of(c.scheme);
	if (name_in(t->text, c.id, buf, size))
		return 1;
	/* One that is new may be asked for, but not once for each of many. */
	if (t->at == 0 || clock_ms() - t->at > FRESH) {
		free(t->text);
		t->error = NULL;
		t->text = container_table(c.scheme, &t->error);
		t->at = clock_ms();
		if (name_in(t->text, c.id, buf, size))
			return 1;
	}
	*errstr = t->error;
	return t->error == NULL ? 0 : -1;
}
