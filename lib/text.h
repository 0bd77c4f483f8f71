/* SPDX-License-Identifier: ISC */
/*
 * text - what may be shown to a person or written to a record.
 *
 * Names, paths and command lines of others are bytes, and a terminal obeys
 * some of them.  Whatever did not come from us passes through here first.
 */
#ifndef NSKIT_TEXT_H
#define NSKIT_TEXT_H

#include <stddef.h>

/*
 * text_escape - copy LEN bytes of SRC to DST as one harmless line of UTF-8.
 *
 * Valid UTF-8 is kept.  Each byte of a control character (C0, DEL, C1), of one
 * that shows nothing or moves what others show (zero-width, default-ignorable,
 * bidirectional controls, line separators: lib/text-table), of a sequence that
 * is not valid UTF-8 and of the backslash itself becomes \xHH, so what is shown
 * can be read back.
 *
 * DST takes SIZE bytes at most, always ends in '\0' (if SIZE > 0) and never in
 * the middle of a character or an escape.  Returns the length that the whole
 * result has, as strlcpy(3) does: a value >= SIZE means it was cut.
 * At most 4 * LEN + 1 bytes are needed.  Makes no system call.
 */
size_t text_escape(char *dst, size_t size, const char *src, size_t len);

/*
 * text_show - text_escape of the string SRC into fresh memory.
 *
 * Returns a string for free(3), or NULL if memory ran out.
 */
char *text_show(const char *src);

/*
 * text_width - the columns that TEXT, valid UTF-8, takes at a terminal: two for
 * each wide character of East Asia, and for each emoji.
 */
size_t text_width(const char *text);

#endif
