# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd unshare

A script that uses unshare(1) may use nsunshare. Both are given the same options,
and the command prints all that it can see of the state it was started in. How
many of our subordinate IDs are left where one of ours is in their place, unshare
has changed more than once:

  $ cat >facts <<'END'
  > id -u; id -g; id -G; hostname; echo "$0"; pwd; umask
  > for i in uid gid; do sort /proc/self/${i}_map | sed 's/ 655[0-9][0-9]$/ most/'; done
  > cat /proc/self/setgroups /proc/self/timens_offsets
  > grep -E '^(Cap|NoNewPrivs|SigBlk|SigIgn)' /proc/self/status
  > for n in mnt uts ipc net pid user cgroup time; do
  >     [ "$(readlink /proc/self/ns/$n)" = "$(eval "echo \$own_$n")" ] || echo "new $n"
  > done
  > echo /proc/[0-9]; ls /proc/self/fd | wc -l
  > cut -d' ' -f 4-8 /proc/self/mountinfo | sed 's/shared:[0-9]*/shared/; s/master:[0-9]*/master/'
  > END
  $ for n in mnt uts ipc net pid user cgroup time; do export own_$n=$(readlink /proc/self/ns/$n); done

What unshare of this system does not know is left out, and what it refuses we may
do; else the output is the same, and success or failure:

  $ unshare --help >help
  $ known=.
  $ lost=$(unshare -r --map-auto awk '{ n += $3 } END { print n % 2 }' /proc/self/uid_map 2>/dev/null) || true
  $ [ "$lost" != 0 ] || known='^--map-auto'  # it loses the last of these IDs, before 2.40 or so
  $ knows()
  > {
  >     for word in $1; do
  >         case $word in
  >         --*) grep -q -- "${word%%=*}" help || return 1 ;;
  >         esac
  >     done
  > }
  $ while read -r args; do
  >     knows "$args" || continue
  >     echo "$args" | grep -qe "$known.*-[rc]" -e "$known.*-map-user" && [ "$known" != . ] && continue
  >     unshare $args sh ./facts >theirs 2>/dev/null; s1=$?
  >     nsunshare $args sh ./facts >ours 2>err; s2=$?
  >     case $s1,$s2 in
  >     0,0) cmp -s theirs ours || { echo "$args: differs"; diff theirs ours; } ;;
  >     0,*) echo "$args: $s1, ours $s2"; cat err ;;
  >     esac
  > done <<'END'
  > -u
  > -m
  > -i
  > -n
  > -C
  > -U
  > -T
  > -r
  > -c
  > -Ur
  > -Uc
  > -muinUrC
  > --mount --uts --ipc --net --user --cgroup --map-root-user
  > -pf
  > -rpf
  > -rpf --mount-proc
  > -pf --mount-proc
  > --pid --fork --mount-proc=/proc
  > -rm --propagation shared
  > -rm --propagation slave
  > -rm --propagation unchanged
  > -m --propagation=private
  > --propagation=shared
  > --map-user=5
  > --map-group=7
  > --map-user=5 --map-group=7
  > --map-user=root --map-group=root
  > --setgroups=deny --map-users=0,0,1 --map-groups=0,0,1
  > --setgroups=deny --map-users=0:0:1 --map-groups=0:0:1
  > --map-users=all --map-groups=all
  > --map-auto -r
  > --map-auto --map-user=5 --map-group=6
  > --map-users=auto --map-groups=auto -S 0 -G 0
  > --setgroups deny -U
  > --setgroups=allow -U
  > --setgroups=allow -r
  > -R /
  > -R / -w /tmp
  > -rR / -w /tmp
  > -w /tmp
  > -S 1000
  > -G 1000
  > -S 1000 -G 1000
  > -r -S 0
  > -U --keep-caps
  > -r --keep-caps
  > -c --keep-caps
  > --kill-child -r
  > -rp --kill-child=TERM
  > -rpf --kill-child --mount-proc
  > -f
  > -rf --forward-signals
  > -rT --monotonic 1000
  > -rT --monotonic=-1 --boottime=100
  > -rT --boottime 99999999999
  > --monotonic 1
  > -rp
  > -r --mount-proc
  > -rR /nonexist
  > -rw /nonexist
  > -r --clear-env
  > END

The default is a login shell of the user's, in the same directory:

  $ echo 'echo $0; pwd' >commands
  $ SHELL=/bin/sh unshare -r <commands >theirs; SHELL=/bin/sh nsunshare -r <commands | diff theirs -

What only says how a user namespace is to be makes none: scripts pass it always.

  $ nsunshare --setgroups=allow readlink /proc/self/ns/user >got
  $ readlink /proc/self/ns/user | cmp - got
  $ nsunshare --keep-caps readlink /proc/self/ns/user | cmp - got
  $ nsunshare --setgroups=deny true
  nsunshare: --setgroups deny: needs -U
  [125]
  $ nsclone --fork true
