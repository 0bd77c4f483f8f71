# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3

At a terminal nsclone is not noticed: ^Z stops it and the command once, fg
continues them once, ^C ends both. With an init:

  $ play() { python3 "$TESTDIR/terminal" "$@" "$TESTDIR/terminal-command"; }
  $ play nsclone -rp
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times

Without a PID namespace, and nsunshare -f:

  $ play nsclone -r
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times
  $ play nsunshare -rf
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times

A command with other privileges than ours cannot type into our terminal, where
the kernel would let it; --tty=share waives that:

  $ need cmd script
  $ script -qec "nsclone -rp $TESTDIR/terminal-type" /dev/null </dev/null |
  >     grep -c 'Operation not permitted\|Input/output error\|Inappropriate ioctl'
  2
  $ nsclone --tty=odd true
  nsclone: --tty odd: must be share
  [125]
  $ if [ "$(cat /proc/sys/dev/tty/legacy_tiocsti 2>/dev/null || echo 1)" = 1 ]; then
  >     script -qec "nsclone -rp --tty=share $TESTDIR/terminal-type" /dev/null </dev/null | tr -d '\r' | grep -c typed
  > else
  >     echo 1
  > fi
  1
