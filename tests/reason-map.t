# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need newuidmap

An ID map that would be refused is refused before anything is created, and the
message says which range breaks which rule. The ranges of the caller in
/etc/subuid, not those of the first line:

  $ me=$(id -un); n=$(sed -n "s/^$me:\([0-9]*\):.*/\1/p" /etc/subuid | head -n 1)
  $ nsclone --map-auto cat /proc/self/uid_map | tr -s ' ' | sed "s/$n/N/"
   0 N 65536
  $ nsclone --map-subids cat /proc/self/gid_map | tr -s ' ' | sed "s/$n/N/g"
   N N 65536
  $ nsunshare --map-auto -r cat /proc/self/uid_map | awk -v n="$n" -v me="$(id -u)" '
  >     $1 == 0 && $2 == me && $3 == 1 { a++ }
  >     $1 == 1 && $2 == n && $3 == 65536 { a++ }
  >     END { print a }'
  2
  $ nsclone --map-users=0:$n:10 --map-groups=$n,0,10 --map-user=10 --map-group=10 \
  >     awk '{ n += $3 } END { print n }' /proc/self/uid_map
  11

Ranges that overlap, inside or outside, are both named:

  $ nsclone --map-users=0:1000:10 --map-users=9:2000:1 true
  nsclone: --map-users 9:2000:1: overlaps: 0:1000:10 and 9:2000:1
  [125]
  $ nsclone --map-groups=0:1000:10 --map-groups=20:1009:1 true
  nsclone: --map-groups 20:1009:1: overlaps: 0:1000:10 and 20:1009:1
  [125]
  $ nsclone --map-auto --map-users=5:0:1 true 2>&1 | sed "s/$n/N/"
  nsclone: --map-users: overlaps: 0:N:65536 and 5:0:1

Too many of them, and too long a text:

  $ ranges() { i=0; while [ $i -lt $1 ]; do echo "--map-users=$(($2 + 2 * i)):$i:1"; i=$((i + 1)); done; }
  $ nsclone $(ranges 341 0) true
  nsclone: --map-users 680:340:1: more than 340 ranges
  [125]
  $ nsclone $(ranges 340 1000000000) true
  nsclone: --map-users: 340 ranges are 5670 bytes of text, and the kernel takes fewer than 4096
  [125]

Outside IDs that we do not have ourselves cannot be given on:

  $ nsclone -r nsclone --map-users=0:5:10 true
  nsclone: --map-users 0:5:10: these outside IDs are not all mapped in our own user namespace (/proc/self/uid_map)
  [125]

Group IDs and setgroups(2):

  $ nsclone -r nsclone -r --setgroups=allow true
  nsclone: --setgroups allow: it is denied in our own user namespace
  [125]

newuidmap(1) that is not there, does not do it, is killed, or may not gain the
privilege. Inside, IDs and mounts are ours, and capabilities are given up:

  $ cat >"$CRAMTMP/inside" <<'EOF'
  > printf 'root:100:50\nroot:150:50\n' >"$1/subids" && printf "$2" >"$1/program" && chmod "$3" "$1/program" &&
  > mount --bind "$1/subids" /etc/subuid && mount --bind "$1/subids" /etc/subgid &&
  > mount --bind "$1/program" "$(command -v newuidmap)" &&
  > echo "subid: files # where they are by default" >"$1/nss" &&
  > { [ ! -e /etc/nsswitch.conf ] || mount --bind "$1/nss" /etc/nsswitch.conf; } && shift 3 &&
  > exec nsunshare --caps=none nsclone "$@"
  > EOF
  $ mkdir -m 777 "$CRAMTMP/dir"; chmod 711 "$NSKIT_RUN" "$TMPDIR" "$CRAMTMP"
  $ with() { nsclone --map-auto -m -S 0 -G 0 sh "$CRAMTMP/inside" "$CRAMTMP/dir" "$@" true; }
  $ with '' 644 --map-users=0:100:10 2>&1 | sed 's|/[^ ]*/||'
  nsclone: newuidmap: Permission denied (without privilege it writes the ranges: install uidmap or shadow)
  $ with '#!/bin/sh\nkill -KILL $$\n' 755 --map-users=0:100:100 2>&1 | sed 's|/[^ ]*/||'
  nsclone: newuidmap: killed by signal 9
  $ with '#!/bin/sh\necho no luck >&2; exit 1\n' 755 --map-users=0:100:10 2>&1 | sed 's|/[^ ]*/||'
  nsclone: newuidmap: no luck
  $ with '#!/bin/sh\n' 755 --map-users=0:100:10
  nsclone: uid_map: 0 of 1 ranges were written
  [125]

Not in /etc/subuid, whose ranges may lie side by side:

  $ with '#!/bin/sh\n' 755 --map-users=0:100:101
  nsclone: --map-users 0:100:101: /etc/subuid does not give ID 200 to user root
  [125]
  $ with '#!/bin/sh\n' 755 --map-users=0:99:2
  nsclone: --map-users 0:99:2: /etc/subuid does not give ID 99 to user root
  [125]
  $ with '#!/bin/sh\n' 755 --map-groups=0:300:1
  nsclone: --map-groups 0:300:1: /etc/subgid does not give ID 300 to user root
  [125]
