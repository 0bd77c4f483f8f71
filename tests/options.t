# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"

An option that lacks its argument is named as it was written, by its letter or
by its name, wherever its letter stands among others:

  $ nsjoin -t
  nsjoin: option requires an argument -- 't'; try 'nsjoin --help'
  [125]
  $ nsclone -mR
  nsclone: option requires an argument -- 'R'; try 'nsclone --help'
  [125]
  $ nsunshare --owner
  nsunshare: option '--owner' requires an argument; try 'nsunshare --help'
  [125]
  $ nspin -t
  nspin: option requires an argument -- 't'; try 'nspin --help'
  [2]
  $ nsls -no
  nsls: option requires an argument -- 'o'; try 'nsls --help'
  [2]

A long name that was cut short is answered by the whole one:

  $ nsls --filt
  nsls: option '--filter' requires an argument; try 'nsls --help'
  [2]

This is so for every option with an argument, as the help shows them:

  $ for tool in nsclone nsunshare nsjoin nspin nsls; do
  >     $tool --help | sed -n 's/^ -\(.\), --\([^][ =]*\)=.*/-\1 --\2/p' >rows
  >     [ -s rows ] || echo "$tool: no rows"
  >     while read -r short long; do
  >         for option in $short $long; do
  >             $tool $option >out 2>&1
  >             case $option in
  >             --*) words="option '$option' requires an argument" ;;
  >             *) words="option requires an argument -- '${option#-}'" ;;
  >             esac
  >             grep -q "^$tool: $words;" out || cat out
  >         done
  >     done <rows
  > done

Lists add up, and commands are run one after the other; the command is PID 2
all the same:

  $ A=1 B=2 C=3 nsclone --clear-env --whitelist-env=A --whitelist-env=C,PATH env | cut -d= -f1 | sort | tr '\n' ' '
  A C PATH  (no-eol)
  $ need userns
  $ nsclone -rp --setup='echo one' --setup='echo two' sh -c 'echo $$'
  one
  two
  2
  $ nsclone -r --setup='echo one' --setup='exit 3' --setup='echo three' true
  one
  nsclone: --setup exit 3: exit status 3
  [125]

A time may begin with its point, and what is none is answered by the forms:

  $ nsclone --timeout=.1 sleep 300
  [124]
  $ for time in soon . .. 1.2345 -1 s 1x; do nsclone --timeout=$time true; done
  nsclone: --timeout soon: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout .: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout ..: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout 1.2345: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout -1: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout s: not a time (10, 2.5, 3m, 1h, 1d)
  nsclone: --timeout 1x: not a time (10, 2.5, 3m, 1h, 1d)
  [125]

A script without "#!" is run by the shell, as execvp(3) does it:

  $ mkdir bin && printf 'echo "$0 $1"\n' >bin/plain && chmod +x bin/plain
  $ nsclone ./bin/plain x
  ./bin/plain x
  $ PATH=$PATH:$PWD/bin nsunshare plain y | sed "s|$PWD|here|"
  here/bin/plain y

but one whose interpreter cannot be executed is none of the shell's:

  $ printf '#!%s\necho ran\n' "$PWD/bin/plain" >bin/odd && chmod +x bin/odd
  $ nsunshare ./bin/odd
  nsunshare: ./bin/odd: Exec format error
  [126]

What PATH may not be searched for is not there, though it may be for others:

  $ mkdir locked && chmod 0 locked
  $ PATH=$PWD/locked:$PATH nsclone nosuchcommand
  nsclone: nosuchcommand: No such file or directory (there is no such command in PATH)
  [127]
  $ rmdir locked

What there is not is answered by what there is:

  $ nsclone --hostnmae=x true
  nsclone: unrecognized option '--hostnmae=x' (there is --hostname); try 'nsclone --help'
  [125]
  $ nsunshare --mount-prc true
  nsunshare: unrecognized option '--mount-prc' (there is --mount-proc); try 'nsunshare --help'
  [125]
  $ nspin --xyzzy
  nspin: unrecognized option '--xyzzy'; try 'nspin --help'
  [2]
  $ nsls -o NS,NPROC
  nsls: -o: no column NPROC (there is NPROCS); try 'nsls --help'
  [2]
  $ nsls -t net,mnt,foo
  nsls: -t net,mnt,foo: foo is not one of mnt, uts, ipc, net, pid, user, cgroup, time
  [2]
  $ nsls -o WEB
  nsls: -o: no column WEB (nsls -H lists them); try 'nsls --help'
  [2]
  $ nsls --rows=NS
  nsls: unrecognized option '--rows=NS'; try 'nsls --help'
  [2]
  $ nsclone --caps=net_raw,cap_sys_admni true
  nsclone: --caps net_raw,cap_sys_admni: no capability sys_admni (there is sys_admin)
  [125]
  $ nsclone --forward=TERMM true
  nsclone: --forward TERMM: no signal TERMM (there is TERM)
  [125]
  $ nsclone --forward=TERM:SIGQIUT true
  nsclone: --forward TERM:SIGQIUT: no signal QIUT (there is QUIT)
  [125]
  $ nsunshare --kill-child=TREM true
  nsunshare: --kill-child TREM: no signal TREM (there is TERM)
  [125]
  $ nsclone --timeout=1,NOSUCH true
  nsclone: --timeout 1,NOSUCH: no signal NOSUCH (signal(7) lists them)
  [125]
  $ NSPATH=/ nsjoin nett=self true
  nsjoin: nett=self: no such name in /, and nett is not one of mnt, uts, ipc, net, pid, user, cgroup, time
  [125]
  $ nsclone --timeout= true
  nsclone: --timeout : not a time (10, 2.5, 3m, 1h, 1d)
  [125]

A number out of range is answered by the range:

  $ nsclone --timeout=0 true
  nsclone: --timeout 0: too small (more than 0)
  [125]
  $ nsclone --kill-child=65 true
  nsclone: --kill-child 65: too large (64 at most)
  [125]
  $ nsls --watch=2d
  nsls: --watch 2d: too large (1d at most)
  [2]
  $ nsclone --map-users=0:1000:0 true
  nsclone: --map-users 0:1000:0: too small (1 or more)
  [125]
