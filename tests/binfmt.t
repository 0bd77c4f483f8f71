# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need kernel 6.7
  $ grep -q binfmt_misc /proc/filesystems || skip "the kernel has no binfmt_misc"

A user namespace has interpreters of its own. -l registers one and mounts
binfmt_misc for it; outside nothing changes:

  $ mkdir "$CRAMTMP/misc"
  $ printf 'nskit!say hello\n' >"$CRAMTMP/program"; chmod +x "$CRAMTMP/program"
  $ spec=':nskit:M::nskit!::/bin/cat:'
  $ nsunshare -r --mount-binfmt="$CRAMTMP/misc" -l "$spec" "$CRAMTMP/program"
  nskit!say hello
  $ ls "$CRAMTMP/misc"
  $ nsunshare -r --mount-binfmt="$CRAMTMP/misc" -l nonsense true
  nsunshare: --load-interp nonsense: Invalid argument (not as binfmt_misc takes it: :NAME:M:OFFSET:MAGIC:MASK:INTERPRETER:FLAGS, or :NAME:E::EXTENSION::INTERPRETER:FLAGS)
  [125]
  $ nsunshare --map-user=5 --mount-binfmt="$CRAMTMP/misc" -l "$spec" true
  nsunshare: --load-interp :nskit:M::nskit!::/bin/cat:: Permission denied (user 0 and group 0 have to be mapped inside: add -r)
  [125]
  $ need root
  $ nsunshare --mount-binfmt=/no/such/dir true
  nsunshare: --mount-binfmt: /no/such/dir: No such file or directory
  [125]
