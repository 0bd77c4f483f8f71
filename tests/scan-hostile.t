# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls
  $ need plain tell that there is no /proc
  $ need userns

While processes come and go in a storm, every run lists what lives through it,
and nothing that vanishes is an error:

  $ hold descriptor
  $ cat >"$TMPDIR/storm" <<'END'
  > while :; do
  >     for i in 1 2 3 4 5; do unshare -Urm true & done
  >     wait
  > done
  > END
  $ sh "$TMPDIR/storm" >/dev/null 2>&1 & storm=$!
  $ for run in $(seq 40); do
  >     nsls -rno TYPE,NS 2>"$TMPDIR/err" |
  >         sed 's/ /:[/; s/$/]/' >"$TMPDIR/list"
  >     for name in mnt uts net pid user; do
  >         grep -Fqx "$(readlink /proc/self/ns/$name)" "$TMPDIR/list" ||
  >             echo "$run: our own $name is missing"
  >     done
  >     grep -Fqx "$ns" "$TMPDIR/list" || echo "$run: $ns is missing"
  >     grep -Ev 'incomplete: (process [0-9]+|[0-9]+ process|[0-9]+ detached)' "$TMPDIR/err"
  > done
  [1]
  $ kill $storm $holder

Whatever a process calls itself, and if it cannot be read at all, the others
are listed:

  $ cp "$(command -v sleep)" "$TMPDIR/$(printf 'x) \ny')"
  $ "$TMPDIR/$(printf 'x) \ny')" 60 >/dev/null 2>&1 & named=$!
  $ nsls -p $named -t uts -no TYPE,PID | tr -s ' ' | grep -c "uts $named$"
  1
  $ python3 -c '
  > import ctypes, os, signal
  > ctypes.CDLL(None).prctl(4, 0)  # PR_SET_DUMPABLE
  > print(os.getpid(), flush=True)
  > signal.pause()' >"$TMPDIR/pid" & closed=$!
  $ wait_for grep -q . "$TMPDIR/pid"
  $ nsls -qrt uts -no NS | grep -xc "$(stat -Lc %i /proc/self/ns/uts)"
  1
  $ kill $named $closed

A process that is not there, and no /proc at all:

  $ nsls -p 4194304
  nsls: 4194304: there is no such process
  [1]
  $ unshare -Urm sh -c 'mount -t tmpfs none /proc && nsls'
  nsls: /proc: no proc file system is mounted there
  [1]

In a container, which sees nothing of what is outside:

  $ unshare -Urmpf --mount-proc sh -c 'nsls -no TYPE,PID; echo $?' |
  >     tr -s ' ' | sort
  0
  cgroup 1
  ipc 1
  mnt 1
  net 1
  pid 1
  time 1
  user 1
  uts 1
