# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

The short form of "make check-torture", which prints the whole table: the tools
that watch over a command, under what commands, signals, terminals and callers
can do to them.

  $ "$BUILDDIR/tests/torture/torture" -s -t "$NSKIT_BIN" 2>&1 >table </dev/null
  $ grep -E '^FAIL|!' table
  [1]
  $ sed -nE 's/^(torture: )[1-9][0-9]+ (passed, 0 failed).*/\1\2/p' table
  torture: passed, 0 failed
