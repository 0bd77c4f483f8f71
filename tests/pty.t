# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd python3 stty tty setsid

With --pty the command has a terminal of its own and leads a session of its own,
also where its caller has none; what is read ends with ^D:

  $ nsclone --pty -rp --mount-proc sh -c 'tty; stty size; cut -d" " -f 6 /proc/$$/stat; exit 7' </dev/null | tr -d '\r'
  /dev/pts/\d+ (re)
  24 80
  2
  $ nsclone --pty -rp --mount-proc sh -c 'exit 7' </dev/null
  [7]
  $ printf 'a\nb' | nsclone --pty -U sh -c 'stty -echo; echo ready; cat | tr ab xy' | tr -d '\r' | tail -n 2
  x
  y (no-eol)
  $ nsclone --pty -U sh -c 'kill -9 $$' </dev/null
  Killed
  [137]
  $ seq 20000 >numbers; nsclone --pty -U cat numbers </dev/null | tr -d '\r' | cmp - numbers

What is printed reaches a reader that is slow, also where standard output does not
block; where it cannot be written that is an error:

  $ cat >slow.py <<'END'
  > import os, subprocess, sys, time
  > r, w = os.pipe(); os.set_blocking(w, False)
  > p = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=w); os.close(w)
  > time.sleep(0.5)
  > while text := os.read(r, 65536):
  >     os.write(1, text)
  > sys.exit(p.wait())
  > END
  $ python3 slow.py nsclone --pty -U cat numbers | tr -d '\r' | cmp - numbers
  $ if [ -c /dev/full ]; then
  >     nsclone --pty -U cat numbers </dev/null 2>&1 >/dev/full; echo "$?"
  > else
  >     echo "nsclone: standard output: No space left on device"; echo 125
  > fi
  nsclone: standard output: No space left on device
  125

Other files are the command's to close, for nobody beside it has them open:

  $ mkfifo end; cat end & cat=$!
  $ nsclone --pty -U sh -c 'exec 3>&-; echo closed >closed; exec sleep 60' 3>end </dev/null >out 2>&1 &
  $ wait_for test -s closed; gone() { ! kill -0 $cat; }; wait_for gone && kill $!

A command that has closed its terminal goes on without one, and may open it again:

  $ nsclone --pty -U sh -c 'exec <&- >&- 2>&-; sleep 0.3; exec >/dev/tty; echo again; exec >&-; sleep 0.3; exit 6' </dev/null | tr -d '\r'
  again
  $ nsclone --pty -rp sh -c 'exec <&- >&- 2>&-; sleep 0.3; exit 6' </dev/null
  [6]

In a target it is one of the target's /dev/pts; of ours where it has none:

  $ cat >box.sh <<'END'
  > mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts && exec sleep 300
  > END
  $ nsclone -rmp --mount-proc sh box.sh </dev/null >/dev/null 2>&1 & s=$!
  $ inside() { t=$(pgrep -n -P "$(pgrep -P $s)" sleep) && sleeps $t; }
  $ wait_for inside || skip "no devpts can be mounted here"
  $ nsjoin --pty $t sh -c 'tty; test /dev/pts/0 -ef /proc/self/fd/2 && echo all three; exit 5' </dev/null | tr -d '\r'
  /dev/pts/0
  all three
  $ nsjoin --pty -W / --env TERM=ansi $t sh -c 'echo $TERM' </dev/null | tr -d '\r'
  ansi
  $ nsjoin --pty -A --except=seccomp,cgroup,no-new-privs,limits $t tty </dev/null | tr -d '\r'
  /dev/pts/0
  $ nsclone --pty -r -R / sh -c 'tty' </dev/null | grep -c /dev/pts
  1

At a terminal: a shell's job is one of the shell inside, ^C is for it alone, the
size of the window is passed on, "~^Z" after a newline stops nsjoin, "~." hangs
up, and the terminal is left as it was. (What the terminal says of its cursor
in between, for which busybox's shell asks at each prompt, does not count.)

  $ cat >play.py <<'END'
  > import os, pty, select, signal, struct, fcntl, sys, termios, time
  > def size(rows, cols):
  >     fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
  > def until(text):
  >     global seen
  >     end = time.monotonic() + 60
  >     while text not in seen and time.monotonic() < end:
  >         if select.select([fd], [], [], 0.1)[0]:
  >             seen += os.read(fd, 4096)
  >     if text not in seen:
  >         sys.exit(f"no {text} in {seen}")
  >     seen = seen[seen.index(text) + len(text):]
  > def changed(flags=0):
  >     end = time.monotonic() + 60
  >     while time.monotonic() < end:
  >         got, status = os.waitpid(pid, os.WUNTRACED | os.WNOHANG)
  >         if got:
  >             if os.WIFSTOPPED(status):
  >                 return "stopped"
  >             if os.WIFSIGNALED(status):
  >                 return "killed by " + signal.Signals(os.WTERMSIG(status)).name
  >             return f"exited {os.WEXITSTATUS(status)}"
  >         try:
  >             if select.select([fd], [], [], 0.02)[0]:
  >                 os.read(fd, 4096)
  >         except OSError:
  >             time.sleep(0.02)
  >     return "nothing"
  > seen = b""
  > gate = os.pipe()
  > pid, fd = pty.fork()
  > if pid == 0:
  >     os.read(gate[0], 1)
  >     os.environ["PS1"] = "> "
  >     os.execvp(sys.argv[1], sys.argv[1:])
  > before = termios.tcgetattr(fd); os.write(gate[1], b"x")
  > say = lambda text: os.write(fd, text)
  > until(b"> ")
  > size(30, 100)
  > say(b"stty size\r"); until(b"30 100")
  > say(b"sleep 300\r"); until(b"300"); time.sleep(0.3)
  > say(b"\x03"); until(b"> ")
  > say(b"echo t$((1+1))\r"); until(b"t2")
  > say(b"\r\x1b[24;5R~\x1a"); print(changed())
  > print("restored" if termios.tcgetattr(fd)[:4] == before[:4] else "raw")
  > os.kill(pid, signal.SIGCONT)
  > say(b"\r~~\x15echo t$((2+2))\r"); until(b"t4")
  > if sys.argv[1] == "nsjoin":
  >     say(b"exit 9\r")
  > else:
  >     say(b"\r~.")
  > print(changed())
  > END
  $ python3 play.py nsjoin --pty $t sh
  stopped
  restored
  exited 9
  $ python3 play.py nsclone --pty -U sh
  stopped
  restored
  killed by SIGHUP
  $ kill $s

What it does not go with:

  $ echo self | nsjoin --pty -f - true
  nsjoin: --pty is for one command inside, not --file; try 'nsjoin --help'
  [125]
  $ nsclone --pty -d -U true
  nsclone: --pty: not with --detach
  [125]
  $ nsclone --explain --pty -U true | grep terminal
  yes  a terminal of its own

With --timeout nobody sleeps longer than that, whoever stops the command:

  $ timeout -s KILL 9 nsclone -r --pty --timeout=0.2 sh -c 'kill -STOP $$; sleep 60'
  [124]
