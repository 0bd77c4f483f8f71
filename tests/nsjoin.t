# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

A target with namespaces of its own, found by its process ID:

  $ nsunshare -r -muinpf --kill-child sleep 300 >/dev/null 2>&1 &
  $ sleeper() { t=$(pgrep -n -P $! sleep) && [ "$(readlink /proc/$t/exe)" = "$(readlink -f "$(command -v sleep)")" ]; }
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
  $ nsjoin -a self true
  nsjoin: self: we are in all of its namespaces already
  [125]
  $ kill -9 $!; wait $! 2>/dev/null; wait_for eval "! grep -q . /proc/$t/cmdline"
