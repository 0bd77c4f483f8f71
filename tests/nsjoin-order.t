# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd strace
  $ strace -o /dev/null true 2>/dev/null || skip "nothing can be traced here"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"

What nsjoin calls once it has entered: until the command is executed nothing is
opened, mapped from a file or asked of a socket but its own to its child; what
is in there belongs to the target. Memory it may ask for: a tool that is our own
file leaves it.

  $ nsclone -rmuinp --mount-proc sleep 300 </dev/null >/dev/null 2>&1 & n=$!
  $ inside() { t=$(pgrep -n -P "$(pgrep -P $n)" sleep) && sleeps $t; }
  $ wait_for inside
  $ inside_calls()
  > {
  >     strace -f -o log -e signal=none nsjoin "$@" /bin/true || return
  >     awk 'NR == 1 { outside = $1 }
  >         executed[$1] { next }
  >         entered && $2 ~ /^execve\(/ { executed[$1] = 1; next }
  >         entered && $1 != outside && !/^[0-9]+ +mmap.*MAP_ANONYMOUS/ { print $2 }
  >         $2 ~ /^setns\(/ { entered = 1; if ($1 == outside) outside = 0 }
  >     ' log | sed 's/(.*//; /^</d; s/32$//' | sort -u
  > }
  $ inside_calls $t | grep -cE '^set(groups|resgid|resuid)'
  3
  $ inside_calls $t | grep -E '^(open|openat|openat2|socket|connect|mmap|readlink|stat|access)'
  [1]
  $ inside_calls -A --except=cgroup $t | grep -E '^(open|openat|openat2|socket|connect|mmap|readlink|access)'
  [1]
  $ inside_calls -e --close-fds -w/ $t | grep -E '^(open|openat|openat2|socket|connect|mmap|readlink|stat|access)'
  [1]

Before that nobody in there may look into us, and IDs change in the order in
which each still may:

  $ strace -f -o log -e trace=prctl,setns,setgroups,setresgid,setresuid,setresgid32,setresuid32 nsjoin -U -S 0 -G 0 -t $t true
  $ sed 's/^[0-9]* *//; s/32(/(/; /CAP/d; /exited/d; s/(PR_SET_DUMPABLE.*SUID_DUMP_DISABLE.*/ undumpable/; s/(.*//' log | uniq
  setgroups
  prctl undumpable
  setns
  setgroups
  setresgid
  setresuid
  $ kill $n
