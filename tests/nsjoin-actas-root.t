# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"
  $ need root
  $ need cmd setpriv prlimit taskset choom setarch nice

Root makes itself like a process that others have prepared:

  $ . "$TESTDIR/actas-same.sh"

  $ (umask 077; exec nice -n 5 prlimit --nofile=100:200 --core=0 taskset 1 \
  >     setpriv --reuid 1000 --regid 1001 --groups 4,5 --no-new-privs \
  >     --bounding-set=-all,+net_admin,+chown,+kill \
  >     --inh-caps=+net_admin,+chown --ambient-caps=+net_admin \
  >     setarch -R choom -n 300 -- sleep 300 >/dev/null 2>&1) &
  $ t=$!
  $ wait_for sleeps $t
  $ same $t '|Uid|Gid|Groups'
  same
  $ grep -E '^(Uid|Gid|Groups|Umask|Cap...|NoNewPrivs|Cpus_allowed):' command.txt | tr '\t' ' '
  Umask: 0077
  Uid: 1000 1000 1000 1000
  Gid: 1001 1001 1001 1001
  Groups: 4 5 
  CapInh: 0000000000001001
  CapPrm: 0000000000001000
  CapEff: 0000000000001000
  CapBnd: 0000000000001021
  CapAmb: 0000000000001000
  NoNewPrivs: 1
  Cpus_allowed: 1

What we do not have we cannot give:

  $ setpriv --bounding-set=-chown --inh-caps=-chown nsjoin -A $t true
  nsjoin: --act-as: chown is not in our bounding set (--except=caps leaves them)
  [125]
  $ kill $t
  $ sh -c 'ulimit -n 200; exec sleep 300' >/dev/null 2>&1 &
  $ t=$!
  $ wait_for sleeps $t
  $ (ulimit -n 100; exec setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource \
  >     nsjoin -A --except=caps $t true)
  nsjoin: --act-as: resource limit nofile: Operation not permitted (--except=limits leaves ours)
  [125]
  $ (ulimit -n 100; exec setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource \
  >     nsjoin -A --except=caps,limits $t sh -c 'ulimit -n')
  100
  $ kill $t

A pin stands for the process for whose life it is kept until that has ended, also
where nobody is left to let go of it:

  $ sleep 300 & t=$!
  $ nspin -u --while=$t left
  $ kill -KILL $(pgrep -f '^nspin: left') $t
  $ wait $t 2>/dev/null
  [137]
  $ nsjoin -A --except=namespaces left true
  nsjoin: the process for which left is kept has ended
  [125]
  $ nspin -d left

A thread of the kernel is alive, but there is nothing to act as:

  $ if [ "$(cat /proc/2/comm)" = kthreadd ]; then nsjoin -A 2 true; else
  >     echo 'nsjoin: process 2 is one of the kernel'"'s, without memory of its own" >&2; (exit 125); fi
  nsjoin: process 2 is one of the kernel's, without memory of its own
  [125]
