# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls nsjoin unshare
  $ need userns

Where a process is in it, a reference is that process and its identity. It names
the same namespace as long as the process lives, and nothing afterwards:

  $ unshare -Uru sleep 60 >/dev/null 2>&1 & pid=$!
  $ wait_for grep -x sleep /proc/$pid/comm
  $ ref=$(nsls -rno REF -t uts -p $pid)
  $ case $ref in uts=$pid:*) ;; *) skip "needs Linux 6.9" ;; esac
  $ nsls -qlrno PID "$ref" | grep -x $pid
  [0-9]+ (re)
  $ nsls -rnd "$ref" $pid | awk '{ print $1, $4 }'
  uts same
  $ kill $pid; wait $pid 2>/dev/null
  [143]
  $ nsls -q "$ref" 2>&1 | cut -d : -f 1-3 | sed "s/$pid:.*/PID:INO/"
  nsls: uts=PID:INO

A list of them is what nsjoin -f reads:

  $ for i in 1 2 3; do
  >     unshare -Urn sleep 60 >/dev/null 2>&1 & pids="$pids $!"
  > done
  $ for pid in $pids; do wait_for grep -x sleep /proc/$pid/comm; done
  $ nsls -qrnt net -o REF,PID | while read -r ref pid; do
  >     case "$pids " in *" $pid "*) echo "$ref" ;; esac
  > done >refs
  $ wc -l <refs
  3
  $ if [ "$(id -u)" -eq 0 ]; then
  >     nsjoin -f - -n -- sh -c 'grep -c : /proc/net/dev' <refs
  > else printf '1\n1\n1\n'; fi
  1
  1
  1
  $ kill $pids

A PID namespace without its init takes nobody any more:

  $ unshare -Urpf true
  $ unshare -Urpf --kill-child sh -c 'exec sleep 60' >/dev/null 2>&1 & pid=$!
  $ wait_for pgrep -x -P $pid sleep
  $ init=$(pgrep -x -P $pid sleep)
  $ dead=$(stat -Lc %i /proc/$init/ns/pid)
  $ nsls -qrnt pid -o NS,STATE,NSPID | grep "^$dead "
  [0-9]+ live 1 (re)
  $ exec 7</proc/$init/ns/pid
  $ kill -KILL $init; wait $pid 2>/dev/null || :
  $ nsls -qrnt pid -o NS,NPROCS,STATE,HOLDERS -P | grep -c "^$dead 0 dead .*pid:$$/fd/7"
  1
  $ exec 7<&-
