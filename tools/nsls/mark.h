/* SPDX-License-Identifier: ISC */
/*
 * mark - an ellipsis where libsmartcols cuts a text to the width of a terminal,
 * which it does without a word.
 */
#ifndef NSKIT_NSLS_MARK_H
#define NSKIT_NSLS_MARK_H

#include <libsmartcols.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * mark_begin - find out how wide the columns of S will be.  Exits with 1 on
 * failure.
 */
void mark_begin(struct libscols_table *s);

/*
 * mark_column - end each text that column I has not the room for with MARK, one
 * place wide; TREE: there are lines before the texts.  LC_CTYPE is of UTF-8.
 * Exits with 1 on failure.
 */
void mark_column(
    struct libscols_table *s, size_t i, bool tree, const char *mark);

#endif
