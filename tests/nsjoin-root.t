# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root

Root without a user namespace; we run from a sealed copy where the target could
reach our file:

  $ nsclone -muin --hostname=inside sleep 300 &
  $ ready() { t=$(pgrep -n -P $! sleep) && sleeps $t; }
  $ wait_for ready
  $ nsjoin -u $t uname -n
  inside
  $ nsjoin $t uname -n
  inside
  $ nsjoin -u -r -w $t uname -n
  inside
  $ nsjoin -S 1000 -G 1000 -u $t id -G
  1000
  $ nsjoin -S 1000 -t self id -u
  1000
  $ kill $!

With -X whoever is in there could write to the file
through /proc/PID/exe, so it is a sealed copy that runs:

  $ need cmd cc
  $ cat >exe.c <<'END'
  > #include <fcntl.h>
  > #include <stdio.h>
  > #include <string.h>
  > #include <unistd.h>
  > int main(void) {
  >     char to[256] = "";
  >     readlink("/proc/self/exe", to, sizeof(to) - 1);
  >     puts(strstr(to, "memfd:exe") ? "copy" : to);
  >     return open("/proc/self/exe", O_WRONLY) != -1;
  > }
  > END
  $ cc -static -o exe exe.c 2>/dev/null || skip "needs a static C library"
  $ nsunshare -m sleep 300 >/dev/null 2>&1 &
  $ wait_for eval '[ "$(readlink /proc/$!/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ]'
  $ nsjoin -X exe $!
  copy
  $ kill $!

Set-user-ID it refuses to run. (Its owner is another one here, so root runs it
with other rights than its own; nobody else could look into the directory.)

  $ need suid
  $ install -o 1000 -m 4755 "$NSKIT_BIN/nsjoin" "$CRAMTMP/nsjoin"
  $ "$CRAMTMP/nsjoin" -u self true
  nsjoin: not to be run set-user-ID, set-group-ID or with file capabilities
  [125]
