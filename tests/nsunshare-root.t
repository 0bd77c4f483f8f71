# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need userns

Root may map any range; a single id cuts a hole into it, and one outside it is
added to it:

  $ nsunshare --map-users=0:100000:10 --map-user=10 cat /proc/self/uid_map | tr -s ' '
   10 0 1
   0 100000 10
  $ nsunshare --map-users=0:100000:10 --map-user=5 cat /proc/self/uid_map | tr -s ' '
   5 0 1
   0 100000 5
   6 100005 4
  $ nsunshare --map-users=0:100000:10 --map-user=5 id -u
  5
  $ nsclone --map-users=0:100000:10 --map-groups=0:200000:10 sh -c 'id -u; cat /proc/self/gid_map' | tr -s ' '
  0
   0 200000 10

-S and -G change ids at the very end, and clear the supplementary groups:

  $ nsclone -u -S 1000 -G 1000 sh -c 'id -u; id -g; id -G'
  1000
  1000
  1000
  $ nsclone -u -S 1000 -G 1000 --groups=5,6 id -G
  1000 5 6

Capabilities are kept over exec as asked:

  $ nsunshare -S 1000 -G 1000 --caps=net_admin,cap_net_raw grep -E 'Cap(Eff|Amb|Bnd)' /proc/self/status
  CapEff:\t0000000000003000 (esc)
  CapBnd:\t0000000000003000 (esc)
  CapAmb:\t0000000000003000 (esc)
  $ nsunshare --caps=none --no-new-privs grep -E 'CapEff|NoNewPrivs' /proc/self/status
  CapEff:\t0000000000000000 (esc)
  NoNewPrivs:\t1 (esc)

Mounts made inside stay inside, also where --propagation leaves them shared:

  $ mkdir "$CRAMTMP/proc"
  $ nsclone --mount-proc="$CRAMTMP/proc" --propagation=unchanged ls "$CRAMTMP/proc" | grep -c '^[0-9]*$'
  2
  $ ls "$CRAMTMP/proc"

With --root the directory for proc is one below it, as for unshare(1); a name of
outside will do if it leads there:

  $ cat >"$CRAMTMP/root.sh" <<'EOF'
  > r=$1; mkdir -p "$r/proc" "$r/other"; shift
  > for d in /bin /lib /lib64 /usr; do
  >   [ ! -d $d ] || { mkdir -p "$r$d" && mount --rbind $d "$r$d"; } || exit
  > done
  > nsunshare -pf -R "$r" "$@" sh -c 'echo /proc/[0-9]* /other/[0-9]*'
  > EOF
  $ newroot() { nsunshare -m sh "$CRAMTMP/root.sh" "$CRAMTMP/newroot" "$@"; }
  $ newroot --mount-proc
  /proc/1 /other/[0-9]*
  $ newroot --mount-proc=/other
  /proc/[0-9]* /other/1
  $ newroot --mount-proc="$CRAMTMP/newroot/other"
  /proc/[0-9]* /other/1
  $ newroot --mount-proc=/etc
  nsunshare: --mount-proc: /etc: No such file or directory (the mount point is not a directory that exists)
  [125]

--owner says whose the user namespace is; the command has none of our IDs or
groups, mapped or not. What fails by a limit of the owner leaves nothing of ours:

  $ nsunshare --owner=1000:1000 grep -E '^(Uid|Groups)' /proc/self/status | tr -s '\t ' ' '
  Uid: 65534 65534 65534 65534
  Groups: 
  $ nsclone --owner=1000:1000 -r sh -c 'id -u; cat /proc/self/uid_map' | tr -s ' '
  0
   0 1000 1
  $ nsclone --owner=1000:1000 --map-users=0:5:1 --map-groups=0:6:1 -p cat /proc/self/uid_map | tr -s ' '
   0 5 1
  $ mkdir pins
  $ owner() { NSPATH=$PWD/pins prlimit --nproc=0 "$@" 2>&1 | sed 's/ (.*//'; ls -A pins; }
  $ owner nsclone --owner=1000:1000 -r --pin=w --net=file true; ls file 2>&1 | wc -l
  nsclone: cannot create the namespaces: Resource temporarily unavailable
  1
  $ owner nspin --owner=1000:1000 -r -n w
  nspin: cannot create the namespaces: Resource temporarily unavailable
  $ nsclone --owner=1000 true
  nsclone: --owner 1000: not USER:GROUP, names or numbers
  [125]

In a directory of its own as root:

  $ mkdir -p "$CRAMTMP/root/etc"
  $ nsclone -m -R "$CRAMTMP/root" /bin/sh
  nsclone: /bin/sh: No such file or directory (it is there outside, but it was looked for inside, below the new root directory)
  [127]

