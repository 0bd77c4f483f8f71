# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls python3

JSON is valid whatever a process calls itself, and what it says can be read back:
each unsafe byte is \xHH.

  $ cat >hostile.py <<'EOF'
  > import os
  > os.execv(b"/bin/sleep", [b'a"\\ \x1b[31m\n\xff\xc3\xa4 \xe2\x80\xaeb', b"60"])
  > EOF
  $ python3 hostile.py >/dev/null 2>&1 & pid=$!
  $ wait_for grep -x sleep /proc/$pid/comm
  $ cat >read.py <<'EOF'
  > import json, sys
  > for row in json.load(sys.stdin)["namespaces"]:
  >     print(row["type"], ascii(row["command"]))
  > EOF
  $ nsls -qp $pid -t uts -J | python3 read.py
  uts 'a"\\ \x1b[31m\n\\xff\xe4 \u202eb 60'

The same in raw lines, where a blank is an end of a value:

  $ nsls -p $pid -t uts -rno TYPE,COMMAND,PNS | LC_ALL=C sed 's/\xc3\xa4/AE/'
  uts a"\\x5c\\x20\\x1b[31m\\x0a\\xffAE\\x20\\xe2\\x80\\xaeb\\x2060 - (esc)
  $ kill $pid

Numbers are numbers, lists are lists also when empty, what is absent is null:

  $ nsls -qJ --output-all -p $$ >all.json || [ $? -eq 1 ]
  $ cat >kinds.py <<'EOF'
  > import json, sys
  > numbers = ["ns", "nprocs", "pid", "ppid", "uid", "netnsid", "pns", "ons",
  >            "id", "nthreads", "owneruid", "nspid", "mntns", "offset"]
  > lists = ["nsfs", "name", "holders", "uidmap", "gidmap", "ifaces", "peer"]
  > for row in json.load(open("all.json"))["namespaces"]:
  >     for key, value in row.items():
  >         if key in lists:
  >             assert type(value) is list and None not in value, key
  >         elif key in numbers:
  >             assert value is None or type(value) in (int, float), key
  >         else:
  >             assert value is None or type(value) is str and value, key
  >     if row["type"] == "net":
  >         print("lo" in row["ifaces"], row["nsfs"], row["offset"])
  > print(len(row))
  > EOF
  $ python3 kinds.py
  True \[.*\] None (re)
  33

What nothing is found of is an empty array:

  $ nsls -qJ -t uts -P -o NS,TYPE | python3 -c '
  > import json, sys
  > print(type(json.load(sys.stdin)["namespaces"]))'
  <class 'list'>

Raw has no empty cells, so that words are columns:

  $ nsls -qr --output-all -p $$ | awk '{ print NF }' | uniq
  33

NUL: one value each, as many as there are columns:

  $ nsls -0 -p $$ -o TYPE,PNS,NAME -t uts,ipc | tr -cd '\0' | wc -c
  6

