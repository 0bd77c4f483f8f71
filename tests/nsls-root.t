# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls nspin nsunshare python3 strace
  $ need root

Names and mount points are shown, and a FIFO among the names stops nobody:

  $ cat >inside.sh <<'EOF'
  > set -e
  > mount -t tmpfs none /run
  > mkdir -p /run/netns
  > mkfifo /run/netns/trap
  > ln -s /run/netns/trap /run/netns/snare
  > nspin -nu shop
  > nsls -qrnP -t net,uts -o TYPE,NAME,NSFS,STATE,REF | grep shop
  > nsls -qJ -t uts -P -o NAME,NSFS |
  >     python3 -c 'import json, sys; print(*(r for r in
  >         json.load(sys.stdin)["namespaces"] if r["name"]))'
  > nsls -qrn -o TYPE,NPROCS shop || :
  > nsls -qrnw shop | cut -d ' ' -f 2-4
  > EOF
  $ unshare -m env -u NSPATH sh inside.sh
  (uts|net) shop /run/nspin/shop/(uts|net) held /run/nspin/shop/(uts|net) (re)
  (uts|net) shop /run/nspin/shop/(uts|net) held /run/nspin/shop/(uts|net) (re)
  {'name': ['shop'], 'nsfs': ['/run/nspin/shop/uts']}
  (uts|net) 0 (re)
  (uts|net) 0 (re)
  (uts|net) mount /run/nspin/shop/(uts|net) (re)
  (uts|net) mount /run/nspin/shop/(uts|net) (re)

A path of another mount namespace says which that is:

  $ mkdir away
  $ unshare -m --propagation private sh -c '
  >     mount -t tmpfs none away; echo >away/uts
  >     unshare -u mount --bind /proc/self/ns/uts away/uts
  >     readlink /proc/self/ns/mnt >mnt; exec sleep 60' & pid=$!
  $ wait_for grep -q mnt mnt
  $ nsls -qrnP -t uts -o HOLDERS | grep -cxF "$(cat mnt)$PWD/away/uts"
  1
  $ kill $pid

An interface, a map, an offset, without entering anything:

  $ nsunshare -nT --boottime 86400 nsunshare -U --map-users 0:100000:10 \
  >     --map-groups 0:100000:10 sleep 60 >/dev/null 2>&1 & pid=$!
  $ wait_for grep -x sleep /proc/$pid/comm
  $ nsls -rn -p $pid -t net,user,time -o TYPE,IFACES,UIDMAP,OFFSET | sort
  net lo - -
  time - - 86400
  user - 0:100000:10 -
  $ strace -f -e trace=setns,clone,clone3,fork,vfork,unshare \
  >     nsls -qJo TYPE,IFACES,UIDMAP,OFFSET -p $pid 2>&1 >/dev/null | grep -cE '(setns|unshare|fork)\('
  0
  [1]
  $ kill $pid

What is open for writing is standard output, and where it is asked, rtnetlink:

  $ strace -f -o calls -e trace=open,openat,socket nsls -q --output-all >/dev/null || [ $? -eq 1 ]
  $ sed -nE '/O_WRONLY|O_RDWR|socket\(/s/^[0-9]* *(.*)\(.*/\1/p' calls | uniq
  socket

A mount point may lie deeper than a path can say, and a command line be longer
than all others together:

  $ cat >deep.py <<'EOF'
  > import ctypes, os, sys
  > libc = ctypes.CDLL(None, use_errno=True)
  > libc.unshare(0x20000)
  > libc.mount(None, b"/", None, 0x44000, None)
  > for i in range(30):
  >     os.mkdir("d" * 200)
  >     os.chdir("d" * 200)
  > open("uts", "w").close()
  > libc.unshare(0x4000000)
  > print(os.stat("/proc/self/ns/uts").st_ino)
  > assert libc.mount(b"/proc/self/ns/uts", b"uts", None, 4096, None) == 0
  > libc.unshare(0x4000000)
  > sys.stdout.flush()
  > os.execvp("sleep", ["sleep", "60"])
  > EOF
  $ python3 deep.py >ino & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ nsls -qSw "uts:[$(cat ino)]" | grep -c '\(d\{200\}/\)\{30\}uts'
  1
  $ nsls -rn -t uts -o NS,OWNERUID,HOLDERS -P 2>err | grep "^$(cat ino) 0 " | grep -c 'd/uts$'
  1
  $ kill $pid; wait $pid 2>/dev/null; rm -rf ddd* 2>/dev/null
  $ python3 -c 'import os; os.execvp("sleep", ["sleep", "60"] + ["0" * 100000] * 15)' & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ nsls -n -t uts -p $pid -o COMMAND | cut -c 1-20
  sleep 60 00000000000
  $ kill $pid

An init of ours has the command of what it serves; as a process it says so:

  $ nsclone -muip sleep 61 & first=$!
  $ nsclone -muip sleep 62 & second=$!
  $ served() { pgrep -P "$(pgrep -P $first)" -x sleep; }
  $ wait_for served
  $ init=$(pgrep -P $first)
  $ nsls -qrno TYPE,COMMAND -p $init -t pid | cat
  pid nsclone:\x20init\x20of\x20sleep\x2061
  $ nsls -qrno COMMAND pid=$init
  nsclone:\x20init\x20of\x20sleep\x2061
  sleep\x2061
  $ nsls -qw pid=$init | awk 'NR == 2 { print $6, $7, $8, $9, $10 }'
  nsclone: init of sleep 61
  $ ln -s "$(command -v nsls)" lsns; ./lsns -qrno COMMAND -t pid -p $init | cat
  nsclone\x20-muip\x20sleep\x2061

In a picture it is one box, also that of one alone:

  $ nsls -q --dot $init | grep -c 'label="sleep 61.n2 processes, first: '$init'.*mnt [0-9]*   uts [0-9]*.nipc [0-9]*   pid [0-9]*.n"'
  1
  $ nsls -q --dot $init | grep -c 'sleep 62'
  0
  [1]
  $ kill $first $second

It is no wider than high where there are many of them:

  $ for n in 1 2 3 4 5 6 7 8 9 10; do nsclone -muipn sleep 63 & echo $!; done >boxes
  $ ten() { [ "$(nsls -qrno TYPE,COMMAND -t pid | grep -c ' sleep.*63$')" = 10 ]; }
  $ wait_for ten
  $ ! command -v dot >/dev/null || nsls -q --dot $(cat boxes | xargs -n1 pgrep -P) | dot -Tplain |
  >     awk '$1 == "graph" && $3 > $4 { print $3 " wide, " $4 " high" }'
  $ kill $(cat boxes)
