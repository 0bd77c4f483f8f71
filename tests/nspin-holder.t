# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nspin ps
  $ need userns
  $ need ns time

Without root, or with -H, a small process keeps the descriptors. For root and
for a user it is the same from here on:

  $ nspin -r -Hun web
  $ cd "$XDG_RUNTIME_DIR/nspin"
  $ nspin -l | sed 's/\[[0-9]*\]/[N]/g; s/ [0-9]*s / 0s /'
  NAME KIND   AGE ALIVE NAMESPACES
  web  holder 0s  yes   uts:[N] net:[N] user:[N]
  $ nspin -q web
  $ stat -c %a . web
  700
  755

It is no child of ours, has a session of its own and thus no terminal, stays
in no directory, and holds no descriptor but those of the name:

  $ holder=$(cut -d: -f1 web/.holder)
  $ ps -o args= -p "$holder" | sed 's/ *$//'
  nspin: web
  $ test "$(ps -o sid= -p "$holder" | tr -d ' ')" = "$holder"
  $ readlink "/proc/$holder/cwd"
  /
  $ told() { ! ls -l "/proc/$holder/fd" | grep -q socket; }
  $ wait_for told  # nspin, which may go on before that is closed
  $ for fd in $(ls "/proc/$holder/fd"); do
  >     readlink "/proc/$holder/fd/$fd"
  > done | sed 's/\[[0-9]*\]/[N]/'
  /dev/null
  /dev/null
  /dev/null
  uts:[N]
  net:[N]
  user:[N]

So it is where a filter refuses close_range(2), of its init as well:

  $ need cmd refuse
  $ refuse close_range EPERM nspin -r -Hup shut 7</dev/null
  $ told() { ! ls -l "/proc/$1/fd" | grep -q socket; }
  $ for file in holder init; do
  >     p=$(cut -d: -f1 shut/.$file); wait_for told $p
  >     echo $(ls "/proc/$p/fd" | sort -n)
  > done
  0 1 2 4 7 8 12
  0 1 2 4
  $ nspin -q shut && nspin -d shut

Its own memory is below one MiB (but for that of sanitizers):

  $ ! plain || awk '/^RssAnon:/ { exit $2 >= 1024 }' "/proc/$holder/status"

Each member is a link, so other programs can use it:

  $ readlink web/net | sed 's/[0-9]\{2,\}/N/'
  /proc/N/fd/6
  $ nsjoin web readlink /proc/self/ns/net >net
  $ readlink "/proc/$holder/fd/6" | cmp - net
  $ nsenter --preserve-credentials --user=web/user --net=web/net \
  >     readlink /proc/self/ns/net | cmp - net

A name is taken once, whatever keeps it:

  $ nspin -r -Hu web
  nspin: web: File exists (nspin -d lets go of it)
  [1]

It survives the shell that made it, with everything that is sent to its group:

  $ setsid sh -c 'nspin -rH -u far; kill -HUP 0; sleep 9' >/dev/null 2>&1
  [129]
  $ nspin -q far
  $ nspin -d far

With a PID namespace there is an init, too; both end:

  $ nspin -r -Hpm box
  $ nspin -q box
  $ init=$(cut -d: -f1 box/.init) keeper=$(cut -d: -f1 box/.holder)
  $ ps -o args= -p "$init","$keeper" | sed 's/ *$//'
  nspin: box
  nspin: box
  $ nspin -M box cage
  $ nspin -d cage
  $ gone() {
  >     for pid; do
  >         case $(ps -o stat= -p "$pid") in ''|Z*) ;; *) return 1 ;; esac
  >     done
  > }
  $ wait_for gone "$init" "$keeper"

All eight:

  $ nspin -rHa all
  $ nspin -lH all | tr ' ' '\n' | sed -n 's/:.*//p' | tr '\n' ' '
  mnt uts ipc net pid user cgroup time  (no-eol)
  $ init=$(cut -d: -f1 all/.init)

Where the holder was killed, its init ends by itself, the name is dead, and -g
removes it:

  $ kill -9 "$(cut -d: -f1 all/.holder)"
  $ wait_for gone "$init"
  $ nspin -q all 2>&1 | sort -u | sed -n '1p;$p'
  nspin: all: IPC namespace: its holder has ended
  nspin: all: user namespace: its holder has ended
  $ nsjoin all true 2>/dev/null
  [125]
  $ nspin -gN
  all
  $ nspin -g
  all

A number that is in use again is not taken for the holder: a process of ours
with the same descriptors, but another identity, another start, as after a
reboot, or of another boot.

  $ for other in 's/:[0-9]* /:7 /' 's/ [0-9]* / 8 /' 's/[^ ]*$/another-boot/'; do
  >     nspin -rHu odd
  >     chmod u+w odd/.holder
  >     sed -i "$other" odd/.holder
  >     nspin -q odd
  >     other=$(sed 's/:.*//' odd/.holder)
  >     nspin -d odd 2>/dev/null
  >     kill "$other" || echo killed
  > done
  nspin: odd: UTS namespace: its holder has ended
  nspin: odd: user namespace: its holder has ended
  nspin: odd: UTS namespace: its holder has ended
  nspin: odd: user namespace: its holder has ended
  nspin: odd: UTS namespace: its holder has ended
  nspin: odd: user namespace: its holder has ended

It is the same in a time namespace, where /proc shows other starts:

  $ nspin -rHu odd
  $ test "$(id -u)" -ne 0 || nsclone -T --boottime 1000 nspin -q odd
  $ nspin -d odd

From another PID namespace there is no telling whether it has ended: -g leaves
it.

  $ nspin -rHu far
  $ nsclone -rpm --mount-proc nspin -g
  $ nsclone -rpm --mount-proc nspin -q far
  nspin: far: UTS namespace: its holder is in another PID namespace
  nspin: far: user namespace: its holder is in another PID namespace
  [1]
  $ nspin -q far && nspin -d far

Nor is a link followed that does not lead to the holder:

  $ nspin -rHu odd
  $ rm odd/uts && ln -s /proc/self/ns/uts odd/uts
  $ nspin -q odd
  nspin: odd: UTS namespace: not a namespace
  [1]
  $ nspin -d odd

--while: let go when a process ends.

  $ sleep 1000 & sleep=$!
  $ nspin -rHu --while "$sleep" short
  $ nspin -q short
  $ kill "$sleep"
  $ left() { ! nspin -q short 2>/dev/null; }
  $ wait_for left
  $ ls -A . | grep short
  [1]

Those of a process, without a user namespace to make:

  $ nspin -Hn -t $$ ours
  $ nspin -lH ours | sed 's/.* //' >our
  $ readlink /proc/$$/ns/net | cmp - our

  $ nspin -d web ours 2>/dev/null
  $ wait_for gone "$holder"
  $ ls -A . | grep -v -e net -e our
  .lock

Of sixteen at once one has the name, and no process of the others stays:

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  >     (nspin -rHu one$$ 2>/dev/null; echo $?) &
  > done | sort | uniq -c | sed 's/^ *//'
  1 0
  15 1
  $ ps -eo args= | grep -c "^nspin: one$$ *\$"
  1
  $ nspin -d one$$
