# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd nsls python3 strace

Where the kernel itself lists namespaces (listns(2), Linux 6.19), that is asked.
The same list, each namespace as its 64-bit id, without any code of ours:

  $ cat >"$CRAMTMP/listns" <<'END'
  > import ctypes, struct, sys
  > call = ctypes.CDLL(None, use_errno=True).syscall
  > types = {"cgroup": 1 << 25, "ipc": 1 << 27, "mnt": 1 << 17, "net": 1 << 30,
  >          "pid": 1 << 29, "time": 1 << 7, "user": 1 << 28, "uts": 1 << 26}
  > mask = types[sys.argv[1]] if len(sys.argv) > 1 else 0
  > request = struct.pack("=IIQIIQ", 32, 0, 0, mask, 0, 0)
  > ids = (ctypes.c_uint64 * 100000)()
  > n = call(ctypes.c_long(470), request, ids, ctypes.c_size_t(len(ids)), 0)
  > if n == -1:
  >     sys.exit(1)
  > print(*ids[:n], sep="\n")
  > END
  $ python3 "$CRAMTMP/listns" >"$CRAMTMP/all" ||
  >     skip "the kernel has no listns(2)"
  $ [ $(wc -l <"$CRAMTMP/all") -gt 8 ] ||
  >     skip "listns(2) shows only our own namespaces here"

nsls calls it, and it succeeds:

  $ strace -o "$CRAMTMP/trace" nsls -qt uts >/dev/null
  $ grep -Ec '^(listns|syscall_0x1d6)\(.* = (0x)?[1-9a-f]' "$CRAMTMP/trace"
  1

A namespace that no process is in and none has open, as its one descriptor is on
its way through a socket, is listed without -S:

  $ hold queued
  $ nsls -qrnt uts -o NS,NPROCS,PID,STATE | grep "^$number "
  [0-9]+ 0 - held (re)

It is complete: each id that the kernel has, of each type, and none twice. Others
may make namespaces meanwhile, so that this is waited for:

  $ same()
  > {
  >     python3 "$CRAMTMP/listns" $1 >"$CRAMTMP/theirs" &&
  >         nsls -qrnt $1 -o ID | sort -n >"$CRAMTMP/ours" &&
  >         cmp "$CRAMTMP/theirs" "$CRAMTMP/ours"
  > }
  $ for type in cgroup ipc mnt net pid time user uts; do
  >     wait_for same $type || diff "$CRAMTMP/theirs" "$CRAMTMP/ours"
  > done
  $ kill $holder
