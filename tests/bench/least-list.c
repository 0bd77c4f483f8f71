/* SPDX-License-Identifier: ISC */
/*
 * The least that a program must do which counts the processes of all
 * namespaces by /proc: a readdir(3), and eight readlinkat(2) a process.
 */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
main(void)
{
	static const char *const types[] = { "mnt", "uts", "ipc", "net", "pid",
		"user", "cgroup", "time" };
	const struct dirent *d;
	char path[64], text[64];
	size_t links = 0, n;
	DIR *dir = opendir("/proc");

	if (dir == NULL)
		return 1;
	while ((d = readdir(dir)) != NULL) {
		if (d->d_name[0] < '0' || d->d_name[0] > '9')
			continue;
		n = strlen(d->d_name);
		memcpy(path, d->d_name, n);
		memcpy(path + n, "/ns/", 4);
		for (size_t i = 0; i < 8; i++) {
			strcpy(path + n + 4, types[i]);
			if (readlinkat(dirfd(dir), path, text, sizeof(text)) >
			    0)
				links++;
		}
	}
	printf("%zu\n", links);
	return 0;
}
