# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need kernel 6.11
  $ need plain want a /proc

Without /proc all is found through the pidfd (since Linux 6.11), and a type that was
asked for is never left out:

"start" starts a process in a UTS namespace of its own under the number $p.

  $ cell() {
  >     cat >"$CRAMTMP/cell"
  >     CRAMTMP=$CRAMTMP TESTDIR=$TESTDIR nsunshare -r -pf --mount-proc --kill-child \
  >         sh -c '. "$TESTDIR/setup.sh"; . "$TESTDIR/refproc-cell.sh"; . "$CRAMTMP/cell"'
  > }

  $ cell <<'EOF'
  > start; u=$(uts $p)
  > mount -t tmpfs none /proc
  > for how in "" -a -u; do
  >     nsjoin $how $p sh -c 'mount -t proc none /proc && readlink /proc/self/ns/uts' >"$CRAMTMP/out"
  >     grep -vFx "$u" "$CRAMTMP/out"
  >     umount /proc 2>/dev/null
  >     mount -t tmpfs none /proc
  > done
  > nsjoin ns:4026531840 true
  > umount /proc
  > stop; true
  > EOF
  nsjoin: ns:4026531840: no proc file system is mounted on /proc
