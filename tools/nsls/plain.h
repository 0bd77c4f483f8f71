/* SPDX-License-Identifier: ISC */
/*
 * plain - a table of ASCII text without a tree, a list or a terminal: what
 * libsmartcols prints then, without asking of each byte what it is and how
 * wide.
 */
#ifndef NSKIT_NSLS_PLAIN_H
#define NSKIT_NSLS_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/nsls/nsls.h"

/* plain_text - may TEXT be in such a table? */
bool plain_text(const char *text);

/*
 * plain_print - its N lines on standard output, with the names of the columns
 * above them if HEADED: CELLS has those of the first line, of the second, and
 * so on; NULL is an empty one.  Errors stay with stdout.
 */
void plain_print(const struct column *const *which, size_t ncolumns,
    bool headed, char *const *cells, size_t n);

#endif
