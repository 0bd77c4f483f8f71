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
  nsclone: ID maps: the process in /proc: No such file or directory (no proc file system is mounted on /proc)
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
