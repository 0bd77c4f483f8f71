# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin ip pgrep strace

The pin directory of root is a directory as any other:

  $ unset XDG_RUNTIME_DIR
  $ nspin -n web
  $ nspin -u host
  $ stat -c '%a %U' /run/nspin
  755 root

Sixteen at once: one has the name, fifteen say that it exists.

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     nspin -nmu one 2>&1 &
  > done | sort | uniq -c | sed 's/^ *//'
  15 nspin: one: File exists (nspin -d lets go of it)
  $ ls -A /run/nspin
  host
  one
  web
  $ nspin -d one

A mount namespace that is a slave of ours, as that of a service with a /tmp of
its own, sees what was made after it, too; but for mount namespaces, of which
the kernel makes no copies. What -d lets go of is let go of there.

  $ mount --make-shared /run
  $ unshare -m --propagation slave sleep 1000 & slave=$!
  $ wait_for sleeps $slave
  $ nspin -mnu late
  $ nsjoin -m "$slave" nspin -lH late | sed 's/.*no */no /; s/\[[0-9]*\]/[N]/g'
  no mnt:- uts:[N] net:[N]
  $ nsjoin -m "$slave" nsenter --net=/run/nspin/late/net readlink /proc/self/ns/net >net
  $ nsjoin -n late readlink /proc/self/ns/net | cmp - net
  $ nspin -d late
  $ grep -c ' /run/nspin/late' /proc/$slave/mountinfo
  0
  [1]
  $ kill "$slave" && mount --make-private /run

Sixteen at once on a directory that is not there yet:

  $ NSPATH=$CRAMTMP/fresh
  $ export NSPATH
  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     nspin -m "n$i" &
  > done; wait
  $ nspin -lH | grep -c yes
  16
  $ nspin -lH | awk '{ print $1 }' | xargs nspin -d
  $ grep -c " $NSPATH" /proc/self/mountinfo
  0
  [1]

Modes are set whatever the umask, that of the directory of ip-netns(8), too:

  $ rmdir /run/netns 2>/dev/null
  [1]
  $ (umask 077; NSPATH= nspin -n --netns seen)
  $ stat -c '%a %n' /run/netns
  755 /run/netns
  $ NSPATH= nspin -d seen

  $ NSPATH=$CRAMTMP/umask
  $ (umask 777; nspin -u web)
  $ (cd "$NSPATH"; stat -c '%a %n' . web web/uts)
  755 .
  755 web
  444 web/uts
  $ nspin -d web

A directory that others may write to, or of somebody else, is not used; a link
to one is not followed:

  $ refused() { "$@" 2>&1 | sed "s|$CRAMTMP|TMP|"; }
  $ chmod 777 "$NSPATH"
  $ refused nspin -n web
  nspin: web: TMP/umask: Operation not permitted (it has to be a directory of ours that nobody else may write to)
  $ chmod 755 "$NSPATH" && chown 12345 "$NSPATH"
  $ refused nspin -n web
  nspin: web: TMP/umask: Operation not permitted (it has to be a directory of ours that nobody else may write to)
  $ rm -r "$NSPATH" && ln -s /tmp "$NSPATH"
  $ refused nspin -n web
  nspin: web: TMP/umask: Not a directory
  $ rm "$NSPATH"

The runtime directory of somebody else, as su(1) leaves it to root, is passed
over when names are looked up:

  $ mkdir -p "$CRAMTMP/xdg/nspin/web" && ln -s /proc/self/ns/net "$CRAMTMP/xdg/nspin/web/net"
  $ chown -R 12345 "$CRAMTMP/xdg"
  $ su() { env -u NSPATH XDG_RUNTIME_DIR="$CRAMTMP/xdg" "$@"; }
  $ su nspin -lH | awk '{ print $1 }'
  host
  web
  $ su nsjoin web readlink /proc/self/ns/net >net
  $ nsjoin /run/nspin/web readlink /proc/self/ns/net | cmp - net
  $ su nspin -M host home && su nspin -M home host

