# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin
  $ NSPATH=$CRAMTMP/pins
  $ export NSPATH

New namespaces under a name, all of them at once:

  $ nspin -unm web
  $ nspin -l | sed 's/\[[0-9]*\]/[N]/g'
  web mnt:[N] uts:[N] net:[N]
  $ nspin -q web

Nothing is stacked on a name that exists, and nothing is left of the attempt:

  $ nspin -n web
  nspin: web: File exists (nspin -d lets go of it)
  [1]
  $ ls -A "$NSPATH"
  .lock
  web

Those of a process, and another name for them:

  $ nspin -t $$ -n ours
  $ nspin -M ours mine
  $ test "$(nspin -l mine)" = "mine $(readlink /proc/$$/ns/net)"

Without letters all that can be kept; by letter all that was asked for:

  $ nspin -t $$ all
  nspin: left out: the mount namespace: it is our own or an older one
  $ nspin -l all | tr ' ' '\n' | sed 's/:.*//' | grep -v time | tr '\n' ' '
  all uts ipc net pid user cgroup  (no-eol)
  $ nspin -m -t $$ none 2>&1 | sed "s|$NSPATH|PINS|"
  nspin: cannot keep the mount namespace in PINS: Too many levels of symbolic links (it is our own or an older one, which would keep itself)

Sixteen at once: one has it.

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     (nspin -u one 2>/dev/null; echo $?) &
  > done | sort | uniq -c | sed 's/^ *//'
  1 0
  15 1

A FIFO is not opened, a bad name refused:

  $ mkdir "$NSPATH/fifo" && mkfifo "$NSPATH/fifo/net"
  $ nspin -q fifo
  nspin: fifo: Invalid argument
  [1]
  $ nspin -n ../x
  nspin: ../x: not a name: letters, digits and _.@+-, not digits alone
  [2]

  $ nspin -d fifo
  nspin: fifo: it holds what is no namespace
  [1]

A pin that is not mounted here is not unlinked: that would end it elsewhere.

  $ nsclone -m sh -c "umount $NSPATH/web/net && nspin -d web"
  nspin: web: it is mounted in another mount namespace, not here
  [1]
  $ nspin -q web
  $ rm -r "$NSPATH/fifo"

Letting go; what a killed one left is removed by -g.

  $ nspin -d web mine one all
  $ mkdir "$NSPATH/.new.1.0"
  $ nspin -gN
  .new.1.0
  $ nspin -g
  .new.1.0
  $ ls "$NSPATH"
  $ nspin -q web
  nspin: web: No such file or directory
  [1]

A directory that others may write to is not used:

  $ umount "$NSPATH"
  $ chmod 777 "$NSPATH"
  $ nspin -n web 2>&1 | sed "s|$NSPATH|PINS|"
  nspin: web: PINS: Operation not permitted (it has to be a directory of ours that nobody else may write to)
