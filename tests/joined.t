# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd pgrep setsid

Some namespaces that are there already, the others new: with --join a type is
entered instead of made. This is done with the rights that we have outside; here
those of root in a user namespace that has two networks.

  $ cat >both <<'END'
  > nsunshare -nu sleep 300 >/dev/null 2>&1 &
  > other=$!
  > until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
  > theirs=$(readlink /proc/$other/ns/net) ours=$(readlink /proc/self/ns/net)
  > names=$(readlink /proc/$other/ns/uts) mine=$(readlink /proc/self/ns/uts) mounts=$(readlink /proc/self/ns/mnt)
  > where()
  > {
  >     "$@" sh -c 'readlink /proc/self/ns/net /proc/self/ns/uts /proc/self/ns/mnt' | while read -r ns; do
  >         case $ns in
  >         "$theirs") echo the other network ;;
  >         "$ours") echo our network ;;
  >         "$names") echo the other names ;;
  >         "$mine") echo our names ;;
  >         "$mounts") echo our mounts ;;
  >         *) echo "new ${ns%%:*}" ;;
  >         esac
  >     done
  > }
  > where nsclone -m --join=net=$other
  > where nsclone -mp --join=net=$other --join=uts=pid:$other
  > where nsunshare -m --join="net=$theirs"
  > where nsunshare -f --join=net=$other -u
  > where nsclone -Um --join=net=$other
  > nsclone --explain -m --join=net=$other true | sed "s/$other/REF/"
  > kill $other
  > END
  $ nsunshare -rn sh both
  the other network
  our names
  new mnt
  the other network
  the other names
  new mnt
  the other network
  our names
  new mnt
  the other network
  new uts
  our mounts
  the other network
  our names
  new mnt
  yes  enter the network namespace of REF
  yes  new mount namespace
  yes  propagation of / and below: private
  yes  run true

User, PID, mount and time namespaces are entered in the order that the user
namespace asks for, by a process that then ends: who supervises stays outside,
with the rights of there. The new ones belong to the user namespace that is
entered, and its root is who we are.

  $ nsclone -rmpTu --mount-proc --tmpfs=/media --boottime=864000 --hostname=there -d --pidfile=pid sh -c 'touch /media/there; exec sleep 300' >/dev/null
  $ there=$(cat pid)
  $ wait_for test -e "/proc/$there/root/media/there"
  $ all="--join=user=$there --join=mnt=$there --join=pid=$there --join=time=$there"
  $ for t in "nsclone" "nsunshare -f"; do
  >     $t $all -i sh -c 'id -u; ls /media; uname -n | sed "s/^there$/no/; s/$/ name of theirs/; s/^[^n].*/our name/"; [ "$(cut -d. -f1 /proc/uptime)" -gt 864000 ] && echo later'
  >     $t $all --join=uts=$there -n sh -c 'uname -n; tail -n +3 /proc/net/dev | grep -o "lo:"'
  > done
  0
  there
  our name
  later
  there
  lo:
  0
  there
  our name
  later
  there
  lo:
  $ nsunshare -q $all ls /media
  there
  $ nsunshare $all true
  nsunshare: --join=pid without -f: this process stays where it is, its children will be there
  $ nsclone --join=user=$there --join=pid=$there -m --mount-proc sh -c 'kill -0 1 && ls /media'
  $ nsclone $all -R /media ls -d /there
  nsclone: ls: No such file or directory (it is there outside, but it was looked for inside, below the new root directory)
  [127]
  $ nsclone $all -w /media ls
  there

An init of ours ends what the command leaves there, unless -I does without; it
has a name, a status and an end as anywhere:

  $ left() { pgrep -u "$(id -u)" -fc "^sleep 45$$"; }
  $ nsclone $all sh -c 'sleep "45$1" & setsid sleep "45$1" & exit 3' sh $$
  [3]
  $ left
  0
  [1]
  $ nsclone $all -I sh -c 'sleep "45$1" >/dev/null 2>&1 & exit 3' sh $$
  [3]
  $ runs() { [ "$(left)" = 1 ]; }
  $ wait_for runs
  $ pkill -u "$(id -u)" -f "^sleep 45$$"
  $ nsclone $all --timeout=.2 sleep "45$$"
  [124]
  $ nsclone $all sleep "45$$" & job=$!
  $ wait_for runs
  $ kill -KILL $job
  $ ends() { [ "$(left)" = 0 ]; }
  $ wait_for ends

