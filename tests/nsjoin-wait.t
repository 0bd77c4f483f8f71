# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

A target that is not there yet, or has not left our namespaces. It says which,
once the time is over:

  $ mkdir names; export NSPATH="$PWD/names"
  $ nsjoin --wait=0.1 late true
  nsjoin: --wait: late has not appeared in 0.1 s
  [125]
  $ nsjoin --wait=0.1 "$PWD/names/late" true 2>&1 | sed "s|$PWD/||"
  nsjoin: --wait: names/late has not appeared in 0.1 s
  $ nsjoin --wait=0.1 -w/ self true
  nsjoin: --wait: self has not left our namespaces in 0.1 s
  [125]
  $ nsjoin --wait=0.1 -n=late true
  nsjoin: --wait: late has not appeared in 0.1 s
  [125]
  $ nsjoin --wait=soon late true
  nsjoin: --wait soon: not a time (10, 2.5, 3m, 1h, 1d)
  [125]
  $ nsjoin --wait ns:x true
  nsjoin: ns:x: not a number
  [125]

A process that makes its namespaces when it is told to:

  $ mkfifo go
  $ sh -c 'read x <go; exec unshare -ur sleep 300' >/dev/null 2>&1 &
  $ t=$!
  $ nsjoin --wait=60 $t id -u >id.txt & j=$!
  $ echo >go; wait $j; cat id.txt
  0
  $ nsjoin --wait -Uu -t $t true
  $ nsjoin --wait=0.1 -Un -t $t true
  nsjoin: --wait: \d+ has not left our namespaces in 0.1 s (re)
  [125]
  $ { kill $t; wait $t; } 2>/dev/null
  [143]

One that ends first never will:

  $ sh -c 'read x <go' & t=$!
  $ nsjoin --wait=60 $t true 2>err.txt & j=$!
  $ wait_for eval 'ls -l /proc/$j/fd | grep -q pidfd'
  $ echo >go; wait $j
  [125]
  $ sed "s/$t/PID/" err.txt
  nsjoin: --wait: process PID: No such process (it has ended)

A name, also below a directory that is not there yet:

  $ unshare -ur sleep 300 >/dev/null 2>&1 & t=$!
  $ wait_for eval '[ "$(readlink /proc/$t/ns/user)" != "$(readlink /proc/self/ns/user)" ]'
  $ nsjoin --wait=60 "$PWD/names/later/name" id -u >id.txt & j=$!
  $ mkdir names/later.new && ln -s /proc/$t/ns names/later.new/name && mv names/later.new names/later
  $ wait $j; cat id.txt
  0
  $ nsjoin --wait=60 late id -u >id.txt & j=$!
  $ mkdir late.new && ln -s /proc/$t/ns/user late.new/user && mv late.new names/late
  $ wait $j; cat id.txt
  0
  $ { kill $t; wait $t; } 2>/dev/null
  [143]

A thread is held once, also where the kernel has no pidfds of threads (before
Linux 6.9) and is asked again and again:

  $ need cmd strace
  $ (ulimit -n 20; strace -o /dev/null -e inject=pidfd_open:error=EINVAL nsjoin --wait=1 tid:$$ true)
  nsjoin: --wait: tid:\d+ has not left our namespaces in 1 s (re)
  [125]
