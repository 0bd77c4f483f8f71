# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls python3
  $ need userns

The namespaces of one process, in JSON with numbers as numbers:

  $ nsls -p $$ -t net -J -o NS,TYPE | python3 -c '
  > import json, os, sys
  > row, = json.load(sys.stdin)["namespaces"]
  > print(row["type"], "net:[%d]" % row["ns"] == os.readlink("/proc/self/ns/net"))'
  net True

A reference to one namespace lists the processes in it, as lsns does; what it
prints it reads, and the identity of a process is one:

  $ nsls -qrn -o PID,TYPE "$(nsls -p $$ -t uts -rno REF)" | grep -x "$$ uts"
  [1-9][0-9]* uts (re)
  $ nsls -qrn "$(readlink /proc/$$/ns/uts)" | grep -c "^$$ "
  1
  $ nsls -qn "$(readlink /proc/$$/ns/uts)" | grep -c "^ *$$ "
  1

A process, or several, its namespaces, counted in full:

  $ nsls -qrnt uts -o TYPE,NPROCS self || [ $? -eq 1 ]
  uts [1-9][0-9]* (re)
  $ nsls -qrno TYPE self | sort | tr '\n' ' '; echo
  cgroup ipc mnt net pid .*user uts  (re)

With -p this process alone is read; a column that counts needs them all:

  $ nsls -qrn -t uts -o PID,NPROCS -p $$ | sed "s/^$$ /SELF /"
  SELF [1-9][0-9]* (re)
  $ if command -v strace >/dev/null; then
  >     strace -f -e trace=openat,open -o "$CRAMTMP/log" nsls -p $$ -o NS,COMMAND >/dev/null
  >     sed -n 's|.*"\(/proc/\)\{0,1\}\([0-9][0-9]*\)["/].*|\2|p' \
  >         "$CRAMTMP/log" | grep -vxc $$
  > else echo 0; fi
  0
  [1]

What an open descriptor holds, said by its process and number:

  $ exec 7</proc/self/ns/ipc
  $ nsls -qrnw "$(readlink /proc/$$/ns/ipc)" | grep -c " fd pid:$$/fd/7 - $$ "
  1
  $ exec 7<&-

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
  $ nsls -Pq -t uts -rno STATE | grep -vx held
  [1]

A thread in a namespace of its own, and a descriptor on its way, on demand:

  $ hold thread
  $ nsls -qrnt uts -o NS,NPROCS,STATE,PID | grep "^$number "
  [0-9]+ 0 live - (re)
  $ nsls -qrnt uts --threads -o NS,PID,COMMAND | sed -n "s/^$number //p"
  [0-9]+ .*python.*holder.*thread (re)
  $ nsls -qrnt uts --threads -o NS,PID,PPID -p $holder | grep "^$number "
  [0-9]+ [0-9]+ [0-9]+ (re)
  $ nsls -qrn --threads -o PID $number | cat
  [0-9]+ (re)
  $ nsls -qrn -o PID $number | cat
  $ kill $holder
  $ hold queued
  $ nsls -qrnt uts -o NS,HOLDERS | grep "^$number pid:"
  [1]
  $ nsls -qrnS -t uts -o NS,HOLDERS | grep -c "^$number pid:$holder/fd/"
  1
  $ kill $holder

Only what an expression is true of, where libsmartcols has them:

  $ nsls -Q 'TYPE == "uts" && NS > 1' -p $$ -rno TYPE 2>&1 |
  >     sed 's/libsmartcols [0-9.]*/libsmartcols N/; s/; try.*//'
  (uts|nsls: -Q: this nsls was built with libsmartcols N, filters need 2.40) (re)
  $ nsls -Q 'TYPE == ' 2>&1 | cut -c 1-8
  nsls: -Q

Which namespaces of two processes differ; 1 says that some do:

  $ nsls -rnd $$ self | sort -u -k4,4 | cut -d ' ' -f 4
  same
  $ nsls -rnd $$ 1073741824
  nsls: 1073741824: * (glob)
  [2]

Refusals:

  $ nsls -t nothing
  nsls: -t nothing: nothing is not one of mnt, uts, ipc, net, pid, user, cgroup, time
  [2]
  $ nsls -o NOTHING
  nsls: -o: no column NOTHING (nsls -H lists them); try 'nsls --help'
  [2]
  $ nsls -w nothing-of-that-name 2>&1 | cut -d : -f 1-2
  nsls: nothing-of-that-name
  $ nsls -w
  nsls: -w takes a REF; try 'nsls --help'
  [2]
  $ nsls -o NS -w self
  nsls: -o is for listings and --watch; try 'nsls --help'
  [2]
  $ nsls -qw 4026531000
  nsls: 4026531000: no such namespace to be seen
  [1]
  $ nsls -q net:4026531000
  nsls: net:4026531000: * (glob)
  [2]
  $ nsls -d $$
  nsls: -d takes two REFs; try 'nsls --help'
  [2]
  $ nsls -p $$ self
  nsls: -p takes neither a REF nor -d, -w, --dot, --watch or --wait-gone; try 'nsls --help'
  [2]
  $ nsls -pP 1
  nsls: -p takes neither a REF nor -d, -w, --dot, --watch or --wait-gone; try 'nsls --help'
  [2]
  $ nsls -P -p 1
  nsls: -p and -P exclude each other; try 'nsls --help'
  [2]
  $ nsls -Jr
  nsls: -0, -J and -r exclude each other; try 'nsls --help'
  [2]
  $ nsls -Tage
  nsls: -T age: not owner, parent or process
  [2]
  $ nsls -Tr
  nsls: -T r: not owner, parent or process
  [2]
  $ nsls -T --json-lines 2>&1 | head -c 30; echo
  nsls: -T has no flat form: not
  $ nsls --json-lines -o TYPE,NPROCS,NAME -p self -t uts,net | grep -cE '^\{"type":"(net|uts)","nprocs":[0-9]+,"name":\[.*\]\}$'
  2
  $ nsls -T -r
  nsls: -T has no flat form: not with -0, -l, -r or --json-lines; try 'nsls --help'
  [2]
