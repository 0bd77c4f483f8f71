# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd busybox
  $ file -L "$(command -v busybox)" 2>/dev/null | grep -q static || [ -n "$(command -v file)" ] || skip "needs a static busybox"

A place with its own commands, users and shell. Its PATH is not ours:

  $ mkdir -p root/tools root/etc root/old root/proc root/tmp
  $ cp "$(command -v busybox)" root/tools/busybox
  $ for name in sh id env echo pwd ls cat stat; do ln -s busybox root/tools/$name; done
  $ cat >root/etc/passwd <<END
  > boss:x:0:0:a name:/home/boss:/tools/sh
  > app:x:1234:1235::/home/app:/no/such/shell
  > END
  $ cat >root/etc/group <<END
  > root:x:0:
  > app:x:1235:
  > web:x:1300:other,app
  > log:x:1301:apple,app
  > END
  $ cat >enter.sh <<END
  > mount --bind root root; mount -t proc proc root/proc 2>/dev/null
  > cd root && /sbin/pivot_root . old && exec /tools/busybox sh -c '
  >     export PATH=/tools SHELL=/tools/sh; /tools/busybox umount -l /old; exec /tools/busybox sleep 300'
  > END
  $ PATH=$PATH:/sbin nsunshare -rm sh enter.sh </dev/null >/dev/null 2>&1 & t=$!
  $ ready() { [ "$(readlink /proc/$t/root)" = / ] && tr '\0' '\n' </proc/$t/environ | grep -q ^PATH=/tools; }
  $ wait_for ready || skip "no place can be made here"

A command is looked for by our PATH, then by that of the target, which then is
its PATH; and where neither has it the message says what helps.

  $ nsjoin $t echo found
  found
  $ nsjoin $t env | grep ^PATH
  PATH=/tools
  $ nsjoin $t /tools/env | grep -c ^PATH=/tools
  0
  [1]
  $ nsjoin $t nosuch
  nsjoin: nosuch: No such file or directory (neither our PATH nor the target's has it inside; -e takes the environment of the target)
  [127]
  $ nsjoin $t grep
  nsjoin: grep: No such file or directory (it is there outside, but neither our PATH nor the target's has it inside; -e takes the environment of the target)
  [127]

Without a command: $SHELL if it is there inside, else the shell of the user in
the passwd(5) of that place, else /bin/sh.

  $ echo 'echo $0 $SHELL' | SHELL=/bin/bash nsjoin $t
  -sh /tools/sh
  $ cp root/tools/busybox root/tools/bash; ln root/tools/bash root/tools/ash; mkdir root/bin
  $ echo 'echo $0 $SHELL' | SHELL=/tools/ash nsjoin $t
  -ash /tools/ash
  $ sed -i 's|:/tools/sh$|:/tools/none|' root/etc/passwd
  $ echo 'echo $0 $SHELL' | SHELL=/bin/bash nsjoin $t
  nsjoin: /bin/sh: No such file or directory (it is there outside, but it was looked for inside* (glob)
  [127]
  $ ln -s ../tools/busybox root/bin/sh
  $ echo 'echo $0 $SHELL' | SHELL=/bin/bash nsjoin $t
  -sh /bin/sh
  $ sed -i 's|:/tools/none$|:/tools/sh|' root/etc/passwd

--login is for who the command is there:

  $ HOME=/elsewhere USER=me nsjoin --login $t /tools/sh -c 'echo $HOME $USER $LOGNAME $SHELL'
  /home/boss boss boss /tools/sh
  $ nsjoin -S boss --login $t /tools/sh -c 'echo $USER'
  boss
  $ sed -i /boss/d root/etc/passwd; nsjoin --login $t /tools/env
  nsjoin: --login: user 0: no such user in /etc/passwd inside
  [125]
  $ nsjoin -S nosuch $t /tools/env
  nsjoin: --setuid nosuch: no such user in /etc/passwd inside
  [125]
  $ nsjoin -G nosuch $t /tools/env
  nsjoin: --setgid nosuch: no such group in /etc/group inside
  [125]

Files there are no more than files: nothing is waited for.

  $ mv root/etc/passwd passwd; mkfifo root/etc/passwd
  $ nsjoin -S app $t /tools/env
  nsjoin: --setuid app: /etc/passwd inside: not a file
  [125]
  $ rm root/etc/passwd; ln -s "$PWD/passwd" root/etc/passwd
  $ nsjoin -S app $t /tools/env
  nsjoin: --setuid app: /etc/passwd inside: No such file or directory
  [125]
  $ rm root/etc/passwd; mv passwd root/etc/passwd

Where our root directory stays the names are ours; what comes after the REF is
the command, and an option there would be run:

  $ nsjoin -w -S root self true 2>/dev/null; [ $? = 0 ] || [ "$(id -u)" -ne 0 ] && echo ours
  ours
  $ nsjoin $t -- echo parted
  parted
  $ nsjoin $t -m echo
  nsjoin: -m: options come before REF; try 'nsjoin --help'
  [125]
  $ nsjoin -X root/tools/busybox $t -- echo parted
  parted
  $ nsjoin -S 0 --init-groups --login nosuch true 2>&1 | grep -v 'no such name'
  [1]
  $ nsjoin --init-groups $t true
  nsjoin: --init-groups: whose? It needs -S
  [125]
  $ kill $t

As docker exec -u has it: another user than the target's, in all that holds for
the target; no waiver is needed.

  $ [ "$(id -u)" -eq 0 ] || skip "needs root"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"
  $ PATH=$PATH:/sbin nsunshare -m setpriv --bounding-set=-all,+chown,+kill,+setuid,+setgid,+sys_admin,+setpcap,+sys_chroot sh enter.sh </dev/null >/dev/null 2>&1 & t=$!
  $ wait_for ready
  $ show="/tools/busybox grep -E '^(Uid|Gid|Groups|CapPrm|CapBnd):' /proc/self/status | /tools/busybox tr -s '\t ' '  '"
  $ nsjoin -A -S app --init-groups $t /tools/sh -c "$show"
  Uid: 1234 1234 1234 1234
  Gid: 1235 1235 1235 1235
  Groups: 1235 1300 1301 
  CapPrm: 0000000000000000
  CapBnd: 00000000002401e1
  $ nsjoin -A -S 1000 -G web $t /tools/sh -c "$show"
  Uid: 1000 1000 1000 1000
  Gid: 1300 1300 1300 1300
  Groups: 
  CapPrm: 0000000000000000
  CapBnd: 00000000002401e1
  $ nsjoin -A -S 1234 --init-groups --login $t /tools/sh -c 'echo $HOME $USER; id -G'
  /home/app app
  1235 1300 1301
  $ kill $t
