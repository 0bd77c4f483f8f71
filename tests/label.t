# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need root
  $ need cmd apparmor_parser
  $ aa=/sys/kernel/security/apparmor
  $ [ -e $aa/.load ] || mount -t securityfs none /sys/kernel/security 2>/dev/null || :
  $ need file $aa/.load

A container's AppArmor profile, as an engine loads one: nothing in it may write to
"secret", or become unconfined.

  $ all='file, capability, network, mount, signal, ptrace, unix,'
  $ cat >profiles <<END
  > profile nskit-box { $all deny /**/secret w, }
  > profile nskit-blind { $all }
  > profile nskit-jail flags=(attach_disconnected) { $all }
  > profile nskit-gate flags=(attach_disconnected) { $all change_profile -> nskit-box, }
  > END
  $ apparmor_parser -rK profiles 2>/dev/null || skip "apparmor_parser loads nothing here"
  $ under() { echo "exec $1" >/proc/self/attr/apparmor/exec 2>/dev/null || echo "exec $1" >/proc/self/attr/exec; shift; exec "$@"; }
  $ label='cat /proc/self/attr/current; (echo >secret) 2>/dev/null && echo wrote || echo refused'
  $ nsclone -muip --mount-proc sh -c 'echo exec nskit-box >/proc/self/attr/exec; echo >up; exec sleep 300' &
  $ wait_for test -e up
  $ t=$(pgrep -P "$(pgrep -P $!)")
  $ confined() { grep -q nskit-box /proc/$t/attr/current; }
  $ wait_for confined

-A and -Z take it over, plain nsjoin stays what it is:

  $ for o in -A -Z; do nsjoin $o -W "$PWD" $t sh -c "$label"; done
  nskit-box (enforce)
  refused
  nskit-box (enforce)
  refused
  $ nsjoin -W "$PWD" $t sh -c "$label"
  unconfined
  wrote
  $ nsjoin -A --except=label -W "$PWD" $t sh -c "$label"
  unconfined
  wrote
  $ for o in --pty --init "-S 1000 -G 1000"; do nsjoin -A $o $t cat /proc/self/attr/current </dev/null | tr -d '\r'; done
  nskit-box (enforce)
  nskit-box (enforce)
  nskit-box (enforce)
  $ echo $t | nsjoin -A -f - cat /proc/self/attr/current
  nskit-box (enforce)
  $ setpriv --no-new-privs nsjoin -A --except=no-new-privs $t cat /proc/self/attr/current
  nskit-box (enforce)

Who may not take it over is told its name; who may, takes it:

  $ (under nskit-blind nsjoin $t true) 2>&1 | sed "s/: $t:/: PID:/"
  nsjoin: PID: mount namespace: Permission denied (our own security label, nskit-blind (enforce), may forbid it, or it needs CAP_SYS_PTRACE in its user namespace)
  $ (under nskit-jail nsjoin -A $t true)
  nsjoin: label nskit-box of the target: Permission denied (--except=label leaves ours)
  [125]
  $ (under nskit-jail nsjoin -Z $t true)
  nsjoin: label nskit-box of the target: Permission denied
  [125]
  $ (under nskit-jail nsjoin -A --except=label $t cat /proc/self/attr/current)
  nskit-jail (enforce)
  $ (under nskit-gate nsjoin -A $t cat /proc/self/attr/current)
  nskit-box (enforce)
  $ kill $t
  $ apparmor_parser -R profiles
