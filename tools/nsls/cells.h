/* SPDX-License-Identifier: ISC */
/*
 * cells - what the rows of a long list show, read by several threads.
 */
#ifndef NSKIT_NSLS_CELLS_H
#define NSKIT_NSLS_CELLS_H

#include "tools/nsls/nsls.h"

/*
 * cells_read - the values of L's columns that can be read beside others, row
 * by row; all others are NULL.
 *
 * Returns fresh memory, as the cells are; NULL: L is too short for that.
 */
char **cells_read(const struct list *l);

#endif
