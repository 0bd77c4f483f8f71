# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

-d returns once the command was executed and prints which process it is, in the
form that every tool reads; a supervisor goes on in the background. The output
of a command substitution ends, so the command does not hold it:

  $ id=$(nsclone -rpd sleep 60)
  $ echo "$id" | grep -Eq '^[0-9]+(:[0-9]+)?$' && readlink "/proc/${id%:*}/exe" | grep -c .
  1
  $ nsjoin -a "$id" hostname >/dev/null

Killed, it is gone with all that belongs to it, the supervisor too:

  $ field() { sed -n "s/^$1:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$2/status"; }
  $ init=$(field PPid "${id%:*}"); super=$(field PPid "$init")
  $ kill -KILL "${id%:*}"
  $ gone() { for p; do test ! -e "/proc/$p" || grep -q '^State:.Z' "/proc/$p/status" || return 1; done; }
  $ wait_for gone "${id%:*}" "$init" "$super"

It is in a session of its own, without a terminal, reads nothing, writes where
errors go, and keeps no directory busy:

  $ id=$(nsclone -rd sh -c 'readlink /proc/self/fd/0; readlink /proc/self/fd/1; exec sleep 60' 2>err)
  $ full() { test "$(wc -l <err)" -eq 2; }
  $ wait_for full; sed 's|/.*/err|FILE|' err
  /dev/null
  FILE
  $ super=$(field PPid "${id%:*}")
  $ settled() { test "$(ls "/proc/$super/fd" | wc -l)" -eq 6; }
  $ wait_for settled; readlink "/proc/$super/cwd"; ls -l "/proc/$super/fd" | sed -n 's/.* -> //p' | sed 's/:.*//' | sort
  /
  /dev/null
  /dev/null
  /dev/null
  /dev/null
  anon_inode
  anon_inode
  $ test "$(awk '{ print $6 }' "/proc/$super/stat")" != "$(awk '{ print $6 }' /proc/self/stat)"

Closed standard error is like a terminal; no directory of ours takes its place,
which would lead out of a new root:

  $ id=$(nsclone -rd sleep 60 2>&-)
  $ wait_for sleeps "${id%:*}"; readlink "/proc/${id%:*}/fd/1" "/proc/${id%:*}/fd/2"
  /dev/null
  /dev/null
  $ kill "${id%:*}"

The supervisor never signals another process: the one that was called is long
gone, and its number may be that of a stranger when the command dies of a signal:

  $ cat >recycle <<'EOF'
  > id=$(sh -c 'echo $$ >called; exec nsclone -d sleep 60')
  > super=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/${id%:*}/status")
  > called=$(cat called); last=/proc/sys/kernel/ns_last_pid
  > [ ! -e $last ] || echo $((called - 1)) >$last; sleep 60 & stranger=$!
  > [ ! -e $last ] || [ "$stranger" = "$called" ] || echo "not the same number"
  > kill -TERM "${id%:*}"
  > while [ -e "/proc/$super" ] && ! grep -qs '^State:.Z' "/proc/$super/status"; do sleep 0.05; done
  > kill -0 "$stranger" && echo "it lives"
  > EOF
  $ nsclone -rp --mount-proc sh recycle
  it lives

The supervisor killed, the command dies with it:

  $ kill -KILL "$super"; wait_for gone "${id%:*}"

What goes wrong before that is told by the one that was called:

  $ nsclone -rpd nosuchcommand
  nsclone: nosuchcommand: No such file or directory (there is no such command in PATH)
  [127]
  $ nsclone -rpd --setup='exit 3' true
  nsclone: --setup exit 3: exit status 3
  [125]
  $ nsclone -rd --root=/no/such true
  nsclone: --root /no/such: No such file or directory (there is no /no)
  [125]

Output that cannot be written is an error, and the command is taken back:

  $ if [ -c /dev/full ]; then
  >     nsclone -rpd --status-fd=3 sleep 60 3>log >/dev/full; echo "$?"
  >     id=$(sed -n 's/^start \([0-9]*\).*/\1/p' log); wait_for gone "$id"
  > else
  >     echo "nsclone: standard output: No space left on device"; echo 125
  > fi
  nsclone: standard output: No space left on device
  125

