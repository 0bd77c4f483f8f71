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
