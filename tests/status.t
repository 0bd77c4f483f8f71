# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Another program can follow how the command fares. --status-fd says it in lines:
which process it is, one line for each new namespace, that it was executed, and
how it ended:

  $ lines() { sed -E 's/^start [0-9]+(:[0-9]+)?$/start PID/; s/ [0-9]{10} ([0-9]+|-)$/ INUM ID/'; }
  $ nsclone -rpu --status-fd=3 sh -c 'exit 7' 3>log; echo "$?"; lines <log
  7
  start PID
  ns uts INUM ID
  ns pid INUM ID
  ns user INUM ID
  ready
  exit 7
  $ { nsclone -r --status-fd=3 sh -c 'kill -USR1 $$' 3>log; } 2>/dev/null
  [138]
  $ lines <log
  start PID
  ns user INUM ID
  ready
  signal USR1

It is the command's process, not its init's, and the numbers are those of its
namespaces:

  $ nsclone -rpn --status-fd=3 sh -c 'readlink /proc/self/ns/net; readlink /proc/self/ns/pid' 3>log
  net:[*] (glob)
  pid:[*] (glob)
  $ nsclone -rpn --status-fd=3 readlink /proc/self/ns/net 3>log | tr -d 'net:[]' >net
  $ test "$(sed -n 's/^ns net \([0-9]*\) .*/\1/p' log)" = "$(cat net)"
  $ nsclone -r --status-fd=3 sh -c 'echo $$' 3>log >pid
  $ test "$(sed -n 's/^start \([0-9]*\).*/\1/p' log)" = "$(cat pid)"

"stop" and "continue" are told as well:

  $ stop_twice() {
  >     rm -f log
  >     nsclone -r "$@" --status-fd=3 sh -c 'kill -STOP $$; kill -STOP $$; exit 3' 3>log &
  >     for n in 1 2; do
  >         stopped() { test "$(grep -c stop log)" = $n && grep -q '^State:.T' "/proc/$!/status"; }
  >         wait_for stopped; kill -CONT $!
  >     done
  >     wait $!; echo "$?"; sed 1,/ready/d log
  > }
  $ for p in -pu -u; do stop_twice $p; done
  3
  stop STOP
  continue
  stop STOP
  continue
  exit 3
  3
  stop STOP
  continue
  stop STOP
  continue
  exit 3

"ready" is there only if the command was executed. Without it nsclone's status
and message say why:

  $ nsclone -rp --status-fd=3 nosuchcommand 3>log
  nsclone: nosuchcommand: No such file or directory (there is no such command in PATH)
  [127]
  $ lines <log
  start PID
  ns pid INUM ID
  ns user INUM ID
  $ nsclone -rp --status-fd=3 --setup=false true 3>log
  nsclone: --setup false: exit status 1
  [125]
  $ cat log

A command killed on the way to it, here while it is held, was not executed:

  $ for p in -p ''; do
  >     rm -f log hold; mkfifo hold
  >     exec 4<>hold
  >     nsclone -r $p --status-fd=3 --hold-fd=4 true 3>log &
  >     started() { grep -q '^start' log; }
  >     wait_for started; kill -KILL "$(sed -n 's/^start \([0-9]*\).*/\1/p' log)"
  >     wait $!; echo "$?"
  >     lines <log | grep -v ns
  >     exec 4<&-
  > done 2>/dev/null
  137
  start PID
  signal KILL
  137
  start PID
  signal KILL

The command does not have the descriptor, unless it is one of the standard ones:

  $ nsclone -r --status-fd=9 --hold-fd=8 sh -c 'ls /proc/self/fd | tr "\n" " "' 9>log 8</dev/null; echo
  0 1 2 3 
  $ nsclone -r --status-fd=1 sh -c 'sleep 0.1; echo between' | lines
  start PID
  ns user INUM ID
  ready
  between
  exit 0

A reader that goes away, or never reads, does not hurt the command:

  $ for p in -p -pI ''; do
  >     { nsclone -r $p --status-fd=3 sh -c 'sleep 0.1; echo unhurt >&4; exit 3' 3>&1; echo "$?" >&4; } 4>>out | head -n 1 | lines
  > done; cat out
  start PID
  start PID
  start PID
  unhurt
  3
  unhurt
  3
  unhurt
  3
  $ mkfifo full; exec 5<>full
  $ dd if=/dev/zero of=full bs=4096 oflag=nonblock 2>dd || true
  $ nsclone -r --status-fd=5 sh -c 'echo unhurt; exit 3'
  unhurt
  [3]
  $ exec 5<&-

