# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd refuse
  $ [ -z "$ASAN_OPTIONS" ] || skip "sanitizers want a /proc"

Refusals that are brought about by another /proc, or none:

  $ inside() { nsunshare -rm sh -c "$1"; }

A type that the kernel lacks, which a /proc without its file stands for:

  $ inside "mkdir $CRAMTMP/ns && cd $CRAMTMP/ns && mount -t tmpfs none /proc &&
  >     mkdir -p /proc/self/ns && cd /proc/self/ns && touch mnt uts ipc net pid user cgroup &&
  >     exec refuse unshare EINVAL nsunshare -T true"
  nsunshare: cannot create the time namespace: Invalid argument (this kernel has no time namespaces: they need CONFIG_TIME_NS and Linux 5.6)
  [125]

No /proc, or that of other processes; of an outer PID namespace it will do:

  $ inside 'mount -t tmpfs none /proc && exec nsclone -r true'
  nsclone: setgroups: No such file or directory (no proc file system is mounted on /proc)
  [125]
  $ inside 'mount -t tmpfs none /proc && exec nsunshare -r true'
  nsunshare: setgroups: No such file or directory (no proc file system is mounted on /proc)
  [125]
  $ mkdir "$CRAMTMP/proc" && inside "nsclone --mount-proc=$CRAMTMP/proc --propagation=unchanged \
  >     sh -c 'exec sleep 60' & n=$CRAMTMP/proc
  >     until p=\$(pgrep -P \$! -x sleep) || p=\$(pgrep -P \$(pgrep -P \$!) -x sleep); do sleep 0.05; done 2>/dev/null
  >     nsenter -m -t \$p mount --bind $CRAMTMP/proc /proc 2>/dev/null
  >     nsenter -m -t \$p nsunshare -r true; kill \$!"
  nsunshare: setgroups: No such file or directory (/proc is that of a PID namespace that we are not in: mount one of our own (--mount-proc))
  $ nsunshare -rpf nsclone -r id -u
  0

In that a number means one process to us and another one to /proc: nsls asks for
none by it.

  $ nsunshare -rpf nsls -p 1
  nsls: -p 1: /proc shows another PID namespace than ours
  [1]
  $ nsunshare -rpf nsls -p pid:self
  nsls: -p pid:self: /proc shows another PID namespace than ours
  [1]
  $ nsclone -rp --mount-proc nsls -rnp self -o PID -t pid
  2

A command line may be too long with what is added to our environment, here that of the
target; how long one may be is said, for a limit on the stack (KiB) and two arguments
(bytes):

  $ long() { printf "%0$1d" 0; }
  $ BIG=$(long 70000) nsunshare -r sleep 1000 </dev/null >/dev/null 2>&1 & target=$!
  $ wait_for sleeps $target
  $ while read -r stack bytes; do
  >     (ulimit -s "$stack"; exec nsjoin -e $target true "$(long "$bytes")" "$(long "$bytes")") 2>&1
  >     echo "$stack: $?"
  > done <<END | sed 's/have [0-9]*/have N/'
  > 256 35000
  > 512 35000
  > 1024 100000
  > 2048 100000
  > END
  nsjoin: true: Argument list too long (arguments and environment have N bytes, and the kernel takes 131072: a quarter of ulimit -s, 6 MiB at most)
  256: 126
  nsjoin: true: Argument list too long (arguments and environment have N bytes, and the kernel takes 131072: a quarter of ulimit -s, 6 MiB at most)
  512: 126
  nsjoin: true: Argument list too long (arguments and environment have N bytes, and the kernel takes 262144: a quarter of ulimit -s, 6 MiB at most)
  1024: 126
  2048: 0
  $ kill $target

What is in reach of our IDs and capabilities, and yet not to be had, is kept from us
by a security module: here by Landlock, in whose domain we are and the target is not.

  $ need cmd python3
  $ cat >"$CRAMTMP/domain" <<'END'
  > import ctypes, os, struct, sys
  > libc = ctypes.CDLL(None)
  > fd = libc.syscall(444, struct.pack("Q", 1 << 9), 8, 0)  # no new sockets
  > libc.prctl(38, 1, 0, 0, 0)
  > fd == -1 or libc.syscall(446, fd, 0) or os.execvp(sys.argv[1], sys.argv[1:])
  > sys.exit(77)
  > END
  $ python3 "$CRAMTMP/domain" true || skip "the kernel has no Landlock"
  $ python3 "$CRAMTMP/domain" nsjoin -n $$ true 2>&1 | sed "s/$$/PID/"
  nsjoin: PID: network namespace: Permission denied (our IDs and capabilities suffice: a security module, as Landlock, forbids it)

Who is in hundreds of groups has a status file of many pages. All of it is read:

  $ need root
  $ need cmd setpriv seq
  $ setpriv --groups "$(seq -s, 1000000001 1000000500)" refuse unshare EPERM nsunshare -u true
  nsunshare: cannot create the namespaces: Operation not permitted (a seccomp filter is in force, which seems not to allow it)
  [125]
