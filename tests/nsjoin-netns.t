# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ [ "$(id -u)" -ne 0 ] || need cmd mount

A network that has a name has files of its own, as ip-netns(8) has it. All that
follows is done with a copy of /etc, in a mount namespace of the test's own: as
root, or as an ordinary user's root.

  $ mkdir etc run; cp -RL /etc/resolv.conf /etc/passwd /etc/group etc
  $ mkdir etc/netns etc/sub
  $ cat >try.sh <<'END'
  > mount --bind "$PWD/etc" /etc
  > mount -t tmpfs none /run
  > [ "$(stat -fc %T /sys)" = sysfs ] || mount -t sysfs none /sys
  > nspin -n web || exit 1
  > sh -c "$1"; status=$?
  > nspin -d web
  > exit $status
  > END
  $ unset NSPATH
  $ inside() { nsunshare -rm --propagation=slave sh try.sh "$1" 2>&1; }
  $ inside 'exit 7' || { [ $? = 7 ] || skip "no mounts may be made here"; }

Without any: /sys is that of the network, and what is mounted there still is.

  $ inside 'ls /sys/fs/cgroup >a; nsjoin web sh -c "ls /sys/class/net; ls /sys/fs/cgroup >b"; diff a b'
  lo
  $ inside 'nsjoin --no-netns-files web ls -d /sys/class/net/*' >ours; ls -d /sys/class/net/* | diff - ours

  $ mkdir etc/netns/web; echo 'nameserver 192.0.2.53' >etc/netns/web/resolv.conf
  $ inside 'nsjoin --explain web true' | sed 's/net:.*/net/'
  yes  enter the network namespace net
  yes  private mount namespace, to which mounts of outside come
  yes  /sys of the network, with its mounts
  yes  /etc/netns/web/resolv.conf on /etc/resolv.conf
  yes  run true
  $ inside 'nsjoin web cat /etc/resolv.conf; nsjoin -n=web cat /etc/resolv.conf'
  nameserver 192.0.2.53
  nameserver 192.0.2.53
  $ inside 'nsjoin --no-netns-files web cat /etc/resolv.conf' | diff - /etc/resolv.conf

A program outside that replaces the file, or what it links to, does not take it
away; so a file does that /etc does not have:

  $ cat >replace.sh <<'END'
  > up=$PWD/up; rm -f "$up"
  > nsjoin web sh -c 'cat /etc/resolv.conf; : >"$0"; while [ -e "$0" ]; do sleep 0.02; done
  >     cat /etc/resolv.conf' "$up" &
  > until [ -e "$up" ]; do sleep 0.02; done
  > echo 'nameserver 127.0.0.1' >new; mv new "$(readlink -f /etc/resolv.conf)"; rm "$up"; wait
  > END
  $ inside '. ./replace.sh'
  nameserver 192.0.2.53
  nameserver 192.0.2.53
  $ cat etc/resolv.conf
  nameserver 127.0.0.1
  $ mv etc/resolv.conf run/resolv.conf; ln -s "$PWD/run/resolv.conf" etc/resolv.conf
  $ inside '. ./replace.sh'
  nameserver 192.0.2.53
  nameserver 192.0.2.53
  $ echo only >etc/netns/web/only; mkdir etc/netns/web/sub; echo sub >etc/netns/web/sub/file
  $ inside 'nsjoin web cat /etc/only /etc/sub/file'
  only
  sub

/etc cannot be written to then, but for what is the network's own and what is
mounted there; with "bind" it is each file alone, and as ip-netns(8) leaves it:

  $ mkdir etc/dir etc/mnt; echo host >etc/dir/file
  $ cat >write.sh <<'END'
  > mount -t tmpfs none /etc/mnt; mkdir /etc/mnt/deep; mount -t tmpfs none /etc/mnt/deep
  > mount --bind /etc/dir/file /etc/passwd
  > nsjoin web sh -c '>/etc/new'; nsjoin web sh -c '>/etc/dir/new'
  > nsjoin web sh -c 'echo x >/etc/mnt/deep/new; echo y >/etc/sub/new; cat /etc/passwd'
  > cat /etc/mnt/deep/new
  > END
  $ inside '. ./write.sh'
  sh: 1: cannot create /etc/new: Read-only file system
  sh: 1: cannot create /etc/dir/new: Read-only file system
  host
  x
  $ cat etc/netns/web/sub/new; rm etc/netns/web/sub/new
  y
  $ inside 'nsjoin --netns-files=bind web cat /etc/resolv.conf'
  nsjoin: /etc/only: No such file or directory (--no-netns-files does without)
  [125]
  $ rm -r etc/netns/web/only etc/netns/web/sub
  $ inside 'nsjoin --netns-files=bind web sh -c "cat /etc/resolv.conf; >/etc/new"'
  nameserver 192.0.2.53
  $ ls etc/new
  etc/new

