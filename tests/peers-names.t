# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd python3 unshare nsenter lsns setpriv
  $ need file "$SRCDIR/tests/peers/compare"
  $ [ -x "$NSKIT_BIN/nsls" ] || skip "needs nsls"

Each eighth of the command lines that "make check-peers" runs by unshare, nsenter
and lsns of this machine and by ours of the same names: the same output and
status, or a reason in the table.

  $ "$SRCDIR/tests/peers/compare" -s -t "$NSKIT_BIN" "$SRCDIR/tests/peers/table" >out 2>&1 || grep -v '^  ' out
  $ tail -n 1 out | sed 's/[1-9][0-9]*/N/; s/[0-9]* differ/N differ/'
  N the same, N differ for a reason, 0 failed
