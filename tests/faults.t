# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd strace python3
  $ need plain make calls of their own that would fail

faultwalk, by which "make check-faults" goes, finds the bug that was planted:

  $ walk()
  > {
  >     "$TESTDIR/faults/faultwalk" --tmpfs /run --watch /run --timeout 3 \
  >         --settle 1 --setup 'mkdir /run/w' \
  >         --only "$1" -- "$BUILDDIR/tests/faults/selftest" "$2" |
  >         sed -nE 's/^([A-Z]+) +.*/\1/p; /violations$/p' | uniq
  > }
  $ walk open,openat,unshare,mount good
  9 injections, 9 handled, 0 violations
  $ walk open,openat crash
  CRASH
  3 injections, 0 handled, 3 violations
  $ walk open,openat hang
  HANG
  3 injections, 0 handled, 3 violations
  $ walk open,openat wrong
  WRONG
  3 injections, 0 handled, 3 violations
  $ walk open,openat process
  LEFTOVER
  3 injections, 0 handled, 3 violations
  $ walk unshare leftover
  LEFTOVER
  3 injections, 0 handled, 3 violations
  $ walk open,openat silent
  SILENT
  3 injections, 0 handled, 3 violations
  $ walk open,openat vague
  VAGUE
  3 injections, 0 handled, 3 violations
  $ walk open,openat noisy
  NOISY
  3 injections, 0 handled, 3 violations
  $ walk open,openat child
  CRASH
  6 injections, 3 handled, 3 violations
