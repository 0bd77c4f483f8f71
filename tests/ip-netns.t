# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin nsjoin nsls ip awk pgrep ping
  $ unset XDG_RUNTIME_DIR
  $ mkdir -p /run/netns

nskit-ip-netns(7), line by line: what ip(8) does, and what does the same here.

add, list:

  $ ip netns add theirs
  $ nspin -n --netns ours
  $ ip netns list | awk '{ print $1 }' | sort
  ours
  theirs
  $ nspin -lH | awk '{ print $1 }'
  ours
  theirs

attach, exec, identify, pids:

  $ ip netns exec ours sleep 4341 & nsjoin theirs sleep 4342 &
  $ wait_for pgrep -f '^sleep 4341' && wait_for pgrep -f '^sleep 4342'
  $ one=$(pgrep -f '^sleep 4341') two=$(pgrep -f '^sleep 4342')
  $ ip netns attach again "$one" && nspin -n --netns -t "$two" also
  $ for p in $one $two; do
  >     ip netns identify "$p" | sort | tr '\n' ' '
  >     nsls -p "$p" -t net -no NAME -W | tr , '\n' | sort -u | tr '\n' ' '
  >     echo
  > done
  ours again ours 
  theirs also theirs 
  $ for n in ours theirs; do
  >     ip netns pids $n >pids
  >     nsls -w $n | awk '$3 == "process" { print $5 }' | cmp - pids
  > done
  $ for n in ours theirs; do
  >     ip netns exec $n readlink /proc/self/ns/net
  >     nsjoin $n readlink /proc/self/ns/net
  > done | uniq | wc -l
  2
  $ ip -all netns exec readlink /proc/self/ns/net | grep -c '^net:'
  4
  $ nspin -lH | awk '{ print $1 }' | nsjoin -f - readlink /proc/self/ns/net | grep -c '^net:'
  4

set, list-id: the number is the network's, whoever gave it the name.

  $ ip netns set ours 77
  $ nsls -t net -no NETNSID ours | tr -d ' '
  77

delete:

  $ nspin -dk theirs also again 2>/dev/null
  $ ended() { ! pgrep -f '^sleep 434'; }
  $ wait_for ended
  $ ip netns del ours && nspin -d ours
  $ ip netns list; nspin -l

The example of the page:

  $ nspin -n --netns red blue
  $ ip link add left netns red type veth peer name right netns blue
  $ ip -n red addr add 10.0.0.1/24 dev left
  $ ip -n blue addr add 10.0.0.2/24 dev right
  $ ip -n red link set left up
  $ ip -n blue link set right up
  $ nsjoin red ping -c 1 10.0.0.2 | grep -o '1 received'
  1 received
  $ nspin -dk red blue
  $ ls -A /run/netns
