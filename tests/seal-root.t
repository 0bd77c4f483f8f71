# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need plain "move what our file's copy would replace"

Root leaves its file only where somebody inside could write to it. With a user
namespace that has no user 0 of ours that is not so, and nothing is paid for:

  $ for tool in nsclone nsunshare nsjoin; do install -m 755 "$NSKIT_BIN/$tool" .; done
  $ install -m 755 "$BUILDDIR/tests/refuse" .
  $ printf '#!/proc/self/exe --version\n' >self; chmod 755 . self
  $ clone() { ./nsclone -U --map-users="${1:-0:100000:10}" --map-groups=0:100000:10 --setup=true -p ./self 2>&1 | sed '/getcwd/d; s/ [0-9][0-9.a-z-]*$/ VERSION/'; }
  $ clone
  nsclone (nskit) VERSION

But where the file is the group's, everybody's, or somebody's by name, or belongs
to one of those, a script finds nothing of ours that could be its interpreter:

  $ chmod 775 nsclone; clone
  nsclone: ./self: Exec format error
  $ chmod 757 nsclone; clone
  nsclone: ./self: Exec format error
  $ chmod 755 nsclone
  $ if command -v setfacl >/dev/null && setfacl -m u:100003:rwx nsclone 2>/dev/null; then clone; setfacl -b nsclone
  > else echo 'nsclone: ./self: Exec format error'; fi
  nsclone: ./self: Exec format error
  $ chown 100003 nsclone; clone; clone 0:100004:10
  nsclone: ./self: Exec format error
  nsclone (nskit) VERSION
  $ chown 0 nsclone; clone 0:0:10; clone 5:0:1
  nsclone: ./self: Exec format error
  nsclone: ./self: Exec format error

Without a map we keep our user, and without a user namespace all are there:

  $ ./nsclone -U --setup=true ./self; ./nsclone -p ./self; ./nsunshare -R / -w "$PWD" ./self
  nsclone: ./self: Exec format error
  nsclone: ./self: Exec format error
  nsunshare: ./self: Exec format error
  [126]

nsjoin asks the target's map, or is careful where it cannot read it: an owner of
the namespace, a namespace further down, one that is no process's:

  $ start() { ./nsclone -m -p "$@" sleep 300 & super=$!; wait_for inside; }
  $ inside() { t=$(pgrep -P "$(pgrep -P $super)") && sleeps $t; }
  $ join() { ./nsjoin -w. "$@" ./self 2>&1 | sed '/getcwd/d; s/ [0-9][0-9.a-z-]*$/ VERSION/'; }
  $ start -U --owner=100000:100000 --map-users=0:100000:10 --map-groups=0:100000:10
  $ join -a $t
  nsjoin (nskit) VERSION
  $ chown 100003 nsjoin; join -a $t
  nsjoin: ./self: Exec format error
  $ chown 0 nsjoin; chmod 775 nsjoin; join -a $t
  nsjoin: ./self: Exec format error
  $ chmod 755 nsjoin; join --preserve-credentials -a $t
  nsjoin: ./self: Exec format error
  $ join -m -p $t
  nsjoin: ./self: Exec format error
  $ join --mount=/proc/$t/ns/mnt --pid=/proc/$t/ns/pid --user=/proc/$t/ns/user
  nsjoin: ./self: Exec format error
  $ kill $super; wait $super 2>/dev/null
  [143]

Where a process may not leave its file (PR_SET_MM), a sealed copy goes on in its
place: in the background, too, with the signals and the descriptors that it was
given, and what there is to say it says once:

  $ ./refuse set_mm EPERM ./nsclone -p --pidfile=super -d sleep 300 >command
  $ command=$(cut -d: -f1 command); sleeps $command && kill $(cat super)
  $ wait_for test ! -e /proc/$command
  $ mkfifo hold; exec 7<>hold; echo >&7
  $ ./refuse set_mm EPERM ./nsclone -p --hold-fd=7 echo let go; exec 7>&-
  let go
  $ ./refuse set_mm EPERM ./nsunshare -p sh -c :
  nsunshare: -p without -f: this process stays where it is, its first child will be PID 1

