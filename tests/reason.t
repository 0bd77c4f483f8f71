# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd refuse

A refusal by the kernel is one line that names the cause and the cure. Each is
brought about here on purpose; inside is a mount namespace with user ID 0 of our
own, in which the files of /proc and the limits are ours to change:

  $ inside() { nsunshare -rm sh -c "$1"; }
  $ knob() { echo "mount -t tmpfs none /proc/sys/kernel && echo $2 >/proc/sys/kernel/$1"; }

User namespaces switched off, in the three ways there are; "refuse" stands for
the kernel that does it, which is not this one:

  $ inside "$(knob unprivileged_userns_clone 0) &&
  >     exec nsunshare --caps=none refuse unshare EPERM nsunshare -U true"
  nsunshare: cannot create the namespaces: Operation not permitted (kernel.unprivileged_userns_clone is 0: only root may make user namespaces; set it to 1)
  [125]
  $ inside "$(knob apparmor_restrict_unprivileged_userns 1) &&
  >     exec nsunshare --caps=none refuse clone3 EPERM refuse clone EPERM nsclone -U true"
  nsclone: cannot create the namespaces: Operation not permitted (kernel.apparmor_restrict_unprivileged_userns is 1: only programs with an AppArmor profile that allows userns may; set it to 0 or add a profile)
  [125]
  $ inside "echo 0 >/proc/sys/user/max_user_namespaces && exec nsunshare -U true"
  nsunshare: cannot create the namespaces: No space left on device (user.max_user_namespaces is 0: these are switched off; raise it)
  [125]

AppArmor may also let the namespace be made and give no capabilities in it. Other
causes are told apart from that, and from each other:

  $ inside "$(knob apparmor_restrict_unprivileged_userns 1) &&
  >     exec refuse mount EACCES nsunshare -rm true"
  nsunshare: propagation of /: Permission denied (kernel.apparmor_restrict_unprivileged_userns is 1: the new user namespace gives no capabilities; set it to 0 or add an AppArmor profile that allows userns)
  [125]
  $ inside "$(knob apparmor_restrict_unprivileged_userns 1) &&
  >     exec nsunshare --caps=sys_admin,setuid,setgid nsunshare --map-user=1 true"
  nsunshare: uid_map: Operation not permitted (to map user 0 of outside needs CAP_SETFCAP there)
  [125]
  $ refuse sethostname EPERM nsunshare -r --hostname=box true
  nsunshare: --hostname box: Operation not permitted (a seccomp filter is in force, which seems not to allow it)
  [125]

A filter, a chroot, a user namespace without a map:

  $ refuse unshare ENOSYS nsunshare -U true
  nsunshare: cannot create the namespaces: Function not implemented (a seccomp filter is in force, which seems not to allow it)
  [125]
  $ for error in EPERM ENOSYS; do
  >     refuse pidfd_open $error nsclone -r id -u
  >     refuse pidfd_open $error nsclone -rd true
  > done
  0
  nsclone: pidfd of the command: Operation not permitted (a seccomp filter is in force, which seems not to allow it)
  0
  nsclone: pidfd of the command: Function not implemented (a seccomp filter is in force, which seems not to allow it)
  [125]
  $ refuse unshare EPERM nsunshare -U true
  nsunshare: cannot create the namespaces: Operation not permitted (a seccomp filter is in force, which seems not to allow user namespaces: that of a container, or RestrictNamespaces= of systemd)
  [125]
  $ dirs=$(for d in /bin /lib /lib64 /usr /proc "$NSKIT_BIN"; do [ ! -d "$d" ] || echo "$d"; done)
  $ mkdir "$CRAMTMP/root" && for d in $dirs; do mkdir -p "$CRAMTMP/root$d"; done
  $ inside "for d in $(echo $dirs); do mount --rbind \$d $CRAMTMP/root\$d || exit; done
  >     exec nsunshare -R $CRAMTMP/root $NSKIT_BIN/nsunshare -U true"
  nsunshare: cannot create the namespaces: Operation not permitted (user namespaces cannot be made in a chroot; enter it by pivot_root(2) in a mount namespace instead)
  [125]
  $ inside "mount --rbind $CRAMTMP/root $CRAMTMP/root && mount -t tmpfs none $CRAMTMP/root/proc &&
  >     for d in $(echo $dirs | sed 's| /proc||'); do mount --rbind \$d $CRAMTMP/root\$d || exit; done
  >     exec nsunshare -R $CRAMTMP/root $NSKIT_BIN/nsunshare -U true"
  nsunshare: cannot create the namespaces: Operation not permitted (user namespaces cannot be made in a chroot; enter it by pivot_root(2) in a mount namespace instead)
  [125]
  $ nsunshare -U nsunshare -U true
  nsunshare: cannot create the namespaces: Operation not permitted (our own ID is not mapped in the user namespace that we are in: give that one a map (-r))
  [125]

Limits, of the type that has reached its own, here or further out:

  $ inside 'echo 1 >/proc/sys/user/max_uts_namespaces && exec nsunshare -u nsunshare -muin true'
  nsunshare: cannot create the namespaces: No space left on device (user.max_uts_namespaces is 1: the limit is reached; raise it)
  [125]
  $ inside 'echo 0 >/proc/sys/user/max_net_namespaces && exec nsunshare -r nsclone -muin true'
  nsclone: cannot create the namespaces: No space left on device (user.max_net_namespaces is reached, not here but in an outer user namespace)
  [125]
  $ inside 'echo 0 >/proc/sys/user/max_time_namespaces && exec nsunshare -T true'
  nsunshare: cannot create the time namespace: No space left on device (user.max_time_namespaces is 0: these are switched off; raise it)
  [125]
  $ cat >"$CRAMTMP/nest" <<'EOF'
  > [ "$2" -le 34 ] && exec nsunshare "$1" sh "$0" "$1" "$(($2 + 1))"
  > EOF
  $ nsunshare -r sh "$CRAMTMP/nest" -pf 1 2>&1
  nsunshare: cannot create .*: No space left on device \(.*PID namespaces .* nested 32 deep.*\) (re)
  [125]
  $ sh "$CRAMTMP/nest" -r 1 2>&1
  nsunshare: cannot create the namespaces: No space left on device (user namespaces are nested 33 deep, which is the most there can be, or user.max_user_namespaces of an outer one is reached)
  [125]

