# SPDX-License-Identifier: ISC
  $ . "$TESTDIR/setup.sh"
  $ need userns

Containers by name: the program of an engine's scheme, here one of our own, says
which process it is. It prints its number, and may add the ID and the state.

  $ nsunshare -run sleep 300 </dev/null >/dev/null 2>&1 &
  $ t=$!
  $ wait_for sleeps $t
  $ uts=$(readlink /proc/$t/ns/uts)
  $ mkdir -m 755 "$CRAMTMP/ref" && export NSREF="$CRAMTMP/ref"
  $ engine()
  > {
  >     name=$1
  >     { echo '#!/bin/sh'; cat; } >"$NSREF/$name"
  >     chmod 755 "$NSREF/$name"
  > }
  $ engine docker <<END
  > case \$1 in
  > web) echo $t - running ;;
  > old) echo 0 - exited ;;
  > held) echo $t - paused ;;
  > env) echo "\$(env | cut -d= -f1 | grep -v PWD | sort | tr '\n' ' ')" >&2; exit 1 ;;
  > odd) echo many ;;
  > *) echo "no such container: \$1" >&2; exit 1 ;;
  > esac
  > END

It works wherever a reference does:

  $ joined() { nsjoin -U=$t --preserve-credentials -u="$1" readlink /proc/self/ns/uts; }
  $ for ref in docker:web uts=docker:web container:web; do
  >     [ "$(joined $ref)" = "$uts" ] || echo "$ref"
  > done
  $ nsjoin --preserve-credentials docker:web readlink /proc/self/ns/uts | grep -Fxc "$uts"
  1
  $ echo docker:web | nsjoin -Uu --preserve-credentials -f - readlink /proc/self/ns/uts | grep -Fxc "$uts"
  1
  $ nsjoin --wait=60s -U=$t --preserve-credentials -u=docker:web true
  $ nsjoin -O 7=uts=docker:web readlink /proc/self/fd/7 | grep -Fxc "$uts"
  1
  $ nsls -qrno PID -t uts docker:web | grep -Fxc $t
  1
  $ nsls -qw uts=docker:web | grep -c "pid:$t"
  1
  $ nspin -Hut docker:web box && nspin -lH box | grep -Foc "$uts"
  1
  $ nspin -d box 2>/dev/null

One that does not run is told as that, and what there is no container of:

  $ refused() { nsjoin "$@" true 2>&1 | sed "s|$CRAMTMP|DIR|g; s/\<$t\>/PID/"; }
  $ refused docker:old
  nsjoin: docker:old: it is stopped (exited)
  $ refused docker:held
  nsjoin: docker:held: it is paused: process PID is frozen until it is unpaused
  $ refused docker:none
  nsjoin: docker:none: not there: no such container: none
  $ refused container:none
  nsjoin: container:none: no engine has one
  $ refused docker:odd
  nsjoin: docker:odd: DIR/ref/docker: its answer has no process
  $ refused podman:web
  nsjoin: podman:web: DIR/ref/podman: No such file or directory ("make install" puts it there; NSREF names another directory)
  $ refused unit:no-such-unit
  nsjoin: unit:no-such-unit: no process is in a cgroup of that unit
  $ refused docker:--format
  nsjoin: docker:--format: not a name of a container or unit
  $ refused docker:
  nsjoin: docker:: empty

A bare NAME is a name; if there is a container of it, that is said:

  $ refused web
  nsjoin: web: no such name; there is a container of that name: container:web

The program is run with little of our environment:

  $ EVIL=1 LD_PRELOAD= refused docker:env
  nsjoin: docker:env: not there: HOME LC_ALL PATH XDG_RUNTIME_DIR 

Two engines that have one of that name are both named; the same container, seen
by both, is one:

  $ engine podman <<END
  > [ "\$1" = web ] && echo $t
  > END
  $ nsjoin -O 7=uts=container:web true
  $ engine podman <<END
  > [ "\$1" = web ] && echo $$ 1234 running
  > END
  $ refused container:web | sed "s/\<$$\>/OTHER/" | tr ',' '\n' | grep -c 'web (pid:PID)\|podman:1234 (pid:OTHER)'
  2

A site's own scheme is a program of that name:

  $ engine jail <<END
  > [ "\$1" = web ] && echo $t
  > END
  $ [ "$(joined jail:web)" = "$uts" ] || echo "jail:web"
  $ nsjoin --wait=60s -U=$t --preserve-credentials -u=jail:web true
  $ mkdir "$CRAMTMP/names" && ln -s /proc/$t/ns/uts "$CRAMTMP/names/jail:web"
  $ NSPATH="$CRAMTMP/names" refused jail:web
  nsjoin: jail:web: ambiguous: a container (container:web), or DIR/names/jail:web (name:jail:web)

The answer has to be the same once the process is held: what was restarted in
the meantime is not entered.

  $ engine flip <<END
  > if mkdir "$CRAMTMP/once" 2>/dev/null; then echo $t; else echo $$; fi
  > END
  $ refused flip:web
  nsjoin: flip:web: it has ended, or was restarted, while it was looked up

A program that somebody else could have written is not run:

  $ chmod 777 "$NSREF/docker"
  $ refused docker:web
  nsjoin: docker:web: not asked: DIR/ref/docker does not belong to root or us alone
  $ chmod 755 "$NSREF/docker" && chmod 777 "$NSREF"
  $ refused docker:web
  nsjoin: docker:web: not asked: others than root and we can write to DIR/ref
  $ chmod 755 "$NSREF"

The programs that are installed are plain sh:

  $ for file in "$SRCDIR"/libexec/ref/*; do sh -n "$file" || echo "$file"; done
  $ kill $t

A cgroup is called as he likes by who makes it. What one says that neither root
nor we have made is not believed, whoever was first; two that root has made are
two containers:

  $ need root
  $ need cgroup2
  $ id=$(printf '%064d' 7)
  $ group() { mkdir -p "$CGROUP2/$1/docker-$id.scope" && echo $2 >"$CGROUP2/$1/docker-$id.scope/cgroup.procs"; }
  $ start() { nsunshare -up --fork sleep 300 </dev/null >/dev/null 2>&1 & wait_for pgrep -P $! sleep; p=$(pgrep -P $!); }
  $ engine docker <<END
  > echo "no such container: \$1" >&2; exit 1
  > END
  $ start && theirs=$p && group nskit-a-$$ $theirs && chown -R 7701 "$CGROUP2/nskit-a-$$"
  $ in_it() { nsjoin -u "docker:$1" readlink /proc/self/ns/uts 2>&1 | sed "s/$theirs/PID/g"; }
  $ in_it $id
  nsjoin: docker:0000000000000000000000000000000000000000000000000000000000000007: not believed: process PID is in a cgroup of that name, which user 7701 has made (pid:PID is that process)
  $ start && ours=$p && group nskit-b-$$ $ours
  $ in_it $id | grep -Fxc "$(readlink /proc/$ours/ns/uts)"
  1
  $ in_it 000000000000 | grep -Fxc "$(readlink /proc/$ours/ns/uts)"
  1
  $ chown -R 0 "$CGROUP2/nskit-a-$$"
  $ in_it $id | grep -c 'ambiguous: docker:0*7 (pid:.*), docker:0*7 (pid:'
  1
  $ kill -KILL $ours $theirs
  $ gone() { rmdir "$CGROUP2"/nskit-[ab]-$$/docker* "$CGROUP2"/nskit-[ab]-$$; }
  $ wait_for gone