What of our program its init goes on to read it reads through a mount that is
read-only and nowhere: it can neither be written to nor made writable, and has no
place that it could be bound to. Without such a mount the init has a copy in memory:

  $ cat >thaw.py <<'END'
  > import ctypes, errno, os, struct
  > mount_setattr, empty_path, rdonly = 442, 0x1000, 1
  > call = ctypes.CDLL(None).syscall
  > for name in os.listdir("/proc/1/map_files"):
  >     path = "/proc/1/map_files/" + name
  >     if ".so" in os.path.basename(os.readlink(path)):
  >         continue  # of a tool that is not static: a library, everybody's
  >     fd = os.open(path, os.O_PATH)
  >     if call(mount_setattr, fd, b"", empty_path, struct.pack("4Q", 0, rdonly, 0, 0), 32) == 0:
  >         print("a mount that can be changed")
  >     if os.system("mount --bind %s a 2>/dev/null" % path) == 0:
  >         print("a mount that can be bound")
  >     try:
  >         os.chmod(path, 0o755)
  >         print("a file that can be written to")
  >     except OSError as e:
  >         if e.errno != errno.EROFS:
  >             print(e)
  > print(os.readlink("/proc/1/exe"))
  > END
  $ thaw()
  > {
  >     if command -v python3 >/dev/null; then "$@" ./nsclone -mp --mount-proc python3 thaw.py
  >     else echo '/memfd:none (deleted)'; fi
  > }
  $ : >a; thaw
  /memfd:none (deleted)
  $ thaw ./refuse mount_setattr ENOSYS
  /memfd:none (deleted)
  $ thaw ./refuse open_tree EPERM
  /memfd:none (deleted)

Executable memory is forbidden to a PID namespace by a sysctl (Linux 6.3), or by a
filter. Then our program is seen through a mount that is read-only and nowhere; a
file without a name is for who may make no mounts:

  $ start2() { ./refuse memfd_create EPERM "$@" ./nsclone -p sleep 300 & super=$!; wait_for inside2; }
  $ inside2() { init=$(pgrep -P $super) && t=$(pgrep -P $init) && sleeps $t; }
  $ start2; true >/proc/$init/exe
  *Read-only file system (glob)
  [2]
  $ kill $super; wait $super 2>/dev/null
  [143]
  $ start2 ./refuse open_tree EPERM; readlink /proc/$init/exe | sed 's/[0-9][0-9]*/N/'
  /dev/shm/#N (deleted)
  $ kill $super; wait $super 2>/dev/null
  [143]
  $ if [ -e /proc/sys/vm/memfd_noexec ]; then
  >     ./nsclone -mp --mount-proc sh -c 'echo 2 >/proc/sys/vm/memfd_noexec; ./nsclone -p sh -c "exit 7"; echo $?; exec 9>a; echo $$ | ./nsjoin -F -S 0 -f - true; echo $?'
  > else printf '7\n0\n'; fi
  7
  0

None is left where no directory takes a program either; that is said:

  $ cat >none.sh <<'END'
  > for dir in /dev/shm /tmp /var/tmp /run; do mount -t tmpfs -o noexec none $dir; done
  > "$@" ./nsclone -p true
  > END
  $ ./nsclone -mp --mount-proc sh none.sh ./refuse open_tree EPERM ./refuse memfd_create EPERM
  nsclone: a copy of nsclone that nobody inside can write to: Operation not permitted (memfd_create(2) is refused, by a seccomp filter it seems, and /dev/shm, /tmp, /var/tmp and /run take no program)
  [125]
  $ if [ -e /proc/sys/vm/memfd_noexec ]; then
  >     echo 'echo 2 >/proc/sys/vm/memfd_noexec; . ./none.sh' >sysctl.sh
  >     ./nsclone -mp --mount-proc sh sysctl.sh ./refuse open_tree EPERM
  > else
  >     echo 'nsclone: a copy of nsclone that nobody inside can write to: Permission denied (sysctl vm.memfd_noexec=2 forbids programs in memory, and /dev/shm, /tmp, /var/tmp and /run take none; vm.memfd_noexec=1 allows them)'
  >     (exit 125)
  > fi
  nsclone: a copy of nsclone that nobody inside can write to: Permission denied (sysctl vm.memfd_noexec=2 forbids programs in memory, and /dev/shm, /tmp, /var/tmp and /run take none; vm.memfd_noexec=1 allows them)
  [125]
