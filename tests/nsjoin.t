# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

A target with namespaces of its own, found by its process ID:

  $ nsunshare -r -muinpf --kill-child sleep 300 >/dev/null 2>&1 &
  $ sleeper() { t=$(pgrep -n -P $! sleep) && sleeps $t; }
  $ wait_for sleeper

  $ nsjoin $t id -u
  0
  $ nsjoin -t $t sh -c 'readlink /proc/self/ns/net' | cmp - /dev/stdin <<EOF
  > $(readlink /proc/$t/ns/net)
  > EOF
  $ here=$(readlink /proc/self/ns/net)
  $ [ "$(nsjoin -Uu -t $t readlink /proc/self/ns/net)" = "$here" ] && echo same
  same
  $ [ "$(nsjoin -U -n=$t -t $t readlink /proc/self/ns/net)" = "$here" ] || echo other
  other
  $ [ "$(nsjoin -U --net=$t -t $t readlink /proc/self/ns/net)" = "$here" ] || echo other
  other

Status and signals are the command's:

  $ nsjoin $t sh -c 'exit 3'
  [3]
  $ sh -c "nsjoin $t sh -c 'kill -9 "'$$'"'; echo \$?" 2>/dev/null
  137
  $ nsjoin $t /no/such
  nsjoin: /no/such: No such file or directory (the path is looked up inside)
  [127]

Errors:

  $ nsjoin
  nsjoin: whose namespaces? no REF; try 'nsjoin --help'
  [125]
  $ nsjoin -mx 1 true
  nsjoin: -m x: neither letters of types nor a REF (-n=REF)
  [125]
  $ nsjoin 4294967297 true
  nsjoin: 4294967297: number too large
  [125]
  $ nsjoin self true
  nsjoin: self: we are in all of its namespaces already
  [125]
  $ kill -9 $!; wait $! 2>/dev/null; wait_for eval "! grep -q . /proc/$t/cmdline"

Who the command is, and where:

  $ mkdir -p "$CRAMTMP/here"
  $ (cd "$CRAMTMP/here" && exec nsunshare -r -muin env -i A=1 'B=x y' sleep 300) &
  $ t=$!
  $ wait_for eval 'tr "\0" " " </proc/$t/cmdline | grep -q ^sleep'
  $ nsjoin -e $t /usr/bin/env
  A=1
  B=x y
  $ nsjoin -w -U -t $t /bin/pwd | grep -c here
  1
  $ nsjoin -W /tmp $t pwd
  /tmp
  $ nsjoin -U -r/usr -t $t /bin/pwd
  /
  $ nsjoin -U --root=/usr -W /bin -t $t /bin/pwd
  /bin
  $ nsjoin -w/ -W / $t true
  nsjoin: --wd and --wdns exclude each other; try 'nsjoin --help'
  [125]
  $ nsjoin -S follow -G follow $t sh -c 'id -u; id -g'
  0
  0
  $ nsjoin -U --preserve-credentials -t $t id -u
  0
  $ nsjoin -U -S 1 -t $t true
  nsjoin: --setuid 1: Invalid argument (not in uid_map 0:*:1) (glob)
  [125]
  $ nsjoin -U --keep-caps -t $t sed -n 's/CapAmb:.0*//p' /proc/self/status | grep -c .
  1
  $ nsjoin --user-parent -t $t true
  $ nsjoin -w -t self /bin/pwd | cmp - /dev/stdin <<EOF
  > $(pwd)
  > EOF
  $ nsjoin -e /proc/$t/ns/uts true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]
  $ kill $t
