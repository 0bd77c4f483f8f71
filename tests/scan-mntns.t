# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need kernel 6.12
  $ need userns

A PID namespace before its first process has no link under /proc yet:

  $ rm -f "$TMPDIR/held"
  $ python3 "$TESTDIR/holder" unborn >"$TMPDIR/held" 2>&1 & holder=$!
  $ wait_for grep -q '\[' "$TMPDIR/held" || cat "$TMPDIR/held"
  $ read -r ns kind where <"$TMPDIR/held"
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " for_children $where"
  1
  $ kill $holder

A bind mount in a mount namespace that no process is in:

  $ >"$TMPDIR/held"
  $ rm -f "$TMPDIR/held"
  $ python3 "$TESTDIR/holder" processless >"$TMPDIR/held" 2>&1 & holder=$!
  $ wait_for grep -q '\[' "$TMPDIR/held" || cat "$TMPDIR/held"
  $ read -r ns kind where <"$TMPDIR/held"
  $ nsls -qw "$ns" | tr -s ' \t' ' ' | grep -Fc " mount $where"
  1
  $ kill $holder
