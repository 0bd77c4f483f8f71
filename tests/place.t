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
  nsclone: --bind */there/a: No such file or directory (what is missing is made in a --tmpfs, and nowhere else) (glob)
  [125]
  $ ls -A there

"..", too, leads out of what has been made:

  $ nsclone -r --tmpfs=$PWD/there --bind=other:$PWD/there/a/../b ls there
  a
  b

It may be deep:

  $ deep=$PWD/there$(printf '/a%.0s' $(seq 1500))
  $ (ulimit -s 1024; nsclone -r --tmpfs=$PWD/there --bind=other:$deep cat $deep)
  other

A link of /proc leads to the mount of outside, and in another process elsewhere;
meant is the file that it leads to here:

  $ exec 7<here 8<other
  $ nsclone -r --bind=/dev/fd/7:$PWD/there --bind=/proc/self/fd/8:$PWD/here/file sh -c 'ls there; cat here/file'; exec 7<&- 8<&-
  file
  new
  other
  $ nsclone -r --bind=/proc/self/cwd/here:$PWD/there ls there
  file
  new
  $ nsclone -r --bind=/proc/self/ns/uts:$PWD/other sh -c 'nsjoin -u=./other true; stat -f -c %T other'
  nsfs
  $ : | nsclone -r --bind=/dev/fd/0:$PWD/other true
  nsclone: --bind /dev/fd/0: Invalid argument (its mount is unbindable, or it is on none)
  [125]

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
  nsclone: --bind /top/tmp: No such file or directory (what is missing is made in a --tmpfs, and nowhere else)
  nsclone: --bind /up/tmp: No such file or directory (what is missing is made in a --tmpfs, and nowhere else)
  nsclone: --bind /abs/here: No such file or directory (what is missing is made in a --tmpfs, and nowhere else)
  nsclone: --bind /in/../../../tmp: No such file or directory (what is missing is made in a --tmpfs, and nowhere else)
  [125]

The place of proc, too:

  $ for dir in /usr /bin /lib /lib32 /lib64; do
  >     [ ! -d $dir ] || echo "--bind=$dir:ro"
  > done >system
  $ nsclone -rR root --tmpfs=/ $(cat system) --mount-proc sh -c 'echo $$; cd /proc; echo [0-9]*'
  2
  1 2
  $ nsclone -rR root --tmpfs=/ $(cat system) --mount-proc=/a/b ls /a/b/self/comm
  /a/b/self/comm
  $ nsclone -rR root --tmpfs=/./.. $(cat system) --bind=other:/alone cat /alone
  other
  $ nsclone -r --tmpfs=/. true
  nsclone: --bind, --tmpfs: a mount on / needs -R
  [125]
  $ nsclone -rR root --mount-proc=/in/none true
  nsclone: --mount-proc: /in/none: No such file or directory (the mount point is not a directory that exists)
  [125]

Why a path does not lead where it should is said, of outside and inside:

  $ mkdir -m 0 shut; mkdir gone; ln -s nowhere link
  $ nsclone -r --bind=other/x:/tmp true
  nsclone: --bind other/x: Not a directory (other is not a directory)
  [125]
  $ nsclone -r --bind=link:/tmp true
  nsclone: --bind link: No such file or directory (the link leads nowhere, or too far for us)
  [125]
  $ (cd gone; rmdir ../gone; nsclone -r --bind=.:/tmp true)
  nsclone: --bind .: No such file or directory (it has been removed)
  [125]
  $ nsclone -r --tmpfs=other/x:/tmp true 2>&1; nsclone -r --tmpfs=$PWD/other/x true
  nsclone: --tmpfs other/x:/tmp: must be an absolute path
  nsclone: --tmpfs */other/x: Not a directory (*/other is not a directory) (glob)
  [125]
  $ nsclone -r -w no/such true
  nsclone: --wd no/such: No such file or directory (there is no no)
  [125]
  $ if [ "$(id -u)" -ne 0 ]; then nsclone -r --bind=shut/x:/tmp true 2>&1; nsclone -w shut true
  > else echo 'nsclone: --bind shut/x: Permission denied (we may not search shut)
  > nsclone: --wd shut: Permission denied (we may not search it)'; (exit 125); fi
  nsclone: --bind shut/x: Permission denied (we may not search shut)
  nsclone: --wd shut: Permission denied (we may not search it)
  [125]
  $ chmod 755 shut

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
  nsclone: --bind /no/such: No such file or directory (there is no /no)
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
