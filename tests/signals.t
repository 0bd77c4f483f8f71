# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

A signal that a process sends to nsclone reaches the command, through the init
(-p), as PID 1 (-pI) and without a PID namespace:

  $ try() {
  >     mkfifo "$CRAMTMP/fifo"
  >     nsclone -r "$@" sh -c 'trap "echo got $0; exit 3" '"$sig"'; echo ready;
  >         while :; do sleep 0.05; done' "$sig" >"$CRAMTMP/fifo" &
  >     {
  >         read -r line
  >         kill -"$sig" $!
  >         cat
  >     } <"$CRAMTMP/fifo"
  >     wait $!
  >     echo "status $?"
  >     rm "$CRAMTMP/fifo"
  > }
  $ for sig in HUP USR1 USR2 TERM WINCH ALRM PIPE; do
  >     try -p; try -pI; try
  > done | sort | uniq -c | sed 's/^ *//'
  3 got ALRM
  3 got HUP
  3 got PIPE
  3 got TERM
  3 got USR1
  3 got USR2
  3 got WINCH
  21 status 3

None is lost, however early it comes:

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  >     nsclone -rp sleep 30 & kill -TERM $!; wait $!; echo "$?"
  > done 2>/dev/null | sort | uniq -c | sed 's/^ *//'
  20 143

Killed by KILL, nsclone takes the whole PID namespace with it. The pipe ends
when the last of them has gone:

  $ mkfifo "$CRAMTMP/end"
  $ { nsclone -rp sh -c 'sleep 300 & (sleep 301 &) ; echo up; sleep 302' & echo $!; } >"$CRAMTMP/end" 2>/dev/null &
  $ { read -r a; read -r b; case $a in up) pid=$b;; *) pid=$a;; esac; kill -KILL "$pid"; cat; } <"$CRAMTMP/end"

It stops and continues with the command:

  $ nsclone -rp sh -c 'kill -STOP $$; exit 5' &
  $ stopped() { grep -q '^State:.T' "/proc/$!/status"; }
  $ wait_for stopped && kill -CONT $!; wait $!
  [5]
  $ nsclone -r sh -c 'kill -STOP $$; exit 6' &
  $ wait_for stopped && kill -CONT $!; wait $!
  [6]
