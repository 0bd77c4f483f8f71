# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd flock nsclone nsunshare nspin nsenter umount pgrep

--TYPE=FILE makes a new namespace and keeps it by a bind mount on FILE, which is
made if it is not there:

  $ mkdir d && mount --bind d d && mount --make-private d && cd d
  $ for t in ipc mount net pid time user uts; do
  >     nsclone --$t=$t true || echo $t
  > done
  $ stat -c '%a %n' *
  444 ipc
  444 mount
  444 net
  444 pid
  444 time
  444 user
  444 uts
  $ for t in ipc mount net time uts; do
  >     nsenter --$t=$t readlink /proc/self/ns/net >/dev/null || echo $t
  > done

The same line twice does not stack mounts, it says so; by either tool:

  $ nsclone --net=net true
  nsclone: --net=net: File exists (a namespace is kept there; umount lets go of it)
  [125]
  $ nsunshare --net=net true
  nsunshare: --net=net: File exists (a namespace is kept there; umount lets go of it)
  [125]
  $ grep -c "$PWD/net " /proc/self/mountinfo
  1
  $ umount * && rm *

A lock on FILE, which anybody who may read it can hold, is no obstacle:

  $ touch seen
  $ flock -s seen nsunshare --net=seen true && umount seen
  $ flock -x seen nsclone --net=seen true && umount seen
  $ rm seen

Sixteen at once: one has the file, and nothing is stacked on it.

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     nsunshare --uts=one true 2>&1 &
  > done | sort | uniq -c | sed 's/^ *//'
  15 nsunshare: --uts=one: File exists (a namespace is kept there; umount lets go of it)
  $ grep -c "$PWD/one " /proc/self/mountinfo
  1
  $ umount one && rm one
  $ touch here
  $ for t in ipc mount net time user uts; do
  >     nsunshare --$t=$t sh -c "readlink /proc/self/ns/*>$t.was" || echo $t
  > done
  $ nsunshare -f --pid=here true
  $ umount ipc mount net time user uts here && rm *

It is the namespace of the command, and there before it runs:

  $ nsclone --uts=uts --net=net sh -c 'stat -L -c %i /proc/self/ns/net net uts' |
  >     uniq | wc -l
  2
  $ umount uts net && rm uts net

All or nothing, taken back with the file that was made; one that was there
stays:

  $ touch here
  $ nsclone --net=net --uts=here nosuch 2>/dev/null
  [127]
  $ nsunshare --net=net --uts=here --setup false true
  nsunshare: --setup false: exit status 1
  [125]
  $ nsunshare --net=net --uts=here nosuch 2>/dev/null
  [127]
  $ nsclone --net=net --uts=nosuch/uts true
  nsclone: --uts=nosuch/uts: No such file or directory
  [125]
  $ nsclone --ipc=ipc --uts=here --pin web -w /nosuch true
  nsclone: --wd /nosuch: No such file or directory
  [125]
  $ ls; nspin -l; grep -c "$PWD/" /proc/self/mountinfo
  here
  0
  [1]

Sixteen at once on one file: one has it.

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     nsclone --uts=one true 2>&1 &
  > done | sed 's/(.*)/(...)/' | sort | uniq -c | sed 's/^ *//'
  15 nsclone: --uts=one: File exists (...)
  $ grep -c "$PWD/one " /proc/self/mountinfo
  1
  $ umount one && rm one here

A link, a directory or a FIFO is not used:

  $ ln -s x link && mkdir dir && mkfifo fifo
  $ for f in link dir fifo; do nsclone --net=$f true; done
  nsclone: --net=link (a link, which is not followed)
  nsclone: --net=dir: Is a directory
  nsclone: --net=fifo (not a plain file)
  [125]
  $ ls
  dir
  fifo
  link
  $ rm -r dir fifo link

A mount namespace with a peer of the mount that FILE is on:

  $ mount --make-shared .
  $ nsclone --propagation=shared --mount=mnt true
  nsclone: --mount=mnt: Invalid argument (a mount namespace cannot be kept on a shared mount; make one private: mount --bind DIR DIR, mount --make-private DIR)
  [125]
  $ nsunshare --propagation=unchanged --mount=mnt true 2>&1 | sed 's/;.*//'
  nsunshare: --mount=mnt: Invalid argument (a mount namespace cannot be kept on a shared mount
  $ ls

As root --pin is by mounts, and by a command as another user, too:

  $ nsclone -aS 0 --map-users 0:0:1 --map-groups 0:0:1 --pin all true
  $ nspin -lH all | awk '{ print $2 }'
  mount
  $ nsunshare -mn -S 65534 -G 65534 --pin web nosuch 2>/dev/null
  [127]
  $ nsunshare -mn -S 65534 -G 65534 --pin web true
  $ nspin -q web
  $ nspin -d web all

No descriptor of ours reaches the command:

  $ nsunshare -u --pin web sh -c 'ls /proc/$$/fd' | tr '\n' ' '
  0 1 2  (no-eol)
  $ nspin -d web

A helper that is killed is a failure. (Of the two processes of that name the
one that is no child of ours is it.)

  $ mkfifo line
  $ nsunshare -u --pin web --setup "touch there; read x <$PWD/line" true 2>err & self=$!
  $ wait_for test -e there
  $ kill -9 $(pgrep -f "^nsunshare -u --pin web --setup.*$PWD/line" | grep -vx "$self")
  $ echo >line; wait $self
  [125]
  $ cat err
  nsunshare: the process that keeps the namespaces has died
  $ nspin -g | sed 's/[0-9][0-9]*/N/'
  .new.N.0
  $ ls -A /run/nspin
  .lock
  $ cd .. && umount d
