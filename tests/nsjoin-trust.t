# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"
  $ need root
  $ need cmd setpriv python3
  $ need plain "have an environment of their own"

What a target may not decide, when root joins it. Its user may have prepared the
environment, with programs and libraries; only its network is entered:

  $ chmod 755 "$CRAMTMP"; mkdir evil; cd evil
  $ printf '#!/bin/sh\necho the program of the target\n' >id
  $ chmod 755 id; cp id shell; cp id .profile
  $ here=$PWD; cd ..
  $ hostile() { exec env PATH="$here:$PATH" SHELL="$here/shell" HOME="$here" BASH_ENV="$here/.profile" \
  >     LESSOPEN="|$here/id" OPENSSL_CONF="$here/.profile" NSPATH="$here" PAGER="$here/id" \
  >     ENV="$here/.profile" PYTHONPATH="$here" LD_LIBRARY_PATH="$here" GCONV_PATH="$here" A=1 \
  >     setpriv --reuid 7701 --regid 7701 --clear-groups "$@"; }
  $ hostile unshare -Urmn sleep 300 >/dev/null 2>&1 & t=$!
  $ wait_for sleeps $t
  $ nsjoin -n -e -t $t id -u
  0
  $ echo 'echo ours' | nsjoin -n -e -t $t 2>&1
  ours
  $ nsjoin -n -e -t $t env | grep -v OLDPWD | grep "$here"
  [1]
  $ nsjoin -n -e -t $t sh -c 'echo $A'
  1
  $ nsjoin -n -e -t $t env | grep -E '^(LESSOPEN|OPENSSL_CONF|NSPATH|PAGER)='
  [1]
  $ nsjoin -v -n -e -t $t true
  nsjoin: entering net of \d+ (re)
  nsjoin: not taken from the environment of the target: [A-Z_, ]*LD_LIBRARY_PATH.* (re)
  $ nsjoin --explain -n -e -t $t true | grep -o 'but for .*PATH' | grep -c LD_LIBRARY_PATH
  1

In its mount namespace its own programs are to be run; what the loader would take
out of the environment is still not taken, unless the command is the target's
user with no right that it lacks:

  $ nsjoin -e -t $t --preserve-credentials id
  the program of the target
  $ nsjoin -e -t $t --preserve-credentials /usr/bin/env | grep -E '^(LD|GCONV|PYTHON)'
  PYTHONPATH=*/evil (glob)
  $ nsjoin -e -t $t /usr/bin/env | grep -cE '^(LD|GCONV)'
  2
  $ nsjoin -A -t $t /usr/bin/env | grep -cE '^(LD|GCONV|BASH)'
  3
  $ kill $t

A program that hides itself keeps its environment: -A does not take that.

  $ python3 -c 'import os, time
  > os.setresuid(7701, 7701, 0); time.sleep(300)' & t=$!
  $ wait_for grep -q '^Uid:.7701' /proc/$t/status
  $ nsjoin -A $t true
  nsjoin: --act-as: environment of process \d+: it hides itself \(PR_SET_DUMPABLE\) \(--except=env keeps ours\) (re)
  [125]
  $ kill $t

User 0 under SECBIT_NOROOT has no capabilities, and its children get none. That
bit cannot be seen; taken for any other root the command would get all:

  $ setpriv --securebits +noroot,+noroot_locked --inh-caps=-all sleep 300 >/dev/null 2>&1 & t=$!
  $ wait_for sleeps $t
  $ nsjoin -A $t grep CapEff /proc/self/status
  nsjoin: --act-as: the target is user 0 and lacks capabilities of its bounding set: whether it gets them by execve(2), or is under SECBIT_NOROOT, cannot be seen (--except=caps leaves them)
  [125]
  $ kill $t

A target that changes its IDs all the time is entered as it was at one moment, or
not at all:

  $ python3 -c 'import os
  > while True: os.setresuid(7701, 7701, 0); os.setresuid(0, 0, 0)' & t=$!
  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  >     nsjoin -A --except=env,seccomp $t sh -c 'echo $(id -u) $(grep CapEff /proc/self/status)' 2>&1
  > done | grep -vE "^0 CapEff: $(sed -n 's/CapEff:.//p' /proc/self/status)|^7701 CapEff: 0*$|has changed its IDs or capabilities meanwhile"
  [1]
  $ kill $t

Keys of our session are for none of them to read:

  $ cat >keys.py <<END
  > import ctypes, os, platform, sys
  > keyctl, add = {"x86_64": (250, 248), "aarch64": (219, 217)}[platform.machine()]
  > call = ctypes.CDLL(None, use_errno=True).syscall
  > if sys.argv[1] == "set":
  >     call(keyctl, 1, None)
  >     call(add, b"user", b"secret", b"x", 1, -3) == -1 and sys.exit("no keys")
  >     os.execvp(sys.argv[2], sys.argv[2:])
  > print("read" if call(keyctl, 10, -3, b"user", b"secret", 0) > 0 else "no such key")
  > END
  $ sleep 300 & t=$!
  $ python3 keys.py set true || skip "no keys can be made here"
  $ for how in "nsjoin -w" "nsjoin -w --new-keyring" "nsjoin -A" "nsjoin -A --except=keyring"; do
  >     python3 keys.py set $how $t python3 "$PWD/keys.py" get
  > done
  read
  no such key
  no such key
  read
  $ for tool in nsclone nsunshare; do
  >     python3 keys.py set $tool --new-keyring -u python3 keys.py get
  > done
  no such key
  no such key
  $ nsjoin --explain --new-keyring -w self true | grep keyring
  yes  new session keyring
  $ kill $t

Nor that of a program that is not run by who wrote its environment:

  $ need suid
  $ cp "$(readlink -f "$(command -v sleep)")" other; chmod 6755 other
  $ hostile ./other 300 >/dev/null 2>&1 & t=$!
  $ wait_for grep -q '^Uid:.7701.0' /proc/$t/status
  $ nsjoin -A $t true
  nsjoin: --act-as: environment of process \d+: it is a set-user-ID program or the like, and its environment is from another user \(--except=env keeps ours\) (re)
  [125]
  $ nsjoin -A --except=env $t id -u
  0
  $ kill $t