Killed before it returned, it takes back too:

  $ mkfifo hold; exec 4<>hold
  $ nsclone -rpd --status-fd=3 --hold-fd=4 sleep 60 3>log2 &
  $ started() { grep -q '^start' log2; }
  $ wait_for started; id=$(sed -n 's/^start \([0-9]*\).*/\1/p' log2)
  $ { kill -TERM $!; wait $!; } 2>/dev/null; wait_for gone "$id"
  $ kill -0 "$id" 2>/dev/null
  [1]

--status-fd goes on telling:

  $ id=$(nsclone -rpd --status-fd=3 sh -c 'sleep 0.2; exit 4' 3>log3)
  $ ended() { grep -q '^exit' log3; }
  $ wait_for ended; sed -n '/ready/,$p' log3; grep -c "^start $id\$" log3
  ready
  exit 4
  1

--pidfile has the command's process ID, from before it is executed until it has
ended:

  $ nsclone -rp --pidfile=pid sh -c 'cat pid; stat -c %a pid' >out
  $ sed 1q out | grep -Ec '^[0-9]+$'; sed 1d out; test -e pid
  1
  644
  [1]
  $ umask 077; nsclone -r --pidfile=pid sh -c 'test "$(cat pid)" = $$ && stat -c %a pid'; umask 022
  644

A daemon, and the usual way to end it:

  $ id=$(nsclone -rpd --pidfile="$PWD/pid" sleep 60)
  $ test "$id" = "$(cat pid):${id#*:}" || test "$id" = "$(cat pid)"
  $ kill "$(cat pid)"; away() { test ! -e pid; }; wait_for away

An older file is replaced in one step, and put back if nothing comes of it; one
that is not ours any more is left alone:

  $ echo old >pid; nsclone -r --pidfile=pid grep -c old pid
  0
  [1]
  $ test -e pid
  [1]
  $ echo old >pid; nsclone -r --pidfile=pid nosuchcommand 2>/dev/null; cat pid
  old
  $ rm pid; nsclone -r --pidfile=pid nosuchcommand 2>/dev/null; test -e pid
  [1]
  $ nsclone -r --pidfile=pid sh -c 'rm pid; echo other >pid'; cat pid; rm pid
  other
  $ ln -s target pid; echo kept >target; nsclone -r --pidfile=pid true; cat target; ls -A | grep '^\.pid'
  kept
  [1]

What cannot be a PID file is refused before anything is made:

Should nsclone be killed while the older one is set aside, nspin -g puts it back,
but not in the place of what has come there since:

  $ need cmd nspin
  $ mkfifo held; exec 9<>held
  $ is_new() { test -s pid && ! grep -q old pid; }
  $ killed()
  > {
  >     echo old >pid
  >     nsclone -r --pidfile=pid --hold-fd=9 true & self=$!
  >     wait_for is_new; inside=$(cat pid)
  >     nspin -g
  >     kill -9 $self; wait $self 2>/dev/null; wait_for gone "$inside"
  > }
  $ clean() { nspin "$@" | sed "s|^$PWD/||; s/[0-9][0-9]*/N/"; }
  $ killed; clean -gN; ls -A | grep -c '^[.]pid'; clean -g; cat pid; ls -A | grep '^[.]pid'
  .pid.N
  .new.N.0
  1
  .pid.N
  .new.N.0
  old
  [1]
  $ killed; echo other >pid.new; mv pid.new pid; clean -g; cat pid .pid.*; rm .pid.*
  .new.N.0
  other
  old
  $ clean -g; exec 9<&-; rm pid

  $ nsclone -r --pidfile=/no/such/pid true
  nsclone: --pidfile /no/such/pid: No such file or directory (there is no /no)
  [125]
  $ nsclone -r --pidfile=/tmp/ true
  nsclone: --pidfile /tmp/: Is a directory
  [125]
  $ nsclone -r --pidfile= true
  nsclone: --pidfile: empty name
  [125]
  $ mkfifo pipe; ln -s /dev/null null; for file in pipe null; do
  >     nsclone -r --pidfile=$file true
  >     nsclone -r --pidfile=$file --explain true | head -n 1
  >     test -p pipe && test -c null || echo $file is gone
  > done
  nsclone: --pidfile pipe: it is there, and not a plain file
  no   process ID in the file pipe: it is there, and not a plain file
  nsclone: --pidfile null: it is there, and not a plain file
  no   process ID in the file null: it is there, and not a plain file
  $ mkdir dir; nsclone -r --pidfile=dir true; ls -A dir
  nsclone: --pidfile dir: Is a directory
