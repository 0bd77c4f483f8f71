# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd python3
  $ unicode=/usr/share/unicode
  $ need file "$unicode/DerivedCoreProperties.txt"

The code points that no terminal gets from us are made by a script from the
Unicode Character Database (Debian: unicode-data), not by hand:

  $ "$SRCDIR/lib/text-table" "$unicode" >new
  $ of() { sed -n 's/.*from Unicode \([0-9.]*\).*/\1/p' "$1"; }
  $ [ "$(of new)" = "$(of "$SRCDIR/lib/text-hidden.h")" ] || skip "the table is of Unicode $(of "$SRCDIR/lib/text-hidden.h")"
  $ diff "$SRCDIR/lib/text-hidden.h" new
