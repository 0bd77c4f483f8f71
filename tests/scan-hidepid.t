# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls setpriv
  $ need root

Where /proc hides the processes of others, a list that has to be whole says that
it is not:

  $ unshare -mpf sh -c '
  >     mount -t proc -o hidepid=2 proc /proc
  >     setpriv --reuid 65534 --regid 65534 --clear-groups nsls --strict -no TYPE
  >     echo $?' 2>&1 | sort -u | grep -v '^[a-z]*$'
  1
  nsls: incomplete: /proc hides processes (hidepid): Permission denied

So does -q of a PID namespace where the kernel cannot tell whether it has an init
(before Linux 6.11): it may be one of those.

  $ need cmd strace nspin nsclone
  $ export NSPATH="$CRAMTMP/names"; mkdir -m 755 "$NSPATH"; chmod 755 "$CRAMTMP"
  $ nsclone -p --pin box sleep 300 & c=$!
  $ wait_for nspin -q box
  $ unshare -m --propagation private sh -c '
  >     mount -t proc -o hidepid=2 proc /proc
  >     exec setpriv --reuid 65534 --regid 65534 --clear-groups strace -o /dev/null \
  >         -e inject=ioctl:error=ENOTTY:when=3+ nspin -lH box' | awk '{ print $4 }'
  yes
  $ nspin -d box 2>/dev/null; kill $c
