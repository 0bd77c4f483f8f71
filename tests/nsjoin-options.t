# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ nsunshare -rmuin sleep 300 </dev/null >/dev/null 2>&1 &
  $ t=$!
  $ wait_for sleeps $t

What descriptors the command has: those of the caller, and no other (but the one
that lists them), also where the number of one of ours is given.

  $ numbers() { sed -n '/\/proc\//d; s/.* \([0-9]*\) -> .*/\1/p' | tr '\n' ' '; echo; }
  $ nsjoin $t ls -l /proc/self/fd 7</dev/null | numbers
  0 1 2 7 
  $ nsjoin --close-fds $t ls -l /proc/self/fd 7</dev/null | numbers
  0 1 2 
  $ nsjoin --close-fds=7 $t ls -l /proc/self/fd 7</dev/null 8</dev/null | numbers
  0 1 2 7 
  $ nsjoin --close-fds=$(seq -s, 2 30) $t ls -l /proc/self/fd 7</dev/null | numbers
  0 1 2 7 
  $ nsclone -rp --root=/ --close-fds=$(seq -s, 2 30) ls -l /proc/self/fd 7</dev/null | numbers
  0 1 2 7 
  $ nsclone -rm --root=/ --close-fds=2 ls -l /proc/self/fd 2>&- | numbers
  0 1 
  $ nsjoin --close-fds=x $t true
  nsjoin: --close-fds x: not a number
  [125]
  $ echo text | nsjoin $t cat
  text

Its environment:

  $ A=1 B=2 nsjoin --whitelist-env=A $t /usr/bin/env
  A=1
  $ nsjoin --clear-env --env=A=2 --env B= -w --env C=x=y -t $t /usr/bin/env
  A=2
  B=
  C=x=y
  $ A=1 nsjoin -e --env A=3 $t sh -c 'echo $A $(env | grep -c .)' | grep -c '^3 [2-9]'
  1
  $ nsjoin --env user=$t /usr/bin/env | grep -c .
  \d+ (re)
  $ nsjoin --env=A $t true
  nsjoin: --env A: must be NAME=VALUE
  [125]
  $ for tool in nsclone nsunshare; do PATH=$PATH: $tool -r --clear-env --env A=1 --env B=2 /usr/bin/env; done
  A=1
  B=2
  A=1
  B=2
  $ nsclone -r --env =1 true
  nsclone: --env =1: must be NAME=VALUE
  [125]

Directories, as nsenter(1) spells them:

  $ nsjoin -W/usr $t pwd
  /usr
  $ nsjoin -W=/usr $t pwd
  /usr
  $ nsjoin --wdns=/usr $t pwd
  /usr
  $ nsjoin -W /nosuchdir $t true
  nsjoin: --wdns /nosuchdir: No such file or directory
  [125]
  $ nsjoin -w/nosuchdir $t true
  nsjoin: --wd /nosuchdir: No such file or directory
  [125]
  $ nsjoin -r/nosuchdir $t true
  nsjoin: --root /nosuchdir: No such file or directory
  [125]

-v says what is entered, and when an ordinary user stays who he is because he
is nobody else in there:

  $ nsjoin -v -Uu -t $t true
  nsjoin: entering uts, user of \d+ (re)
  $ nsunshare -Uc sleep 300 </dev/null >/dev/null 2>&1 &
  $ u=$!
  $ wait_for sleeps $u
  $ if [ "$(id -u)" = 0 ]; then echo 'entering user
  > no group 0 for us in there: ours stays
  > no root for us in there: user and groups stay'; else nsjoin -v -U -t $u true 2>&1 | sed 's/nsjoin: //; s/ of [0-9]*//'; fi
  entering user
  no group 0 for us in there: ours stays
  no root for us in there: user and groups stay
  $ [ "$(nsjoin -U -t $u id -u)" = "$(id -u)" ] && echo same
  same

--preserve-credentials leaves what -S and -G do not change:

  $ nsjoin --preserve-credentials -S "$(id -u)" -U -t $u id -u | grep -c "^$(id -u)$"
  1
  $ nsjoin --preserve-credentials -S 77 -U -t $u true
  nsjoin: --setuid 77: Invalid argument (not in uid_map *:1) (glob)
  [125]
  $ nsjoin -S "$(id -u)" --init-groups -U -t $u true
  nsjoin: --init-groups: Operation not permitted (setgroups is deny in the user namespace)
  [125]
  $ kill $u

Without any namespace: where and who alone.

  $ nsjoin -w/usr self pwd
  /usr
  $ nsjoin -w/usr -W /usr self true
  nsjoin: --wd and --wdns exclude each other; try 'nsjoin --help'
  [125]
  $ nsjoin -a self echo nothing to enter
  nothing to enter

The security label: there is nothing to follow where the kernel has none, and
where it is our own.

  $ nsjoin -Z $t true
  $ nsjoin -Z /proc/$t/ns/uts true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]

The cgroup of version 2; that of a namespace alone is none:

  $ nsjoin -c $t true
  $ nsjoin -c /proc/$t/ns/uts true
  nsjoin: the target is no process: it has no root, directory, environment, cgroup or IDs
  [125]
  $ kill $t
