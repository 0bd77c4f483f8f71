# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need user
  $ need newuidmap

Limits of processes and descriptors are named:

  $ need cmd bash
  $ bash -c 'ulimit -u 1; exec nsclone -r true'
  nsclone: cannot create the namespaces: Resource temporarily unavailable (a limit on processes is reached: ulimit -u is 1)
  [125]
  $ bash -c 'exec 9>&-; ulimit -n 4; exec nsclone -r true'
  nsclone: channel to the child: Too many open files (ulimit -n is 4)
  [125]

Without subordinate IDs it is the option that was written which cannot be had:

  $ for option in --map-auto --map-subids --map-users=auto --map-groups=subids; do
  >     nsunshare -rm sh -c 'mount --bind /dev/null /etc/subuid &&
  >         mount --bind /dev/null /etc/subgid && exec nsclone $0 true' $option 2>&1 |
  >         sed 's/ user [^ ]*/ user ME/'
  > done
  nsclone: --map-auto: /etc/subuid has no range for user ME (usermod --add-subuids adds one)
  nsclone: --map-subids: /etc/subuid has no range for user ME (usermod --add-subuids adds one)
  nsclone: --map-users: /etc/subuid has no range for user ME (usermod --add-subuids adds one)
  nsclone: --map-groups: /etc/subgid has no range for user ME (usermod --add-subgids adds one)

What newuidmap(1) would not do for an ordinary user is known before it is asked;
what keeps it from its work is found afterwards:

  $ n=$(sed -n "s/^$(id -un):\([0-9]*\):.*/\1/p" /etc/subuid | head -n 1)
  $ nsclone --map-users=0:$n:10 --map-groups=0:5:1 true 2>err
  [125]
  $ sed "s/ $(id -un)\$/ ME/" err
  nsclone: --map-groups 0:5:1: /etc/subgid does not give ID 5 to user ME
  $ nsunshare --no-new-privs nsclone --map-auto true 2>&1 | sed 's|/[^ ]*/||'
  nsclone: newgidmap: *(no_new_privs is set, so it cannot gain the privilege to write the map) (glob)