PID namespaces: the first child has ended, or there is one already for children:

  $ nsunshare -rpq sh -c '/bin/true; exec nsclone true'
  nsclone: cannot create a child: Cannot allocate memory (the first process of the PID namespace that children would be in has ended: nothing can start there)
  [125]
  $ nsunshare -rpq nsunshare -pq true
  nsunshare: cannot create the namespaces: Invalid argument (our children will be in another PID namespace already (-p without -f, or entered): fork first)
  [125]

proc shows its mounter's PID namespace, and nothing that is masked here:

  $ nsunshare -r --mount-proc true
  nsunshare: --mount-proc: /proc: Operation not permitted (proc shows the PID namespace of its mounter, which is not a new one here: add -p, with -f)
  [125]
  $ inside 'mount --bind /dev/null /proc/meminfo && exec nsclone -r --mount-proc true'
  nsclone: --mount-proc: /proc: Operation not permitted (/proc is masked in part here (/proc/meminfo), as in a container, and a new one would show what is behind)
  [125]
  $ nsclone -r --mount-proc=/no/such true
  nsclone: --mount-proc: /no/such: No such file or directory (the mount point is not a directory that exists)
  [125]

setns(2) refuses mount and user namespaces to one who shares his root directory
with another process; that is cured, not told:

  $ nsunshare -rm sleep 300 & t=$!
  $ wait_for sleeps $t; refuse shared root nsjoin -Um -t $t id -u; kill $t
  0
  $ refuse shared root nsunshare -rmT id -u
  0

A command that is there, but not inside, or whose interpreter is missing:

  $ mkdir -p "$CRAMTMP/empty/bin"
  $ nsclone -rR "$CRAMTMP/empty" ls
  nsclone: ls: No such file or directory (it is there outside, but it was looked for inside, below the new root directory)
  [127]
  $ nsunshare -rR "$CRAMTMP/empty" /bin/sh
  nsunshare: /bin/sh: No such file or directory (it is there outside, but it was looked for inside, below the new root directory)
  [127]
  $ nsclone -rR "$CRAMTMP/empty" nosuchcommand
  nsclone: nosuchcommand: No such file or directory (there is no such command in the PATH inside)
  [127]
  $ nsclone -r nosuchcommand
  nsclone: nosuchcommand: No such file or directory (there is no such command in PATH)
  [127]
  $ cp /bin/true "$CRAMTMP/empty/bin/true"
  $ nsclone -rR "$CRAMTMP/empty" /bin/true
  nsclone: /bin/true: No such file or directory (its interpreter /lib*/ld-linux*.so* is missing inside) (glob)
  [127]
  $ printf '#! /no/interpreter -x\n' >"$CRAMTMP/script"; chmod +x "$CRAMTMP/script"
  $ cd "$CRAMTMP" && nsclone -r ./script
  nsclone: ./script: No such file or directory (its interpreter /no/interpreter is missing)
  [127]
  $ printf '#!/bin/sh\r\n' >dos; printf '#!/etc\n' >etc; printf '\177ELF' >elf; chmod +x dos etc elf
  $ for file in dos etc elf script/x no/such/x; do nsunshare -r ./$file; echo $?; done
  nsunshare: ./dos: No such file or directory (its interpreter /bin/sh\x0d is missing: its lines end as in DOS)
  127
  nsunshare: ./etc: Permission denied (its interpreter /etc may not be executed)
  126
  nsunshare: ./elf: Exec format error (it is damaged or of another kind of machine)
  126
  nsunshare: ./script/x: Not a directory (./script is not a directory)
  126
  nsunshare: ./no/such/x: No such file or directory (there is no ./no)
  127
  $ chmod 0 empty/bin; if [ "$(id -u)" -ne 0 ]; then nsunshare empty/bin/true
  > else echo 'nsunshare: empty/bin/true: Permission denied (we may not search empty/bin)'; (exit 126); fi
  nsunshare: empty/bin/true: Permission denied (we may not search empty/bin)
  [126]
  $ chmod 755 empty/bin; chmod -x script; nsclone -r ./script
  nsclone: ./script: Permission denied (the file is not executable: chmod +x)
  [126]
  $ nsclone -r ./empty
  nsclone: ./empty: Permission denied (it is a directory)
  [126]
  $ inside "cd $CRAMTMP; chmod +x script; mount --bind . . && mount -o remount,bind,noexec . && cd $CRAMTMP && exec nsunshare -u ./script"
  nsunshare: ./script: Permission denied (its file system is mounted noexec)
  [126]

More mounts than a mount namespace may have:

  $ mounts() { strace -qq -f -o /dev/null -e inject=move_mount:error=ENOSPC "$@" 2>&1; }
  $ if [ "$(mounts echo works)" = works ]; then
  >     mounts nsclone -rm --tmpfs=/mnt true | sed 's/is [0-9]*:/is N:/'
  > else
  >     echo 'nsclone: --tmpfs /mnt: No space left on device (sysctl fs.mount-max is N: a mount namespace may not have more; raise it)'
  > fi
  nsclone: --tmpfs /mnt: No space left on device (sysctl fs.mount-max is N: a mount namespace may not have more; raise it)
