# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd cc python3

A target in an empty root directory, without a file, so without a shell:

  $ chmod 755 .
  $ mkdir empty
  $ nsunshare -rm python3 -c 'if True:
  >     import os, time
  >     os.chroot("empty")
  >     os.chdir("/")
  >     open("/ready", "w")
  >     time.sleep(300)' </dev/null >/dev/null 2>&1 &
  $ t=$!
  $ wait_for test -e empty/ready

A program of ours runs there all the same, if it needs nothing else. (Under some
kernels TOMOYO wants to find its name, /dev/fd/NUMBER, in there.)

  $ cat >look.c <<'END'
  > #include <stdio.h>
  > #include <unistd.h>
  > int main(int argc, char **argv) {
  >     while (argc-- > 0)
  >         printf("%s ", *argv++);
  >     puts(access("/ready", F_OK) == 0 ? "inside" : "outside");
  >     return 3;
  > }
  > END
  $ cc -static -o look look.c 2>/dev/null || skip "needs a static C library"
  $ ! nsjoin -r -X look $t 2>&1 | grep -q TOMOYO || { kill $t; skip "TOMOYO of this kernel wants /proc in there"; }
  $ nsjoin -r -X look $t a b
  look a b inside
  [3]
  $ nsjoin -r --exec="$PWD/look" -t $t </dev/null | sed "s|$PWD/||"
  look inside
  $ nsjoin -A -X ./look $t
  ./look inside
  [3]
  $ kill $t
