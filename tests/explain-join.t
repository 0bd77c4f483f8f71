# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

What nsjoin would enter and do, and whether it can:

  $ nsunshare -rpf -mu --kill-child sleep 300 >/dev/null 2>&1 &
  $ sleeper() { t=$(pgrep -n -P $! sleep) && sleeps $t; }
  $ wait_for sleeper
  $ nsjoin --explain -w $t sh -c 'exit 7' | sed 's/if there is one/*/; s/, \*//'
  yes  enter the mount namespace mnt:[*] (glob)
  yes  enter the UTS namespace uts:[*] (glob)
  yes  enter the PID namespace pid:[*] (glob)
  yes  enter the user namespace user:[*] (glob)
  yes  working directory of the target
  yes  group ID 0
  yes  user ID 0
  yes  run sh
  $ nsjoin --explain -Un -W /no/such -t $t nosuchcommand
  yes  in the network namespace already
  yes  enter the user namespace user:[*] (glob)
  no   working directory inside /no/such: --wdns /no/such: No such file or directory (there is no /no)
  ?    group ID 0* (glob)
  ?    user ID 0* (glob)
  ?    run nosuchcommand
  [1]
  $ nsjoin --explain -W / $t nosuchcommand | tail -n 1
  no   run nosuchcommand: nosuchcommand: No such file or directory (there is no such command in the PATH inside)
  $ nsjoin --explain 4194303 true
  no   open what is to be entered: 4194303: there is no such process
  [1]

It says what then happens, and nothing has changed meanwhile:

  $ cat >table <<END
  > $t
  > -a $t
  > -u -t $t
  > -Uu -t $t
  > -m -t $t
  > -p -t $t
  > -Up -F -t $t
  > -n -t $t
  > -U -S 0 -G 0 -t $t
  > -U -S 5 -t $t
  > -r -w -t $t
  > -W /proc -t $t
  > -W /no/such -t $t
  > -w/no/such -t $t
  > -e -t $t
  > -U --preserve-credentials -t $t
  > -U --keep-caps -t $t
  > --user-parent -t $t
  > -c -t $t
  > -A -t $t
  > -A --except=cgroup -t $t
  > -N 99 -t $t
  > -t 4194303
  > -t 1
  > -u=self -t $t
  > --net=/etc/passwd -t $t
  > -X /bin/sh -t $t
  > END
  $ while read -r args; do
  >     for program in true nosuchcommand /; do
  >         nsjoin --explain $args $program >said 2>&1; s1=$?
  >         nsjoin $args $program >done 2>&1; s2=$?
  >         case $s1,$s2 in
  >         0,0 | [!0]*,[!0]*) echo agrees >&3 ;;
  >         *) echo "nsjoin $args $program: explained $s1, run $s2"; cat said done ;;
  >         esac
  >     done
  > done <table 3>n; wc -l <n
  81
  $ need cmd strace
  $ strace -o trace nsjoin --explain $t true >/dev/null
  $ grep -E '^(unshare|mount|setns|fchdir|chroot|set[a-z]*id|setgroups)\(' trace
  [1]
  $ kill $!

A failure is told where it belongs, whatever the command is called: here the PID
namespace has lost its init, and the commands are named as messages begin.

  $ cat >dead <<'END'
  > nsunshare -upf --kill-child sleep 300 >/dev/null 2>&1 &
  > until p=$(pgrep -P $! sleep) && exec 6</proc/$p/ns/uts 7</proc/$p/ns/pid; do :; done 2>/dev/null
  > kill -9 $p
  > { wait $!; } 2>/dev/null
  > for command in child c entering; do
  >     nsjoin --explain -u=fd:6 -p=fd:7 $command
  > done
  > END
  $ nsunshare -r sh dead 2>&1 | sed 's/[0-9]\{5,\}/N/'
  yes  enter the UTS namespace uts:[N]
  no   enter the PID namespace pid:[N]: cannot create a child: Cannot allocate memory (the PID 1 of the PID namespace has ended: nothing can start in there)
  ?    run child
  yes  enter the UTS namespace uts:[N]
  no   enter the PID namespace pid:[N]: cannot create a child: Cannot allocate memory (the PID 1 of the PID namespace has ended: nothing can start in there)
  ?    run c
  yes  enter the UTS namespace uts:[N]
  no   enter the PID namespace pid:[N]: cannot create a child: Cannot allocate memory (the PID 1 of the PID namespace has ended: nothing can start in there)
  ?    run entering
