# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd strace script
  $ need plain "sanitizers read /proc when a process ends"

Who made the new root decides what is in it: a /proc of its own with whatever
answer it likes, a FIFO that blocks who opens it. So nothing is looked up once
the root directory has changed, but what execve(2) looks for. After the first
chroot(2), pivot_root(2) or (of nsjoin) setns(2) of a process, this shows each
call that opens a file, until it executes the command:

  $ cat >late <<'END'
  > function watch(pid) { return pid in changed && !(pid in executed) }
  > {
  >     pid = $1
  >     sub(/<\.\.\. /, "")
  >     sub(/ resumed>/, "(")
  >     if (/ (chroot|pivot_root)\(.*= 0$/ || / setns\(.*CLONE_NEWNS.*= 0$/)
  >         changed[pid] = 1
  >     else if (/ execve\(.*= 0$/)
  >         executed[pid] = 1
  >     else if (/ (v?fork|clone3?)\(.*= [0-9]+$/ && watch(pid))
  >         changed[$NF] = 1
  >     else if (/ (open|openat|openat2|open_tree|readlink|readlinkat|name_to_handle_at)\(/ && watch(pid))
  >         print
  > }
  > END
  $ calls=chroot,pivot_root,setns,execve,open,openat,openat2,open_tree,readlink,readlinkat
  $ calls=$calls,name_to_handle_at,clone,?clone3,?fork,?vfork
  $ late()
  > {
  >     script -qec "strace -f -o trace -e trace=$calls $* true" /dev/null </dev/null >said 2>&1 || cat said
  >     grep -qE ' (chroot|pivot_root|setns)\(' trace || echo "$*: no new root"
  >     awk -f late trace
  > }

At a terminal, with a root, and with all that used to look something up after it
had changed: the guard of the terminal, clearing the groups, closing descriptors.

  $ for tool in nsclone 'nsclone -p' nsunshare 'nsunshare -f' 'nsunshare -pf'; do
  >     for ids in -c -r '-r -S 0' '-r -G 0 --caps=none' '-r --no-new-privs'; do
  >         late $tool $ids -m -R / -w / --close-fds --clear-env --whitelist-env=PATH
  >         late $tool $ids -R / -w / --close-fds
  >     done
  > done
  $ if [ "$(id -u)" -eq 0 ]; then
  >     for tool in nsclone 'nsclone -mp' nsunshare 'nsunshare -mf'; do
  >         late $tool -R / -w / --groups=1 -S 1 -G 1
  >     done
  > fi

And nsjoin into one that has a root of its own:

  $ nsclone -rmp -R / sleep 300 >/dev/null 2>&1 &
  $ sleeper() { t=$(pgrep -P $! -x sleep || pgrep -P "$(pgrep -P $!)" -x sleep) && sleeps $t; }
  $ wait_for sleeper
  $ for how in '' -a -r -e '-r -w -e' '-S 0' '-W /' --close-fds --keep-caps '-A --except=cgroup'; do
  >     late nsjoin $how -t $t
  > done
  $ kill $!
