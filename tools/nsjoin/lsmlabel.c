/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "tools/nsjoin/lsmlabel.h"

#define LABEL_MAX 65536

/* NAME below DIR without what ends it; NULL where there are no labels. */
static char *
read_label(int dir, const char *name)
{
	char *text = file_get_all(dir, name, LABEL_MAX, NULL);

	if (text == NULL && errno != EINVAL && errno != ENOENT)
		fail_errno(EXIT_CANCELED, "label of the target");
	if (text != NULL)
		text[strcspn(text, "\n")] = '\0';
	return text;
}

void
lsmlabel_read(struct lsmlabel *l, const struct proc *p, const char *hint)
{
	char *own, *mode;

	l->hint = hint;
	l->apparmor = true;
	l->text = read_label(p->dir, "attr/apparmor/current");
	if (l->text == NULL) {
		l->apparmor = false;
		l->text = read_label(p->dir, "attr/current");
	}
	if (l->text == NULL)
		return;
	own = read_label(AT_FDCWD,
	    l->apparmor ? "/proc/self/attr/apparmor/current" :
			  "/proc/self/attr/current");
	if (own != NULL && strcmp(own, l->text) == 0) {
		free(l->text);
		l->text = NULL;
	}
	free(own);
	/* "profile (enforce)": the mode is not part of the name. */
	if (l->text != NULL && l->apparmor &&
	    (mode = strstr(l->text, " (")) != NULL)
		*mode = '\0';
	if (l->text != NULL &&
	    (l->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC)) == -1)
		fail_errno(EXIT_CANCELED, "/proc");
}

void
lsmlabel_apply(const struct lsmlabel *l)
{
	char text[LABEL_MAX + 8];
	int len;

	if (l->text == NULL)
		return;
	len = snprintf(
	    text, sizeof(text), "%s%s", l->apparmor ? "exec " : "", l->text);
	if (file_put(l->proc,
		l->apparmor ? "self/attr/apparmor/exec" : "self/attr/exec",
		text, (size_t)len) == -1)
		fail_why(EXIT_CANCELED, errno, l->hint,
		    "label %s of the target", l->text);
}
