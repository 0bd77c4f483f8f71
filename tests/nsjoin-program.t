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

One that needs a loader and libraries takes them along, in memory; it has no
more rights than the target, whose files the loader may come to open:

  $ cc -o linked look.c
  $ nsjoin -r -X ./linked $t
  nsjoin: --exec ./linked: dynamically linked: its loader and libraries would be looked up inside; give a statically linked program, or -A --with-libs
  [126]
  $ nsjoin -r --with-libs -X ./linked $t
  nsjoin: --with-libs needs -A: what the loader opens inside would have our rights
  [125]
  $ nsjoin -A --with-libs $t ./linked
  nsjoin: --with-libs is for the file of --exec
  [125]
  $ nsjoin -A --with-libs -X ./linked $t
  nsjoin: --exec ./linked: No such file or directory (--with-libs needs /proc in there: the loader finds what it loads by /proc/self/fd)
  [126]
  $ nsjoin -A --with-libs -X ./look $t a
  ./look a inside
  [3]
  $ kill $t
  $ mkdir empty/proc; rm empty/ready
  $ nsunshare -rmpf --mount-proc=empty/proc python3 -c 'if True:
  >     import os, time
  >     os.chroot("empty")
  >     os.chdir("/")
  >     open("/ready", "w")
  >     time.sleep(300)' </dev/null >/dev/null 2>&1 &
  $ wait_for test -e empty/ready
  $ t=$(pgrep -P $!)
  $ nsjoin -A --with-libs -X ./linked $t a b
  ./linked a b inside
  [3]
  $ nsjoin -A --with-libs -X linked $t | sed 's/^/ /'
   linked inside
  $ nsjoin -A --explain --with-libs -X linked $t | tail -n 1
  yes  run our file linked and its libraries
  $ cp look empty/look
  $ ! command -v strace >/dev/null || nsjoin -A --with-libs -X "$(command -v strace)" $t -qqe trace=execve /look 2>&1 | grep -c 'execve("/look"\|^/look inside'
  2
  $ ls empty
  look
  proc
  ready
  $ kill $t
