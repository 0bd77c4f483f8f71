# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd ip

Names made by ip-netns(8) are names here, too:

  $ ip netns add web
  $ [ "$(nsjoin web readlink /proc/self/ns/net)" = "$(ip netns exec web readlink /proc/self/ns/net)" ] && echo same
  same
  $ nsjoin -n=web ip -o link | cut -d : -f 2
   lo
  $ nsjoin wbe true
  nsjoin: wbe: no such name; there is: web
  [125]
  $ nsjoin -u web true
  nsjoin: web: no UTS namespace there, but a network namespace
  [125]

One that was left half made, and a trap:

  $ touch /run/netns/half && mkfifo /run/netns/trap
  $ nsjoin half true
  nsjoin: half: /run/netns/half: nothing is mounted on it here (nspin -q tells more)
  [125]
  $ nsjoin trap true
  nsjoin: trap: /run/netns/trap: not a namespace
  [125]

A pin of the same name is another thing, unless it is the same:

  $ nspin -u web
  $ nsjoin web true
  nsjoin: web: ambiguous: there is /run/nspin/web and another one, /run/netns/web
  [125]
  $ nsjoin -u web true
  $ nsjoin -n web true
  $ nspin -d web && nspin -n -t web web
  $ nsjoin web true
  $ ip netns del web; nspin -d web

A descriptor of another process, and a socket: that namespace, not the process's.

  $ . "$TESTDIR/ref-facts.sh"
  $ target unshare -un sleep 300
  $ holder "/proc/$t/ns/uts"
  $ nsjoin -u pid:$h/fd/8 readlink /proc/self/ns/uts | cmp - /dev/stdin <<EOF
  > $(readlink /proc/$t/ns/uts)
  > EOF
  $ nsjoin -w -t pid:$h/fd/8 true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]
  $ nsjoin -n fd:5 readlink /proc/self/ns/net 5</proc/$t/ns/net | cmp - /dev/stdin <<EOF
  > $(readlink /proc/$t/ns/net)
  > EOF
  $ kill $t $h

By inode and by id, also where no process is in there: a bind mount is enough.

  $ nspin -u kept
  $ ino=$(stat -c %i /run/nspin/kept/uts)
  $ for ref in ns:$ino "uts:[$ino]" $ino; do nsjoin $ref readlink /proc/self/ns/uts; done | sed "s/$ino/INO/"
  uts:[INO]
  uts:[INO]
  uts:[INO]
  $ nspin -d kept
  $ nsjoin ns:4294967295 true 2>&1 | grep -c 'no such namespace'
  1

Root enters what a user has made. Where there is no root in it, it becomes who
the target is: staying root would put root's files in the reach of those inside.

  $ need cmd bwrap setpriv
  $ . "$TESTDIR/ref-facts.sh"
  $ target setpriv --reuid 1234 --regid 1235 --clear-groups bwrap --unshare-all --dev-bind / / --dev /dev --proc /proc sleep 300
  $ nsjoin $t sh -c 'id -u; id -g; id -G; cat /proc/1/comm'
  1234
  1235
  1235
  bwrap
  $ nsjoin -S 0 $t true
  nsjoin: --setuid 0: Invalid argument (not in uid_map 1234:0:1)
  [125]
  $ kill -9 $t
