# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd pgrep setsid

What the command leaves running ends with it, also without a PID namespace, and
what has left its session:

  $ left() { pgrep -u "$(id -u)" -fc "^sleep 44$$"; }
  $ for t in "nsclone -r" "nsclone -rp" "nsunshare -rf"; do
  >     $t sh -c 'sleep "44$1" & setsid sleep "44$1" & (sleep "44$1" &); exit 3' sh $$
  >     echo "$t: $?, $(left) left"
  > done
  nsclone -r: 3, 0 left
  nsclone -rp: 3, 0 left
  nsunshare -rf: 3, 0 left

So do what is stopped, and what many processes have left that ended before:

  $ for t in "nsclone -r" "nsclone -rp" "nsunshare -rf"; do
  >     $t sh -c 'sleep "44$1" & kill -STOP $!; for i in 1 2 3 4 5 6 7 8; do
  >         sh -c "for i in 1 2 3 4 5 6 7 8; do setsid sleep 44$1 & done"
  >     done; exit 3' sh $$
  >     echo "$t: $?, $(left) left"
  > done
  nsclone -r: 3, 0 left
  nsclone -rp: 3, 0 left
  nsunshare -rf: 3, 0 left

When the supervisor is killed that is certain with -p alone:

  $ nsclone -rp sh -c 'setsid sleep "44$1" & sleep "44$1" & wait' sh $$ >out 2>&1 & super=$!
  $ both() { [ "$(left)" -eq 2 ]; }; none() { [ "$(left)" -eq 0 ]; }
  $ wait_for both; kill -KILL $super; wait_for none
  $ nsclone --help | grep certain
  What the command leaves running ends with it: for certain with -p, else unless
  $ nsunshare --help | grep certain
  With -f what the command leaves running ends with it: for certain with -p, else

--no-kill-child lets it live on, and so does nsunshare by its old name; children
that the caller had before are not the command's:

  $ nsclone -r --no-kill-child sh -c 'sleep "44$1" >out 2>&1 & exit 3' sh $$
  [3]
  $ ln -s "$NSKIT_BIN/nsunshare" unshare
  $ ./unshare -rf sh -c 'sleep "44$1" >out 2>&1 & exit 3' sh $$
  [3]
  $ two() { [ "$(left)" = 2 ]; }
  $ wait_for two
  $ kill $(pgrep -u "$(id -u)" -f "^sleep 44$$")
  $ sh -c 'sleep "44$1" >out 2>&1 & exec nsclone -r true' sh $$
  $ one() { [ "$(left)" = 1 ]; }
  $ wait_for one
  $ kill $(pgrep -u "$(id -u)" -f "^sleep 44$$")

The end of the time is the end of all of it; and it is a polite one: each gets
the signal, and 5 seconds:

  $ cat >polite <<'EOF'
  > (trap 'echo got TERM; exit' TERM; echo >ready; while :; do sleep 0.05; done) &
  > wait
  > EOF
  $ for p in -r -rp; do
  >     nsclone $p --timeout=.3 sh -c 'sleep "44$1" & wait' sh $$
  >     echo "$?, $(left) left"
  >     nsclone $p --timeout=2 sh polite
  >     echo "$?"
  > done 2>/dev/null
  124, 0 left
  got TERM
  124
  124, 0 left
  got TERM
  124

So it is when nsclone is told to end; told once more it does not wait:

  $ for p in -r -rp; do
  >     rm -f ready; nsclone $p sh polite & wait_for test -e ready; kill -TERM $!; wait $!
  > done 2>/dev/null
  got TERM
  got TERM
  [143]

Also where the signal is for the whole process group, and for the command itself
has come from elsewhere; after it what the command leaves has its time:

  $ cat >later <<'EOF'
  > (trap 'sleep 0.5; echo ended; exit' TERM; echo >ready; while :; do sleep 0.05; done) &
  > trap 'exit 0' TERM
  > while :; do sleep 0.05; done
  > EOF
  $ for p in -r -rp; do
  >     rm -f ready; setsid nsclone $p sh later & wait_for test -e ready
  >     kill -s TERM -- "-$!"; wait $!
  >     echo $?
  > done 2>/dev/null
  ended
  0
  ended
  0
  $ rm -f ready; setsid nsclone -rp sh later >log 2>/dev/null & wait_for test -e ready
  $ kill -s STOP $!; kill -s TERM -- "-$!"; wait_for grep ended log; kill -s CONT $!; wait $!

  $ cat >deaf <<'EOF'
  > (trap '' TERM; echo >ready; while :; do sleep 0.05; done) &
  > wait
  > EOF
  $ ended() { ! pgrep -P $$ nsclone; }
  $ for p in -r -rp; do
  >     rm -f ready; nsclone $p sh deaf & wait_for test -e ready; kill -TERM $!
  >     sleep 0.3; pgrep -P $$ -c nsclone; t=$(date +%s); kill -TERM $!
  >     wait_for ended && [ $(($(date +%s) - t)) -lt 5 ] && echo ended
  > done 2>/dev/null
  1
  ended
  1
  ended
