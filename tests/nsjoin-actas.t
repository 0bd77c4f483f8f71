# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"
  $ need userns

A process is more than its namespaces. With -A the command has all of what the
target has; here is what can be seen of it:

  $ . "$TESTDIR/actas-same.sh"

Of an ordinary user's, or root's, in namespaces of its own:

  $ (umask 027; ulimit -n 100; ulimit -c 0; cd /usr; A=1 exec nsunshare -rmuin nice -n 3 sleep 300 </dev/null >/dev/null 2>&1) &
  $ t=$!
  $ wait_for sleeps $t
  $ same $t
  same
  $ nsjoin -A $t pwd
  /usr
  $ nsjoin -A $t sh -c 'echo $A; id -u; umask; ulimit -n'
  1
  0
  0027
  100
  $ echo $(($(nsjoin -A $t nice) - $(nice)))
  3

But for what --except names:

  $ nsjoin -A --except=wd,env,umask,limits,nice $t sh -c 'echo "A=$A"'
  A=
  $ echo $(($(nsjoin -A --except=nice $t nice) - $(nice)))
  0
  $ here=$(readlink /proc/self/ns/net)
  $ [ "$(nsjoin -A --except=namespaces,ids,groups,caps,root $t readlink /proc/self/ns/net)" = "$here" ] && echo ours
  ours

It gets none of our descriptors, but with --except=fds:

  $ nsjoin -A $t sh -c 'echo secret >&9' 9>file; cat file
  sh: 1: 9: Bad file descriptor
  $ nsjoin -A --except=fds $t sh -c 'echo shared >&9' 9>file; cat file
  shared

What contradicts it, and what it does not know:

  $ nsjoin -A --preserve-credentials $t true
  nsjoin: --act-as: takes the IDs of the target (--except=ids,groups leaves ours)
  [125]
  $ nsjoin -A --keep-caps $t true
  nsjoin: --act-as: takes the capabilities of the target (--except=caps)
  [125]
  $ nsjoin --except=wd $t true
  nsjoin: --except: needs --act-as
  [125]
  $ nsjoin -A --except=soul $t true
  nsjoin: --except soul: must be one of namespaces, cgroup, root, wd, env, ids, groups, caps, no-new-privs, label, umask, limits, nice, affinity, oom, personality, seccomp, fds, keyring
  [125]
  $ nsjoin -A /proc/$t/ns/uts true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]

A pin is no process, but the one for whose life it is kept stands for it:

  $ nspin -uUt $t --while=$t like && nsjoin -A like sh -c 'pwd; readlink /proc/self/ns/uts' >got
  $ { readlink /proc/$t/cwd; readlink /proc/$t/ns/uts; } | diff got -
  $ nspin -uUt $t unlike; nsjoin -A unlike true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]
  $ nspin -rn --while=$t unlike2 && nsjoin -A unlike2 true 2>&1 | sed 's/[0-9]\{2,\}/PID/'
  nsjoin: process PID, for which unlike2 is kept, is not in the user namespace to enter
  $ nspin -d like unlike unlike2 2>/dev/null

What is on us for good cannot be taken off for it:

  $ need cmd setpriv
  $ setpriv --no-new-privs nsjoin -A $t true
  nsjoin: --act-as: no_new_privs is set on us, not on the target (--except=no-new-privs)
  [125]
  $ setpriv --no-new-privs nsjoin -A --except=no-new-privs $t true
  $ kill $t
