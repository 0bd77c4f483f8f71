# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Two processes, one in a network and a UTS namespace of its own, and who they
are to the kernel:

  $ . "$TESTDIR/ref-facts.sh"
  $ target nsunshare -r -un sleep 300
  $ uts=$(inode uts) net=$(inode net) user=$(inode user)

Every form that means a process, or one namespace of it, says the same. What
is printed is the inode of the UTS namespace that the command was in:

  $ uts_in() { nsjoin -U -u --preserve-credentials -t "$1" readlink /proc/self/ns/uts; }
  $ [ "$(uts_in $t)" = "uts:[$uts]" ] && echo yes
  yes
  $ for ref in "pid:$t" "tid:$t" "uts=$t" "uts:[$uts]" "ns:$uts" "$uts" \
  >     "/proc/$t/ns" "uts=/proc/$t/ns" "/proc/$t/ns/uts"; do
  >     got=$(nsjoin -U=$t --preserve-credentials -u="$ref" readlink /proc/self/ns/uts)
  >     [ "$got" = "uts:[$uts]" ] || echo "$ref: $got"
  > done

Also through a descriptor, ours or another's, and a socket that is in there:

  $ got=$(nsjoin -U=$t --preserve-credentials -u=fd:9 readlink /proc/self/ns/uts 9</proc/$t/ns/uts)
  $ [ "$got" = "uts:[$uts]" ] || echo "$got"
  $ holder "/proc/$t/ns/uts"
  $ got=$(nsjoin -U=$t --preserve-credentials -u=pid:$h/fd/8 readlink /proc/self/ns/uts)
  $ [ "$got" = "uts:[$uts]" ] || echo "$got"

Its owner is the user namespace, and so is the owner's of the other one:

  $ for ref in owner:uts=$t owner:net=$t user=owner:/proc/$t/ns/net $t; do
  >     got=$(nsjoin --preserve-credentials -U="$ref" readlink /proc/self/ns/user)
  >     [ "$got" = "user:[$user]" ] || echo "$ref: $got"
  > done
  $ nsjoin -U owner:$t true 2>&1 | sed "s/$t/PID/"
  nsjoin: owner:PID: of which type? (owner:mnt=...)
  $ nsjoin -u up:uts=$t true 2>&1 | sed "s/$t/PID/"
  nsjoin: up:uts=PID: only user and PID namespaces have a parent

One namespace that is of another type is refused before anything changes:

  $ nsjoin -n /proc/$t/ns/uts true 2>&1 | sed "s/$t/PID/"
  nsjoin: /proc/PID/ns/uts: no network namespace there, but a UTS namespace
  $ nsjoin "net:[$uts]" true 2>&1 | sed "s/$uts/INO/"
  nsjoin: net:[INO]: no network namespace there, but a UTS namespace
  $ nsjoin net=/proc/$t/ns/uts true 2>&1 | sed "s/$t/PID/"
  nsjoin: net=/proc/PID/ns/uts: no network namespace there, but a UTS namespace
  $ nsjoin -n fd:8 true 8</dev/null
  nsjoin: fd:8: neither a namespace nor a socket
  [125]
  $ nsjoin fd:77 true
  nsjoin: fd:77: Bad file descriptor
  [125]

A descriptor of ours has a number, too, but is nobody's to name:

  $ for n in 3 4 5 6 7 8; do
  >     nsjoin --uts=$t --net=fd:$n true; nsclone --join=uts=$t --join=net=fd:$n true
  > done 2>&1 | sed 's/fd:[0-9]*/fd:N/' | sort | uniq -c | tr -s ' '
   6 nsclone: --join net=fd:N: Bad file descriptor
   6 nsjoin: fd:N: Bad file descriptor

  $ nsjoin /dev/null true
  nsjoin: /dev/null: not a namespace
  [125]
  $ nsjoin ./nothing true
  nsjoin: ./nothing: No such file or directory
  [125]

Processes and threads that are not there:

  $ nsjoin 4194303 true
  nsjoin: 4194303: there is no such process
  [125]
  $ nsjoin tid:4194303 true
  nsjoin: tid:4194303: there is no such process or thread
  [125]
  $ nsjoin 4194303:77 true
  nsjoin: 4194303:77: there is no such process any more
  [125]
  $ kill $t $h

Names
-----

A FIFO or another file where a pin should be keeps nobody waiting:

  $ mkdir "$CRAMTMP/a" "$CRAMTMP/b"
  $ export NSPATH="$CRAMTMP/a:$CRAMTMP/b"
  $ mkfifo "$CRAMTMP/a/fifo" && touch "$CRAMTMP/b/file"
  $ nsjoin fifo true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: fifo: DIR/a/fifo: not a namespace
  $ nsjoin file true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: file: DIR/b/file: nothing is mounted on it here (nspin -q tells more)
  $ nsjoin "$CRAMTMP/a/fifo" true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: DIR/a/fifo: not a namespace

A link to a descriptor of a process is a pin, too, alone or among others of its
name:

  $ target nsunshare -r -un sleep 300
  $ holder "/proc/$t/ns/uts"
  $ ln -s /proc/$h/fd/8 "$CRAMTMP/b/web"
  $ mkdir "$CRAMTMP/b/dir" && ln -s /proc/$h/fd/8 "$CRAMTMP/b/dir/uts"
  $ for ref in web name:web dir uts=dir; do
  >     got=$(nsjoin -U=$t --preserve-credentials -u="$ref" readlink /proc/self/ns/uts)
  >     [ "$got" = "uts:[$(inode uts)]" ] || echo "$ref: $got"
  > done
  $ nsjoin -n web true
  nsjoin: web: no network namespace there, but a UTS namespace
  [125]

