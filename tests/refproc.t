# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3 strace
  $ need plain make calls of their own, which would count

Who a PID is. In a PID namespace of our own the next number can be chosen, so
that one is used again; "start" starts a process in a UTS namespace of its own
under the number $p.

  $ cell() {
  >     cat >"$CRAMTMP/cell"
  >     CRAMTMP=$CRAMTMP TESTDIR=$TESTDIR nsunshare -r -pf --mount-proc --kill-child \
  >         sh -c '. "$TESTDIR/setup.sh"; . "$TESTDIR/refproc-cell.sh"; . "$CRAMTMP/cell"'
  > }

A process is entered by its number, until that belongs to nobody:

  $ cell <<'EOF'
  > start; inside $p; inside -t pid:$p
  > stop
  > refuse -u $p true
  > EOF
  inside
  inside
  nsjoin: PID: there is no such process

The number changes hands while we are at it: after the pidfd was opened and
before its directory is; and before a namespace is opened there, as kernels
without PIDFD_GET_UTS_NAMESPACE want it. Neither process is entered.

  $ cell <<'EOF'
  > for how in -u "-w -t" "-r -t" "-e -t" "-S follow -t"; do
  >     race pidfd_open -e inject=pidfd_open:delay_exit=300000
  > done
  > how=-u
  > race pidfd_send_signal -e inject=pidfd_send_signal:delay_exit=300000:when=1
  > race ioctl -e inject=ioctl:error=ENOTTY:delay_exit=300000
  > true
  > EOF
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)
  125 nsjoin: PID: No such process (it has ended)

Numbers are 64 bits wide and strict:

  $ nsjoin 4294967297 true
  nsjoin: 4294967297: number too large
  [125]
  $ nsjoin -t 18446744073709551617 true
  nsjoin: 18446744073709551617: number too large
  [125]
  $ nsjoin -S 4294967296 -t self true
  nsjoin: --setuid 4294967296: too large (4294967294 at most)
  [125]
  $ nsjoin -G 4294967295 -t self true
  nsjoin: --setgid 4294967295: too large (4294967294 at most)
  [125]
  $ nsjoin -n=fd:4294967296 true
  nsjoin: fd:4294967296: number too large
  [125]
  $ nsjoin -n=ns:4294967297 true
  nsjoin: ns:4294967297: number too large
  [125]

The leader of threads may have ended:

  $ cell <<'EOF'
  > echo $((p - 1)) >/proc/sys/kernel/ns_last_pid
  > python3 -c 'if True:
  >     import ctypes, threading, time
  >     libc = ctypes.CDLL(None)
  >     def f():
  >         libc.unshare(0x04000000)
  >         time.sleep(300)
  >     threading.Thread(target=f).start()
  >     libc.syscall(60, 0)' &
  > wait_for eval 'ls /proc/$p/task | grep -qv $p && ! readlink /proc/$p/ns/uts'
  > t=$(ls /proc/$p/task | grep -v $p)
  > nsjoin $p true 2>&1 | sed "s/$p/PID/g; s/$t/TID/"
  > nsjoin $t true 2>&1 | sed "s/$p/PID/g; s/$t/TID/g"
  > [ "$(nsjoin -u tid:$t readlink /proc/self/ns/uts)" = "$(readlink /proc/$p/task/$t/ns/uts)" ] && echo inside
  > kill -9 $p; true
  > EOF
  nsjoin: PID: its first thread has ended, others live: tid:TID
  nsjoin: TID: it is a thread of process PID, see tid:TID
  inside

Closed, 0 to 2 become /dev/null for us before anything is opened, so that no
namespace is taken for one of them; for the command they are closed, and nothing
else reaches it:

  $ cell <<'EOF'
  > start
  > nsjoin -u $p sh -c 'readlink /proc/$$/fd/0 || echo closed' <&-
  > nsjoin -u $p sh -c 'readlink /proc/$$/fd/2 || echo closed' 2>&-
  > nsjoin -u $p sh -c '[ -e /proc/$$/fd/1 ] || echo closed >&2' >&-
  > nsjoin -u $p sh -c 'ls /proc/$$/fd' 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- | xargs
  > stop; true
  > EOF
  closed
  closed
  closed
  0 1 2