A table is the same whether libsmartcols prints it, as in a tree or what is no
ASCII, or not. (The pipes keep the processes; "e" is one character as "é" is.)

  $ mkfifo stay
  $ for name in e é; do
  >     sh -c 'read -r x <stay' $name é >/dev/null 2>&1 & pids="${pids-} $!"
  >     sh -c 'read -r x <stay' $name e >/dev/null 2>&1 & pids="$pids $!"
  > done
  $ for pid in $pids; do
  >     wait_for grep -q stay /proc/$pid/cmdline
  >     for columns in NS,TYPE,UID,COMMAND,PNS,NAME COMMAND,ONS,NS,OFFSET; do
  >         nsls -qp $pid -o $columns -t net,user,time |
  >             sed "s/é/e/g; s/^ *[0-9]* n/N n/"
  >     done >table.$pid
  > done
  $ for pid in $pids; do cmp table.$pid table.${pids##* }; done
  $ kill $pids; wait

The order is by inode and does not change:

  $ nsls -qrno NS | sort -cn
  $ nsls -p $$ -rno NS,TYPE >a; nsls -p $$ -rno NS,TYPE >b; cmp a b

A reader that has seen enough, and a full disk:

  $ nsls -q | head -n 1 | wc -l
  1
  $ for how in -n -r -0 -J '-J --output-all' -T --dot -H '-w self' '-d self self' --watch; do
  >     nsls -q $how >/dev/full || echo "[$?] $how"
  > done 2>&1 | sort | uniq -c | sed 's/^ *//'
  1 [1] --dot
  1 [1] --watch
  1 [1] -0
  1 [1] -H
  1 [1] -J
  1 [1] -J --output-all
  1 [1] -T
  1 [1] -d self self
  1 [1] -n
  1 [1] -r
  1 [1] -w self
  11 nsls: standard output: No space left on device

No colour in a pipe; on a terminal, unless NO_COLOR is set to something:

  $ nsls -q | grep -c "$(printf '\033')"
  0
  [1]
  $ on_terminal()
  > {
  >     TERM=xterm script -qec "stty cols 80; nsls -p $$ -t uts -o NS $*" /dev/null \
  >         </dev/null | grep -c "$(printf '\033')"
  > }
  $ command -v script >/dev/null || skip "needs script"
  $ on_terminal
  1
  $ NO_COLOR='' on_terminal
  1
  $ NO_COLOR=1 on_terminal
  0
  [1]
  $ on_terminal -J
  0
  [1]

The command is cut to the width of a terminal, not of a pipe, nor with -u:

  $ python3 -c 'import os; os.execv("/bin/sleep", ["0" * 250, "60"])' \
  >     >/dev/null 2>&1 & pid=$!
  $ wait_for grep -x sleep /proc/$pid/comm
  $ wide()
  > {
  >     script -qec "stty cols $1; nsls -q -p $pid -t uts $2" /dev/null \
  >         </dev/null | tr -d '\r' | awk 'length > n { n = length }
  >         END { print n }'
  > }
  $ NO_COLOR=1 wide 80
  80
  $ NO_COLOR=1 wide 200
  200
  $ [ "$(NO_COLOR=1 wide 80 -u)" -gt 200 ]
  $ for how in "-t uts" -T -Tprocess; do
  >     LC_ALL=C NO_COLOR=1 script -qec "stty cols 80; nsls -q $how" /dev/null \
  >         </dev/null | tr -d '\r' | awk 'length > 80'
  > done
  $ nsls -qp $pid -t uts | grep -c 0000000000
  1

What is cut has a mark, and a wide character is not halved:

  $ cut()
  > {
  >     LC_ALL=$1 NO_COLOR=1 script -qec "stty cols $2; nsls -q -p $pid -t uts -no COMMAND" \
  >         /dev/null </dev/null | tr -d '\r' | sed 's/0\{30,\}/0s/; s/ *$//'
  > }
  $ cut C 80
  0s+
  $ cut C.UTF-8 80
  0s\xe2\x80\xa6 (esc)
  $ kill $pid
  $ python3 -c 'import os; os.execv("/bin/sleep", [os.fsdecode(b"\xe6\xbc\xa2" * 30), "60"])' \
  >     >/dev/null 2>&1 & pid=$!
  $ wait_for grep -x sleep /proc/$pid/comm
  $ for n in 20 21; do cut C.UTF-8 $n | LC_ALL=C.UTF-8 grep -o . | LC_ALL=C sort | uniq -c | tr -s ' '; done
   1 \xe2\x80\xa6 (esc)
   9 \xe6\xbc\xa2 (esc)
   1 \xe2\x80\xa6 (esc)
   10 \xe6\xbc\xa2 (esc)
  $ kill $pid

What only its owner or root may see is no error, and in a pipe not worth a line;
--strict makes it one, and -q silences that:

  $ nsls >/dev/null 2>err || [ $? -eq 1 ]; grep 'Permission denied' err
  [1]
  $ unseen=$(nsls --strict 2>&1 >/dev/null); status=$?
  $ case $status,$unseen in
  > 0, | 1,'nsls: incomplete: '*) ;;
  > *) echo "[$status] $unseen" ;;
  > esac
  $ [ "$(id -u)" -eq 0 ] || [ $status -eq 1 ] || echo $status
  $ nsls -q --strict >/dev/null 2>err; [ $? -eq $status ]; cat err

A search that has found nothing says where it could not look:

  $ nsls -w uts:[4026530000] >/dev/null 2>err
  [1]
  $ [ $status -eq 0 ] || grep -q 'to be seen; incomplete: ' err || cat err

A name in any script is shown, in any locale:

  $ (exec bash -c 'exec -a "$0" sleep 60' "x $(printf '网络%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14)") & pid=$!
  $ wait_for grep -q sleep /proc/$pid/comm
  $ for locale in C C.UTF-8; do
  >     LC_ALL=$locale timeout 60 nsls -p $pid -t uts -no COMMAND,TYPE | grep -c '网络网络.*uts'
  > done
  1
  1
  $ kill $pid