The same in two places is fine, another one is not. The type asked for may
decide:

  $ ln -s /proc/$t/ns/uts "$CRAMTMP/a/web"
  $ nsjoin -U=$t -u=web true
  $ rm "$CRAMTMP/a/web" && ln -s /proc/self/ns/uts "$CRAMTMP/a/web"
  $ nsjoin -u web true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: web: ambiguous: there is DIR/a/web and another one, DIR/b/web
  $ rm "$CRAMTMP/a/web" && ln -s /proc/$t/ns/net "$CRAMTMP/a/web"
  $ nsjoin -U=$t -u=web -n=web true

What there is that looks like it:

  $ nsjoin wbe true
  nsjoin: wbe: no such name; there is: web
  [125]
  $ nsjoin WEB true
  nsjoin: WEB: no such name; there is: web
  [125]
  $ nsjoin nothing true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: nothing: no such name in DIR/a, DIR/b
  $ mkdir "$CRAMTMP/c" && touch "$CRAMTMP/c/a"
  $ NSPATH="$CRAMTMP/c" nsjoin b true 2>&1 | sed "s|$CRAMTMP|DIR|g"
  nsjoin: b: no such name in DIR/c

A name is never a file of the working directory, which somebody else may have
put there: that one needs its slash, whatever wants a reference:

  $ mkdir "$CRAMTMP/d" && cd "$CRAMTMP/d"
  $ ln -s /proc/$t/ns/uts here && ln -s /proc/$t/ns xxx
  $ nsjoin -U=$t -u=./here true
  $ nsjoin -U=$t -u=./xxx true
  $ refused() { "$@" 2>&1 | sed "s|$CRAMTMP|DIR|g; s/^[^:]*: //"; }
  $ refused nsjoin here true
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ refused nsjoin name:here true
  name:here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ for args in "uts=here true" "-u=here true" "-t here true" "--uts=here true" \
  >     "-O 7=here true" "up:user=here true"; do
  >     refused nsjoin $args
  > done | grep -vc 'there is a file ./here: write ./here'
  0
  [1]
  $ refused nsjoin xxx true
  xxx: no such name in DIR/a, DIR/b; there is a file ./xxx: write ./xxx
  $ refused nspin -t here -u it
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ refused nsls here
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ refused nsls -w here
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ refused nsls --wait-gone=here
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ echo here | refused nsjoin -f - true
  here: no such name in DIR/a, DIR/b; there is a file ./here: write ./here
  $ refused nsjoin --wait=0.1s here true
  --wait: here has not appeared in 0.1 s; there is a file: write ./here

With -v it is said of a path who else could change what it leads to:

  $ doubt() { nsls -qv "$1" 2>&1 >/dev/null | sed "s|$CRAMTMP|DIR|; /denied/d"; }
  $ doubt ./here
  $ mkdir -m 777 open && chmod 777 open && ln -s ../here open/link
  $ doubt open/link
  nsls: open/link: others than root and we can write to DIR/d/open
  $ nsjoin -v -U=$t -u=open/link true 2>&1 | sed -n "s|$CRAMTMP|DIR|p"
  nsjoin: open/link: others than root and we can write to DIR/d/open
  $ nsjoin -v -O 7=./open/link true 2>&1 | sed "s|$CRAMTMP|DIR|"
  nsjoin: ./open/link: others than root and we can write to DIR/d/open
  $ nspin -vt ./open/link -u --netns it 2>&1 | sed "s|$CRAMTMP|DIR|"
  nspin: ./open/link: others than root and we can write to DIR/d/open
  nspin: --netns: needs -n
  $ chmod 1777 open
  $ doubt open/link
  $ [ "$(id -u)" -ne 0 ] || chown -h 7701 open/link
  $ if [ "$(id -u)" -eq 0 ]; then doubt open/link; else cat <<END
  > nsls: open/link: the link DIR/d/open/link belongs to user 7701
  > END
  > fi
  nsls: open/link: the link DIR/d/open/link belongs to user 7701

So it is with the members of a directory:

  $ chmod 755 open; mkdir open/set && ln -s /proc/$t/ns/uts open/set/uts
  $ doubt open/set
  $ chmod 777 open/set && doubt open/set
  nsls: open/set: others than root and we can write to DIR/d/open/set
  $ chmod 755 open/set; [ "$(id -u)" -ne 0 ] || chown 7701 open/set
  $ doubt open/set | grep -vx "nsls: open/set: the directory DIR/d/open/set belongs to user 7701"
  [1]

A descriptor of another process is looked at before it is opened; where it may
not be copied only a namespace can be had, in the second of two ways:

  $ need cmd strace
  $ for error in EPERM ENOSYS; do
  >     strace -o /dev/null -e inject=pidfd_getfd:error=$error nsjoin -U=$t -u=pid:$h/fd/8 true
  > done
  $ mkfifo fifo && exec 6<>fifo
  $ strace -o /dev/null -e inject=pidfd_getfd:error=ENOSYS nsjoin -u=pid:$$/fd/6 true 2>&1 | sed 's/[0-9]\{2,\}/PID/'
  nsjoin: pid:PID/fd/6: Function not implemented
  $ exec 6>&-

Only a socket is asked which network it is in:

  $ strace -o trace nsjoin -U=$t -N 8 -t $h true 2>&1 | sed "s/$h/PID/"
  nsjoin: --net-socket 8 of process PID: Socket operation on non-socket
  $ grep -c SIOCGSKNS trace
  0
  [1]
  $ kill $t $h
