/* SPDX-License-Identifier: ISC */
/*
 * replay FILE ...: give each file to the target that we are called by.
 */
#include "config.h"

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/file.h"
#include "tests/fuzz/targets.h"

int
main(int argc, char **argv)
{
	size_t len;
	char *text;

	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++) {
		text = file_get_all(AT_FDCWD, argv[i], 1 << 20, &len);
		if (text == NULL)
			err(1, "%s", argv[i]);
		LLVMFuzzerTestOneInput((const uint8_t *)text, len);
		free(text);
	}
	printf("%d inputs\n", argc - 1);
	return argc > 1 ? 0 : 1;
}
