# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3
  $ need kernel 6.9

The identity of a process, the inode number of its pidfd, is never used again
(since Linux 6.9; before, nsjoin says that there is none). In a PID namespace of
our own the next number can be chosen; "start" starts a process in a UTS namespace
of its own under the number $p.

  $ cell() {
  >     cat >"$CRAMTMP/cell"
  >     CRAMTMP=$CRAMTMP TESTDIR=$TESTDIR nsunshare -r -pf --mount-proc --kill-child \
  >         sh -c '. "$TESTDIR/setup.sh"; . "$TESTDIR/refproc-cell.sh"; . "$CRAMTMP/cell"'
  > }

A process is entered by its number, and by its number and identity. Once the
number belongs to another process it is refused, in words:

  $ cell <<'EOF'
  > start; ino=$(identity $p)
  > inside $p; inside $p:$ino; inside -t pid:$p:$ino
  > refuse -u $p:$((ino + 1)) true
  > stop
  > refuse -u $p:$ino true
  > start
  > refuse -u $p:$ino true
  > refuse -u pid:$p:$ino true
  > inside $p
  > stop; true
  > EOF
  inside
  inside
  inside
  nsjoin: PID:INO: the process has ended and its number was used again: PID is PID:INO now, started N s ago
  nsjoin: PID:INO: there is no such process any more
  nsjoin: PID:INO: the process has ended and its number was used again: PID is PID:INO now, started N s ago
  nsjoin: pid:PID:INO: the process has ended and its number was used again: PID is PID:INO now, started N s ago
  inside
