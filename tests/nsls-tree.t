# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls python3 unshare
  $ need userns

Namespaces within namespaces, two deep:

  $ mkfifo up
  $ unshare -Ur unshare -Uru sh -c 'echo >up; exec sleep 60' >/dev/null 2>&1 & pid=$!
  $ read -r x <up
  $ wait_for grep -x sleep /proc/$pid/comm
  $ inner=$(stat -Lc %i /proc/$pid/ns/user) uts=$(stat -Lc %i /proc/$pid/ns/uts)

The tree by owner has each under the user namespace that owns it:

  $ cat >find.py <<'EOF'
  > import json, sys
  > def walk(rows, above):
  >     for row in rows:
  >         if row["ns"] in map(int, sys.argv[1:]):
  >             print(row["type"], len(above), row["ons"] == above[-1])
  >         walk(row.get("children", []), above + [row["ns"]])
  > walk(json.load(sys.stdin)["namespaces"], [])
  > EOF
  $ nsls -qJT -o NS,TYPE,ONS | python3 find.py $inner $uts | sort
  user 2 True
  uts 3 True
  $ nsls -qTowner -o NS,TYPE | grep -c "[-─]$uts *uts"
  1

Without -T it is flat, also in JSON:

  $ nsls -qJ -o NS,TYPE,ONS | grep -c children
  0
  [1]

By parent only user and PID namespaces hang from others:

  $ nsls -qTparent -J -o NS,TYPE,ONS | python3 find.py $inner
  user 2 True
  $ nsls -qTparent -no NS,TYPE | grep -c "^$uts *uts"
  1

By process a namespace hangs from that of the nearest ancestor:

  $ nsls -qTprocess -t user,uts -no TYPE,PID,COMMAND | grep " $pid " |
  >     sed 's/  */ /g; s/[^ -~]//g'
  user [0-9]+ [`|]?-?sleep 60 (re)
  uts [0-9]+ [`|]?-?sleep 60 (re)

What is not listed is passed over: the parent of the parent stands in:

  $ nsls -qJT -t uts -o NS,TYPE,ONS | grep -c children
  0
  [1]

and those of a process stand together:

  $ nsclone -rmuip sleep 61 & first=$!
  $ nsclone -rmuip sleep 62 & second=$!
  $ both() { [ "$(nsls -rno TYPE,COMMAND -t pid | grep -c ' sleep.*6[12]$')" = 2 ]; }
  $ wait_for both
  $ nsls -qTprocess -t mnt,uts,ipc,pid -no COMMAND | sed 's/[^ -~]//g' | grep -o 'sleep 6[12]$' | uniq -c | sort -k3
        4 sleep 61
        4 sleep 62

  $ kill $first $second

The picture has a box for each user namespace, in its parent's:

  $ nsls -q --dot >picture.dot || [ $? -eq 1 ]
  $ awk '/cluster_'$inner'/ { box = 1 } box && /uts '$uts'/ { found = 1 }
  >     END { print found }' picture.dot
  1
  $ if command -v dot >/dev/null; then dot -Tplain picture.dot; else
  >     cat picture.dot; fi | grep -c "$uts"
  1
  $ sed 's/"[^"]*"//g' picture.dot >unnamed.dot # a command may have braces
  $ tr -cd '{' <unnamed.dot | wc -c | tr -d ' ' >open
  $ tr -cd '}' <unnamed.dot | wc -c | tr -d ' ' | cmp - open
  $ kill $pid

Names cannot break it:

  $ cp "$(command -v sleep)" 'a"];}\'
  $ unshare -Ur './a"];}\' 60 >/dev/null 2>&1 & pid=$!
  $ wait_for sh -c "tr '\\0' ' ' </proc/$pid/cmdline | grep -q ^./a"
  $ nsls -q --dot >picture.dot || [ $? -eq 1 ]
  $ grep -c 'a\\"];}\\\\x5c 60.l' picture.dot
  1
  $ ! command -v dot >/dev/null || dot -Tplain picture.dot >/dev/null
  $ kill $pid
  $ nsls --dot -J
  nsls: --dot has a form of its own; try 'nsls --help'
  [2]
