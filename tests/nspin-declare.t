# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin awk unshare python3
  $ unset XDG_RUNTIME_DIR

A file declares what is to be kept: a line is a command line.

  $ cat >set <<'END'
  > # networks
  > -n red blue   # two of them
  > 
  > -nu --setup 'echo "made $NOTHING" >>log' web
  > -H -rn held
  > END
  $ nspin -f set
  $ nspin -lH | awk '{ print $1, $2 }'
  blue mount
  held holder
  red mount
  web mount
  $ cat log
  made 

What is there and right stays; what is not there is made:

  $ nspin -lJ | grep -o '"inode":[0-9]*' >before
  $ nspin -f - <set
  $ nspin -lJ | grep -o '"inode":[0-9]*' | cmp - before
  $ nspin -d red && nspin -f set && nspin -q red
  $ cat log
  made 

What is there and differs is told, and left alone; the rest is made:

  $ nspin -d blue && cat >other <<'END'
  > -num web
  > -n held
  > -n blue
  > END
  $ nspin -f other
  nspin: other:1: web: it is there with other types
  nspin: other:2: held: it is there, but kept in the other way (-H)
  [1]
  $ nspin -q blue

Of a target:

  $ unshare -n sleep 1000 & one=$!
  $ unshare -n sleep 1000 & two=$!
  $ wait_for sleeps $one && wait_for sleeps $two
  $ echo "-t $one box" | nspin -f - && echo "-t $one box" | nspin -f -
  $ echo "-t $two box" | nspin -f -
  nspin: -:1: box: it is there with other namespaces
  [1]
  $ kill $one $two

No line is run where an earlier one went to:

  $ readlink /proc/self/ns/net >net
  $ printf '%s\n' "-n one" "-u --setup 'readlink /proc/self/ns/net >there' two" | nspin -f -
  $ cmp net there
  $ nspin -d held

Mistakes are told with their line:

  $ echo "-d web" | nspin -f -
  nspin: -:1: a line says what is to be kept, no more
  [2]
  $ printf '\n-n "open' | nspin -f -
  nspin: -:2: a quote does not end
  [2]
  $ echo "-n ../x" | nspin -f -
  nspin: -:1: ../x: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  [2]

Then nothing is made, of the lines before it neither:

  $ printf '%s\n' '-n early' '-n ../x' '-n late' | nspin -f -
  nspin: -:2: ../x: not a name: up to 200 letters, digits and _.@+-, not digits alone, not self
  [2]
  $ nspin -l early
  nspin: early: no such name* (glob)
  [1]
  $ nspin -f nosuch
  nspin: nosuch: No such file or directory
  [1]
  $ printf '%s\n' -n | nspin -f -
  nspin: -:1: NAME is missing; try 'nspin --help'
  [2]
  $ far=$(printf '%070d' 0)/set
  $ mkdir "${far%/set}" && printf 'bad\n' >"$far" && nspin -f "$far" 2>&1 | sed 's/0*0/0/'
  nspin: 0/set:1: which namespaces? Letters for new ones (-n), or -t REF; try 'nspin --help'
  $ odd=$(printf 'a\033[31m\nb') && cp "$far" "$odd" && nspin -f "$odd" 2>&1 | cut -d ';' -f 1
  nspin: a\x1b[31m\x0ab:1: which namespaces? Letters for new ones (-n), or -t REF
  $ nspin -f set x
  nspin: -f goes with no name and no job; try 'nspin --help'
  [2]

Standard input may be a socket, as under systemd(1), and is read from where it
is; what --setup runs finds it at its end:

  $ need cmd python3
  $ python3 - <<'END'
  > import socket, subprocess
  > end, other = socket.socketpair()
  > other.sendall(b"-n --setup 'wc -c >rest' socket\n")
  > other.close()
  > subprocess.run(["nspin", "-f", "-"], stdin=end)
  > END
  $ nspin -d socket && cat rest
  0
  $ printf '%s\n' "-n passed" "-n taken" >some
  $ { read -r line; nspin -f -; } <some && nspin -lH | grep -c taken
  1

The units for systemd(1) are ones:

  $ need cmd systemd-analyze
  $ for u in nspin.service nspin@.service; do
  >     sed "s|/usr/bin|$NSKIT_BIN|" "$SRCDIR/packaging/systemd/$u" >"$u"
  > done
  $ systemd-analyze verify ./nspin.service ./nspin@web.service 2>&1 | grep 'nspin.*[.]service' | grep -v man
  [1]
