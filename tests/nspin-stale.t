# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin nsjoin ip umount unshare
  $ unset XDG_RUNTIME_DIR
  $ mkdir /run/netns

A name of ip-netns(8) is let go of as "ip netns del" does, stacked mounts too:

  $ ip netns add red && mount --bind /proc/self/ns/net /run/netns/red
  $ nspin -d red 2>&1 | sed 's/lives on.*/lives on .../; s/[0-9][0-9]*/N/'
  nspin: red: net:[N] lives on ...
  $ ls -A /run/netns

What it left behind, a file that may not be read, is told apart from what is no
namespace; -d removes it, and -g unless it was made just now:

  $ touch /run/netns/left && chmod 0 /run/netns/left && echo x >/run/netns/file
  $ nsjoin left true
  nsjoin: left: /run/netns/left: nothing is mounted on it here (nspin -q tells more)
  [125]
  $ nspin -q left
  nspin: left: it is mounted nowhere, but left behind (nspin -d removes it)
  [1]
  $ nspin -lH left | tr -s ' '
  left - - no -
  $ nspin -g
  $ nspin -d left file
  nspin: file: it holds what is no namespace
  [1]
  $ ls -A /run/netns
  file

A link to the file of a process is a name, too, and what is left of it when that
process has ended; what is no namespace is told:

  $ unshare -n sleep 300 & p=$!
  $ differs() { [ "$(readlink /proc/$p/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
  $ wait_for differs
  $ ln -s /proc/$p/ns/net /run/netns/link; ln -s /proc/$p/ns/net /run/netns/link2
  $ nsjoin link true && nspin -q link && nspin -d link 2>&1 | sed 's/[0-9][0-9]*/N/g'
  nspin: link: net:[N] lives on: process pid:N
  $ kill $p; wait $p 2>/dev/null
  [143]
  $ nspin -q link2
  nspin: link2: it is mounted nowhere, but left behind (nspin -d removes it)
  [1]
  $ nspin -lH link2 | tr -s ' '
  link2 - - no -
  $ nspin -q file
  nspin: file: what has that name is no namespace
  [1]
  $ nspin -d link2; ls -A /run/netns
  file

The same after "ip netns del" of a name of ours, and after umount(8):

  $ nspin -n --netns web && ip netns del web
  $ nspin -nu two && umount /run/nspin/two/net
  $ nspin -q two
  nspin: two: network namespace: it is mounted nowhere, but left behind (nspin -d removes it)
  [1]
  $ nspin -gN; nspin -g; nspin -d two; ls /run/nspin
  web
  web

Another /run has the same names: what is mounted there, as in a container, is not
what this name was for.

  $ unshare -m --propagation private sh -c 'mount -t tmpfs none /run; nspin -nu two; exec sleep 1000' & other=$!
  $ wait_for sleeps $other
  $ nspin -nu two; umount /run/nspin/two/net /run/nspin/two/uts
  $ nspin -q two
  nspin: two: UTS namespace: it is mounted nowhere, but left behind (nspin -d removes it)
  nspin: two: network namespace: it is mounted nowhere, but left behind (nspin -d removes it)
  [1]
  $ nspin -d two; ls /run/nspin
  $ nsjoin -m "$other" nspin -q two; kill "$other"

What is mounted in another mount namespace stays, and the message says where:

  $ unshare -m --propagation private sh -c 'nspin -n inner; exec sleep 1000' & other=$!
  $ wait_for sleeps $other
  $ told() { "$@" 2>&1 | sed "s/\[[0-9]*\]/[N]/g; s/\<$other\>/PID/g"; }
  $ told nspin -q inner
  nspin: inner: network namespace: it is mounted in mnt:[N], not here, but where process PID is (nsjoin -m PID)
  $ nspin -g
  $ told nspin -d inner
  nspin: inner: it is mounted in mnt:[N], not here, but where process PID is (nsjoin -m PID); -F lets go of it there
  $ nsjoin -m "$other" nspin -q inner
  $ nspin -dF inner; ls /run/nspin; kill "$other"

What is made anew under a name while -g looks at the old one is not removed in
its place, nor by the process that was to let go of the old one, which finds
that under its other name:

  $ need cmd strace
  $ delayed() { strace -o /dev/null -e trace=renameat2 -e inject=renameat2:delay_enter=2000000:when=1 "$@" & s=$!; }
  $ held() { grep -q '^State:.t' "/proc/$1/status"; }
  $ nspin -p again && kill -KILL $(cut -d: -f1 /run/nspin/again/.init)
  $ wait_for eval '! nspin -q again'
  $ delayed nspin -g >/dev/null
  $ wait_for eval 'held $(pgrep -P $s nspin)'
  $ nspin -d again && nspin -u again && wait $s
  $ nspin -q again && nspin -d again
  $ sleep 1000 & p=$!
  $ nspin -u --while=$p again
  $ h=$(pgrep -f '^nspin: again')
  $ delayed -p $h 2>/dev/null
  $ wait_for grep "^TracerPid:.$s" /proc/$h/status
  $ kill $p; wait_for held $h
  $ nspin -M again moved && nspin -u again
  $ wait $s; wait_for eval '! nspin -q moved'
  $ nspin -q again && nspin -d again
