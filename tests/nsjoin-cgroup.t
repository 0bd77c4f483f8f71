# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cgroup2

-c puts the command into the target's cgroup:

  $ mkdir "$CGROUP2/nskit-$$" "$CGROUP2/nskit-$$/two words"
  $ sleep 300 &
  $ t=$!
  $ wait_for sleeps $t
  $ echo $t >"$CGROUP2/nskit-$$/two words/cgroup.procs"
  $ nsjoin -c $t sed -n "s/^0::.*nskit-$$//p" /proc/self/cgroup
  /two words

A mount that shows but that part of the tree serves, too; one that does not is
not taken:

  $ unshare -m sh -c 'mount --bind "$1" /mnt && umount -l "$2" && nsjoin -c $3 grep ^0:: /proc/self/cgroup' \
  >     sh "$CGROUP2/nskit-$$" "$CGROUP2" $t | sed 's|.*/||'
  two words
  $ unshare -m sh -c 'umount -l "$1" && nsjoin -c $2 true' sh "$CGROUP2" $t 2>&1 | sed 's|/.*/||'
  nsjoin: cgroup two words of the target: not in a cgroup2 file system that is mounted here
  $ nsjoin -A --except=cgroup $t sed -n "s/^0::.*nskit-$$//p" /proc/self/cgroup
  $ kill $t
  $ removed() { for d; do test ! -e "$d" || rmdir "$d" || return 1; done; }
  $ gone() { removed "$CGROUP2/nskit-$$/two words" "$CGROUP2/nskit-$$"; }
  $ wait_for gone

It follows the target in the hierarchies of version 1, too, each with its
controller, or refuses by their name:

  $ v1()
  > {
  >     awk -v c="$1" '$3 == "cgroup" && $4 ~ "(^|,)" c "(,|$)" { print $2; exit }' /proc/mounts
  > }
  $ memory=$(v1 memory) pids=$(v1 pids) devices=$(v1 devices) freezer=$(v1 freezer)
  $ for dir in "$memory" "$pids" "$devices" "$freezer"; do
  >     [ -n "$dir" ] && mkdir "$dir/nskit-$$" 2>/dev/null || skip "no memory, pids, devices, freezer of cgroup version 1"
  > done
  $ sleep 300 &
  $ t=$!
  $ wait_for sleeps $t
  $ echo 100000000 >"$memory/nskit-$$/memory.limit_in_bytes"
  $ echo 3 >"$pids/nskit-$$/pids.max"
  $ echo 'c 1:3 rwm' >"$devices/nskit-$$/devices.deny"
  $ for dir in "$memory" "$pids" "$devices"; do echo $t >"$dir/nskit-$$/cgroup.procs"; done
  $ nsjoin -c $t sed -nE "s/^[0-9]+:(memory|pids|devices):.*nskit-$$/\1/p" /proc/self/cgroup | sort
  devices
  memory
  pids
  $ nsjoin -A $t sh -c ': >/dev/null' 2>&1 | sed 's/.*: //'
  Operation not permitted
  $ nsjoin -A $t sh -c 'sleep 0 & sleep 0 & sleep 0 & sleep 0 & sleep 0' 2>&1 | grep -c -i 'fork'
  1
  $ nsclone -pI sleep 300 >/dev/null 2>&1 &
  $ inside() { p=$(pgrep -P $!) && sleeps $p; }
  $ wait_for inside
  $ echo $p >"$pids/nskit-$$/cgroup.procs"; echo 1 >"$pids/nskit-$$/pids.max"
  $ nsjoin -A $p true
  nsjoin: cannot create a child: Resource temporarily unavailable (a limit on processes is reached: pids.max of the cgroup, ulimit -u, kernel.pid_max or kernel.threads-max)
  [125]
  $ kill -KILL $p
  $ nsjoin --explain -c $t true | grep cgroup | sort
  yes  enter the devices cgroup of the target
  yes  enter the memory cgroup of the target
  yes  enter the pids cgroup of the target
  $ unshare -m sh -c 'umount -l "$1" && nsjoin -c $2 true' sh "$memory" $t 2>&1 | sed "s|/.*nskit-$$|/N|"
  nsjoin: memory cgroup /N of the target: not in a cgroup file system that is mounted here

