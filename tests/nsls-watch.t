# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls python3 unshare
  $ need userns

First what there is, then what comes and goes, one record each, at once:

  $ nsls -qrt uts -o NS,TYPE --watch=0.05 >log 2>err & watch=$!
  $ own=$(stat -Lc %i /proc/self/ns/uts)
  $ wait_for grep -x "+ $own uts" log
  $ mkfifo go
  $ unshare -Uru sh -c 'read x <go' >/dev/null 2>&1 & pid=$!
  $ differs()
  > {
  >     [ "$(readlink /proc/$pid/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]
  > }
  $ wait_for differs
  $ new=$(stat -Lc %i /proc/$pid/ns/uts)
  $ wait_for grep -x "+ $new uts" log
  $ echo >go
  $ wait_for grep -x -- "- $new uts" log

None is told twice, and none goes that has not come:

  $ kill $watch
  $ cat >check.py <<'EOF'
  > there = set()
  > for line in open("log"):
  >     sign, ns = line.split()[:2]
  >     assert (sign == "-") == (ns in there), line
  >     (there.remove if sign == "-" else there.add)(ns)
  > print("ok")
  > EOF
  $ python3 check.py
  ok
  $ cat err

Whatever lives longer than the interval is seen, a hundred at a time as well:

  $ nsls -qrt uts -o NS,PID --watch=0.2 >log & watch=$!
  $ wait_for grep -q "^+ $own " log
  $ cat >many.py <<'EOF'
  > import os, subprocess, time
  > made = [subprocess.Popen(["unshare", "-Uru", "sh", "-c",
  >         "stat -Lc %i /proc/self/ns/uts; exec sleep 3"],
  >         stdout=subprocess.PIPE, text=True) for i in range(30)]
  > with open("made", "w") as f:
  >     for p in made:
  >         f.write(p.stdout.readline())
  >         p.wait()
  > EOF
  $ python3 many.py
  $ all_seen()
  > {
  >     for ns in $(cat made); do
  >         [ "$(grep -c "^+ $ns " log)" -ge 1 ] || return 1
  >         [ "$(grep -c "^- $ns " log)" -ge 1 ] || return 1
  >     done
  > }
  $ wait_for all_seen
  $ kill $watch
  $ python3 check.py
  ok

Looking takes 5 % of a CPU at most, however often it is asked for (in ticks of
10 ms, of which there are 300):

  $ nsls -qrt uts -o NS --watch=0.001 >log & watch=$!
  $ wait_for grep -q "^+ $own" log
  $ ticks() { sed 's/.*) //' /proc/$watch/stat | cut -d ' ' -f 12,13 | tr ' ' +; }
  $ before=$(($(ticks))); sleep 3; after=$(($(ticks)))
  $ [ $((after - before)) -le 24 ] || echo "$((after - before)) ticks"
  $ kill $watch

A name that comes later, and the command after an exec, are told with a ~, and
with all columns as they are now:

  $ nsls -qrt uts -o NS,NAME,COMMAND --watch=0.05 >log & watch=$!
  $ nsls -qJt uts -o NS,NAME,NPROCS --watch=0.05 >json & json=$!
  $ unshare -Uru sh -c 'read x <go; exec sleep 300' >/dev/null 2>&1 & pid=$!
  $ wait_for differs
  $ new=$(stat -Lc %i /proc/$pid/ns/uts)
  $ wait_for grep -q "^[+~] $new - sh" log && wait_for grep -q "\"ns\":$new," json
  $ nspin -uUt $pid later
  $ wait_for grep -q "^~ $new later" log; grep "^~ $new later" log | cut -d ' ' -f 1,3,4
  ~ later sh\x20-c\x20read\x20x\x20<go;\x20exec\x20sleep\x20300
  $ wait_for grep -q '"~".*later' json; grep '"~".*later' json | sed "s/$new/NS/"
  {"change":"~","changed":["name"],"ns":NS,"name":["later"],"nprocs":1}
  $ nspin -M later renamed; wait_for grep -q "^~ $new renamed " log
  $ echo >go; wait_for grep -q "^~ $new renamed sleep" log; grep "^~ $new renamed sleep" log | cut -d ' ' -f 1,3,4
  ~ renamed sleep\x20300
  $ nspin -d renamed 2>/dev/null; wait_for grep -q "^~ $new - sleep" log; grep "^~ $new - sleep" log | cut -d ' ' -f 1,3,4
  ~ - sleep\x20300
  $ kill $pid; wait_for grep -q -- "^- $new" log; kill $watch $json
  $ grep -c "^[+] $new" log
  1

JSON: an object a line:

  $ nsls -qJt uts -o NS --watch | head -n 1 | python3 -c '
  > import json, sys
  > print(json.load(sys.stdin)["change"])'
  +

It ends by itself when nobody reads any more, also when nothing happens:

  $ mkfifo pipe
  $ nsls -qrt uts -o NS --watch=60 >pipe 2>err & watch=$!
  $ head -n 1 pipe | cut -c 1
  +
  $ wait $watch; cat err

Wait until a namespace has died, without keeping it:

  $ unshare -Uru sh -c 'read x <go' >/dev/null 2>&1 & pid=$!
  $ wait_for differs
  $ nsls -q --wait-gone="uts=$pid" >log 2>&1 & wait=$!
  $ looks() { sed -n 's/^voluntary_ctxt_switches:\t*//p' "/proc/$wait/status"; }
  $ looked() { [ "$(looks)" -ge 20 ]; }
  $ wait_for looked; cat log
  $ echo >go
  $ wait $wait || [ $? -eq 1 ] && cat log

Of one that a number names and that there is not, at once:

  $ nsls -q --wait-gone=uts:[4026531000] || [ $? -eq 1 ]

Who cannot look everywhere is told that it may only be out of sight:

  $ nsls --wait-gone=uts:[4026531000] >told 2>&1; status=$?
  $ sed 's/\(seen: \).*/\1/' told | grep -vx \
  >     'nsls: uts:\[4026531000\]: gone, as far as can be seen: '
  [1]
  $ [ $((status)) -eq "$(wc -l <told)" ]

One that we are in ourselves would never end:

  $ nsls -q --wait-gone=uts=self
  nsls: --wait-gone uts=self: this process is in that UTS namespace and would wait for ever
  [1]
  $ nsls --watch=nothing
  nsls: --watch nothing: not a time (10, 2.5, 3m, 1h, 1d)
  [2]
  $ nsls --watch=0
  nsls: --watch 0: too small (more than 0)
  [2]
  $ nsls --watch self
  nsls: --watch (--watch=SEC) and --wait-gone take no operand; try 'nsls --help'
  [2]
