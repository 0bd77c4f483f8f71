# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need plain "move what our file's copy would replace"
  $ need userns

A script that begins with "#!/proc/self/exe" is executed by whoever executes it:
by our file, which others inside could then write to. Where they could, our file
is not there any more, and what cannot be executed is left to a shell.

  $ mkdir own; cp "$NSKIT_BIN"/nsclone "$NSKIT_BIN"/nsjoin "$NSKIT_BIN"/nspin "$NSKIT_BIN"/nsunshare own
  $ chmod 755 . own own/*
  $ printf '#!/proc/self/exe --version\n' >self; chmod 755 self
  $ try() { "$@" ./self 2>&1 | sed '/getcwd/d; s/ [0-9][0-9.a-z-]*$/ VERSION/'; }

A tool that is our own, and namespaces in which we are the same user:

  $ try own/nsclone -r -R / -w "$PWD"
  nsclone: ./self: Exec format error
  $ try own/nsclone -c -p -R / -w "$PWD"
  nsclone: ./self: Exec format error
  $ try own/nsclone -r --setup=true
  nsclone: ./self: Exec format error
  $ try own/nsunshare -r -R / -w "$PWD"
  nsunshare: ./self: Exec format error

Who gets no right to change the view needs nothing of that, and hears what is
missing:

  $ own/nsclone --setup='echo set up' echo run
  set up
  run
  $ [ "$(id -u)" -eq 0 ] && echo 'needs CAP_SYS_CHROOT' || own/nsclone -R / true 2>&1 | grep -o 'needs CAP_SYS_CHROOT'
  needs CAP_SYS_CHROOT

A command in our own tree, with nothing of ours beside it, could reach the file
by its name:

  $ try own/nsunshare -r
  nsunshare (nskit) VERSION
  $ try own/nsunshare -r -f -p
  nsunshare (nskit) VERSION

The init of a new user namespace is beside it, but out of reach: what it is may be
seen from our own user namespace alone, whatever rights a command has in the new
one. Its file is the same then, and the command has nothing to find:

  $ try own/nsclone -rp
  nsclone (nskit) VERSION
  $ own/nsclone -rmp --mount-proc sh -c 'for f in exe root cwd map_files/0-0; do ls -L /proc/1/$f; done; cat /proc/1/maps; true </proc/1/mem' 2>&1 | grep -vc 'Permission denied'
  0
  [1]
  $ own/nsclone -rmp --mount-proc -S 0 sh -c 'ls -L /proc/1/exe' 2>&1 | grep -c 'Permission denied'
  1

In our own user namespace it could be reached, and has left its file:

  $ own/nsclone -r own/nsclone -mp --mount-proc readlink /proc/1/exe
  /memfd:none (deleted)
  $ try own/nsclone -r own/nsclone -p
  nsclone: ./self: Exec format error

The same for who joins them:

  $ own/nsclone -rmp sleep 300 & super=$!
  $ inside() { t=$(pgrep -P "$(pgrep -P $super)") && sleeps $t; }
  $ wait_for inside
  $ try own/nsjoin -a -w. $t
  nsjoin: ./self: Exec format error
  $ try own/nsjoin -U -m -w. $t
  nsjoin: ./self: Exec format error
  $ try own/nsjoin -U -p $t
  nsjoin: ./self: Exec format error
  $ try own/nsjoin -F -a -w. $t
  nsjoin: ./self: Exec format error
  $ try own/nsjoin -A -w. $t
  nsjoin: ./self: Exec format error
  $ try own/nsjoin --preserve-credentials -a -w. $t
  nsjoin: ./self: Exec format error

-f leaves its file before it reads the first line:

  $ mkfifo list
  $ own/nsjoin -f list true & job=$!
  $ exec 9>list
  $ leads_to_memory() { readlink /proc/$job/exe | grep -q '^/memfd:'; }
  $ wait_for leads_to_memory
  $ echo $t >&9; exec 9>&-; wait $job

-X executes a copy of what those inside could write to:

  $ if command -v busybox >/dev/null; then
  >     cp "$(command -v busybox)" own/readlink
  >     own/nsjoin -a -X own/readlink $t /proc/self/exe
  > else echo '/memfd:readlink (deleted)'; fi
  /memfd:readlink (deleted)
  $ kill $super; wait $super 2>/dev/null
  [143]

nspin leaves an init inside for as long as the name is there:

  $ own/nspin -Urp box
  $ for p in $(pgrep -f '^nspin: box'); do readlink /proc/$p/exe; done | grep memfd
  /memfd:none (deleted)
  $ own/nspin -d box

Where memfd_create(2) is refused another file without a name is in that place, or
none that can be written to:

  $ for errnum in EPERM ENOSYS EACCES; do
  >     "$BUILDDIR/tests/refuse" memfd_create $errnum own/nsclone -r --setup=true sh -c 'exit 7' || echo $?
  > done
  7
  7
  7

Where what was written to memory can never be executed (PR_SET_MDWE, systemd's
MemoryDenyWriteExecute=) a sealed copy runs:

  $ need cmd python3
  $ hardened()
  > {
  >     python3 -c 'import ctypes, os, sys
  > ctypes.CDLL(None).prctl(65, 1, 0, 0, 0)
  > os.execvp(sys.argv[1], sys.argv[1:])' "$@"
  > }
  $ hardened own/nsclone -rp --setup=true sh -c 'exit 7'
  [7]
  $ hardened own/nsunshare -rfp --setup=true sh -c 'exit 7'
  [7]
  $ mkdir -m 777 open && chmod 777 open
  $ unshare -Urm sleep 60 & t=$!
  $ wait_for sleeps $t; ln -s /proc/$t/ns/mnt open/link
  $ hardened own/nsjoin -v -U=$t -m=open/link true 2>&1 | sed 's/write to .*/write to it/'
  nsjoin: open/link: others than root and we can write to it
  nsjoin: entering mnt, user
  $ kill $t
  $ hardened own/nspin -Urp box && own/nspin -d box
