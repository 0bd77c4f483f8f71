# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ top=$(awk '/ - cgroup2 / { print $5; exit }' /proc/self/mountinfo)
  $ dir=$top/nskit-test.$$
  $ [ -n "$top" ] && mkdir "$dir" 2>/dev/null || skip "no cgroup2 to write to"

With --into-cgroup the command runs in that cgroup; a new cgroup namespace begins
there:

  $ for t in nsclone nsunshare; do
  >   $t -u --into-cgroup="$dir" grep ^0: /proc/self/cgroup | sed "s/$$\$/N/"
  >   $t -C --into-cgroup="$dir" grep ^0: /proc/self/cgroup
  > done
  0::*nskit-test.N (glob)
  0::/
  0::*nskit-test.N (glob)
  0::/
  $ rmdir "$dir"
