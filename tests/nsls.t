# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls

The namespaces of one process, in JSON with numbers as numbers:

  $ nsls -p $$ -t net -J -o NS,TYPE | python3 -c '
  > import json, os, sys
  > row, = json.load(sys.stdin)["namespaces"]
  > print(row["type"], "net:[%d]" % row["ns"] == os.readlink("/proc/self/ns/net"))'
  net True

What it prints it reads:

  $ ref=$(nsls -p $$ -t uts -no REF)
  $ nsls -qno TYPE "$ref" | sed 's/ *$//'
  uts

What an open descriptor holds, said by its process and number:

  $ exec 7</proc/self/ns/ipc
  $ nsls -qw "$(readlink /proc/$$/ns/ipc)" | grep -q "fd	pid:$$/fd/7$"

A name made to mislead does not stop the list, and does not reach the terminal:

  $ cp "$(command -v sleep)" "$TMPDIR/$(printf 'x) \ny\033')"
  $ "$TMPDIR/$(printf 'x) \ny\033')" 60 >/dev/null 2>&1 & pid=$!
  $ nsls -p $pid -t net -no PPID | grep -cx " *$$"
  1
  $ for try in $(seq 200); do
  >     nsls -p $pid -t net -no COMMAND | grep -q 'y.x1b' && break
  > done; echo $?
  0
  $ kill $pid

Lists are lists, what is absent is null; NUL where text could be anything:

  $ nsls -qp $$ -t uts -J -o HOLDERS,PNS | python3 -c '
  > import json, sys
  > row, = json.load(sys.stdin)["namespaces"]
  > print("pid:'$$'" in row["holders"], row["pns"])'
  True None
  $ nsls -0p $$ -t uts -o TYPE,PID | tr '\0' ' '; echo
  uts [0-9]+  (re)
  $ nsls -H | sed -n 's/^NS  */NS /p'
  NS inode number
  $ nsls -Pqp $$ -t uts -no NS

Refusals:

  $ nsls -t nothing
  nsls: -t nothing: not a type of namespace
  [2]
  $ nsls -o NOTHING
  nsls: -o: no column NOTHING; try 'nsls --help'
  [2]
  $ nsls -w web
  nsls: web: not the inode number of a namespace; try 'nsls --help'
  [2]
  $ nsls -qw 4026531000
  nsls: 4026531000: no such namespace to be seen
  [1]
  $ nsls -p $$ >/dev/full
  nsls: standard output: No space left on device
  [1]
