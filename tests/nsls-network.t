# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd ip mount
  $ nsclone -rn ip link add nskit0 type veth peer name nskit1 2>/dev/null || skip "no veth interfaces here"

IFACES are the interfaces of a network, also of one without a process, and PEER
says where the other ends of its veths are, whichever of both is looked at:

  $ unset NSPATH
  $ cat >two.sh <<'END'
  > mount -t tmpfs none /run && nspin -n red blue || exit 1
  > red() { nsjoin --no-netns-files red "$@"; }
  > red ip link add inside type veth peer name here
  > red ip link add left type veth peer name right
  > nsjoin --no-netns-files blue sleep 300 & pid=$!
  > until nsls -qt net -no PID blue | grep -q "$pid"; do sleep 0.02; done
  > red ip link set right netns $pid; kill $pid; wait 2>&1
  > R=$(nsls -t net -no NS red) B=$(nsls -t net -no NS blue)
  > nsls -q -t net -no NAME,PID,IFACES,PEER -r red blue | sort | sed "s/$R/R/g; s/$B/B/g"
  > nspin -d red blue
  > END
  $ nsunshare -rnm sh two.sh
  blue - lo,right right:R:left
  red - lo,here,inside,left here:R:inside,inside:R:here,left:B:right

A network that we cannot see is an index alone, and what has no other end is
left out:

  $ cat >one.sh <<'END'
  > ip link add out type veth peer name gone
  > nsclone -n sh -c 'echo $$; read x <go' >pid & until [ -s pid ]; do sleep 0.02; done
  > ip link set gone netns "$(cat pid)"
  > nsclone -mp --mount-proc nsls -qt net -no IFACES,PEER -r -p self
  > echo >go; wait
  > END
  $ mkfifo go; nsclone -rn sh one.sh
  lo,out out:-:if2

NETNSID is asked of the kernel by a process, unless /proc counts processes in another
way than we: under that number there is another one, or none.

  $ cat >foreign.sh <<'END'
  > nsclone --no-lo -nd sleep 300 >pid && net=/proc/$(cut -d: -f1 pid)/ns/net
  > ip link add out type veth peer name there
  > ip link set there netns "$(cut -d: -f1 pid)"
  > id=$(ip -o link show out | sed 's/.*link-netnsid \([0-9]*\).*/\1/')
  > ns=$(stat -Lc %i "$net")
  > nsls -qrt net -no NS,NETNSID | grep -Fx "$ns $id" | wc -l
  > nsunshare -pf nsls -qrt net -no NS,NETNSID | grep -Fx "$ns $id" | wc -l
  > kill "$(cut -d: -f1 pid)"
  > END
  $ nsclone -rnmp --mount-proc sh foreign.sh
  1
  1
