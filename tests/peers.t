# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns
  $ need cmd bwrap setpriv unshare
  $ . "$TESTDIR/ref-facts.sh"

What others have made can be entered, by whoever made it. Are we in the
namespaces of $t?

  $ inside() {
  >     nsjoin "$@" readlink /proc/self/ns/user /proc/self/ns/uts \
  >         /proc/self/ns/ipc /proc/self/ns/net >"$CRAMTMP/in" || return
  >     readlink /proc/$t/ns/user /proc/$t/ns/uts /proc/$t/ns/ipc \
  >         /proc/$t/ns/net | diff - "$CRAMTMP/in" && echo all
  > }

unshare(1):

  $ target unshare -rmuinpf --mount-proc sleep 300
  $ inside $t
  all
  $ kill -9 $t

bwrap(1). The command is in a user namespace within the one that owns all the
others; both are entered in one go, by the process and by files alone:

  $ target bwrap --unshare-all --dev-bind / / --dev /dev --proc /proc sleep 300
  $ inside $t
  all
  $ owner=$(nsjoin --preserve-credentials -U=owner:net=$t readlink /proc/self/ns/user)
  $ [ "$(id -u)" -eq 0 ] || [ "$owner" != "$(readlink /proc/$t/ns/user)" ] && echo outer
  outer
  $ n=/proc/$t/ns; nsjoin -U=$n/user -n=$n/net -u=$n/uts -i=$n/ipc \
  >     readlink $n/net /proc/self/ns/net | uniq | wc -l
  1
  $ less=; [ "$(id -u)" -ne 0 ] || less='setpriv --bounding-set -all --inh-caps -all'
  $ $less nsjoin -n=$n/net true 2>&1 | sed 's/[0-9]\{2,\}/N/; s/ID [0-9]*/ID N/'
  nsjoin: entering the network namespace: Operation not permitted (needs CAP_SYS_ADMIN in user:[N], which owns it, of user ID N: -U enters that first)
  $ kill -9 $t

As from inside a sandbox made by bwrap, one that is deeper:

  $ target bwrap --unshare-user --dev-bind / / unshare -rn sleep 300
  $ inside $t
  all
  $ kill -9 $t

A container of crun(1), which needs a cgroup2 mount where it looks for one. As
an ordinary user it is a rootless one:

  $ command -v crun >/dev/null || skip "needs crun"
  $ for k in root state; do mkdir "$CRAMTMP/$k"; done
  $ [ "$(id -u)" -eq 0 ] && new='unshare -m' && ids= || { new='unshare -rmC'; ids='0 0'; }
  $ python3 "$TESTDIR/peers-bundle.py" "$CRAMTMP/bundle" $ids
  $ $new sh -c '{ mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || grep -q " /sys/fs/cgroup cgroup2 " /proc/mounts; } && exec "$@"' sh \
  >     crun --root "$CRAMTMP/state" --cgroup-manager=disabled run \
  >     -b "$CRAMTMP/bundle" --pid-file "$CRAMTMP/pid" test >"$CRAMTMP/log" 2>&1 &
  $ running() { [ -s "$CRAMTMP/pid" ] && t=$(cat "$CRAMTMP/pid") && [ "$(cat /proc/$t/comm)" = sleep ]; }
  $ wait_for running || { cat "$CRAMTMP/log"; skip "crun does not run here: $(head -n 1 "$CRAMTMP/log")"; }
  $ nsjoin $t sh -c 'uname -n; id -u; cat /proc/1/comm; ls -d /[a-z]*' | xargs
  container 0 sleep /bin /dev /etc /lib /lib64 /proc /sbin /usr
  $ inside -t $t -uinU
  all
  $ nsjoin -e $t env | grep IN=
  IN=container

The filters that crun has put on it are on our command only if we act as it. (To
read them is root's.)

  $ seccomp() { sed -n 's/^Seccomp:.//p' "$@"; }
  $ seccomp /proc/$t/status
  2
  $ [ "$(nsjoin $t sed -n 's/^Seccomp:.//p' /proc/self/status)" = "$(seccomp /proc/self/status)" ] && echo as ours
  as ours
  $ keys='^(CapEff|CapBnd|NoNewPrivs|Seccomp|Seccomp_filters):'
  $ grep -E "$keys" /proc/$t/status >"$CRAMTMP/want"
  $ [ "$(id -u)" -ne 0 ] || nsjoin -A $t grep -E "$keys" /proc/self/status | diff "$CRAMTMP/want" -

  $ nsjoin $t sh -c 'kill -9 $$'
  Killed
  [137]
  $ nsjoin $t nosuch
  nsjoin: nosuch: No such file or directory (neither our PATH nor the target's has it inside; -e takes the environment of the target)
  [127]
  $ kill -9 $t
  $ wait_for eval "! [ -e /proc/$t ]"
  $ nsjoin $t true 2>&1 | sed "s/$t/PID/"
  nsjoin: PID: there is no such process
