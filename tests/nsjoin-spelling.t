# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need ns time cgroup
  $ need cmd python3

Every way to say which namespaces, as nsenter(1) has them. A target with all of
them and a socket that was made outside of its network:

  $ cat >target.py <<'END'
  > import ctypes, os, socket
  > s = socket.socket()
  > os.dup2(s.fileno(), 7)
  > os.set_inheritable(7, True)
  > os.execvp("nsclone", ["nsclone", "-amr", "-I", "--mount-proc", "sleep", "300"])
  > END
  $ python3 target.py </dev/null >/dev/null 2>&1 & n=$!
  $ inside() { t=$(pgrep -P $n sleep) && sleeps $t; }
  $ wait_for inside
  $ for ns in mnt uts ipc net pid user cgroup time; do
  >     eval "export $ns='$(readlink /proc/self/ns/$ns)'"
  > done
  $ cat >types <<'END'
  > for ns in mnt uts ipc net pid user cgroup time; do
  >     [ "$(readlink /proc/self/ns/$ns)" = "$(eval echo \$$ns)" ] || printf '%s ' $ns
  > done
  > END
  $ types=$(cat types)
  $ now() { nsjoin "$@" sh -c "$types" && echo; }

One by one, with the user namespace, which gives the right to the others (a
PID namespace alone is shown by a /proc that is not ours: there is none here):

  $ for letter in u i n C T; do now -U$letter -t $t; done
  uts user 
  ipc user 
  net user 
  user cgroup 
  user time 
  $ for name in uts ipc net cgroup time; do now --user --$name --target=$t; done
  uts user 
  ipc user 
  net user 
  user cgroup 
  user time 
  $ now -Uuin -t $t
  uts ipc net user 
  $ now -U -uin -t $t
  uts ipc net user 
  $ now -ain -t $t
  mnt uts ipc net pid user cgroup time 
  $ now $t
  mnt uts ipc net pid user cgroup time 
  $ now -mpU -t $t
  mnt pid user 

From a file, a process, a name, with and without the sign:

  $ cd /proc/$t/ns
  $ for arg in -n/proc/$t/ns/net -n=/proc/$t/ns/net -n=$t -n./net -n:x -n=pid:$t --net=/proc/$t/ns/net --net=$t; do
  >     now -U/proc/$t/ns/user $arg 2>&1
  > done | sed "s/$t/PID/" | sort | uniq -c | sed 's/^ *//'
  7 net user 
  1 nsjoin: id:x: not a number
  $ cd "$OLDPWD"
  $ now -U=$t -u=$t
  uts user 
  $ nsjoin -n=/nosuchfile true
  nsjoin: /nosuchfile: No such file or directory
  [125]
  $ nsjoin -u=/proc/$t/ns/net true
  nsjoin: /proc/*/ns/net: no UTS namespace there, but a network namespace (glob)
  [125]
  $ nsjoin -nosuch true
  nsjoin: -n osuch: neither letters of types nor a REF (-n=REF)
  [125]

The network of a socket, and the parent of a user namespace:

  $ if [ "$(id -u)" = 0 ]; then now -U -N 7 -t $t; else echo 'user '; fi
  user 
  $ nsjoin -N 99 -t $t true 2>&1 | sed "s/$t/PID/; s/: [^:]*$//"
  nsjoin: --net-socket 99 of process PID
  $ nsjoin -N x -t $t true
  nsjoin: -N x: not a number
  [125]
  $ nsjoin -N 7 -n=/proc/$t/ns/net true
  nsjoin: --net-socket: the target is no process
  [125]
  $ now --user-parent -t $t
  
  $ nsjoin --user-parent -S follow -t $t true; nsjoin -U=$t -S follow -t self id -u
  nsjoin: follow: the user namespace to enter is not the target's own
  [125]
  $ now --user-parent -n=/proc/$t/ns/net
  net user 
  $ nsunshare -r nsjoin --user-parent -t self true
  nsjoin: --user-parent: Operation not permitted (there is none, or it is not below our own)
  [125]

Without a child the PID namespace is that of the command's children alone:

  $ nsjoin -F -Up -t $t sh -c 'readlink /proc/self/ns/pid_for_children' >pid
  $ readlink /proc/$t/ns/pid | cmp - pid
  $ kill $n

A process as ps(1) prints its number, and a namespace by its id as nsenter(1) of
these days spells it; two targets are refused:

  $ sleep 300 & t=$!
  $ nsjoin -w -t "   $t" echo in
  in
  $ nsjoin -w " $t" echo in
  in
  $ nsjoin -w -t $t -t $t true
  nsjoin: -t \d+: there was one before; --file has several (re)
  [125]
  $ id=$(nsls -no ID -t uts -p self 2>/dev/null | tr -dc 0-9)
  $ [ -z "$id" ] || [ "$(id -u)" -ne 0 ] || nsjoin --uts=:$id true
  $ nsjoin --net=:x true
  nsjoin: id:x: not a number* (glob)
  [125]
  $ kill $t
