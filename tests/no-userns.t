# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

With --disable-userns nothing inside makes another user namespace, root there
and its children neither:

  $ nsclone -rp --mount-proc --disable-userns sh -c 'nsunshare -U true; nsclone -Up true'
  nsunshare: cannot create the namespaces: No space left on device (user.max_user_namespaces is 0: these are switched off; raise it)
  nsclone: cannot create the namespaces: No space left on device (user.max_user_namespaces is 0: these are switched off; raise it)
  [125]

Nor does it take the limit back, by itself or by its init:

  $ knob=/proc/sys/user/max_user_namespaces
  $ nsclone -rp --mount-proc --disable-userns sh -c "id -u; cat $knob; echo 9 >$knob; cat $knob" 2>&1 | sed 's/sh: [0-9]*: //'
  0
  0
  cannot create /proc/sys/user/max_user_namespaces: Permission denied
  0
  $ nsclone -rp --mount-proc --disable-userns grep -h '^Cap[PBE]' /proc/1/status /proc/self/status |
  >     while read -r name set; do
  >         [ $((0x$set >> 24 & 1)) -eq 0 ] || echo "$name $set"
  >     done

Other namespaces it may make, and the set-up commands are not concerned:

  $ nsclone -rp --disable-userns --setup='nsunshare -U echo set up' nsunshare -mun echo made
  set up
  made
  $ nsunshare -c --disable-userns nsunshare -U true
  nsunshare: cannot create the namespaces: No space left on device (user.max_user_namespaces is 0: these are switched off; raise it)
  [125]
  $ nsclone --explain -r --disable-userns true | tail -n 2
  yes  no other user namespace inside, and no CAP_SYS_RESOURCE
  yes  run true
  $ nsclone --disable-userns true
  nsclone: --disable-userns: needs -U
  [125]
  $ nsclone -r --disable-userns --caps=sys_resource true
  nsclone: --caps: sys_resource is not ours to give
  [125]
