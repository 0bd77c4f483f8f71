# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cgroup2

-c puts the command into the target's cgroup of version 2:

  $ mkdir "$CGROUP2/nskit-$$" "$CGROUP2/nskit-$$/two words"
  $ sleep 300 &
  $ t=$!
  $ echo $t >"$CGROUP2/nskit-$$/two words/cgroup.procs"
  $ nsjoin -c $t sed -n "s/^0::.*nskit-$$//p" /proc/self/cgroup
  /two words

A mount that shows but that part of the tree serves, too; one that does not is
not taken:

  $ unshare -m sh -c 'mount --bind "$1" /mnt && umount -l "$2" && nsjoin -c $3 grep ^0:: /proc/self/cgroup' \
  >     sh "$CGROUP2/nskit-$$" "$CGROUP2" $t | sed 's|.*/||'
  two words
  $ unshare -m sh -c 'umount -l "$1" && nsjoin -c $2 true' sh "$CGROUP2" $t 2>&1 | sed 's|/.*/||'
  nsjoin: cgroup two words of the target: not in a cgroup2 file system that is mounted here
  $ nsjoin -A --except=cgroup $t sed -n "s/^0::.*nskit-$$//p" /proc/self/cgroup
  $ kill $t
  $ gone() { rmdir "$CGROUP2/nskit-$$/two words" "$CGROUP2/nskit-$$"; }
  $ wait_for gone