Nothing is made in it either, which would be in its owner's way for ever:

  $ rm -r "$CRAMTMP/xdg/nspin"
  $ su nspin -Hnv mine
  nspin: mine: kept in /run/nspin
  $ ls -A "$CRAMTMP/xdg"
  $ su nspin -d mine

Nor is its lock, if it is a link:

  $ mkdir "$NSPATH" && ln -s "$CRAMTMP/victim" "$NSPATH/.lock"
  $ refused nspin -n --netns web
  nspin: web: TMP/umask/.lock: Too many levels of symbolic links
  $ ls -A "$NSPATH" "$CRAMTMP" | grep -c victim
  0
  [1]
  $ rm -r "$NSPATH"

A FIFO or a plain file among the names is never opened, and nobody waits for
it; a link will do if it leads to a namespace:

  $ unset NSPATH
  $ mkdir /run/nspin/fifo /run/nspin/file /run/nspin/link /run/nspin/empty
  $ mkfifo /run/nspin/fifo/net
  $ ln -s ../fifo/net /run/nspin/empty/uts
  $ echo x >/run/nspin/file/net
  $ ln -s /proc/self/ns/net /run/nspin/link/net
  $ nspin -lH | sed 's/\[[0-9]*\]/[N]/; s/ [0-9]*s / 0s /' | tr -s ' '
  empty holder 0s no uts:-
  fifo mount 0s no net:-
  file mount 0s no net:-
  host mount 0s yes uts:[N]
  link holder 0s yes net:[N]
  web mount 0s yes net:[N]
  $ for n in empty fifo file link; do nspin -q $n; done
  nspin: empty: UTS namespace: not a namespace
  nspin: fifo: network namespace: not a namespace
  nspin: file: network namespace: not a namespace
  $ nspin -d fifo file
  nspin: fifo: it holds what is no namespace
  nspin: file: it holds what is no namespace
  [1]
  $ nspin -g
  $ rm -r /run/nspin/fifo /run/nspin/file /run/nspin/link /run/nspin/empty

A pin that is not mounted here is not unlinked: that would end it elsewhere.

  $ nsclone -m sh -c 'umount /run/nspin/web/net && nspin -d web; nspin -g' 2>&1 |
  >     sed 's/[0-9][0-9]*/N/g'
  nspin: web: it is mounted in mnt:[N], not here, but where process N is (nsjoin -m N); -F lets go of it there
  $ nspin -q web

What a killed one left is removed by -g, but not what one works on:

  $ mkdir /run/nspin/.new.1.0
  $ nspin -n --setup 'nspin -g' slow
  .new.1.0
  $ nspin -q slow
  $ nspin -d slow

--netns: ip-netns(8) knows it, under each name that it has.

  $ nspin --netns -n green
  $ ip netns list
  green
  $ ip netns exec green readlink /proc/self/ns/net >net
  $ nspin -lH green | grep -cFf net
  1
  $ nspin -M green blue && ip netns list
  blue
  $ nspin --netns -n blue
  nspin: blue: File exists (nspin -d lets go of it)
  [1]
  $ ip netns add red
  $ nspin --netns -n red
  nspin: --netns: /run/netns/red: File exists (ip-netns(8) knows the name already)
  [1]
  $ ls -A /run/nspin
  .lock
  blue
  host
  web
  $ nspin -u --netns x
  nspin: --netns: needs -n
  [2]
  $ nspin -d blue
  $ ls /run/netns
  red

A link that leads nowhere is removed by -g:

  $ ln -s /run/nspin/gone/net /run/netns/gone
  $ nspin -g
  gone

Those of ip-netns(8) are found, but are not ours to let go of:

  $ nsjoin red ip -o link | grep -c lo:
  1
  $ nspin -lH red | sed 's/\[.*/[N]/' | tr -s ' '
  red mount - yes net:[N]
  $ nspin -M red x
  nspin: red: it is not one of ours
  [1]
  $ nspin -d red

