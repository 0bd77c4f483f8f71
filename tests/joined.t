# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Some namespaces that are there already, the others new: with --join a type is
entered instead of made. This is done with the rights that we have outside; here
those of root in a user namespace that has two networks.

  $ cat >both <<'END'
  > nsunshare -nu sleep 300 >/dev/null 2>&1 &
  > other=$!
  > until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
  > theirs=$(readlink /proc/$other/ns/net) ours=$(readlink /proc/self/ns/net)
  > names=$(readlink /proc/$other/ns/uts) mine=$(readlink /proc/self/ns/uts) mounts=$(readlink /proc/self/ns/mnt)
  > where()
  > {
  >     "$@" sh -c 'readlink /proc/self/ns/net /proc/self/ns/uts /proc/self/ns/mnt' | while read -r ns; do
  >         case $ns in
  >         "$theirs") echo the other network ;;
  >         "$ours") echo our network ;;
  >         "$names") echo the other names ;;
  >         "$mine") echo our names ;;
  >         "$mounts") echo our mounts ;;
  >         *) echo "new ${ns%%:*}" ;;
  >         esac
  >     done
  > }
  > where nsclone -m --join=net=$other
  > where nsclone -mp --join=net=$other --join=uts=pid:$other
  > where nsunshare -m --join="net=$theirs"
  > where nsunshare -f --join=net=$other -u
  > where nsclone -Um --join=net=$other
  > nsclone --explain -m --join=net=$other true | sed "s/$other/REF/"
  > kill $other
  > END
  $ nsunshare -rn sh both
  the other network
  our names
  new mnt
  the other network
  the other names
  new mnt
  the other network
  our names
  new mnt
  the other network
  new uts
  our mounts
  the other network
  our names
  new mnt
  yes  enter the network namespace of REF
  yes  new mount namespace
  yes  propagation of / and below: private
  yes  run true

What cannot be is refused before anything is made:

  $ for what in net net= =1 foo=1 mnt=1 user=1 pid=1; do nsclone --join=$what true; done
  nsclone: --join net: must be TYPE=REF: net, uts, ipc or cgroup
  nsclone: --join net=: must be TYPE=REF: net, uts, ipc or cgroup
  nsclone: --join =1: must be TYPE=REF: net, uts, ipc or cgroup
  nsclone: --join foo=1: must be TYPE=REF: net, uts, ipc or cgroup
  nsclone: --join mnt=1: is for net, uts, ipc and cgroup: enter any other first, by nsjoin REF nsclone ...
  nsclone: --join user=1: is for net, uts, ipc and cgroup: enter any other first, by nsjoin REF nsclone ...
  nsclone: --join pid=1: is for net, uts, ipc and cgroup: enter any other first, by nsjoin REF nsclone ...
  [125]
  $ nsclone -rn --join=net=self true
  nsclone: --join=net and a new network namespace exclude each other
  [125]
  $ nsclone -r --join=net=nosuchname true 2>&1 | sed 's/name.*/name.../'
  nsclone: --join net=nosuchname...
  $ if [ "$(id -u)" -ne 0 ]; then
  >     nsclone -r --join=net=self true 2>&1 | grep -o 'entering the network namespace: Operation not permitted'
  > else
  >     echo 'entering the network namespace: Operation not permitted'
  > fi
  entering the network namespace: Operation not permitted
