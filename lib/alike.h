/* SPDX-License-Identifier: ISC */
/*
 * alike - what somebody may have meant, who gave a name that there is not.
 */
#ifndef NSKIT_ALIKE_H
#define NSKIT_ALIKE_H

#include <stdbool.h>

/*
 * alike - does NAME look like WANTED: a typing error away, in whatever case, or
 * one in the other?
 */
bool alike(const char *name, const char *wanted);

#endif
