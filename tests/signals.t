# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd pgrep python3 timeout

A signal that a process sends to nsclone reaches the command, through the init
(-p), as PID 1 (-pI) and without a PID namespace:

  $ try() {
  >     mkfifo "$CRAMTMP/fifo"
  >     nsclone -r "$@" sh -c 'trap "echo got $0; exit 3" '"$sig"'; echo ready;
  >         while :; do sleep 0.05; done' "$sig" >"$CRAMTMP/fifo" &
  >     {
  >         read -r line
  >         kill -"$sig" $!
  >         cat
  >     } <"$CRAMTMP/fifo"
  >     wait $!
  >     echo "status $?"
  >     rm "$CRAMTMP/fifo"
  > }
  $ for sig in HUP USR1 USR2 TERM WINCH ALRM PIPE; do
  >     try -p; try -pI; try
  > done | sort | uniq -c | sed 's/^ *//'
  3 got ALRM
  3 got HUP
  3 got PIPE
  3 got TERM
  3 got USR1
  3 got USR2
  3 got WINCH
  21 status 3

From a PID 1 without a handler the kernel keeps the signal; what that would have
done happens all the same, or nothing but KILL could end it:

  $ for sig in HUP TERM USR1; do
  >     for tool in 'nsclone -rpI' 'nsunshare -rfp'; do
  >         $tool sleep 30 & kill -$sig $!; wait $!; echo $?
  >         $tool sh -c 'echo up; exec sleep 30' >up &
  >         wait_for test -s up; rm up
  >         kill -$sig $!; wait $!; echo $?
  >     done
  > done 2>/dev/null | sort | uniq -c | sed 's/^ *//'
  4 129
  4 138
  4 143
  $ nsclone -rpI --timeout=0.2,INT sleep 30
  [124]
  $ nsclone -rpI sh -c 'kill -TERM $$; echo lives'
  lives

One that waits for signals, as an init does, has no handler either, and gets them:

  $ cat >init <<'END'
  > import signal as s
  > s.pthread_sigmask(s.SIG_BLOCK, {s.SIGTERM, s.SIGTSTP})
  > print("up", flush=True)
  > print(s.sigwait({s.SIGTERM, s.SIGTSTP}).name, file=open("got", "w"))
  > END
  $ waits() { grep -q '^SigBlk:.0*$' "/proc/$1/status"; }
  $ for sig in TERM TSTP; do
  >     for tool in 'nsclone -rpI' 'nsunshare -rfp'; do
  >         rm -f up; $tool python3 init >up & wait_for test -s up
  >         wait_for waits "$(pgrep -P $!)"; kill -$sig $!; wait $!; cat got
  >     done
  > done
  SIGTERM
  SIGTERM
  SIGTSTP
  SIGTSTP

At a terminal, too, though that tells the whole group and not nsclone alone. Where
nobody has job control nothing stops, and the next key is heard:

  $ echo up >up
  $ cat >keys <<'END'
  > import os, pty, signal, sys
  > def run():
  >     os.execvp(sys.argv[1], sys.argv[1:] + ["tail", "-f", "up"])
  > def shell():
  >     job = os.fork()
  >     if job == 0:
  >         os.setpgid(0, 0)
  >         signal.signal(signal.SIGTTOU, signal.SIG_IGN)
  >         os.tcsetpgrp(0, os.getpid())
  >         signal.signal(signal.SIGTTOU, signal.SIG_DFL)
  >         run()
  >     how = os.waitpid(job, os.WUNTRACED)[1]
  >     if os.WIFSTOPPED(how):
  >         print("by stop", os.WSTOPSIG(how), flush=True)
  >         os.killpg(job, 9)
  >     else:
  >         print("by end", os.WTERMSIG(how), flush=True)
  >     os._exit(0)
  > def type_keys(keys, child):
  >     pid, master = pty.fork()
  >     if pid == 0:
  >         child()
  >     seen = b""
  >     while b"up" not in seen:
  >         seen = os.read(master, 100)
  >     os.write(master, keys)
  >     try:
  >         while True:
  >             seen += os.read(master, 100)
  >     except OSError:
  >         pass
  >     by = seen.partition(b"by ")[2].decode().strip()
  >     print(by or "itself", os.waitpid(pid, 0)[1])
  > type_keys(b"\x1a", shell)
  > type_keys(b"\x03", shell)
  > type_keys(b"\x1c", shell)
  > type_keys(b"\x1a\x03", run)
  > END
  $ python3 keys nsclone -rpI
  stop 20 0
  end 2 0
  end 3 0
  itself 2
  $ python3 keys nsunshare -rfp
  stop 20 0
  end 2 0
  end 3 0
  itself 2