-d says what keeps a namespace alive nevertheless: processes, descriptors, and
bind mounts in this and other mount namespaces; -F removes those mounts.

  $ nspin -n alone && nspin -d alone
  $ touch "$CRAMTMP/bind"
  $ lives() { sed "s|$CRAMTMP|TMP|g; s/\[[0-9]*\]/[N]/g; s/pid:[0-9]*/pid:N/g"; }
  $ kept() { nspin -n kept; mount --bind /run/nspin/kept/net "$CRAMTMP/bind"; }
  $ kept; exec 7</run/nspin/kept/net; nspin -d kept 2>&1 | lives >out
  $ grep -o 'kept: net:.N. lives on' out
  kept: net:[N] lives on
  $ grep -o 'mount TMP/bind in mnt:.N.' out
  mount TMP/bind in mnt:[N]
  $ grep -cE '(tree|fd) pid:N/fd/7' out
  1
  $ exec 7<&-; umount "$CRAMTMP/bind"
  $ kept; mkfifo "$CRAMTMP/up"
  $ nsclone -m sh -c 'echo >"$1"; exec sleep 1000' sh "$CRAMTMP/up" & clone=$!
  $ read up <"$CRAMTMP/up"
  $ umount "$CRAMTMP/bind"; nspin -d kept 2>&1 | lives
  nspin: kept: net:[N] lives on: mount TMP/bind in mnt:[N]
  $ kill $clone; wait $clone 2>/dev/null
  [143]
  $ kept
  $ nsclone -m sh -c 'echo >"$1"; exec sleep 1000' sh "$CRAMTMP/up" & clone=$!
  $ read up <"$CRAMTMP/up"
  $ env --ignore-signal=CHLD nspin -dF kept
  $ grep -c "$CRAMTMP/bind" /proc/self/mountinfo
  0
  [1]
  $ kill $clone; wait $clone 2>/dev/null
  [143]

What is unmounted there is what was looked at, not what has its path by then:

  $ kept
  $ nsclone -m sh -c 'echo >"$1"; exec sleep 1000' sh "$CRAMTMP/up" & clone=$!
  $ read up <"$CRAMTMP/up"; umount "$CRAMTMP/bind"
  $ strace -f -e trace=umount2 nspin -dF kept 2>&1 | sed -n 's/.*umount2("\(.*\)",.* = 0$/\1/p' |
  >     sed 's/[0-9][0-9]*/N/g' | tail -n 1
  N
  $ kill $clone; wait $clone 2>/dev/null
  [143]
  $ nspin -F kept
  nspin: -F needs -d; try 'nspin --help'
  [2]
  $ nspin -n -t $$ ours && nspin -d ours 2>&1 | lives | sed 's/lives on.*more/.../'
  nspin: ours: net:[N] ...

--while: let go when a process ends, under its name of then; -g does it where
nobody watches.

  $ sleep 1000 & sleep=$!
  $ nspin -n --netns --while "$sleep" short
  $ nspin -M short longer
  $ kill "$sleep"
  $ left() { ! test -e /run/nspin/longer; }
  $ wait_for left
  $ ls -A /run/netns
  $ sleep 1000 & sleep=$!
  $ nspin -u --while "$sleep" short
  $ kill -9 "$(cut -d: -f1 /run/nspin/short/.holder)" && kill "$sleep"
  $ over() { nspin -gN | grep -q short; }
  $ wait_for over
  $ nspin -g
  short
Also where a directory that is looked at earlier has its name by then:

  $ sleep 1000 & sleep=$!
  $ mkdir "$CRAMTMP/runtime"; export XDG_RUNTIME_DIR="$CRAMTMP/runtime"
  $ nspin -u --while "$sleep" short
  $ nspin -Hu short
  $ kill "$sleep"
  $ left() { ! test -e /run/nspin/short; }
  $ wait_for left
  $ nspin -q short && nspin -d short
  $ unset XDG_RUNTIME_DIR

  $ nspin -u --while pid:4194304 short 2>&1 | sed "s/194304: .*/194304: .../"
  nspin: --while pid:4194304: ...

