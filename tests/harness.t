# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

The driver of these tests, tested: it must not call a failure a success. It
runs one .t and writes down what became of it; as root there are two runs.

  $ run()
  > {
  >     cat >"$1.t"
  >     python3 "$SRCDIR/tests/cram-driver" --timeout ${2-60} --test-name "$1" \
  >         --log-file "$1.log" --trs-file "$1.trs" \
  >         --srcdir "$SRCDIR" --builddir "$BUILDDIR" "$1.t" >/dev/null 2>&1
  >     sed -n 's/^:test-result: //p' "$1.trs" | sed 's/ as root/ as user/' |
  >         sort -u
  > }
  $ need cmd python3

A success, and output that is not what was expected:

  $ run good <<'END'
  >   $ echo yes
  >   yes
  > END
  PASS good as user
  $ run bad <<'END'
  >   $ echo yes
  >   no
  > END
  FAIL bad as user: see the log
  $ grep '^+  yes' bad.log | sort -u
  +  yes

A command that reads standard input leaves the rest of the test alone:

  $ run stdin <<'END'
  >   $ cat
  >   $ echo after
  >   before
  > END
  FAIL stdin as user: see the log

A skip keeps its reason, and one without says that:

  $ run unmet <<'END'
  >   $ . "$TESTDIR/setup.sh"
  >   $ need cmd no-such-program
  > END
  SKIP unmet as user: needs no-such-program
  $ run silent <<'END'
  >   $ exit 80
  > END
  SKIP silent as user: no reason given
  $ run unknown <<'END'
  >   $ . "$TESTDIR/setup.sh"
  >   $ need frobs
  > END
  FAIL unknown as user: see the log

What hangs, because a process in the background keeps the output open, is ended
and has failed; nothing is left behind:

  $ run hang 3 <<END
  >   \$ setsid sleep 9$$ &
  > END
  FAIL hang as user: timeout after 3 s
  $ pgrep -fx "sleep 9$$"
  [1]

What failed is told once more at the end, with the lines that differ:

  $ sh "$SRCDIR/tests/count" bad.log good.log |
  >     sed -n 's/ as root/ as user/; s/^\t/: /p' | sort -u
  : +  yes
  : -  no
  : == FAIL bad as user: see the log
  : @@ -1,2 +1,2 @@

The numbers, and the status that goes with them:

  $ sh "$SRCDIR/tests/count" good.log unmet.log missing.log | tail -n 1
  [12] passed, 1 failed, [12] skipped (re)
  $ sh "$SRCDIR/tests/count" good.log >/dev/null
  $ sh "$SRCDIR/tests/count" bad.log >/dev/null
  [1]
  $ sh "$SRCDIR/tests/count"
  0 passed, 0 failed, 0 skipped
  [1]
