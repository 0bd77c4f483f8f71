# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need cmd nsclone nsls strace
  $ strace -o /dev/null true 2>/dev/null || skip "strace(1) is refused here"

What is not asked for is not read. Of one type, each process has one link, none
where listns(2) has listed all. (Who may not walk all mount namespaces needs
another one, for the mounts.) A file of each thread has no line in two parts.

  $ strace -ff -o "$TMPDIR/trace" -e trace=readlinkat nsls -qt net -no NS \
  >     >/dev/null; cat "$TMPDIR"/trace.* >"$TMPDIR/trace"
  $ grep -o '"[0-9]*/ns/[a-z_]*"' "$TMPDIR/trace" |
  >     sed 's|.*/ns/||' | grep -vx 'mnt"' | sort -u |
  >     grep -vx 'net"'
  [1]
  $ grep -v ' = -1 ' "$TMPDIR/trace" | grep -o '"[0-9]*/ns/net"' |
  >     sort | uniq -d

Of one process, no other one is read:

  $ strace -f -o "$TMPDIR/trace" -e trace=file nsls -p $$ -no NS >/dev/null
  $ grep -o '"[0-9][0-9]*/' "$TMPDIR/trace" | sort -u | grep -vx "\"$$/"
  [1]
  $ nsclone -rmp --mount-proc sh -c 'strace -f -o "$0/trace" -e trace=file \
  >     nsls -p self -no NS; true' "$TMPDIR" >/dev/null
  $ grep -c "self/ns/pid" "$TMPDIR/trace"; grep -c '"1/' "$TMPDIR/trace"
  1
  0
  [1]
  $ grep -c '"[0-9]*/fd' "$TMPDIR/trace"
  0
  [1]

However many namespaces a process holds, -w reads its command once:

  $ strace -f -o "$TMPDIR/trace" -e trace=openat nsls -qw self >/dev/null
  $ grep -c "\"/proc/$$/cmdline\"" "$TMPDIR/trace"
  1

Nothing that is not a namespace is ever opened:

  $ mkfifo "$TMPDIR/fifo"
  $ exec 8<>"$TMPDIR/fifo"
  $ strace -f -o "$TMPDIR/trace" -e trace=openat,openat2 nsls -qw self \
  >     >/dev/null; grep -c "\"$$/fd/8\"" "$TMPDIR/trace"
  0
  [1]

Descriptors are tried by number, and listed where too many numbers are not there;
none is missed behind a gap, be it small or large:

  $ held() { nsls -qrnw "$(readlink /proc/$$/ns/ipc)" | grep -c "/fd/9 - $$ "; }
  $ exec 8<&-
  $ exec 9</proc/self/ns/ipc
  $ held
  1
  $ exec 3</dev/null 4</dev/null 6</dev/null 7</dev/null 8</dev/null
  $ held
  1
  $ exec 5</dev/null
  $ held
  1

A kernel may have been built without a type. A process without its link has not ended:

  $ lacking()
  > {
  >     type=$1; shift
  >     strace -f -qq -o /dev/null -P "$type" -P "self/ns/$type" \
  >         -P "${type}_for_children" -P "/proc/self/ns/$type" \
  >         -e inject=readlinkat,newfstatat:error=ENOENT "$@"
  > }
  $ for type in user pid cgroup time; do
  >     lacking $type nsls -qrnw "$(readlink /proc/$$/ns/ipc)" | grep -c "/fd/9 - $$ "
  > done
  1
  1
  1
  1

Whose children will be in the outermost PID or time namespace is in it too: one
link tells both.

  $ need userns
  $ strace -o "$TMPDIR/trace" -e trace=readlinkat -f \
  >     nsclone -rmpI --mount-proc nsls -qno NS,HOLDERS >/dev/null
  $ grep -o '"[a-z]*_for_children"' "$TMPDIR/trace" | sort -u
  "pid_for_children"
  "time_for_children"
  $ grep -cE '"(pid|time)"' "$TMPDIR/trace"
  0
  [1]

Where one process after another is in a namespace of its own, that of the next one is
opened, as it would be anyway, without reading its link before:

  $ cat >own.sh <<'EOF'
  > . "$TESTDIR/setup.sh"
  > started() { [ "$(wc -l <started)" = 40 ]; }
  > for i in $(seq 40); do
  >     nsunshare -u sh -c 'echo >>started; exec sleep 100' &
  > done
  > wait_for started
  > strace -o trace -e trace=readlinkat nsls -qno TYPE,NPROCS |
  >     grep -c 'uts *1$'
  > EOF
  $ nsclone -rmpI --mount-proc sh own.sh 2>/dev/null
  40
  $ [ "$(grep -c '"uts"' trace)" -lt 20 ]

A process whose descriptors cannot be looked at for want of one of our own is
told of. (On one processor, as of two readers either may come to it.)

  $ need cmd taskset
  $ cat >want.sh <<'EOF'
  > one=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
  > taskset -cp "$one" $$ >/dev/null
  > fds=$(strace -o /dev/stdout -e trace=openat nsls -t uts 2>/dev/null |
  >     grep openat | grep -n '"1/fd"' | cut -d: -f1)
  > strace -qq -o /dev/null -e inject=openat:error=EMFILE:when="$fds" \
  >     nsls -t uts >/dev/null
  > EOF
  $ nsclone -rmpI --mount-proc sh want.sh
  nsls: incomplete: process 1 could not be read: Too many open files
  [1]
