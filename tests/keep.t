# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ NSPATH=$XDG_RUNTIME_DIR/nspin
  $ export NSPATH
  $ need cmd nsclone nsunshare nspin ps
  $ need userns

--pin keeps the new namespaces under a name, which is there before the command:

  $ nsclone -rn --pin web sh -c 'ls "$NSPATH"'
  web
  $ nspin -q web
  $ nsjoin web readlink /proc/self/ns/net >net
  $ nspin -lH web | grep -cFf net
  1

For a user a small process keeps them, and for nsunshare, whose process stays
what it is, no other one is left or becomes its child:

  $ nsunshare -ru --pin host sh -c 'echo $$; ps -o args= --ppid $$' | sed '1s/.*/N/; 2s/[0-9][0-9]*/N/'
  N
  ps -o args= --ppid N
  $ nspin -q host
  $ nsunshare -rfp --pin box sh -c 'ls "$NSPATH" | grep box; echo $$'
  box
  1

A name that is taken is refused before anything runs:

  $ nsclone -rn --pin web echo not run
  nsclone: web: File exists (nspin -d lets go of it)
  [125]
  $ nsunshare -rn --pin web echo not run
  nsunshare: web: File exists (nspin -d lets go of it)
  [125]
  $ nspin -d web host box

A PID namespace dies with the command; the others go on:

  $ nsclone -rpu --pin box true
  $ nspin -q box
  nspin: box: PID namespace: its init has ended
  [1]
  $ nsjoin -Uu box true
  $ nspin -d box

When a step fails, or the command cannot be run, nothing is kept:

  $ nsclone -ru --pin web nosuch 2>/dev/null
  [127]
  $ nsclone -rpu --pin web nosuch 2>/dev/null
  [127]
  $ nsunshare -ru --pin web nosuch 2>/dev/null
  [127]
  $ nsclone -ru --pin web --setup 'exit 3' true
  nsclone: --setup exit 3: exit status 3
  [125]
  $ nsunshare -ru --pin web --setup 'exit 3' true
  nsunshare: --setup exit 3: exit status 3
  [125]
  $ nsclone -ru --pin web --wd /nosuch true
  nsclone: --wd /nosuch: No such file or directory
  [125]
  $ nsclone -ru --pin web --setup 'kill -9 $PPID' true
  nsclone: the process in the new namespaces has died
  [125]
  $ nsunshare -ru --pin web --setup 'kill -9 $PPID' true 2>/dev/null
  [137]
  $ gone() { test -z "$(nspin -lH)"; }
  $ wait_for gone

A failed unshare leaves no helper, and no pin:

  $ (ulimit -n 6; nsunshare -ru --pin web true) 2>&1 | wc -l
  1
  $ none_left() { ! ps -e -o args= | grep -q '^nsunshare -ru --pin web'; }
  $ wait_for none_left
  $ nspin -l

What makes no sense:

  $ nsclone --pin web true
  nsclone: --pin: which new namespaces?
  [125]
  $ nsclone -u --pin ../web true
  nsclone: --pin ../web: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  [125]
  $ nsunshare -rp --pin web true
  nsunshare: -p: to be kept it needs --fork: before its first process a PID namespace has no file
  [125]
  $ nsunshare --pid=file true
  nsunshare: -p: to be kept it needs --fork: before its first process a PID namespace has no file
  [125]

--explain looks whether it could be done:

  $ nsclone -ru --pin web --explain true | grep keep | sed "s|$NSPATH|PINS|"
  yes  keep the new namespaces as web, in PINS
  $ nsclone -ru --pin web true
  $ nsclone -ru --pin web --explain true | grep keep | sed "s|$NSPATH|PINS|"
  no   keep the new namespaces as web, in PINS: the name exists; nspin -d lets go of it
  $ nspin -d web
  $ umount "$NSPATH" 2>/dev/null || true
