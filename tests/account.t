# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd getent unshare

Names of users and groups are read from /etc/passwd and /etc/group, and asked of
getent(1) where /etc/nsswitch.conf has more to ask: no module of the C library's
is loaded. Everything is tried with files of our own, seen by nobody else:

  $ cd "$CRAMTMP"
  $ getent=$(sed -n 's/^#define GETENT_PATH "\(.*\)"/\1/p' "$BUILDDIR/config.h")
  $ cat >passwd <<'EOF'
  > # a comment
  > +:::::
  > broken
  > huge:x:4294967296:1:::
  > root:x:0:0:root:/root:/bin/sh
  > here:x:1234:5678:::
  > EOF
  $ printf 'root:x:0:\nhere:x:5678:root,here\n' >group
  $ echo 'passwd: files elsewhere # systemd' >nsswitch.conf
  $ echo 'group: files # elsewhere' >>nsswitch.conf
  $ cat >getent <<'EOF'
  > #!/bin/sh
  > [ -z "$SECRET$HOME" ] || echo "$2:x:666:666:::"
  > case $1:$2 in
  > passwd:there) echo "there:x:4321:1:::" ;;
  > passwd:4321) echo "there:x:4321:1:::" ;;
  > group:there) echo "there:x:8765:" ;;
  > *:killed) kill -KILL $$ ;;
  > *:odd) exit 3 ;;
  > *:lies) echo "somebody:x:0:0:::" ;;
  > *:long) yes ;;
  > *) exit 2 ;;
  > esac
  > EOF
  $ chmod +x getent
  $ export SECRET=1
  $ as_ours()
  > {
  >     unshare -m sh -e -c '
  >         getent=$1
  >         shift
  >         for file in passwd group nsswitch.conf; do
  >             [ -e /etc/$file ] || : >/etc/$file
  >             mount --bind "$PWD/$file" /etc/$file
  >         done
  >         mount --bind "$PWD/getent" "$getent"
  >         exec "$@"' sh "$getent" "$@" </dev/null
  > }

  $ as_ours nsunshare -S here -G here sh -c 'echo $(id -u):$(id -g)'
  1234:5678
  $ as_ours nsunshare -S there id -u
  4321

With --init-groups it has the groups that the user has, and its own one first;
-G has the last word on that:

  $ printf 'root:x:0:\nhere:x:5678:root,here\nmore:x:6789:root,here\n' >group
  $ as_ours nsunshare -S here --init-groups id
  uid=1234(here) gid=5678(here) groups=5678(here),6789(more)
  $ as_ours sh -c 'mount -t tmpfs none /proc; nsclone -S here --init-groups id'
  uid=1234(here) gid=5678(here) groups=5678(here),6789(more)
  $ as_ours nsclone -S 1234 --init-groups id -G
  5678 6789
  $ as_ours nsclone -S here -G 0 --init-groups id | sed 's/.* gid/gid/'
  gid=0(root) groups=0(root),5678(here),6789(more)
  $ as_ours nsclone -S none --init-groups true
  nsclone: --setuid none: no such user
  [125]
  $ as_ours nsclone -S 77 --init-groups true
  nsclone: --init-groups: user 77: no such user
  [125]
  $ nsclone --init-groups true
  nsclone: --init-groups needs -S
  [125]
  $ nsclone -S root --groups=0 --init-groups true
  nsclone: --init-groups and --groups exclude each other
  [125]
  $ printf 'root:x:0:\nhere:x:5678:root,here\n' >group

nsswitch.conf has no more than files for groups, so there nobody is asked:

  $ as_ours nsunshare -G there true
  nsunshare: --setgid there: no such group
  [125]
  $ echo 'group: files elsewhere' >>nsswitch.conf
  $ as_ours nsunshare -G there sh -c 'id -g'
  8765

What is not there, and what cannot be found out:

  $ as_ours nsunshare -S nobody-is-called-so true
  nsunshare: --setuid nobody-is-called-so: no such user
  [125]
  $ as_ours nsunshare -S huge true
  nsunshare: --setuid huge: no such user
  [125]
  $ as_ours nsunshare -S + true
  nsunshare: --setuid +: no such user
  [125]
  $ as_ours nsunshare -S lies true
  nsunshare: --setuid lies: no such user
  [125]
  $ as_ours nsunshare -S killed true 2>&1 | sed "s|$getent|GETENT|"
  nsunshare: --setuid killed: GETENT: killed by signal 9
  $ as_ours nsunshare -S odd true 2>&1 | sed "s|$getent|GETENT|"
  nsunshare: --setuid odd: GETENT: exit status 3
  $ as_ours nsunshare -S long true 2>&1 | sed "s|$getent|GETENT|"
  nsunshare: --setuid long: GETENT: File too large

An ignored SIGCHLD does not take its exit status away, and is what the command
finds:

  $ as_ours env --ignore-signal=CHLD nsunshare -S there \
  >     awk '/SigIgn/ { print substr($2, 12, 1) }' /proc/self/status
  1

nsls has names by the same way:

  $ as_ours nsunshare -u -S there sh -c 'echo $$; exec sleep 60' >pid 2>&1 &
  $ wait_for sh -c 'grep -x sleep "/proc/$(cat pid)/comm"'
  $ as_ours nsls -n -t uts -o USER -p "$(cat pid)"
  there
  $ kill "$(cat pid)"
