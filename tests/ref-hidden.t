# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nsjoin nsls nspin
  $ need getfd
  $ need ns time

A namespace that no process is in can be held in many ways. By its inode and by
its ID, however it is held, nsjoin enters it, nspin -t keeps it and nsls -w says
what holds it; tests/holder makes one of each kind:

  $ export NSPATH="$CRAMTMP/pins"
  $ id_of()
  > {
  >     number=$(echo "$1" | tr -dc 0-9)
  >     nsls -qrnS -o NS,ID | awk -v ns=$number '$1 == ns && $2 > 0 { print "id:" $2 }'
  > }
  $ named()
  > {
  >     nsls -qSw "$2" | tr -s ' \t' ' ' | grep -Fq " $kind $where" ||
  >         { echo "$1, $2: nsls -w:"; nsls -w "$2" 2>&1; }
  > }
  $ entered()
  > {
  >     got=$(nsjoin "$2" readlink /proc/self/ns/$type 2>&1)
  >     [ "$got" = "$ns" ] || echo "$1, $2: nsjoin: $got"
  > }
  $ kept()
  > {
  >     nspin -t "$2" it 2>&1 | sed "s|^|$1, $2: |"
  >     nspin -lH it | grep -Foq "$ns" || echo "$1, $2: not kept"
  >     nspin -d it 2>/dev/null
  > }
  $ each()
  > {
  >     hold "$1"
  >     for ref in "$ns" "ns:${ns#*:}" $(id_of "$ns"); do
  >         ref=$(echo "$ref" | sed 's/^ns:\[\(.*\)\]$/ns:\1/')
  >         named "$1" "$ref"
  >         entered "$1" "$ref"
  >         kept "$1" "$ref"
  >     done
  >     release
  > }

A thread that left its leader's, or lives longer than it; what children will be
in; a descriptor, a socket, and a mount that is nowhere attached:

  $ for kind in thread leaderless children descriptor socket tree; do
  >     each $kind
  > done

A tun device:

  $ [ ! -w /dev/net/tun ] || each tun

A bind mount in another mount namespace:

  $ each mount

A user namespace that only has a child, or only owns something:

  $ each owner
  $ each owned

A descriptor that waits in the queue of a socket:

  $ each queued

What nsjoin alone holds, by a descriptor that it was given, it enters as well:

  $ hold descriptor
  $ exec 9<"/proc/${where#*pid:}"
  $ release
  $ nsjoin "$ns" readlink /proc/self/ns/uts 9<&9 | sed "s/$(echo $ns | tr -dc 0-9)/INO/"
  uts:[INO]
  $ exec 9<&-

One of another type is told as that; one that is nowhere, too:

  $ hold socket
  $ nsjoin "uts=ns:$(echo $ns | tr -dc 0-9)" true 2>&1 | sed 's/[0-9][0-9]*/N/'
  nsjoin: uts=ns:N: no UTS namespace there, but a network namespace
  $ release
  $ nowhere() { nsjoin "$ns" true 2>&1 | grep 'no such namespace'; }
  $ wait_for nowhere
