# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Namespaces for a program that takes descriptors: nothing is entered.

  $ nsunshare -rmuin sleep 300 </dev/null >/dev/null 2>&1 &
  $ t=$!
  $ wait_for sleeps $t
  $ nsjoin -O 5=net=$t --open=99=/proc/$t/ns/uts sh -c '
  >     readlink /proc/self/ns/net /proc/self/fd/5 /proc/self/fd/99' >links.txt
  $ readlink /proc/self/ns/net /proc/$t/ns/net /proc/$t/ns/uts | cmp - links.txt
  $ nsjoin --close-fds -O 5=net=$t ls -l /proc/self/fd 7</dev/zero | sed -n 's/.* \([0-9]*\) -> net.*/\1/p; /zero/p'
  5
  $ sh -c 'nsjoin -O 3=user=$0 nsjoin -U=fd:3 id -u' $t
  0

It has to be one, at a number that is not taken:

  $ nsjoin -O 5=$t true
  nsjoin: --open \d+: it has several namespaces; which type\? \(N=mnt=\d+\) (re)
  [125]
  $ nsjoin -O 5=net=$t -O 5=uts=$t true 2>&1 | sed "s/$t/PID/"
  nsjoin: -O 5=uts=PID: duplicate descriptor number
  $ nsjoin -O 2=net=self true
  nsjoin: -O 2=net=self: too small (3 or more)
  [125]
  $ nsjoin -O net=self true
  nsjoin: -O net=self: not a number
  [125]
  $ nsjoin -O self true
  nsjoin: -O self: must be N=REF
  [125]
  $ nsjoin -O 5=net=nosuchname true 2>&1 | sed 's/ in .*//'
  nsjoin: --open net=nosuchname: no such name
  $ nsjoin -n -O 5=net=self true
  nsjoin: --open enters nothing: no targets or types; try 'nsjoin --help'
  [125]
  $ (ulimit -n 20; nsjoin -O 30=net=self true)
  nsjoin: --open 30=net=self: Invalid argument (ulimit -n is 20)
  [125]
  $ kill $t

bwrap(1) takes a user namespace that way:

  $ need cmd bwrap
  $ unshare -ur sleep 300 >/dev/null 2>&1 & t=$!
  $ wait_for sleeps $t
  $ nsjoin -O 3=user=$t bwrap --userns 3 --ro-bind / / --proc /proc readlink /proc/self/ns/user >user.txt 2>err.txt || skip "bwrap does not run here"
  $ readlink /proc/$t/ns/user | cmp - user.txt
  $ kill $t