Mounts that are made outside arrive inside, and not the other way:

  $ mkdir m; cat >slave.sh <<'END'
  > mount -t tmpfs none m; mount --make-shared m; mkdir m/a m/b
  > nsjoin web sh -c 'mount -t tmpfs none m/b; : >m/b/in; : >m/up; until [ -e m/a/out ]; do sleep 0.02; done; ls m/a' &
  > until [ -e m/up ]; do sleep 0.02; done
  > mount -t tmpfs none m/a; : >m/a/out; wait; ls m/b
  > END
  $ inside '. ./slave.sh'
  out

Nothing of it for a process, for a file, or where a mount namespace is entered,
too:

  $ cat >process.sh <<'END'
  > nsjoin web sleep 300 & t=$!
  > until [ "$(cat /proc/$t/comm)" = sleep ]; do sleep 0.02; done
  > nsjoin -n -t $t cat /etc/resolv.conf
  > nsjoin -n=/proc/$t/ns/net cat /etc/resolv.conf
  > nsjoin --netns-files -n -t $t true
  > nsjoin --netns-files -n=web -m -t $t true
  > kill $t; wait $t 2>/dev/null || :
  > END
  $ inside '. ./process.sh'
  nameserver 127.0.0.1
  nameserver 127.0.0.1
  nsjoin: --netns-files: the network has no name
  nsjoin: --netns-files: the mount namespace to enter has files of its own

Files that cannot be: one line, and nothing is run.

  $ for bad in 'ln -s other' 'mkfifo' 'echo text >' 'mkdir -p other; mkdir'; do
  >     rm -rf etc/netns/web; eval "$bad etc/netns/web"
  >     [ ! -d etc/netns/web ] || mkfifo etc/netns/web/resolv.conf
  >     inside 'nsjoin web echo run'
  > done
  nsjoin: /etc/netns/web: a symbolic link, which is not followed (--no-netns-files does without)
  nsjoin: /etc/netns/web: not a directory (--no-netns-files does without)
  nsjoin: /etc/netns/web: not a directory (--no-netns-files does without)
  nsjoin: /etc/netns/web/resolv.conf: neither a file nor a directory (--no-netns-files does without)
  [125]
  $ rm -r etc/netns/web; mkdir etc/netns/web; (cd etc/netns/web; seq 257 | xargs touch)
  $ inside 'nsjoin web echo run'
  nsjoin: /etc/netns/web: more than 256 files (--no-netns-files does without)
  [125]
  $ rm -r etc/netns/web; inside 'nsjoin --netns-files=all web true'
  nsjoin: --netns-files all: must be bind
  [125]

/etc that cannot be written to is no obstacle, nor that there is no /sys:

  $ mkdir etc/netns/web; echo mine >etc/netns/web/resolv.conf
  $ inside 'mount -o remount,bind,ro /etc; nsjoin web cat /etc/resolv.conf'
  mine
  $ inside 'mount -t tmpfs none /sys; nsjoin web sh -c "cat /etc/resolv.conf; ls /sys"'
  mine

What a file of the network's own leads to is what it led to before:

  $ rm etc/netns/web/resolv.conf; echo deep >etc/dir/deep; ln -s /etc/dir/deep etc/netns/web/dir
  $ ln -s /etc/resolv.conf etc/netns/web/resolv.conf; ln -s ../../dir etc/netns/web/other
  $ inside 'nsjoin web cat /etc/resolv.conf /etc/dir /etc/other/deep; nsjoin web sh -c "echo w >>/etc/dir"'
  nameserver 127.0.0.1
  deep
  deep
  $ cat etc/dir/deep; rm -r etc/netns/web; mkdir etc/netns/web
  deep
  w

An ordinary user has his own, which come first:

  $ mkdir -p conf/netns/web; echo users >conf/netns/web/resolv.conf; chmod -R go+rX .
  $ (export XDG_CONFIG_HOME=$PWD/conf; nspin -rn web && nsjoin web cat /etc/resolv.conf) |
  >     { [ "$(id -u)" -eq 0 ] && grep -v users | grep -c . || grep users; }
  (users|\d+) (re)
  $ nspin -d web

A working directory that the caller may not search keeps nobody from a network:

  $ mkdir -m 755 closed && cd closed && chmod 0 . 2>&1
  $ nsunshare -rn true && if [ "$(id -u)" -ne 0 ]; then
  >     nspin -rn web && nsjoin web true; nspin -d web
  > fi
  $ cd .. && chmod 755 closed