Where there is no room, nothing is left: no inodes, no bytes, a directory that
is read-only.

  $ mkdir small && mount -t tmpfs -o nr_inodes=4 small small
  $ NSPATH=$PWD/small/pins nspin -nu web 2>&1 | sed "s|$PWD|PWD|"
  nspin: cannot keep the network namespace in PWD/small/pins: No space left on device
  $ ls -A small/pins
  $ umount small
  $ mount -t tmpfs -o size=4k small small && mkdir small/pins
  $ dd if=/dev/zero of=small/full bs=4k count=1 2>/dev/null
  $ NSPATH=$PWD/small/pins nspin -p web 2>&1 | sed "s|$PWD|PWD|"
  nspin: web: cannot record its init in PWD/small/pins: No space left on device
  $ ls -A small/pins
  $ mount -o remount,ro small
  $ NSPATH=$PWD/small/other nspin -n web 2>&1 | sed "s|$PWD|PWD|"
  nspin: web: PWD/small/other: Read-only file system (-H keeps them by a process)
  $ NSPATH=$PWD/small/pins nspin -n web 2>&1 | sed "s|$PWD|PWD|"
  nspin: web: cannot make a directory in PWD/small/pins: Read-only file system
  $ umount small
  $ for p in $(pgrep -x nspin); do
  >     ! test "/proc/$p/ns/mnt" -ef /proc/self/ns/mnt || echo "$p is left"
  > done

A directory that is made in one that others write to has its mode when it is
there: no later call could meet another file.

  $ mkdir -m 777 open; (umask 777; NSPATH=$PWD/open/pins strace -o trace nspin -u it)
  $ stat -c %a open/pins; grep -c 'chmod.*pins' trace
  755
  0
  [1]
  $ NSPATH=$PWD/open/pins nspin -d it

Not every file system says what is a link where its names are read:

  $ ext2() { command -v mkfs.ext2 >/dev/null && truncate -s 2M ext2 && mkfs.ext2 -qO ^filetype ext2 && mount -o loop ext2 small; }
  $ if ext2 >/dev/null 2>&1; then
  >     export NSPATH=$PWD/small/pins; nspin -Hu it && nspin -q it && nsjoin it true && nspin -d it
  >     unset NSPATH; umount small
  > fi

A mount that is refused, and why:

  $ touch file
  $ for error in EPERM ENOSPC; do
  >     fail() { strace -f -qq -o trace -e inject=move_mount,mount:error=$error "$@"; }
  >     fail nsclone --net=file true; fail nspin -n it
  > done 2>&1 | sed 's/mount-max is [0-9]*/mount-max is N/'
  nsclone: --net=file: Operation not permitted (a security module does not allow it)
  nspin: cannot keep the network namespace in /run/nspin: Operation not permitted (a security module does not allow it)
  nsclone: --net=file: No space left on device (sysctl fs.mount-max is N: a mount namespace may not have more; raise it)
  nspin: cannot keep the network namespace in /run/nspin: No space left on device (sysctl fs.mount-max is N: a mount namespace may not have more; raise it)

Linux 6.18 refuses to bind a mount namespace whose id looks older than the
binder's; ids come from batches of each CPU. Every pair of CPUs, each way:

  $ cat >pairs <<'END'
  > for a in $(seq 0 $(($(nproc) - 1))); do
  >     for b in $(seq 0 $(($(nproc) - 1))); do
  >         for i in 1 2 3 4 5 6 7 8 9 10; do
  >             taskset -c $a unshare -m taskset -c $b sh -c '
  >                 taskset -p $1 $$ >/dev/null
  >                 nspin -m p && nspin -q p && nspin -d p ||
  >                     echo failed' sh ff 2>&1
  >         done
  >     done
  > done
  > END
  $ command -v taskset >/dev/null && sh pairs

  $ nspin -d web host