That holds on a mount that is shared with the outside, and in a chroot whose
root is no mount point. Both are tried in a mount namespace of their own, where
a leak would show:

  $ mkdir "$CRAMTMP/shared"
  $ cat > "$CRAMTMP/leak" <<'EOF'
  > top=$1; shift
  > mount -t tmpfs none "$top" && mount --make-shared "$top" || exit
  > mkdir -p "$top/proc dir" "$top/bin" "$top/root/d"
  > "$@"
  > echo "status $?, mounts outside: $(grep -c "$top/" /proc/self/mountinfo)"
  > EOF
  $ top=$CRAMTMP/shared
  $ try() { nsunshare -m sh "$CRAMTMP/leak" "$top" "$@"; }
  $ try nsunshare -pf --propagation=unchanged --mount-proc="$top/proc dir" true
  status 0, mounts outside: 0
  $ try nsunshare -pf --propagation=shared --mount-proc="$top/proc dir" true
  status 0, mounts outside: 0
  $ cat > "$CRAMTMP/inchroot" <<'EOF'
  > r=$1/root; shift
  > mkdir "$r/proc" && mount --rbind /proc "$r/proc" || exit
  > for d in /bin /lib /lib64 /usr "$(dirname "$(command -v nsunshare)")"; do
  >   [ ! -d "$d" ] || { mkdir -p "$r$d" && mount --rbind "$d" "$r$d"; } || exit
  > done
  > n=$(grep -c "$r/" /proc/self/mountinfo)
  > chroot "$r" "$(command -v nsunshare)" -pf "$@" --mount-proc=/d true
  > echo "status $?, new mounts outside: $(($(grep -c "$r/" /proc/self/mountinfo) - n))"
  > EOF
  $ try sh "$CRAMTMP/inchroot" "$top" | head -n 1
  status 0, new mounts outside: 0
  $ try sh "$CRAMTMP/inchroot" "$top" --propagation=unchanged 2>&1 | head -n 2
  nsunshare: --mount-proc: /d: Invalid argument (the root directory is not a mount point, so the mount could appear outside too: use --propagation=private)
  status 125, new mounts outside: 0

Offsets count from the host's clock, also inside a time namespace that has one
already; those that the kernel would refuse are refused before anything is made:

  $ nsunshare -T --monotonic=4000000000 nsunshare -T --monotonic=-3999999000 true
  nsunshare: --monotonic: the clock would be negative
  [125]
  $ nsunshare -T --boottime=4611686018 true
  nsunshare: --boottime: the clock would be too far ahead
  [125]

What the kernel calls one error is told apart: nested too deep, or a user
namespace that nobody gave a map. In a container we do not see how many PID
namespaces are around us:

  $ cat > "$CRAMTMP/nest" <<'EOF'
  > [ "$2" -le 34 ] && exec nsunshare "$1" sh "$0" "$1" "$(($2 + 1))"
  > EOF
  $ sh "$CRAMTMP/nest" -pf 1 2>&1
  nsunshare: .*: No space left on device \(.* nested 32 deep.*\) (re)
  [125]
  $ nsclone -p --mount-proc sh "$CRAMTMP/nest" -pf 1
  nsunshare: .*: No space left on device \(PID namespaces are nested 32 deep, or user.max_pid_namespaces .*\) (re)
  [125]
  $ sh "$CRAMTMP/nest" -r 1 2>&1 | cut -c 1-129
  nsunshare: cannot create the namespaces: No space left on device (user namespaces are nested 33 deep, which is the most there can
  $ nsunshare -U nsunshare -U true
  nsunshare: cannot create the namespaces: Operation not permitted (our own ID is not mapped in the user namespace that we are in: give that one a map (-r))
  [125]

--into-cgroup=PATH, unlike -C, says where to run:

  $ nsclone -u --into-cgroup="$CRAMTMP" true
  nsclone: --into-cgroup *: not in a cgroup2 file system (glob)
  [125]
  $ nsunshare -u --into-cgroup="$CRAMTMP/none" true
  nsunshare: --into-cgroup */none: No such file or directory (glob)
  [125]

The clocks of a user who is not the file's owner any more:

  $ for tool in nsclone nsunshare; do
  >     before=$(cut -d . -f 1 /proc/uptime)
  >     after=$($tool -T --boottime=1d --map-users=0:100000:10 \
  >         --map-groups=0:100000:10 cut -d . -f 1 /proc/uptime)
  >     echo $(((after - before) / 86400))
  > done
  1
  1

--cgroup=FILE keeps the cgroup namespace, as that of the other types does:

  $ nsunshare --cgroup=kept true
  $ stat -fc %T kept
  nsfs
  $ umount kept

The right to change the root directory is all that it takes, and who does not
have it is told so:

  $ r=$CRAMTMP/root; mkdir -p "$r"
  $ setpriv --bounding-set -all,+sys_chroot --inh-caps -all "$NSKIT_BIN/nsunshare" -R / true
  $ setpriv --bounding-set -all --inh-caps -all "$NSKIT_BIN/nsunshare" -R / true
  nsunshare: --root /: Operation not permitted (needs CAP_SYS_CHROOT, which a new user namespace gives: add -U or -r)
  [125]
