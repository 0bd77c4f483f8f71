/* SPDX-License-Identifier: ISC */
/*
 * json - text in JSON (RFC 8259).
 */
#ifndef NSKIT_JSON_H
#define NSKIT_JSON_H

#include <stddef.h>

/*
 * json_put - print LEN bytes of S, which lib/text has escaped, as they stand
 * between the quotes of a string: its \xHH become JSON's own, \u000a, where
 * they are one of a character.
 */
void json_put(const char *s, size_t len);

#endif
