# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

One command in many targets:

  $ mkdir names; export NSPATH="$PWD/names"
  $ for name in box other web; do
  >     nsunshare -ru --hostname=$name sleep 300 </dev/null >/dev/null 2>&1 & echo $! >>pids
  >     mkdir names/$name; ln -s /proc/$!/ns/uts /proc/$!/ns/user names/$name; echo $name >>list
  > done
  $ for t in $(cat pids); do wait_for sleeps $t; done
  $ nsjoin -f list uname -n
  box
  other
  web
  $ sed '1s/^/\n/' list | nsjoin -f - uname -n
  box
  other
  web

Three at a time, and whose lines they are. The last line may lack its end:

  $ nsjoin -f list -P 3 -l sh -c 'uname -n; echo error >&2; printf end' 2>err.txt | sort
  box: box
  box: end
  other: end
  other: other
  web: end
  web: web
  $ sort err.txt
  box: error
  other: error
  web: error
  $ nsjoin -f list -P 3 -l sh -c 'yes "$(uname -n)" | head -n 20000' | sort | uniq -c | sed 's/^ *//'
  20000 box: box
  20000 other: other
  20000 web: web
  $ nsjoin -f list -l yes | head -n 1
  box: y

What follows a NUL byte is not lost; in the list it would be, so that line is
refused:

  $ nsjoin -f list -l printf 'a\0b\nc\0' | tr '\0' _
  box: a_b
  box: c_
  other: a_b
  other: c_
  web: a_b
  web: c_
  $ printf 'box\0x\nweb\n' | nsjoin -f - uname -n
  nsjoin: --file -: box: a NUL byte follows, so it is not a REF
  web
  [123]

The commands do not read our list:

  $ nsjoin -f - wc -c <list
  0
  0
  0

Exit statuses are those of xargs(1); a failure does not keep the others from
running, but for 255:

  $ nsjoin -f list sh -c '[ "$(uname -n)" != box ] && uname -n'
  other
  web
  [123]
  $ nsjoin -f list sh -c 'kill -KILL $$'
  [123]
  $ nsjoin -f list sh -c 'uname -n; exit 255'
  box
  [124]
  $ (echo nosuch; cat list) | nsjoin -l -f - uname -n 2>err.txt
  box: box
  other: other
  web: web
  [123]
  $ sed 's/ in .*//' err.txt
  nosuch: nsjoin: nosuch: no such name
  $ nsjoin -f /dev/null false

A signal that ends it ends the commands; KILL does, too:

  $ for sig in TERM KILL; do
  >     mkfifo end
  >     nsjoin -f list -P 3 sh -c 'echo up; exec sleep 301' >end & j=$!
  >     { read a; read b; read c; kill -$sig $j; cat; } <end
  >     wait $j 2>/dev/null; echo $?
  >     rm end
  > done
  143
  137

What does not go together:

  $ nsjoin -f list -t 1 true
  nsjoin: --file and --target exclude each other; try 'nsjoin --help'
  [125]
  $ nsjoin -P 2 self true
  nsjoin: --max-procs needs --file; try 'nsjoin --help'
  [125]
  $ nsjoin -l self true
  nsjoin: --label needs --file; try 'nsjoin --help'
  [125]
  $ nsjoin -P 0 -f list true
  nsjoin: -P 0: too small (1 or more)
  [125]
  $ nsjoin -f nosuchfile true
  nsjoin: --file nosuchfile: No such file or directory
  [125]
  $ kill $(cat pids)
