# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin ps pgrep
  $ NSPATH=$CRAMTMP/pins
  $ export NSPATH

A PID namespace dies with its first process, so a new one gets a small one of
ours, which only reaps and is ended by -d:

  $ nspin -pm box
  $ nspin -q box
  $ init=$(cut -d: -f1 "$NSPATH/box/.init")
  $ ps -o args= -p "$init" | sed 's/ *$//'
  nspin: box
  $ readlink "/proc/$init/cwd"
  /
  $ opened() { ls "/proc/$init/fd" | xargs; }
  $ wait_for eval '[ "$(opened)" = "0 1 2" ]'; opened
  0 1 2
  $ nsjoin box sh -c 'sleep 0.01 & exit 5'
  [5]
  $ none_left() { ! pgrep -P "$init"; }
  $ wait_for none_left

It runs from a sealed copy that nobody inside can write to:

  $ nsjoin box sh -c 'mount -t proc proc /proc; echo x >/proc/1/exe || echo refused' 2>/dev/null
  refused

nsjoin mounts a proc that shows it, for the command alone, and says where that
means nothing:

  $ nsjoin --mount-proc box ps -A -o args=
  nspin: box
  ps -A -o args=
  $ nsjoin box sh -c '[ "$(readlink /proc/self)" != $$ ] && echo ours'
  ours
  $ nsjoin --explain --mount-proc -p box true | sed 's/pid:.*/pid/'
  yes  enter the PID namespace pid
  yes  proc on /proc, in a mount namespace of its own
  yes  run true
  $ nsjoin --mount-proc -m box true
  nsjoin: --mount-proc: no PID namespace is entered
  [125]
  $ nsjoin --mount-proc -F box true
  nsjoin: --mount-proc: only a child is in the PID namespace: not with --no-fork
  [125]

  $ nspin -d box
  $ gone() { ! kill -0 "$init" 2>/dev/null || ps -o stat= -p "$init" | grep -q Z; }
  $ wait_for gone

One whose init has ended is dead: shown so, and refused in words.

  $ nspin -p --setup 'test $$ = 2' box
  $ init=$(cut -d: -f1 "$NSPATH/box/.init")
  $ kill -9 "$init"
  $ wait_for gone
  $ nspin -lH box | tr -s ' ' | cut -d' ' -f4
  no
  $ nspin -q box
  nspin: box: PID namespace: its init has ended
  [1]
  $ nsjoin -p box true 2>&1 | grep -c 'has ended'
  1

-g removes it: it holds nothing that lives.

  $ nspin -gN
  box
  $ nspin -g
  box
  $ nspin -l

That of a process ends with the process; other members go on:

  $ nsclone -pn sleep 1000 & clone=$!
  $ child() { first=$(pgrep -P "$clone"); }
  $ wait_for child; child
  $ nspin -pn -t "$first" box
  $ nspin -q box
  $ kill "$clone"; wait "$clone" 2>/dev/null
  [143]
  $ nspin -q box
  nspin: box: PID namespace: its init has ended
  [1]
  $ nspin -g
  $ nsjoin -n box true
  $ nspin -d box
