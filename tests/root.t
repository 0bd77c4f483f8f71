# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

A root to be: the programs of outside, by mounts on a tmpfs that covers an empty
directory.

  $ mkdir root
  $ box="-R root --tmpfs=/ --tmpfs=/tmp --tmpfs=/proc --dev --bind=/etc"
  $ for dir in /usr /bin /sbin /lib /lib32 /lib64; do
  >     [ ! -d $dir ] || box="$box --bind=$dir:ro"
  > done
  $ box="$box --bind=$NSKIT_BIN --bind=$SRCDIR --bind=$BUILDDIR"

With a new mount namespace nsclone makes it the root of all: the old one is gone,
and nothing climbs out.

  $ nsclone -rmp --mount-proc $box sh -c 'pwd; cut -d" " -f5 /proc/self/mountinfo | sort | grep -x -e / -e /bin; ls -d /etc /media /../../../etc /../../../media 2>&1' |
  >     sed "s/cannot access //; s/'//g"
  /
  /
  /bin
  ls: /media: No such file or directory
  ls: /../../../media: No such file or directory
  /../../../etc
  /etc

So what is refused in a chroot(2) works there: user namespaces, and who enters
lands where the command is.

  $ nsclone -rmp --mount-proc $box sh -c 'nsunshare -Ur true && nsclone -Urmp --mount-proc id -u'
  0
  $ [ ! -x /usr/bin/bwrap ] || nsclone -rmp --mount-proc $box bwrap --ro-bind / / --proc /proc --dev /dev --unshare-all true
  $ mkdir run
  $ nsclone -rmp --mount-proc -d --pidfile=pid $box sleep 300 >/dev/null
  $ nsjoin "$(cat pid)" sh -c 'pwd; ls -d /etc /media 2>&1' | sed "s/cannot access //; s/'//g" | sort
  /
  /etc
  ls: /media: No such file or directory
  $ kill "$(cut -d: -f1 pid)"
  $ gone() { [ ! -e pid ]; }
  $ wait_for gone

The same where nobody inside is root, where the old root is the new one but for
what was mounted on it, and where nothing has changed:

  $ made() { nsclone "$@" sh -c 'nsunshare -U true && echo made'; }
  $ made -cmp --mount-proc $box
  made
  $ made -rmp --mount-proc $box -R /
  made
  $ made -rmp -R /
  made

With --propagation=slave it is so, too. Without a new mount namespace, and with
mounts that others share, it is a chroot(2), and so it always is of nsunshare,
as of unshare(1):

  $ made -rm --propagation=slave $box
  made
  $ tree="-R tree"
  $ for dir in /usr /bin /sbin /lib /lib32 /lib64 "$NSKIT_BIN" "$BUILDDIR"; do
  >     [ ! -d $dir ] || { mkdir -p "tree$dir" && tree="$tree --bind=$dir"; }
  > done
  $ made -rm $tree
  made
  $ nsunshare -rm $tree sh -c 'nsunshare -U true'
  nsunshare: cannot create the namespaces: Operation not permitted (user namespaces cannot be made in a chroot; enter it by pivot_root(2) in a mount namespace instead)
  [125]

Nor does a chroot need a proc for that:

  $ mkdir tree/bare
  $ bare="-R tree"
  $ for dir in /usr /bin /sbin /lib /lib32 /lib64 "$NSKIT_BIN" "$BUILDDIR"; do
  >     [ ! -d $dir ] || bare="$bare --bind=$dir:/bare$dir"; mkdir -p "tree/bare$dir"
  > done
  $ nsclone -rm $tree $bare nsunshare -R /bare sh -c 'cd /; ls -d proc; nsclone -m -R . pwd' 2>&1 | sed 's/^ls: .*/no proc/'
  no proc
  /

A name that is a link of /proc is one, too, unless it leads to mounts of others:

  $ exec 7<tree; nsclone -rm $tree -R /proc/self/fd/7 --tmpfs=/bare ls -A /bare; exec 7<&-
  $ nsclone -rm --tmpfs="$PWD/tree/bare" -d --pidfile=pid sleep 300 >/dev/null
  $ nsclone --join=user="$(cat pid)" -m -R "/proc/$(cat pid)/root$PWD/tree/bare" pwd
  nsclone: --root /proc/*/tree/bare: Invalid cross-device link (it is on a mount of another mount namespace, which nsjoin -m enters) (glob)
  [125]
  $ kill "$(cat pid)"; wait_for gone

What is no directory is refused before anything is made.

  $ nsclone -rm -R no true
  nsclone: --root no: No such file or directory
  [125]
  $ nsclone -rR "$TESTDIR/setup.sh" true
  nsclone: --root */setup.sh: Not a directory (glob)
  [125]

A working directory that we may not search is no reason to fail; the way back
from the new proc is then to "/":

  $ mkdir shut && cd shut && chmod 0 .
  $ nsclone -rmp --mount-proc readlink /proc/self
  2
  $ cd .. && chmod 755 shut
