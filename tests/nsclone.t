# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

nsclone starts a command in new namespaces. An ordinary user needs a user
namespace to own them, which -r gives:

  $ nsclone -ru --hostname=box hostname
  box
  $ test "$(hostname)" != box

The command is PID 2 of a new PID namespace, after a small init; -I makes the
command PID 1:

  $ nsclone -rp sh -c 'echo $$'
  2
  $ nsclone -rpI sh -c 'echo $$'
  1

--mount-proc shows the new PID namespace and nothing of the old one:

  $ nsclone -r --mount-proc sh -c 'set -- /proc/[0-9]*; echo $#'
  2

-r makes us root inside, -c leaves our ids as they are, and the last one wins:

  $ nsclone -r id -u
  0
  $ test "$(nsclone -c id -u)" = "$(id -u)" && test "$(nsclone -rc id -u)" = "$(id -u)"

The loopback interface of a new network namespace is up, unless told otherwise:

  $ nsclone -rn cat /sys/class/net/lo/flags >/dev/null
  $ nsclone -rn sh -c 'grep -c 127.0.0.1 /proc/net/fib_trie'
  [1-9]\d* (re)
  $ nsclone -rn --no-lo sh -c 'grep -c 127.0.0.1 /proc/net/fib_trie || true'
  0

Clocks of a new time namespace have the offset asked for:

  $ before=$(cut -d. -f1 /proc/uptime)
  $ after=$(nsclone -rT --boottime=+1d cut -d. -f1 /proc/uptime)
  $ test $((after - before)) -ge 86400 && test $((after - before)) -lt 86460

All eight types at once, each other than ours:

  $ nsclone -ra sh -c 'readlink /proc/self/ns/*' | sort >"$CRAMTMP/inside"
  $ readlink /proc/self/ns/* | sort | comm -12 - "$CRAMTMP/inside"

The exit status is the command's; a command killed by a signal kills us the
same way:

  $ nsclone -r sh -c 'exit 7'
  [7]
  $ nsclone -rp sh -c 'exit 255'
  [255]
  $ nsclone -rp sh -c 'kill -USR1 $$' 2>/dev/null
  [138]
  $ nsclone -r sh -c 'kill -KILL $$' 2>/dev/null
  [137]

A command that is not there, or cannot be run:

  $ nsclone -r nosuchcommand
  nsclone: nosuchcommand: No such file or directory (there is no such command in PATH)
  [127]
  $ nsclone -r /dev/null
  nsclone: /dev/null: Permission denied (it is not a regular file)
  [126]
  $ printf '#!/no/interpreter\n' >"$CRAMTMP/script"; chmod +x "$CRAMTMP/script"
  $ nsclone -r "$CRAMTMP/script" 2>&1 | sed 's|: .*script|: script|'
  nsclone: script: No such file or directory (its interpreter /no/interpreter is missing)

The command finds nothing of ours: no descriptor, its mask and environment as
they were:

  $ nsclone -rp sh -c 'ls /proc/self/fd | wc -l'
  4
  $ nsclone -rp grep -E '^Sig(Blk|Ign)' /proc/self/status >"$CRAMTMP/in"
  $ grep -E '^Sig(Blk|Ign)' /proc/self/status | diff - "$CRAMTMP/in"
  $ (trap '' HUP; nsclone -rp grep SigIgn /proc/self/status) >"$CRAMTMP/in"
  $ (trap '' HUP; grep SigIgn /proc/self/status) | diff - "$CRAMTMP/in"
  $ nsclone -r --clear-env --whitelist-env=FOO env FOO=1 env
  FOO=1

Standard descriptors that the caller closed are closed, and nothing of ours has
their numbers:

  $ nsclone -r sh -c 'echo x >&2; echo y' >&- 2>&-
  [1]
  $ for tool in 'nsclone -r' 'nsclone -rp' 'nsunshare -U' 'nsunshare -Uf'; do
  >     $tool sh -c 'echo y 2>/dev/null || echo not written >&2' >&-
  > done
  not written
  not written
  not written
  not written

That holds for what we print, too:

  $ for options in --help --version '--explain true' '-d true'; do nsclone $options >&-; done
  nsclone: standard output: Bad file descriptor
  nsclone: standard output: Bad file descriptor
  nsclone: standard output: Bad file descriptor
  nsclone: standard output: Bad file descriptor
  [125]

No /dev/null is needed, in an empty /dev, not even to detach:

  $ nsclone -r --tmpfs=/dev sh -c 'nsclone -d cat | grep -c "^[0-9]"; nsclone -r cat; nsclone true <&- >&- 2>&- && echo run'
  1
  run

Without a command it is the user's shell, as a login shell:

  $ echo 'echo $0' | SHELL=/bin/sh nsclone -r
  -sh

What is wrong is said in one line before anything is made:

  $ nsclone --bogus
  nsclone: unrecognized option '--bogus'; try 'nsclone --help'
  [125]
  $ nsclone --map-u 0:0:1 true
  nsclone: option '--map-u' is ambiguous; possibilities: '--map-user' '--map-users'; try 'nsclone --help'
  [125]
  $ nsclone --net= true
  nsclone: --net : empty name of a file
  [125]
  $ nsclone --lo true
  nsclone: --lo: needs -n
  [125]
  $ nsclone --monotonic=1 true
  nsclone: --monotonic, --boottime: they need -T
  [125]
  $ nsclone -T --monotonic=never true
  nsclone: --monotonic never: not an offset (seconds, or +2d3h, -90m)
  [125]
  $ nsclone -T --boottime=-900000000 true
  nsclone: --boottime: the clock would be negative
  [125]
  $ nsclone --propagation=odd true
  nsclone: --propagation odd: must be private, shared, slave or unchanged
  [125]
  $ nsclone --forward=TERM,NOSUCH true
  nsclone: --forward TERM,NOSUCH: no signal NOSUCH (signal(7) lists them)
  [125]
  $ nsclone -rR /no/such/dir true
  nsclone: --root /no/such/dir: No such file or directory (there is no /no)
  [125]
  $ nsclone -r --wd=/no/such/dir true
  nsclone: --wd /no/such/dir: No such file or directory (there is no /no)
  [125]
  $ nsclone -r --setup='exit 3' echo not reached
  nsclone: --setup exit 3: exit status 3
  [125]
  $ nsclone --caps=cap_fly true
  nsclone: --caps cap_fly: no capability fly (capabilities(7) lists them)
  [125]

After --timeout the command is ended, and the status says so:

  $ nsclone -rp --timeout=0.2 sleep 60
  [124]
