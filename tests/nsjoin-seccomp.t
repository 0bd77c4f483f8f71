# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ grep -q "^Seccomp:.0" /proc/self/status || skip "we are under a seccomp filter here"
  $ need root
  $ need cmd crun python3

A container with a seccomp profile, made by crun(1). Its own mount namespace
keeps it away from this machine's cgroups:

  $ cat >spec.py <<'END'
  > import json, sys
  > spec = json.load(open("config.json"))
  > spec["process"].update(terminal=False, args=["sleep", "300"])
  > spec["process"]["noNewPrivileges"] = sys.argv[1] == "nnp"
  > spec["process"]["capabilities"]["bounding"].append("CAP_SETPCAP")
  > spec["root"] = {"path": "rootfs", "readonly": False}
  > for place in "bin", "usr", "lib", "lib64", "etc":
  >     spec["mounts"].append({"destination": "/" + place, "type": "none",
  >         "source": "/" + place, "options": ["rbind", "ro"]})
  > spec["linux"].pop("resources", None)
  > spec["linux"]["seccomp"] = {"defaultAction": "SCMP_ACT_ALLOW",
  >     "syscalls": [{"names": ["mkdir", "mkdirat"],
  >         "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]}
  > json.dump(spec, open("config.json", "w"))
  > END
  $ cat >inside <<'END'
  > set -e
  > mount -t tmpfs none /run
  > grep -q ' /sys/fs/cgroup cgroup2 ' /proc/mounts || mount -t cgroup2 none /sys/fs/cgroup
  > mkdir rootfs
  > for place in bin usr lib lib64 etc dev proc sys tmp; do mkdir rootfs/$place; done
  > crun spec
  > python3 spec.py "$1"
  > crun --cgroup-manager=disabled run -d --pid-file=pid box </dev/null >/dev/null 2>&1 || exit 80
  > trap 'crun --cgroup-manager=disabled delete -f box' EXIT
  > t=$(cat pid)
  > . "$TESTDIR/setup.sh"
  > wait_for grep -q '^sleep' /proc/$t/cmdline
  > what='^(Cap...|NoNewPrivs|Seccomp|Seccomp_filters):'
  > grep -E "$what" /proc/$t/status >target.txt
  > nsjoin -A $t grep -E "$what" /proc/self/status >command.txt
  > diff target.txt command.txt && echo same
  > grep -E 'NoNew|Seccomp:' command.txt | tr '\t' ' '
  > nsjoin -A $t mkdir /tmp/x || echo refused
  > nsjoin -A --except=seccomp $t sh -c 'mkdir /tmp/x && echo made'
  > END
  $ try() { mkdir $1; cd $1; cp ../spec.py .; unshare -m --propagation private sh ../inside $1; rc=$?; cd ..; [ $rc -ne 80 ] || skip "crun does not run here"; return $rc; }
  $ try nnp
  same
  NoNewPrivs: 1
  Seccomp: 2
  mkdir: cannot create directory '/tmp/x': Operation not permitted
  refused
  made
  $ try nonnp
  same
  NoNewPrivs: 0
  Seccomp: 2
  mkdir: cannot create directory '/tmp/x': Operation not permitted
  refused
  made

Several filters are installed again in their order, the oldest first: of equal
actions that of the newest counts. One that asks a supervisor is refused, and
so is the strict mode.

  $ cat >target.py <<'END'
  > import ctypes, os, signal, struct, sys, time
  > libc = ctypes.CDLL(None, use_errno=True)
  > def install(code, flags=0):
  >     buf = ctypes.create_string_buffer(b"".join(
  >         struct.pack("HBBI", *c) for c in code))
  >     prog = struct.pack("HxxxxxxQ", len(code), ctypes.addressof(buf))
  >     if libc.syscall(317, 1, flags, prog) == -1:
  >         sys.exit(os.strerror(ctypes.get_errno()))
  > def errno(nr, error):
  >     return [(0x20, 0, 0, 0), (0x15, 0, 1, nr), (6, 0, 0, 0x50000 | error),
  >         (6, 0, 0, 0x7fff0000)]
  > if sys.argv[1] == "order":
  >     install(errno(83, 1)); install(errno(258, 1))
  >     install(errno(83, 17)); install(errno(258, 17))
  > elif sys.argv[1] == "notify":
  >     install([(0x20, 0, 0, 0), (0x15, 0, 1, 83), (6, 0, 0, 0x7fc00000),
  >         (6, 0, 0, 0x7fff0000)], 8)
  > elif sys.argv[1] == "strict":
  >     open("ready", "w").close()
  >     r, w = os.pipe()
  >     libc.prctl(22, 1)
  >     os.read(r, 1)
  > signal.signal(signal.SIGUSR1, lambda *a: open("got", "w").close())
  > open("ready", "w").close()
  > while True:
  >     time.sleep(300)
  > END
  $ [ "$(uname -m)" = x86_64 ] || skip "numbers of x86-64"
  $ target() { rm -f ready; python3 target.py $1 & t=$!; wait_for test -e ready; }
  $ target order
  $ nsjoin -A $t mkdir x
  mkdir: cannot create directory 'x': File exists
  [1]
  $ nsjoin -A $t grep Seccomp_filters /proc/self/status | cmp - /dev/stdin <<END
  > $(grep Seccomp_filters /proc/$t/status)
  > END
  $ { kill $t; wait $t; } 2>/dev/null
  [143]
  $ target notify
  $ nsjoin -A $t true
  nsjoin: seccomp filters of process \d+: one asks a supervisor \(SECCOMP_RET_USER_NOTIF\), which does not know us \(--except=seccomp does without them\) (re)
  [125]
  $ nsjoin -A --except=seccomp $t true
  $ { kill $t; wait $t; } 2>/dev/null
  [143]
  $ target strict
  $ wait_for grep -q '^Seccomp:.1' /proc/$t/status
  $ nsjoin -A $t true
  nsjoin: --act-as: the target is in the strict mode of seccomp, in which nothing can be executed (--except=seccomp does without them)
  [125]
  $ { kill -KILL $t; wait $t; } 2>/dev/null
  [137]

Under a filter ourselves we can neither read them nor get rid of ours:

  $ target none
  $ python3 - $t <<'END'
  > import os, sys
  > sys.argv[1:1] = ["none"]
  > source = open("target.py").read().split("if sys.argv")[0]
  > exec(source)
  > install(errno(9999, 1))
  > os.execvp("nsjoin", ["nsjoin", "-A", sys.argv[2], "true"])
  > END
  nsjoin: --act-as: we are under a seccomp filter ourselves (--except=seccomp does without them)
  [125]
  $ kill $t

A signal that the target gets while we look is not lost:

  $ need cmd strace
  $ target order
  $ strace -o trace -e trace=ptrace -e inject=ptrace:delay_exit=1000000:when=1 nsjoin -A $t true & j=$!
  $ wait_for grep "^TracerPid:.[1-9]" /proc/$t/status
  $ kill -USR1 $t; wait $j
  $ wait_for test -e got
  $ { kill $t; wait $t; } 2>/dev/null
  [143]
