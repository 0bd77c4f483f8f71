# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsls lsns unshare
  $ need userns

What lsns(8) says of namespaces, nsls says in the same columns:

  $ mkfifo up
  $ unshare -Urmuinpf sh -c 'echo >up; sleep 60; :' >/dev/null 2>&1 & pid=$!
  $ read -r x <up
  $ wait_for pgrep -P $pid
  $ sh=$(pgrep -P $pid)
  $ wait_for pgrep -x -P $sh sleep
  $ ours=$(stat -Lc %i /proc/$sh/ns/* | sort -u)
  $ columns=NS,TYPE,NPROCS,PID,PPID,USER,UID,PATH,COMMAND
  $ made=$(echo "$ours" | grep -vxF "$(stat -Lc %i /proc/self/ns/*)")
  $ only()
  > {
  >     sed 's/^ *//; s/  */ /g; s/ $//' | grep -F "$made" | sort
  > }
  $ list() { lsns "$@" >list; }  # fails where a process ends meanwhile
  $ wait_for list -lno $columns; only <list >theirs
  $ nsls -qno $columns | only | diff theirs -
  $ wc -l <theirs
  6
  $ wait_for list -lrno $columns; only <list >theirs
  $ nsls -qrno $columns | sed 's/ - / /g' | only | diff theirs -
  $ wait_for list -lJo $columns; mv list theirs
  $ nsls -qJo $columns >ours || [ $? -eq 1 ]
  $ cat >compare.py <<'EOF'
  > import json, sys
  > theirs, ours = [{r["ns"]: r for r in json.load(open(f))["namespaces"]}
  >                 for f in ("theirs", "ours")]
  > for ns in map(int, sys.argv[1:]):
  >     for key, value in ours[ns].items():
  >         if key != "netnsid" and value != theirs[ns][key]:
  >             print(key, value, theirs[ns][key])
  > EOF
  $ python3 compare.py $made

The processes in one of them:

  $ ns=$(stat -Lc %i /proc/$sh/ns/uts)
  $ wait_for list -lno PID,PPID,USER,COMMAND $ns
  $ sed 's/^ *//; s/  */ /g' list >theirs
  $ nsls -qlno PID,PPID,USER,COMMAND $ns | sed 's/^ *//; s/  */ /g' | diff theirs -
  $ nsls -qJ $ns | python3 -c '
  > import json, sys
  > print([sorted(r) for r in json.load(sys.stdin)["namespaces"]][0])'
  ['command', 'pid', 'ppid', 'user']
  $ kill $pid $sh $(pgrep -P $sh)