That small process is no PID 1, so others in there can kill it: the command ends
with it.

  $ nsclone $all sh -c 'kill -KILL $PPID; exec sleep "$0"' "45$$" 2>/dev/null
  [137]
  $ wait_for ends

  $ nsclone --join=user=$there --join=pid=$there -i --status-fd=1 sh -c 'exit 4' | sed 's/[0-9:]\{3,\}/N/g'
  start N
  ns ipc N * (glob)
  ready
  exit 4
  $ nsclone --join=user=$there -n --pin=joined$$ true
  $ nspin -l | grep -c "joined$$"
  1
  $ nspin -d "joined$$"
  $ nsclone $all -in --explain true | sed "s/$there/REF/"
  yes  enter the mount namespace of REF
  yes  enter the PID namespace of REF
  yes  enter the user namespace of REF
  yes  enter the time namespace of REF
  yes  new IPC namespace
  yes  new network namespace
  yes  become user 0 and group 0 inside, where there are any
  yes  loopback interface up, if that can be
  yes  run true
  $ nsclone --join=user=$there -S 5 true
  nsclone: --setuid 5: not in uid_map 0:*:1 (glob)
  [125]
  $ nsclone --join=user=$there --join=mnt=$there -G 5 true
  nsclone: --setgid 5: Invalid argument (not in gid_map)
  [125]
  $ nsclone --join=user=$there --groups=0 true
  nsclone: --groups 0: setgroups is deny in the user namespace
  [125]


Without its user namespace an ordinary user enters nothing, and is told what
would do it:

  $ if [ "$(id -u)" -ne 0 ]; then
  >     nsclone --join=uts=$there true; nsclone --join=mnt=$there --explain true
  > else
  >     echo "(needs user:[1]: --join=user enters that first)" && echo "(needs user:[1]: --join=user enters that first)"
  > fi 2>&1 | grep -o ': --join=user enters that first)'
  : --join=user enters that first)
  : --join=user enters that first)
  $ kill "$there"

Where no root is mapped a user keeps its IDs; root would be more outside than inside,
so it has to choose others:

  $ nsclone -U --map-user=7 --map-group=7 -d --pidfile=seven sleep 300 >/dev/null
  $ seven=$(cat seven)
  $ if [ "$(id -u)" -ne 0 ]; then
  >     nsclone --join=user=$seven id -u
  > else
  >     nsclone --join=user=$seven true 2>&1 | sed 's/.*is mapped there: choose others by -S and -G)/7/'
  > fi
  7
  $ nsclone --join=user=$seven -S 7 -G 7 id -u
  7
  $ kill "$seven"

A PID namespace without its PID 1 takes nobody in:

  $ cat >dead <<'END'
  > nsunshare -pf sleep 300 >/dev/null 2>&1 &
  > until there=$(pgrep -P $!) && [ "$(cat /proc/$there/comm)" = sleep ]; do :; done
  > exec 9</proc/$there/ns/pid
  > kill -KILL $there; wait
  > nsclone --join=pid=fd:9 true
  > END
  $ nsclone -rm sh dead
  nsclone: cannot create a child: Cannot allocate memory (the PID 1 of the PID namespace has ended: nothing can start in there)
  [125]

What cannot be is refused before anything is made:

  $ for what in net net= =1 foo=1; do nsclone --join=$what true; done
  nsclone: --join net: must be TYPE=REF
  nsclone: --join net=: must be TYPE=REF
  nsclone: --join =1:  is not one of mnt, uts, ipc, net, pid, user, cgroup, time
  nsclone: --join foo=1: foo is not one of mnt, uts, ipc, net, pid, user, cgroup, time
  [125]
  $ nsclone --join=net=self --join=uts=self --join=net=1 true
  nsclone: --join net=1: once for each type
  [125]
  $ nsclone -rn --join=net=self true
  nsclone: --join=net and a new network namespace exclude each other
  [125]
  $ nsclone --bind=/tmp --join=mnt=self true
  nsclone: --join=mnt and a new mount namespace exclude each other
  [125]
  $ nsclone --join=user=self -T --boottime=5 true
  nsclone: --monotonic, --boottime: not with --join=user and --join=mnt: enter these first, by nsjoin
  [125]
  $ nsclone --join=mnt=self -n --pin=web true
  nsclone: --pin, --TYPE=FILE: not with --join=mnt: enter that first, by nsjoin
  [125]
  $ nsclone -r --join=net=nosuchname true 2>&1 | sed 's/name.*/name.../'
  nsclone: --join net=nosuchname...

What we are in already is no reason to fail:

  $ nsclone -r --join=net=self true && nsunshare --join=user=self --join=mnt=self true