None is lost, however early it comes:

  $ for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  >     nsclone -rp sleep 30 & kill -TERM $!; wait $!; echo "$?"
  > done 2>/dev/null | sort | uniq -c | sed 's/^ *//'
  20 143

Killed by KILL, nsclone takes the whole PID namespace with it. The pipe ends
when the last of them has gone:

  $ mkfifo "$CRAMTMP/end"
  $ { nsclone -rp sh -c 'sleep 300 & (sleep 301 &) ; echo up; sleep 302' & echo $!; } >"$CRAMTMP/end" 2>/dev/null &
  $ { read -r a; read -r b; case $a in up) pid=$b;; *) pid=$a;; esac; kill -KILL "$pid"; cat; } <"$CRAMTMP/end"

So does what is still being prepared, the --setup command too:

  $ for p in -p -u; do
  >     rm -f hook
  >     nsclone -r $p --setup='readlink /proc/self >hook; exec sleep 300' true &
  >     wait_for test -s hook
  >     hook=$(pgrep -P "$(pgrep -P $!)")
  >     kill -KILL $!
  >     gone() { test ! -e "/proc/$hook" || grep -q '^State:.Z' "/proc/$hook/status"; }
  >     test -n "$hook" && wait_for gone && echo gone
  > done 2>/dev/null
  gone
  gone

What is still being prepared ends on TERM as well, and is taken back:

  $ nsclone -rn --pin=w --setup='echo up >up; exec sleep 60' true &
  $ wait_for test -s up; kill -TERM $!; wait $! 2>/dev/null
  [143]
  $ nspin -l

It stops and continues with the command:

  $ nsclone -rp sh -c 'kill -STOP $$; exit 5' &
  $ stopped() { grep -q '^State:.T' "/proc/$!/status"; }
  $ wait_for stopped && kill -CONT $!; wait $!
  [5]
  $ nsclone -r sh -c 'kill -STOP $$; exit 6' &
  $ wait_for stopped && kill -CONT $!; wait $!
  [6]

With --timeout it does not sleep longer than that, whoever stops the command or
nsclone itself, or stops when told to end:

  $ for p in -p -u; do
  >     timeout -s KILL 60 nsclone -r $p --timeout=0.2 sh -c 'kill -STOP $$; sleep 60'
  >     echo "$?"
  > done
  124
  124
  $ timeout -s KILL 60 nsclone -r --timeout=0.2 sh -c 'kill -STOP $PPID; sleep 60'
  [124]
  $ timeout -s KILL 60 nsclone -rp --timeout=0.2 sh -c 'trap "kill -STOP \$\$" TERM; while :; do sleep 0.1; done' 2>/dev/null
  [124]

Nor does a command that is stopped go on for a moment before it is ended:

  $ for p in -u -p; do
  >     for i in 1 2 3 4 5 6 7 8; do
  >         timeout -s KILL 5 nsclone -r $p --timeout=0.05 sh -c 'kill -STOP $$; echo went on'
  >         echo "$?"
  >     done
  > done | uniq -c | tr -s ' '
   16 124

