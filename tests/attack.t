# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nsenter python3 setpriv strace unshare

Hostile targets, in their short form; "make check-attack" has thousands of joins.
tests/attack/attack says what each tries. None succeeds:

  $ "$TESTDIR/attack/attack" -n 20 -t "$NSKIT_BIN" \
  >     -H "$BUILDDIR/tests/attack/hostile" >"$CRAMTMP/table"
  $ awk 'NR > 1 && $2 != "joins," { print $1, $3 }' "$CRAMTMP/table"
  exe 0
  script 0
  own 0
  init 0
  small 0
  ptrace 0
  files 0
  fds 0
  tty 0
  load 0
  reuse 0
  names 0

The same of a machine that is full, busy, or deeply nested:

  $ need plain "have memory of their own"
  $ "$TESTDIR/attack/trouble" -n 5 -t "$NSKIT_BIN" \
  >     -H "$BUILDDIR/tests/attack/hostile" >"$CRAMTMP/trouble"
  $ awk 'NR > 1 && $2 != "runs," { print $1, $3 }' "$CRAMTMP/trouble"
  eintr 0
  memory 0
  full 0
  depth 0
  ids 0
