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
  $ SHELL=/bin/sh nsjoin -r $t
  nsjoin: /bin/sh: No such file or directory (*) (glob)
  [127]

What would look for more of our files in there is refused:

  $ echo 'int main(void) { return 0; }' >dynamic.c; cc -o dynamic dynamic.c
  $ nsjoin -r -X dynamic $t
  nsjoin: --exec dynamic: dynamically linked: its loader and libraries would be looked up inside; give a statically linked program, or -A --with-libs
  [126]
  $ printf '#!/bin/sh\n' >script; chmod +x script
  $ nsjoin -r -X script $t
  nsjoin: --exec script: a script: its interpreter would be looked up inside; give a statically linked program
  [126]
  $ chmod -x dynamic
  $ nsjoin -r -X dynamic $t
  nsjoin: --exec dynamic: Permission denied
  [126]
  $ echo text >text; chmod +x text
  $ nsjoin -r -X text $t
  nsjoin: --exec text: not a program (ELF)
  [126]
  $ nsjoin -r -X . $t
  nsjoin: --exec .: not a regular file
  [126]
  $ nsjoin -r -X nosuchfile $t
  nsjoin: --exec nosuchfile: No such file or directory
  [127]
  $ kill $t