In a frozen group a command would stand still and could not even be ended: that
is looked at first, in both versions, and above the group itself:

  $ mkdir -p "$CGROUP2/nskit-$$/in"
  $ echo $t >"$CGROUP2/nskit-$$/in/cgroup.procs"
  $ echo 1 >"$CGROUP2/nskit-$$/cgroup.freeze"
  $ for o in -c -A; do
  >     timeout -s KILL 60 nsjoin $o $t true 2>&1 | sed "s|/.*nskit-$$|/N|"
  > done
  nsjoin: cgroup /N/in of the target: it is frozen: a command would not run in it before it is thawed
  nsjoin: cgroup /N/in of the target: it is frozen: a command would not run in it before it is thawed (--except=cgroup stays in ours)
  $ for t2 in nsclone nsunshare; do
  >     timeout -s KILL 60 $t2 -u --into-cgroup="$CGROUP2/nskit-$$/in" true 2>&1 | sed "s|/.*nskit-$$|/N|"
  > done
  nsclone: --into-cgroup /N/in: it is frozen: a command would not run in it before it is thawed
  nsunshare: --into-cgroup /N/in: it is frozen: a command would not run in it before it is thawed
  $ echo 0 >"$CGROUP2/nskit-$$/cgroup.freeze"
  $ echo $t >"$freezer/nskit-$$/cgroup.procs"
  $ echo FROZEN >"$freezer/nskit-$$/freezer.state"
  $ timeout -s KILL 60 nsjoin -c $t true 2>&1 | sed "s|/.*nskit-$$|/N|"
  nsjoin: freezer cgroup /N of the target: it is frozen: a command would not run in it before it is thawed
  $ echo THAWED >"$freezer/nskit-$$/freezer.state"

What is frozen behind our back, before there is a command, is taken out again and
ended: version 1 would not even let it die.

  $ unshare -u sleep 300 & u=$!
  $ apart() { [ "$(readlink /proc/$u/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]; }
  $ wait_for apart
  $ echo $u >"$freezer/nskit-$$/cgroup.procs"
  $ frozen_late()
  > {
  >     strace -o /dev/null true 2>/dev/null || { echo 143; return; }
  >     strace -D -f -o /dev/null -e trace=setns -e inject=setns:delay_enter=2000000 \
  >         nsjoin -c -u --init -t $u echo it ran 2>/dev/null & j=$!
  >     moved() { [ "$(wc -l <"$freezer/nskit-$$/cgroup.procs")" -eq 3 ]; }
  >     stands() { grep -q FROZEN "$freezer/nskit-$$/freezer.state"; }
  >     wait_for moved
  >     echo FROZEN >"$freezer/nskit-$$/freezer.state"
  >     wait_for stands
  >     kill $j
  >     wait $j 2>/dev/null
  >     echo "$?"
  >     grep -vx -e $t -e $u "$freezer/nskit-$$/cgroup.procs"
  >     echo THAWED >"$freezer/nskit-$$/freezer.state"
  > }
  $ frozen_late
  143
  $ kill $u

The filters of a frozen process cannot be read; nobody waits for that for ever:

  $ if command -v python3 >/dev/null && [ "$(uname -m)" = x86_64 ]; then
  >     "$TESTDIR/faults/filtered" & f=$!
  >     wait_for grep -q '^sleep' /proc/$f/cmdline
  >     echo $f >"$freezer/nskit-$$/cgroup.procs"
  >     echo FROZEN >"$freezer/nskit-$$/freezer.state"
  >     timeout -s KILL 15 nsjoin -A --except=cgroup $f true 2>&1 | grep -o 'it does not stop.*'
  >     echo THAWED >"$freezer/nskit-$$/freezer.state"
  >     kill $f
  > else
  >     echo 'it does not stop to be looked at: frozen (cgroups(7)), or waiting for a device (--except=seccomp does without them)'
  > fi
  it does not stop to be looked at: frozen (cgroups(7)), or waiting for a device (--except=seccomp does without them)
  $ kill $t
  $ gone() { removed "$memory/nskit-$$" "$pids/nskit-$$" "$devices/nskit-$$" "$freezer/nskit-$$" "$CGROUP2/nskit-$$/in" "$CGROUP2/nskit-$$"; }
  $ wait_for gone
