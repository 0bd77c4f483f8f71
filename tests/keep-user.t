# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need user
  $ need cmd nsclone nsunshare
  $ need userns

The mount on a file needs privilege outside:

  $ nsclone -r --net=file true
  nsclone: --net=file: Operation not permitted (a bind mount needs CAP_SYS_ADMIN in the user namespace that owns our mount namespace)
  [125]
  $ nsunshare -r --net=file true
  nsunshare: --net=file: Operation not permitted (a bind mount needs CAP_SYS_ADMIN in the user namespace that owns our mount namespace)
  [125]
  $ ls file
  ls: cannot access 'file': No such file or directory
  [2]
