# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

--explain changes nothing and says what would be done, step by step, in order:

  $ nsclone --explain -rmu --mount-proc --hostname=box -w /tmp sh -c 'exit 7'
  yes  new user namespace
  yes  new mount namespace
  yes  new UTS namespace
  yes  new PID namespace
  yes  setgroups deny
  yes  gid_map 0:*:1 (glob)
  yes  uid_map 0:*:1 (glob)
  yes  become user 0 and group 0 inside
  yes  propagation of / and below: private
  yes  mount proc on /proc
  yes  host name box
  yes  working directory /tmp
  yes  run sh

What cannot be done is told with its cause, and so is what comes after it; the
set-up command is not run:

  $ nsunshare --explain -rT --boottime=1h --mount-proc -w /no/such --setup='touch was-run' nosuchcommand
  yes  new user namespace
  yes  new mount namespace
  yes  new time namespace
  yes  setgroups deny
  yes  gid_map 0:*:1 (glob)
  yes  uid_map 0:*:1 (glob)
  yes  become user 0 and group 0 inside
  yes  enter the time namespace
  yes  boottime clock +3600 seconds
  yes  propagation of / and below: private
  no   mount proc on /proc: --mount-proc: /proc: Operation not permitted (proc shows the PID namespace of its mounter, which is not a new one here: add -p, with -f)
  ?    set-up command: touch was-run
  no   working directory /no/such: --wd /no/such: No such file or directory (there is no /no)
  no   run nosuchcommand: nosuchcommand: No such file or directory (there is no such command in PATH)
  [1]
  $ test -e was-run
  [1]

Without a root directory there is nothing to say of what would be inside it:

  $ nsclone --explain -rR /no/such -w / true | grep -v map
  yes  new user namespace
  ?    setgroups deny
  ?    become user 0 and group 0 inside
  no   root directory /no/such: --root /no/such: No such file or directory (there is no /no)
  ?    working directory /
  ?    run true

A limit that keeps one of the types away:

  $ nsunshare -r sh -c 'echo 0 >/proc/sys/user/max_ipc_namespaces && exec nsclone --explain -rui true' | grep new
  yes  new user namespace
  yes  new UTS namespace
  no   new IPC namespace: No space left on device (user.max_ipc_namespaces is 0: these are switched off; raise it)

A contradiction is a usage error, as without it:

  $ nsclone --explain --lo true
  nsclone: --lo: needs -n
  [125]

What it says is what then happens: each line of this table is explained, then
run, by both tools. "can" is a status of 0, "cannot" is any other.

  $ cat >table <<'END'
  > -u
  > -a
  > -U
  > -r
  > -c
  > -ra
  > -rmuinpCT
  > -n
  > -m
  > -rn --lo
  > -rp
  > -rpf
  > -r --mount-proc
  > -rpf --mount-proc
  > -rm --mount-proc=/no/such
  > -m --propagation=unchanged
  > -rm --propagation=shared
  > -rm -R /
  > -rm -R /usr
  > -rpf -R / --mount-proc
  > -rR /no/such
  > -R /
  > -r -w /proc
  > -r -w /no/such
  > --hostname=box
  > -r --hostname=box --domainname=example
  > -rT --boottime=1d --monotonic=-1
  > -T
  > --map-user=1000
  > --map-users=0:0:1 --map-groups=0:0:1
  > --map-auto
  > --map-auto -r
  > --map-subids -S 0
  > --setgroups=deny -U
  > --owner=1:1
  > -r -S 0 -G 0
  > -r -S 1
  > -r -G 1
  > -S 1 -G 1
  > -S 0
  > -G 0
  > --groups=1,2
  > -r --groups=
  > -r --caps=none
  > --caps=none
  > --caps=net_admin
  > --caps=all
  > -r --caps=net_admin -S 0
  > --no-new-privs
  > -U --keep-caps
  > -r --clear-env --close-fds
  > -r --new-keyring
  > -r --env A=1 --env B=2
  > -r --mount-binfmt
  > -r --mount-binfmt=/no/such
  > -r -l nonsense
  > --into-cgroup=/
  > --into-cgroup=/no/such
  > --into-cgroup=/sys/fs/cgroup/unified
  > --into-cgroup=/sys/fs/cgroup
  > END
  $ both()
  > {
  >     while read -r args; do
  >         for program in true nosuchcommand /; do
  >             $1 --explain $args $program >said 2>&1; s1=$?
  >             $1 $args $program >done 2>&1; s2=$?
  >             case $s1,$s2 in
  >             0,0 | [!0]*,[!0]*) echo agrees >&3 ;;
  >             *) echo "$1 $args $program: explained $s1, run $s2"; cat said done ;;
  >             esac
  >         done
  >     done
  > }
  $ both nsunshare <table 3>n && wc -l <n
  180
  $ sed 's/-rpf/-rp/' table | both nsclone 3>n && wc -l <n
  180
  $ both nsclone 3>n <<'END' && wc -l <n
  > -r --pidfile=pid
  > -r --pidfile=/no/such/pid
  > -r --pidfile=/
  > -r --status-fd=9
  > -r --hold-fd=9
  > END
  15

The process itself makes, mounts and enters nothing; the children that do are
gone with all that they made:

  $ need cmd strace
  $ strace -o trace nsclone --explain -rmuipT --mount-proc --hostname=box true >/dev/null
  $ grep -E '^(unshare|mount|umount2|setns|move_mount|pivot_root|chroot|sethostname|set[a-z]*id|setgroups)\(' trace
  [1]
  $ grep -E '^clone.*NEW' trace
  [1]