--hold-fd: the command is there, in its namespaces, and is executed only when a
byte or the end can be read. In between whoever called us can look at it, and
change what it will find:

  $ rm -f log hold; mkfifo hold
  $ exec 4<>hold
  $ nsclone -rp --status-fd=3 --hold-fd=4 sh -c 'echo run >>ran' 3>log &
  $ started() { grep -q '^ns user' log; }
  $ wait_for started
  $ pid=$(sed -n 's/^start \([0-9]*\).*/\1/p' log)
  $ test "$(readlink "/proc/$pid/ns/pid" | tr -d 'pid:[]')" = "$(sed -n 's/^ns pid \([0-9]*\) .*/\1/p' log)"
  $ grep -c ready log; test -e ran
  0
  [1]
  $ echo >&4; wait $!; cat ran; sed -n '/ready/,$p' log
  run
  ready
  exit 0
  $ nsclone -r --hold-fd=3 echo at once 3</dev/null
  at once

Its maps may be written then, and IDs and capabilities follow from them:

  $ nsclone -U --status-fd=3 --hold-fd=4 id -u 3>log4 >id &
  $ started() { grep -q '^ns user' log4; }
  $ wait_for started
  $ pid=$(sed -n 's/^start \([0-9]*\).*/\1/p' log4)
  $ echo deny >"/proc/$pid/setgroups"; echo "0 $(id -u) 1" >"/proc/$pid/uid_map"
  $ echo >&4; wait $!; cat id
  0

Signals work while it is held, --timeout too; nothing is left:

  $ nsclone -rp --status-fd=3 --hold-fd=4 true 3>log5 &
  $ started() { grep -q '^start' log5; }
  $ wait_for started; { kill -TERM $!; wait $!; } 2>/dev/null
  [143]
  $ nsclone -rp --hold-fd=4 --timeout=0.1 true
  [124]

--pidfd-fd sends a pidfd of it over a socket before it is executed:

  $ need cmd python3
  $ cat >take <<'EOF'
  > import os, select, signal, socket, subprocess, sys
  > a, b = socket.socketpair()
  > p = subprocess.Popen(sys.argv[1:] + ["--pidfd-fd=%d" % b.fileno(), "sleep", "60"],
  >                      pass_fds=[b.fileno()])
  > b.close()
  > data, fds, flags, addr = socket.recv_fds(a, 10, 4)
  > info = open("/proc/self/fdinfo/%d" % fds[0]).read()
  > comm = open("/proc/%s/status" % info.split("Pid:")[1].split()[0]).read()
  > print(len(data), len(fds), "NStgid" in comm)
  > signal.pidfd_send_signal(fds[0], signal.SIGKILL)
  > print(-p.wait())
  > EOF
  $ python3 take nsclone -rp; python3 take nsclone -r
  1 1 True
  9
  1 1 True
  9
  $ python3 -c '
  > import socket, subprocess
  > a, b = socket.socketpair()
  > a.close()
  > subprocess.call(["nsclone", "-r", "--pidfd-fd=%d" % b.fileno(), "echo", "no"], pass_fds=[b.fileno()])'
  nsclone: --pidfd-fd: Broken pipe

A socket that is full is not waited for:

  $ timeout -s KILL 20 python3 -c '
  > import socket, subprocess
  > a, b = socket.socketpair()
  > b.setblocking(False)
  > try:
  >     while True:
  >         b.send(bytes(4096))
  > except BlockingIOError:
  >     b.setblocking(True)
  > subprocess.call(["nsclone", "-r", "--pidfd-fd=%d" % b.fileno(), "echo", "no"], pass_fds=[b.fileno()])'
  nsclone: --pidfd-fd: Resource temporarily unavailable

Descriptors that are not what they should be are refused before anything is made:

  $ nsclone -r --status-fd=9 true
  nsclone: --status-fd 9: Bad file descriptor
  [125]
  $ nsclone -r --status-fd=3 true 3</dev/null
  nsclone: --status-fd 3: not open for writing
  [125]
  $ nsclone -r --hold-fd=3 true 3>/dev/null
  nsclone: --hold-fd 3: not open for reading
  [125]
  $ nsclone -r --pidfd-fd=3 true 3<>/dev/null
  nsclone: --pidfd-fd 3: not a unix(7) socket
  [125]
  $ nsclone -r --status-fd=three true
  nsclone: --status-fd three: * (glob)
  [125]
