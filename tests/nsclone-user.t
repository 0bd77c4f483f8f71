# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need user
  $ need userns

An ordinary user who forgets -U or -r is told what is missing:

  $ nsclone -u true
  nsclone: cannot create the namespaces: Operation not permitted (a new UTS namespace needs CAP_SYS_ADMIN, which a new user namespace gives: add -U or -r)
  [125]
  $ nsunshare -n true
  nsunshare: cannot create the namespaces: Operation not permitted (a new network namespace needs CAP_SYS_ADMIN, which a new user namespace gives: add -U or -r)
  [125]

setgroups cannot be allowed without privilege outside:

  $ nsunshare -r --setgroups=allow true
  nsunshare: --setgroups allow: needs CAP_SETGID outside, or --map-groups by newgidmap(1)
  [125]
  $ nsunshare -r cat /proc/self/setgroups
  deny

A limit that is reached is named:

  $ nsunshare -r sh -c 'echo 0 >/proc/sys/user/max_uts_namespaces && exec nsunshare -u true'
  nsunshare: cannot create the namespaces: No space left on device (user.max_uts_namespaces is 0: these are switched off; raise it)
  [125]
  $ nsunshare -r sh -c 'echo 0 >/proc/sys/user/max_user_namespaces && exec nsclone -r true'
  nsclone: cannot create the namespaces: No space left on device (user.max_user_namespaces is 0: these are switched off; raise it)
  [125]
