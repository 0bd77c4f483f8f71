# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nsclone nsunshare nspin umount mount stat flock pgrep

The file of --net=FILE is made last of all, just before the namespace is mounted
on it; whether it can be made is said before anything else:

  $ mkdir d
  $ nsclone --uts=d/uts --net=d/net ls d
  net
  uts
  $ umount d/*; rm d/*
  $ nsclone --uts=d/uts --pidfile=nosuch/pid true; ls d
  nsclone: --pidfile nosuch/pid: No such file or directory (there is no nosuch)
  $ mkdir ro; mount -t tmpfs -o ro none ro
  $ nsclone --uts=ro/uts --setup 'echo not run' true
  nsclone: --uts=ro/uts: Read-only file system
  [125]
  $ umount ro
  $ nsclone --uts=d/ true
  nsclone: --uts=d/: Is a directory
  [125]
  $ nsclone --uts=nosuch/ true
  nsclone: --uts=nosuch/: Is a directory
  [125]

Nothing but the file is left, and no record of it:

  $ nsclone --uts=d/uts --net=d/net true; nsunshare --ipc=d/ipc true
  $ find /run/nspin ! -name .lock
  /run/nspin
  $ umount d/*; rm d/*

Who is killed after the namespaces are mounted and before the command runs (here
in the middle of --setup) leaves the files; nspin -g unmounts and removes them,
but not while somebody is at work: a process lets go of its files, and so of the
lock, after that of its program, and a kill waits for neither.

  $ bound() { stat -f -c %T d/* | grep -c nsfs | grep -qx "$n"; }
  $ gone() { ! cat $(printf '/proc/%s/status ' $killed) | grep '^State:.[^ZX]'; }
  $ victim='echo $self'
  $ killed()
  > {
  >     tool=$1; n=$2; shift 2
  >     rm -f hook
  >     "$tool" "$@" --setup 'echo $PPID $$ >hook; exec sleep 60' true 2>err &
  >     self=$!
  >     wait_for test -s hook && wait_for bound && read -r inside hook <hook
  >     nspin -g
  >     killed=$(eval "$victim"); kill -9 "$killed"
  >     kill -9 "$inside" "$hook" 2>/dev/null
  >     killed="$killed $inside $hook"
  >     wait "$self" 2>/dev/null
  >     wait_for gone
  > }
  $ clean() { nspin "$@" | sed "s|^$PWD/||; s/^\.new\..*/.new/"; }
  $ killed nsclone 2 --uts=d/uts --net=d/net
  $ ls d
  net
  uts
  $ clean -gN; ls d
  d/uts
  d/net
  .new
  net
  uts
  $ clean -g; ls d; grep -c "$PWD/d" /proc/self/mountinfo
  d/uts
  d/net
  .new
  0
  [1]
  $ clean -g

With --pin all is taken back, too:

  $ killed nsclone 2 --uts=d/uts --net=d/net --pin web
  $ clean -g; ls d; nspin -l
  d/uts
  d/net
  .new

The same when nothing was mounted yet:

  $ killed nsclone 1 --uts=d/uts; umount d/uts; ls d
  uts
  $ clean -gN; clean -g; ls d
  d/uts
  .new
  d/uts
  .new

A file that was there before stays, and what was mounted on it goes:

  $ touch d/uts; chmod 444 d/uts; killed nsclone 2 --uts=d/uts --net=d/net
  $ clean -g; ls d; grep -c "$PWD/d" /proc/self/mountinfo
  d/uts
  d/net
  .new
  uts
  0
  [1]
  $ rm d/uts

What has come in its place since then stays: a file with something in it, one
that may be written to, one with another name or of another owner, a link to such
a file, a FIFO, a directory.

  $ other()
  > {
  >     killed nsclone 1 --uts=d/uts; umount d/uts
  >     eval "$1"
  >     clean -gN; clean -g; clean -g
  >     stat -c %F d/uts
  >     rm -rf d/* hard empty
  > }
  $ other 'echo text >d/uts'
  .new
  .new
  regular file
  $ other 'chmod u+w d/uts'
  .new
  .new
  regular empty file
  $ other 'ln d/uts hard'
  .new
  .new
  regular empty file
  $ other 'chown 1 d/uts'
  .new
  .new
  regular empty file
  $ other 'mv d/uts empty; ln -s ../empty d/uts'; ls empty 2>&1
  .new
  .new
  symbolic link
  ls: cannot access 'empty': No such file or directory
  [2]
  $ other 'rm -f d/uts; mkfifo -m 444 d/uts'
  .new
  .new
  fifo
  $ other 'rm -f d/uts; mkdir d/uts'
  .new
  .new
  directory

And so do a namespace that somebody else has mounted there, another file that is
mounted there, and a file in another directory of that name:

  $ other 'nsclone --uts=d/uts true'; umount d/uts; rm d/uts
  .new
  .new
  regular empty file
  rm: cannot remove 'd/uts': Device or resource busy
  $ other 'touch empty; chmod 444 empty; mount --bind empty d/uts'; umount d/uts; rm d/uts
  .new
  .new
  regular empty file
  rm: cannot remove 'd/uts': Device or resource busy
  $ other 'mv d e; mkdir d; cp -p e/uts d'; ls e; rm -r e
  .new
  .new
  regular empty file
  uts

A path is printed as what it is, and obeyed by nobody:

  $ esc=$(printf 'a\033b'); killed nsclone 2 --uts=d/uts --net="d/$esc"
  $ clean -g; ls d
  d/uts
  d/a\x1bb
  .new

A lock that anybody who may read the file can hold keeps nobody waiting:

  $ killed nsclone 1 --uts=d/uts; umount d/uts
  $ flock d/uts nspin -g | wc -l; ls d
  2

In another mount namespace it is left for one who sees what is mounted there:

  $ killed nsclone 1 --uts=d/uts
  $ unshare -m --propagation slave sh -c 'umount d/uts; nspin -g'; ls d
  uts
  $ clean -g; ls d
  d/uts
  .new

Where there cannot be a record it goes without one:

  $ NSPATH=/proc/nosuch nsclone --uts=d/uts true; umount d/uts; rm d/uts
  $ mkdir -m 777 open; NSPATH=$PWD/open nsunshare --uts=d/uts true
  $ umount d/uts; rm d/uts; ls -A open

A kill of nsunshare is heard of by its helper, which takes all back; that of the
helper is what -g is there for:

  $ killed nsunshare 2 --uts=d/uts --net=d/net; wait_for test ! -e d/uts
  $ clean -g; ls d
  $ for sig in TERM 34; do
  >     rm -f up; setsid nsunshare --uts=d/uts --setup='echo >up; exec sleep 60' true & wait_for test -e up
  >     kill -s $sig -- "-$!"; wait $!; wait_for test ! -e d/uts || echo "$sig leaves it"
  > done 2>/dev/null
  $ victim='pgrep -f "^nsunshare --uts=d/uts .*PPID" | grep -vx "$self"'
  $ killed nsunshare 2 --uts=d/uts --net=d/net
  $ ls d; clean -g; ls d
  net
  uts
  d/uts
  d/net
  .new
