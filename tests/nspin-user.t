# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin setpriv
  $ need userns

Without XDG_RUNTIME_DIR, as cron, su and containers start a program, it is
/run/user/UID if that is there, else a directory in /tmp; -v tells which. Names
are looked up in each of them.

  $ cd /
  $ uid=$((1000000 + $$)) ours=/tmp/nspin-$((1000000 + $$))
  $ as_user() {
  >     setpriv --reuid $uid --clear-groups --regid $uid \
  >         env -u XDG_RUNTIME_DIR "$@"
  > }
  $ user() { as_user "$@" 2>&1 | sed "s/\<$uid\>/UID/"; }
  $ user nspin -rHu -v x
  nspin: x: kept in /tmp/nspin-UID
  $ stat -c %a "$ours"
  700
  $ as_user nspin -q x
  $ as_user nsjoin x true
  $ mkdir -p -m 755 "/run/user" && mkdir -m 700 /run/user/$uid && chown $uid /run/user/$uid
  $ user nspin -rHu -v y
  nspin: y: kept in /run/user/UID/nspin
  $ user nspin -lH | awk '{ print $1 }'
  x
  y
  $ as_user nspin -d y && rm -r /run/user/$uid

That directory is used only as long as nobody else can have made it:

  $ as_user chmod 777 "$ours"
  $ as_user nspin -q x
  nspin: x: no such name in *, /run/nspin, /run/netns, /run/docker/netns (glob)
  [1]
  $ user nspin -rHu y
  nspin: y: /tmp/nspin-UID: Operation not permitted (it has to be a directory of ours that nobody else may write to)
  $ as_user chmod 700 "$ours"
  $ as_user nspin -d x
  $ rm -r "$ours" && ln -s / "$ours"
  $ user nspin -rHu y
  nspin: y: /tmp/nspin-UID: Not a directory
  $ rm "$ours"

A umask is no obstacle:

  $ (umask 777; as_user nspin -rHu x)
  $ as_user nspin -d x && rm -r "$ours"

What root keeps by a process is listed for everybody; whether it lives is root's to
know:

  $ (umask 077; env -u XDG_RUNTIME_DIR nspin -Hu roots)
  $ stat -c %a /run/nspin
  755
  $ as_user nspin -l | sed 's/ [0-9]*s / 0s /'
  NAME  KIND   AGE ALIVE NAMESPACES
  roots holder 0s  ?     uts:-
  $ as_user nspin -lJ | grep -o '"alive":[a-z]*' | sort -u
  "alive":null
  $ as_user nspin -l roots >/dev/null
  nspin: roots: UTS namespace: Permission denied
  [1]

So it is not among all the names that a user lets go of:

  $ as_user nspin -rHu mine && as_user nspin -da && nspin -lH | awk '{ print $1 }'
  roots
  $ env -u XDG_RUNTIME_DIR nspin -d roots
