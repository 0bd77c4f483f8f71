# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3

In a PID namespace the command is a child of nsjoin, which is not noticed all
the same. At a terminal ^Z stops both and fg continues them once, ^C ends both:

  $ nsclone -rmp --mount-proc sleep 300 </dev/null >/dev/null 2>&1 &
  $ inside() { t=$(pgrep -n -P "$(pgrep -P $!)" sleep) && sleeps $t; }
  $ wait_for inside
  $ play() { python3 "$TESTDIR/terminal" "$@" "$TESTDIR/terminal-command"; }
  $ play nsjoin $t
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times

Without one it is the command itself:

  $ play nsjoin -Um -t $t
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times

In several targets:

  $ echo $t >list
  $ play nsjoin -f list
  stopped by SIGTSTP
  stopped by SIGTSTP
  killed by SIGINT
  continued 2 times

A signal that a process sends to nsjoin reaches the command:

  $ mkfifo fifo
  $ for sig in HUP USR1 USR2 TERM WINCH; do
  >     nsjoin $t sh -c 'trap "echo got $0; exit 3" $0; echo ready;
  >         while :; do sleep 0.05; done' $sig >fifo &
  >     { read -r line; kill -$sig $!; cat; } <fifo
  >     wait $!; echo "status $?"
  > done
  got HUP
  status 3
  got USR1
  status 3
  got USR2
  status 3
  got TERM
  status 3
  got WINCH
  status 3

None is lost, however early it comes:

  $ for i in 1 2 3 4 5 6 7 8 9 10; do
  >     nsjoin $t sleep 30 & kill -TERM $!; wait $!; echo "$?"
  > done 2>/dev/null | sort | uniq -c | sed 's/^ *//'
  10 143

Killed by KILL it leaves no command behind: the pipe ends.

  $ { nsjoin $t sh -c 'echo up; exec sleep 302' & echo $!; } >fifo 2>/dev/null &
  $ { read -r a; read -r b; case $a in up) pid=$b;; *) pid=$a;; esac; kill -KILL "$pid"; cat; } <fifo

It stops and continues with the command:

  $ nsjoin $t sh -c 'kill -STOP $$; exit 5' & j=$!
  $ stopped() { grep -q '^State:.T' "/proc/$j/status"; }
  $ wait_for stopped && kill -CONT $j; wait $j
  [5]

A terminal that would let itself be typed into is guarded. (To whom the kernel
refuses it, as sysctl dev.tty.legacy_tiocsti says, it has words of its own.)

  $ kill $t; wait
  $ need cmd script
  $ nsunshare -rm sleep 300 </dev/null >/dev/null 2>&1 & t=$!
  $ wait_for sleeps $t
  $ script -qec "nsjoin $t $TESTDIR/terminal-type" /dev/null </dev/null | tr -d '\r'
  (Operation not permitted|Input/output error) (re)
  (Operation not permitted|Inappropriate ioctl for device) (re)
  $ kill $t; wait
