# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nspin nsjoin ip ps pgrep unshare
  $ unset XDG_RUNTIME_DIR

Several names at once, each with namespaces of its own; what was made before one
that cannot be made stays:

  $ nspin -n a b a c
  nspin: a: File exists (nspin -d lets go of it)
  [1]
  $ nspin -lH | awk '{ print $1 }'
  a
  b
  $ nspin -lH | awk '{ print $5 }' | sort -u | wc -l
  2

The loopback interface of a new network is up, unless it is not to be:

  $ nsjoin a ip -br link | grep -o '<.*>'
  <LOOPBACK,UP,LOWER_UP>
  $ nspin -rn under && nsjoin under ip -br link | grep -o '<.*>'
  <LOOPBACK,UP,LOWER_UP>
  $ nspin -n --no-lo down && nsjoin down ip -br link | grep -o '<.*>'
  <LOOPBACK>
  $ nspin -u --lo x
  nspin: --lo needs -n; try 'nspin --help'
  [2]

Without a map nobody has an ID in a user namespace, and root is told so:

  $ nspin -Un bare
  nspin: bare: root has no ID in its user namespace: nsjoin needs --preserve-credentials (-r maps root)
  $ nsjoin --preserve-credentials bare true

A PID namespace that is new shows its own processes if proc is mounted in there,
which takes a mount namespace; also below a user namespace:

  $ nspin -p --mount-proc box && nspin -rp --mount-proc cage
  $ nsjoin box ps -e -o args= | sed 's/ *$//'
  nspin: box
  ps -e -o args=
  $ nsjoin cage ps -e -o args= | sed 's/ *$//'
  nspin: cage
  ps -e -o args=
  $ nspin -n --mount-proc x
  nspin: --mount-proc needs -p; try 'nspin --help'
  [2]

-t keeps what differs from ours, as nsjoin would enter it; with -a or letters
also what does not:

  $ unshare -n sleep 1000 & sleep=$!
  $ wait_for sleeps $sleep
  $ nspin -t $sleep differs && nspin -lH differs | grep -o '[a-z]*:' | tr '\n' ' '
  net:  (no-eol)
  $ nspin -ut $sleep letter && nspin -lH letter | grep -o '[a-z]*:' | tr '\n' ' '
  uts:  (no-eol)
  $ nspin -iat $sleep all 2>/dev/null && nspin -lH all | grep -o 'net:'
  net:
  $ nspin -t $$ same 2>&1 | sed 's/[0-9][0-9]*/N/'
  nspin: N: nothing there that differs from ours; -a keeps all
  $ kill $sleep

-k ends what is inside before it lets go: by a polite signal first, which a
stopped process gets, too. Our own namespaces are left alone, though kept.

  $ nsjoin a sleep 4331 & nsjoin box sleep 4332 & nsjoin a sh -c 'kill -STOP $$' &
  $ stopped() { ps -eo stat,args | grep -q '^T.*kill -STOP'; }
  $ wait_for pgrep -f '^sleep 4331' && wait_for pgrep -f '^sleep 4332'
  $ wait_for stopped
  $ nspin -dk a box letter 2>/dev/null
  $ pgrep -f '^sleep 433'
  [1]
  $ nsjoin b sh -c 'trap "" TERM; while :; do sleep 0.1; done' & sh=$!
  $ wait_for sh -c "test \$(nspin -l b | wc -l) = 2"
  $ nspin -d --kill=KILL b
  $ wait $sh
  [137]
  $ nspin -d --kill=NOSUCH b
  nspin: --kill NOSUCH: no signal NOSUCH (signal(7) lists them)
  [2]
  $ nspin -qk b
  nspin: -k needs -d; try 'nspin --help'
  [2]

-d -a lets go of all that is ours:

  $ mkdir -p /run/netns && ip netns add red
  $ nspin -da 2>/dev/null; nspin -lH | awk '{ print $1 }'
  red
  $ nspin -da; nspin -d -a x
  nspin: names or -a?; try 'nspin --help'
  [2]
  $ ip netns del red

A security module that lets us ask no pidfd keeps nobody from being ended: /proc
tells who is inside:

  $ need cmd strace
  $ nspin -n c && nsjoin c sleep 4333 & s=$!
  $ wait_for pgrep -f '^sleep 4333'
  $ strace -f -o /dev/null -e trace=ioctl -e inject=ioctl:error=EACCES:when=4+ nspin -dk c 2>/dev/null
  $ pgrep -f '^sleep 4333'
  [1]
