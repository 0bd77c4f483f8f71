# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd pgrep setsid

What a command leaves in a container is the container's: its PID 1 gets it, and
often never reaps it. With --init a small process of ours in there does that, and
ends what is left with the command:

  $ cat >pid1 <<'EOF'
  > echo >up
  > exec sleep 300
  > EOF
  $ nsclone -rmpI --mount-proc sh pid1 &
  $ wait_for test -e up
  $ t=$(pgrep -P $!)
  $ left() { pgrep -u "$(id -u)" -fc "^sleep 44$$"; }
  $ cat >leaver <<'EOF'
  > cd "${0%/*}"
  > sleep "44$1" &
  > (setsid sleep "44$1" &)
  > [ "$2" = exit ] && exit 3
  > echo >left
  > wait
  > EOF
  $ nsjoin --init "$t" sh "$PWD/leaver" $$ exit
  [3]
  $ left
  0
  [1]
  $ nsjoin --init "$t" sh -c 'sleep 0 & exit 0'
  $ nsjoin "$t" sh -c 'grep -l "^State:.Z" /proc/[0-9]*/status'
  [1]

Also when nsjoin is told to end, and when it is killed; -A does not differ:

  $ for o in "" -A; do
  >     for sig in TERM KILL; do
  >         rm -f left; nsjoin $o --init "$t" sh "$PWD/leaver" $$ >out 2>&1 & wait_for test -e left
  >         kill -$sig $!; wait $!; echo "$?"
  >         none() { [ "$(left)" = 0 ]; }
  >         wait_for none; left
  >     done
  > done 2>/dev/null
  143
  0
  137
  0
  143
  0
  137
  0
  [1]

--timeout implies it, for the whole tree, and so does --forward, which can also
translate:

  $ nsjoin --timeout=.3 "$t" sh "$PWD/leaver" $$
  [124]
  $ left
  0
  [1]
  $ nsjoin --timeout=.2 "$t" sh -c "trap '' TERM; sh '$PWD/leaver' $$"
  [124]
  $ left
  0
  [1]
  $ for cmd in "nsjoin --forward=TERM:USR2 $t" "nsclone -r --forward=HUP,TERM:USR2"; do
  >     rm -f left
  >     $cmd sh -c 'trap "echo got USR2; exit 4" USR2; cd "$0"; echo >left; while :; do sleep 0.05; done' "$PWD" &
  >     wait_for test -e left; kill -TERM $!; wait $!
  >     echo "$?"
  > done
  got USR2
  4
  got USR2
  4
  $ nsjoin --init -F "$t" true
  nsjoin: --init, --timeout and --forward need a child: not with --no-fork
  [125]

If the small process fails, or is killed, before the command is one, there will
be none, also while nsjoin itself is still about to end:

  $ traced() { strace -f -o log -qq "$@" 2>&1; }
  $ if traced true >/dev/null; then
  >     traced -e inject=chdir:error=EACCES:when=1 \
  >         -e inject=pidfd_send_signal:delay_enter=300000 \
  >         nsjoin --init -U -u -t "$t" sh -c 'echo it ran'
  > else
  >     echo 'nsjoin: init: /: Permission denied'
  > fi | cat
  nsjoin: init: /: Permission denied

Where nsjoin cannot watch what it has started, it ends that at once:

  $ if traced true >/dev/null; then
  >     traced -e inject=pidfd_open:error=EMFILE:when=2 \
  >         timeout -s KILL 4 nsjoin --init "$t" echo it ran
  > else
  >     echo 'nsjoin: pidfd of the command: Too many open files'
  > fi | cat
  nsjoin: pidfd of the command: Too many open files

What the caller ignores, the target would not have given to a command of its own:

  $ (trap '' USR1; nsjoin -A "$t" sh -c 'kill -USR1 $$; echo ignored'; echo $?) 2>/dev/null
  138
  $ cat >spawn.py <<'END'
  > import os, sys
  > os.waitpid(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0)
  > END
  $ ! command -v python3 >/dev/null ||
  >     python3 spawn.py nsjoin -A "$t" grep SigIgn /proc/self/status | grep -v 'SigIgn:.0*$'
  [1]
  $ kill -KILL $t
