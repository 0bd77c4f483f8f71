# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Three kinds of mounts for a new mount namespace, in the order in which they are
given: files and directories of outside, empty file systems, a small /dev.

  $ mkdir here there && echo outside >here/file && echo other >other
  $ nsclone -r --bind=here:$PWD/there sh -c 'cat there/file; touch there/new' && ls here there
  outside
  here:
  file
  new
  
  there:
  $ nsclone -r --bind=other:$PWD/here/file sh -c 'cat here/file' && cat here/file
  other
  outside
  $ nsclone -r --bind=$PWD/here:ro sh -c 'echo x >here/file; cat here/file' 2>&1 | sed 's/.*: //'
  Read-only file system
  outside

Read-only is also what is mounted below:

  $ nsclone -r --tmpfs=$PWD/here sh -c 'nsclone -m --bind=$PWD:ro touch here/x 2>&1; nsclone -m --bind=$PWD touch here/x && ls here'
  touch: cannot touch 'here/x': Read-only file system
  x

That holds for the directory that we are in, and one whose name is gone is left:

  $ nsclone -r --tmpfs=$PWD sh -c 'ls | wc -l; pwd' | sed "s|$PWD|here|"
  0
  here
  $ (cd here && nsclone -r --tmpfs=${PWD%/here} pwd)
  /

A tmpfs is empty and has the mode of the directory. What is missing in it is
made, and nowhere else:

  $ chmod 1770 there
  $ nsclone -r --tmpfs=$PWD/there --bind=here:$PWD/there/a/b/c --bind=other:$PWD/there/a/d sh -c 'ls -ld there | cut -c1-10; cat there/a/b/c/file there/a/d'
  drwxrwx--T
  outside
  other
  $ nsclone -r --bind=here:$PWD/there/a true
  nsclone: --bind */there/a: No such file or directory (glob)
  [125]
  $ ls -A there

The small /dev has what programs expect, and terminals of its own:

  $ nsclone -rp --mount-proc --dev sh -c 'cd /dev && ls | tr "\n" " "; ls -ld shm | cut -c1-10; echo $(head -c 3 zero | od -An -tx1) >/dev/null; ls pts'
  fd full null ptmx pts random shm stderr stdin stdout tty urandom zero drwxrwxrwt
  ptmx
  $ need cmd python3
  $ nsclone -rp --mount-proc --dev python3 -c 'import os, pty; print(os.ttyname(pty.openpty()[1]))'
  /dev/pts/0
  $ nsclone -rp --tmpfs=$PWD/there --dev=$PWD/there/dev ls there/dev/null
  there/dev/null

With -R the places are below the new root, and no link leads out of it:

  $ mkdir -p root/in && ln -s / root/top && ln -s ../../../.. root/up && ln -s "$PWD" root/abs
  $ nsclone -rR root --bind=here:/in --explain true | grep -v map
  yes  new user namespace
  yes  new mount namespace
  yes  setgroups deny
  yes  become user 0 and group 0 inside
  yes  propagation of / and below: private
  yes  bind here on /in
  yes  root directory root, of the mount namespace
  no   run true: true: No such file or directory (it is there outside, but it was looked for inside, below the new root directory)
  $ for place in /top/tmp /up/tmp /abs/here /in/../../../tmp; do
  >     nsclone -rR root --bind=here:$place true 2>&1
  > done
  nsclone: --bind /top/tmp: No such file or directory
  nsclone: --bind /up/tmp: No such file or directory
  nsclone: --bind /abs/here: No such file or directory
  nsclone: --bind /in/../../../tmp: No such file or directory
  [125]

What is said wrong is refused before anything is made:

  $ for what in --bind= --bind=:/x --bind=here --bind=here:there --bind=/a:/b:/c --bind=/a:ro:ro --tmpfs=there --tmpfs= --dev=; do
  >     nsclone -r $what true
  > done
  nsclone: --bind : must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --bind :/x: must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --bind here: must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --bind here:there: must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --bind /a:/b:/c: must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --bind /a:ro:ro: must be SOURCE[:/PLACE][:ro], or /SOURCE[:ro]
  nsclone: --tmpfs there: must be an absolute path
  nsclone: --tmpfs : must be an absolute path
  nsclone: --dev : must be an absolute path
  [125]
  $ nsclone -r --bind=/no/such:/tmp true
  nsclone: --bind /no/such: No such file or directory
  [125]
  $ nsclone -r --bind=other:$PWD/here true
  nsclone: --bind */here: Invalid argument (a directory goes on a directory, any other file on another file) (glob)
  [125]
  $ nsclone -r --tmpfs=/ true
  nsclone: --bind, --tmpfs: a mount on / needs -R
  [125]
  $ nsclone -r --tmpfs=/tmp --propagation=shared true
  nsclone: --propagation: with --bind, --dev and --tmpfs it is private or slave
  [125]
  $ nsclone -U --dev true
  nsclone: --dev /dev: Value too large for defined data type (our own ID is not mapped inside: add -r)
  [125]