A signal whose sender claims to have no process ID is passed on like any other:

  $ cat >forge <<'EOF'
  > import ctypes, os, platform, signal, sys
  > nr = {"x86_64": 129, "aarch64": 138}.get(platform.machine())
  > if nr is None:
  >     print("got TERM")
  >     sys.exit()
  > def term(*args):
  >     print("got TERM", flush=True)
  >     os._exit(0)
  > signal.signal(signal.SIGTERM, term)
  > info = (ctypes.c_int * 32)(signal.SIGTERM, 0, -1)   # SI_QUEUE, of process 0
  > if ctypes.CDLL(None).syscall(nr, 1, signal.SIGTERM, info) == -1:
  >     print("refused")
  > signal.alarm(60)
  > signal.pause()
  > EOF
  $ nsclone -rp python3 forge
  got TERM

-k with a signal is for the whole PID namespace, and it is attached to the letter
or the name:

  $ for k in -kTERM -k=TERM --kill-child=TERM; do
  >     rm -f up; mkfifo end
  >     nsclone -rp $k sh -c '(trap "exec echo got TERM" TERM; echo >up; while :; do sleep 0.05; done) & wait' >end &
  >     cat end >out & cat=$!
  >     wait_for test -s up; kill -KILL $(pgrep -P $$ nsclone)
  >     wait $cat; cat out; rm end
  > done 2>/dev/null
  got TERM
  got TERM
  got TERM

The command's core is the one that matters: dying of the same signal, nsclone
leaves none over it:

  $ cat >core <<'EOF'
  > import os, resource, subprocess, sys
  > hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
  > resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
  > pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
  > status = os.waitpid(pid, 0)[1]
  > print(os.WTERMSIG(status), "core" if os.WCOREDUMP(status) else "no core")
  > EOF
  $ for p in -p -pI -u; do
  >     python3 core nsclone -r $p sh -c 'ulimit -c 0; exec python3 -c "import ctypes; ctypes.string_at(0)"'
  > done
  11 no core
  11 no core
  11 no core

kill -TERM -PGID reaches an init, nsclone and the command, and the command once:

  $ cat >group <<'EOF'
  > import os, signal, subprocess, sys, time
  > p = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, preexec_fn=os.setpgrp)
  > p.stdout.readline()
  > os.killpg(p.pid, signal.SIGTERM)
  > print(p.stdout.readline().decode().strip())
  > time.sleep(0.1)
  > os.kill(p.pid, signal.SIGUSR1)
  > print(p.stdout.read().decode().strip())
  > EOF
  $ python3 group nsclone -rp python3 -uc '
  > import signal, sys
  > n = 0
  > def term(*a):
  >     global n
  >     n += 1
  >     print("TERM")
  > def end(*a):
  >     print("times", n)
  >     sys.exit(0)
  > signal.signal(signal.SIGTERM, term)
  > signal.signal(signal.SIGUSR1, end)
  > print("ready")
  > while True:
  >     signal.pause()'
  TERM
  times 1

Continued at the very moment when the command stops, nsclone does not sleep over
what comes next:

  $ cat >flood <<'EOF'
  > import os, signal, subprocess, sys, time
  > def stops(pid, until):
  >     while time.monotonic() < until:
  >         with open(f"/proc/{pid}/stat") as f:
  >             if f.read().rpartition(")")[2].split()[0] == "T":
  >                 return True
  >         time.sleep(0.001)
  > p = subprocess.Popen(["nsclone", "-rp", "sh", "-c", "while :; do kill -STOP $$; done"])
  > for i in range(100):
  >     until = time.monotonic() + 0.002
  >     while time.monotonic() < until:
  >         os.kill(p.pid, signal.SIGCONT)
  >     if not stops(p.pid, until + 20):
  >         print("goes on sleeping")
  >         break
  > p.kill()
  > p.wait()
  > EOF
  $ python3 flood

That our caller ignores SIGCHLD takes the status of no process of ours away:

  $ for tool in nsclone nsunshare; do
  >     for status in 0 3; do env --ignore-signal=CHLD $tool -r --setup "exit $status" true; done
  > done
  nsclone: --setup exit 3: exit status 3
  nsunshare: --setup exit 3: exit status 3
  [125]
