# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need newuidmap

The map of subordinate IDs begins where our own ID leaves room, and has all of
them, also where there is one only; the line of our own ID comes first, as with
unshare(1):

  $ lines() { "$@" cat /proc/self/uid_map /proc/self/gid_map | awk '{ print $1, $3 }'; }
  $ count=$(awk -F: -v me="$(id -un)" '$1 == me { print $3; exit }' /etc/subuid)
  $ for tool in nsclone nsunshare; do
  >     lines $tool -r --map-auto | sed "s/ $count$/ all/"
  > done
  0 1
  1 all
  0 1
  1 all
  0 1
  1 all
  0 1
  1 all
  $ lines nsclone -c --map-auto >map; sort -n map | head -n 1 | cut -d' ' -f1
  0
  $ awk '{ n += $2 } END { print n / 2 }' map | sed "s/^$((count + 1))\$/all and our own/"
  all and our own

Ranges and words stand in the order in which they were given:

  $ first=$(awk -F: -v me="$(id -un)" '$1 == me { print $2; exit }' /etc/subuid)
  $ nsclone --map-users=9:$((first + 1)):2 --map-users=3:$first:1 cat /proc/self/uid_map | awk '{ print $1, $3 }'
  9 2
  3 1

Who asks for an ID that the map does not have is told so before anything is
made:

  $ for who in '-S 70000' '-G 70000'; do
  >     nsclone -r $who true 2>&1 | sed 's/0:[0-9]*:1/0:*:1/'
  >     nsclone -r --map-auto $who true 2>&1 | sed "s/:[0-9]*:1 /:*:1 /; s/1:[0-9]*:$count/1:*:all/"
  > done
  nsclone: --setuid 70000: not in uid_map 0:*:1: add --map-auto or --map-users
  nsclone: --setuid 70000: not in uid_map 0:*:1 1:*:all: add --map-users
  nsclone: --setgid 70000: not in gid_map 0:*:1: add --map-auto or --map-groups
  nsclone: --setgid 70000: not in gid_map 0:*:1 1:*:all: add --map-groups
  $ nsclone -r --map-auto -S 5 -G 6 --groups=7 id -u
  5
  $ nsunshare -r --groups=0 true
  nsunshare: --groups 0: setgroups is deny in the user namespace: add --setgroups=allow or --map-auto, where that is ours to say
  [125]
  $ nsunshare -r sh -c 'nsunshare --groups= true; nsclone -S 5 true'
  nsunshare: --groups: setgroups is deny in the user namespace: add --setgroups=allow or --map-auto, where that is ours to say
  nsclone: --setuid 5: not in uid_map 0:*:1: add --map-auto or --map-users (glob)
  [125]

So is an empty map, unless something can write it before it is needed; and who
may not change IDs is told what gives the right to:

  $ nsclone -U -S 0 true
  nsclone: --setuid 0: the user namespace has no uid_map: add -r, --map-auto or --map-users
  [125]
  $ nsunshare -Uf -G 7 true
  nsunshare: --setgid 7: the user namespace has no gid_map: add -r, --map-auto or --map-groups
  [125]
  $ nsclone -r -S 0 --init-groups true
  nsclone: --init-groups: setgroups is deny in the user namespace: add --setgroups=allow or --map-auto, where that is ours to say
  [125]
  $ nsclone -U --groups= true
  nsclone: --groups: the user namespace has no gid_map: add -r, --map-auto or --map-groups
  [125]
  $ nsunshare -U --setup=true -S 0 true
  nsunshare: --setuid 0: Invalid argument (the user namespace has no uid_map: add -r, --map-auto or --map-users)
  [125]
  $ [ "$(id -u)" -eq 0 ] && echo 'needs CAP_SETUID, which' || nsclone -S 5 true 2>&1 | grep -o 'needs CAP_SETUID, which'
  needs CAP_SETUID, which

In --explain it is the line of the ID that says so:

  $ nsclone --explain -r -S 70000 true | tail -n 2
  no   user ID 70000: --setuid 70000: Invalid argument (not in uid_map 0:*:1: add --map-auto or --map-users) (glob)
  yes  run true

An owner may be named:

  $ if [ "$(id -u)" -eq 0 ]; then
  >     nsclone --owner=root:root -U id -u
  > else
  >     echo 65534
  > fi
  65534
  $ nsclone --owner=nosuchuser:0 true
  nsclone: --owner nosuchuser:0: no such user
  [125]

A filter that refuses pidfd_open(2) is in nobody's way here:

  $ need cmd strace
  $ strace -f -qq -o /dev/null -e trace=pidfd_open -e inject=pidfd_open:error=EPERM nsclone -r id -u
  0
