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
  init 0
  ptrace 0
  files 0
  fds 0
  tty 0
  load 0
  reuse 0
  names 0

Against a peer without the protection it does, so it would be seen here, too:

  $ awk 'NR > 1 && $2 != "joins," && $4 == 0 { print }' "$CRAMTMP/table"
