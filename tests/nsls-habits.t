# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls python3
  $ need userns

What users of lsns(8) are used to.  Options may come after operands, but not
after "--":

  $ uts=$(stat -Lc %i /proc/self/ns/uts)
  $ nsls -q "$uts" -n -o PID >a || [ $? -eq 1 ]
  $ nsls -q -n -o PID "$uts" >b || [ $? -eq 1 ]
  $ grep -cw $$ a b
  a:1
  b:1
  $ nsls -q uts:[$uts] --bogus -n
  nsls: unrecognized option '--bogus'; try 'nsls --help'
  [2]
  $ nsls -d self -t uts -- pid:$$
  TYPE .* RESULT (re)
  uts  [0-9 ]* same (re)
  $ nsls -d -- self --dot
  nsls: --dot: * (glob)
  [2]

-o is more precise than --output-all, -T takes a '=', -p a reference, and -H
may be JSON:

  $ nsls -q --output-all -o NS -rn -p $$ -t uts
  [0-9]+ (re)
  $ nsls -q -T=parent -n -o NS -t uts | grep -c "^$uts"
  1
  $ nsls -q -p pid:$$ -rn -t uts -o NS,PID
  [0-9]+ [0-9]+ (re)
  $ nsls -q -p "uts:[$uts]"
  nsls: -p uts:\[[0-9]+\]: it leads to namespaces, not to a process (re)
  [1]
  $ nsls -q -p 0
  nsls: -p 0: too small (1 or more)
  [2]
  $ nsls -HJ | python3 -c 'import json, sys
  > for c in json.load(sys.stdin)["nsls-columns"]:
  >     if c["holder"] in ("NS", "TYPE", "NAME"): print(*c.values())'
  NS <number> inode number
  TYPE <string> type of namespace
  NAME <array> names under which it is pinned

The columns are those of lsns(8) in its order, and ours come after them:

  $ nsls -qJ -p $$ -t uts | python3 -c 'import json, sys
  > print(*json.load(sys.stdin)["namespaces"][0])'
  ns type nprocs pid user command name
  $ nsls -qJ -p $$ -t net | python3 -c 'import json, sys
  > print(*json.load(sys.stdin)["namespaces"][0])'
  ns type nprocs pid user netnsid nsfs command name

JSON has escapes of its own, so that a text is what it was:

  $ python3 -c 'import os; os.execv("/bin/sleep", ["a\nb\x1b \\ \u202e \U000e0041 é \"", "60"])' & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ nsls -qJ -p $pid -t uts -o COMMAND | python3 -c 'import json, sys
  > print(ascii(json.load(sys.stdin)["namespaces"][0]["command"]))'
  'a\nb\x1b \\ \u202e \U000e0041 \xe9 " 60'
  $ kill $pid

Threads that left their process's namespaces are looked for, unless that takes
too long:

  $ hold thread
  $ nsls -qrno NS -t $type | grep -cx $number
  1
  $ nsls -qrno NS -t $type --no-threads | grep -cx $number
  0
  [1]
  $ nsls --threads --no-threads
  nsls: --threads and --no-threads exclude each other; try 'nsls --help'
  [2]
  $ kill $holder

UID and USER are those of the process, also of one that is not dumpable:

  $ python3 -c 'import ctypes, time
  > ctypes.CDLL(None).prctl(4, 0); print(flush=True); time.sleep(60)' >up & pid=$!
  $ wait_for test -s up
  $ ! nsls -qrn -p $pid -t uts -o UID 2>/dev/null | grep -vx "$(id -u)"
  $ kill $pid

The records of many machines can be told from each other:

  $ nsls -qrn -p $$ -t uts,net -o HOST,BOOT | sort -u |
  >     grep -cxF "$(uname -n) $(cat /proc/sys/kernel/random/boot_id)"
  1

Where nobody is in a namespace they are its owner's:

  $ unshare -Un sh -c 'echo >up; exec sleep 60' & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ net=$(stat -Lc %i /proc/$pid/ns/net)
  $ exec 9</proc/$pid/ns/net; kill $pid; wait $pid 2>/dev/null
  [143]
  $ nsls -qrn -t net -o NS,NPROCS,UID,USER | grep "^$net" |
  >     sed "s/^$net/NS/; s/ $(id -u) $(id -un)/ ours/"
  NS 0 ours
  $ exec 9<&-

Without headings a column is as wide as what is in it:

  $ nsls -qln -p $$ -t uts -o TYPE,PID,NPROCS |
  >     sed "s/ $$ / PID /; s/[0-9]*\$/N/"
  uts PID N
