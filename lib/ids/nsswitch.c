/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "lib/ids/nsswitch.h"

#define FILE_LIMIT (64 << 10)

/* Is the line one of DB's that names anything but "files"? */
static bool
names_more(char *line, const char *db)
{
	size_t len = strlen(db);
	bool more = false;
	char *word;

	line += strspn(line, " \t");
	if (strncmp(line, db, len) != 0 || line[len] != ':')
		return false;
	line[strcspn(line, "#")] = '\0';
	line += len + 1;
	while ((word = strsep(&line, " \t")) != NULL)
		more |= *word != '\0' && strcmp(word, "files") != 0;
	return more;
}

bool
nsswitch_asks_more(const char *db)
{
	char *text, *rest, *line;
	bool more = false;

	rest = text = file_get_all(
	    AT_FDCWD, "/etc/nsswitch.conf", FILE_LIMIT, NULL);
	while (rest != NULL && (line = strsep(&rest, "\n")) != NULL)
		more |= names_more(line, db);
	free(text);
	return more;
}
